//! Searching and sorting the documents.

use leptos::{ev, prelude::*};

use super::address::{SORTS, View};
use crate::{
    browser::time::Debounce,
    components::icon::{Glyph, Icon},
    locale::use_locale,
    state::navigation::use_navigation,
};

/// How long typing may pause before the search starts, in milliseconds. No request is made for it.
const TYPING_PAUSE_MS: u64 = 150;

/// The search field and the sort order.
#[component]
pub fn Tools(
    /// What the screen shows.
    shown: Memo<View>,
) -> AnyView {
    let locale = use_locale();
    let navigation = use_navigation();
    let debounce = StoredValue::new_local(Debounce::default());
    on_cleanup(move || {
        debounce.try_update_value(|debounce| debounce.cancel());
    });
    let text = RwSignal::new(shown.with_untracked(|view| view.search.clone()));
    // The field follows the address (a folder, a step back), but not while it says the same.
    Effect::new(move |_| {
        let search = shown.with(|view| view.search.clone());
        if text.with_untracked(|text| text.trim() != search) {
            text.set(search);
        }
    });
    let search_now = move || {
        let term = text.get_untracked().trim().to_owned();
        let view = shown.get_untracked();
        if view.search != term {
            // Going from one search to the next is one step back, not one for each letter.
            let replace = !view.search.is_empty();
            let next = view.with(|view| view.search = term);
            navigation.change_address(&next.href(), replace);
        }
    };
    let on_input = move |event: ev::Event| {
        text.set(event_target_value(&event));
        debounce.with_value(|debounce| debounce.run(TYPING_PAUSE_MS, search_now));
    };
    let on_submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        debounce.with_value(Debounce::cancel);
        search_now();
    };
    let on_sort = move |event: ev::Event| {
        let value = event_target_value(&event);
        let chosen = SORTS.into_iter().find(|(known, ..)| *known == value);
        if let Some((_, _, sort, descending)) = chosen {
            let next = shown.with_untracked(|view| {
                view.with(|view| (view.sort, view.descending) = (sort, descending))
            });
            navigation.change_address(&next.href(), true);
        }
    };
    let sort_options = SORTS
        .into_iter()
        .map(|(value, message, ..)| {
            let selected = move || shown.with(|view| view.sort_value() == value);
            view! {
                <option value=value prop:selected=selected>
                    {locale.text(message)}
                </option>
            }
        })
        .collect_view();
    view! {
        <div class="tools">
            <form class="search" role="search" on:submit=on_submit>
                <Icon glyph=Glyph::Search />
                <input
                    type="search"
                    name="q"
                    autocomplete="off"
                    spellcheck="false"
                    maxlength="200"
                    aria-label=locale.text("documents.search")
                    placeholder=locale.text("documents.search_hint")
                    prop:value=text
                    on:input=on_input
                />
            </form>
            <label class="sort">
                <span>{locale.text("catalog.sort")}</span>
                <select on:change=on_sort>{sort_options}</select>
            </label>
        </div>
    }
    .into_any()
}
