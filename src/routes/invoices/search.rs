//! The tools over a list of invoices: search, and sort order.

use leptos::{ev, prelude::*};

use super::address::{FIELDS, SORTS, View};
use crate::{
    browser::time::Debounce,
    components::icon::{Glyph, Icon},
    locale::use_locale,
    state::navigation::use_navigation,
};

/// How long typing may pause before the search starts, in milliseconds.
const TYPING_PAUSE_MS: u64 = 250;

/// Search and sort order.
#[component]
pub fn Tools(
    /// What is shown.
    shown: Memo<View>,
) -> AnyView {
    let locale = use_locale();
    let navigation = use_navigation();
    let text = RwSignal::new(shown.with_untracked(|view| view.search.clone()));
    let debounce = StoredValue::new_local(Debounce::default());
    on_cleanup(move || {
        debounce.try_update_value(|debounce| debounce.cancel());
    });
    // The field follows the address (back, forward, a link), but never while it is ahead of it.
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
    let choose_field = move |event: ev::Event| {
        let value = event_target_value(&event);
        if let Some(place) = FIELDS.iter().position(|field| field.0 == value) {
            let term = text.get_untracked().trim().to_owned();
            let next = shown.with_untracked(|view| {
                view.with(|view| {
                    view.field = place;
                    view.search = term;
                })
            });
            navigation.change_address(&next.href(), true);
        }
    };
    let choose_sort = move |event: ev::Event| {
        let value = event_target_value(&event);
        if let Some(sort) = SORTS.into_iter().find(|sort| sort.0 == value) {
            let next = shown.with_untracked(|view| view.with(|view| view.sort = sort));
            navigation.change_address(&next.href(), false);
        }
    };
    let field_options = FIELDS
        .into_iter()
        .zip(0..)
        .map(|((value, message, _), place)| {
            let selected = move || shown.with(|view| view.field == place);
            view! {
                <option value=value prop:selected=selected>
                    {locale.text(message)}
                </option>
            }
        })
        .collect_view();
    let sort_options = SORTS
        .into_iter()
        .map(|(value, message, ..)| {
            let selected = move || shown.with(|view| view.sort.0 == value);
            view! {
                <option value=value prop:selected=selected>
                    {locale.text(message)}
                </option>
            }
        })
        .collect_view();
    view! {
        <form class="search" role="search" on:submit=on_submit>
            <Icon glyph=Glyph::Search />
            <input
                type="search"
                name="q"
                autocomplete="off"
                spellcheck="false"
                maxlength="100"
                aria-label=locale.text("invoices.search")
                placeholder=locale.text("invoices.search")
                prop:value=text
                on:input=on_input
            />
        </form>
        <label class="sort">
            <span>{locale.text("invoices.search_in")}</span>
            <select on:change=choose_field>{field_options}</select>
        </label>
        <label class="sort">
            <span>{locale.text("invoices.sort")}</span>
            <select on:change=choose_sort>{sort_options}</select>
        </label>
    }
    .into_any()
}
