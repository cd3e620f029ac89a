//! Searching, filtering and sorting the customers; all of it is the address.

use leptos::{ev, prelude::*};
use nymble_wire::Customer;
use std::{collections::BTreeSet, sync::Arc};

use super::{
    address::{SORTS, View},
    found::Found,
};
use crate::{
    browser::time::Debounce,
    components::icon::{Glyph, Icon},
    locale::use_locale,
    state::{
        navigation::{Navigation, use_navigation},
        session::use_session,
    },
};

/// How long typing may pause before the list is asked for, in milliseconds.
const TYPING_PAUSE_MS: u64 = 250;

/// One text of the view that is typed.
#[derive(Clone, Copy)]
struct Typed {
    shown: Memo<View>,
    text: RwSignal<String>,
    navigation: Navigation,
    debounce: StoredValue<Debounce, LocalStorage>,
    part: fn(&mut View) -> &mut String,
}

impl Typed {
    fn new(shown: Memo<View>, part: fn(&mut View) -> &mut String) -> Self {
        let in_address = move |view: &View| part(&mut view.clone()).clone();
        let typed = Self {
            shown,
            text: RwSignal::new(shown.with_untracked(in_address)),
            navigation: use_navigation(),
            debounce: StoredValue::new_local(Debounce::default()),
            part,
        };
        on_cleanup(move || {
            typed
                .debounce
                .try_update_value(|debounce| debounce.cancel());
        });
        // The field follows the address (back, forward, a link), but never while it is ahead of it.
        Effect::new(move |_| {
            let now = shown.with(in_address);
            if typed.text.with_untracked(|text| text.trim() != now) {
                typed.text.set(now);
            }
        });
        typed
    }

    fn apply(self) {
        let wanted = self.text.get_untracked().trim().to_owned();
        let mut view = self.shown.get_untracked();
        let part = self.part;
        if *part(&mut view) == wanted {
            return;
        }
        // Going from one search to the next is one step back, not one for each letter.
        let replace = !part(&mut view).is_empty();
        let next = view.with(|view| *part(view) = wanted);
        self.navigation.change_address(&next.href(), replace);
    }

    fn input(self, event: &ev::Event) {
        self.text.set(event_target_value(event));
        self.debounce
            .with_value(|debounce| debounce.run(TYPING_PAUSE_MS, move || self.apply()));
    }

    fn now(self) {
        self.debounce.with_value(Debounce::cancel);
        self.apply();
    }
}

/// A labelled field for one of the texts, with what is known to occur there.
fn filter_field(
    typed: Typed,
    id: &'static str,
    label: String,
    known: Memo<BTreeSet<String>>,
) -> AnyView {
    let list = [id, "-known"].concat();
    let options = move || {
        let known = known.get();
        known
            .into_iter()
            .map(|value| view! { <option value=value></option> })
            .collect_view()
    };
    view! {
        <label class="filter">
            <span>{label}</span>
            <input
                type="text"
                name=id
                autocomplete="off"
                spellcheck="false"
                maxlength="100"
                list=list.clone()
                prop:value=typed.text
                on:input=move |event| typed.input(&event)
                on:change=move |_| typed.now()
            />
            <datalist id=list>{options}</datalist>
        </label>
    }
    .into_any()
}

/// The values that have occurred so far in a field of the customers that were shown.
fn known(
    found: Signal<Option<Arc<Found>>>,
    field: fn(&Customer) -> &Option<String>,
) -> Memo<BTreeSet<String>> {
    Memo::new(move |before: Option<&BTreeSet<String>>| {
        let mut known = before.cloned().unwrap_or_default();
        let found = found.get();
        let rows = found.iter().flat_map(|found| &found.rows);
        known.extend(rows.filter_map(|(customer, _)| field(customer).clone()));
        known
    })
}

/// The form above the list.
#[component]
pub fn Tools(
    /// What the picker shows.
    shown: Memo<View>,
    /// What was found last.
    found: Signal<Option<Arc<Found>>>,
) -> AnyView {
    let locale = use_locale();
    let navigation = use_navigation();
    let search = Typed::new(shown, |view| &mut view.search);
    let tier = Typed::new(shown, |view| &mut view.tier);
    let rep = Typed::new(shown, |view| &mut view.rep);
    let on_submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        for typed in [search, tier, rep] {
            typed.now();
        }
    };
    let on_state = move |event: ev::Event| {
        let all = event_target_value(&event) == "all";
        let next = shown.with_untracked(|view| view.with(|view| view.all = all));
        navigation.change_address(&next.href(), false);
    };
    let on_sort = move |event: ev::Event| {
        let value = event_target_value(&event);
        if let Some(place) = SORTS.iter().position(|sort| sort.value == value) {
            let next = shown.with_untracked(|view| view.with(|view| view.sort = place));
            navigation.change_address(&next.href(), false);
        }
    };
    let states = [
        ("active", "customers.only_active", false),
        ("all", "customers.all", true),
    ];
    let states = states
        .into_iter()
        .map(|(value, message, all)| {
            view! {
                <option value=value prop:selected=move || shown.with(|view| view.all == all)>
                    {locale.text(message)}
                </option>
            }
        })
        .collect_view();
    let sorts = SORTS
        .iter()
        .enumerate()
        .map(|(place, sort)| {
            view! {
                <option value=sort.value prop:selected=move || shown.with(|view| view.sort == place)>
                    {locale.text(sort.message)}
                </option>
            }
        })
        .collect_view();
    let tiers = known(found, |customer| &customer.pricing);
    let reps = known(found, |customer| &customer.rep_number);
    let rep_field = untrack(|| use_session().is_administrator())
        .then(|| filter_field(rep, "rep", locale.text("customers.rep"), reps));
    view! {
        <form class="tools" role="search" on:submit=on_submit>
            <div class="search">
                <Icon glyph=Glyph::Search />
                <input
                    type="search"
                    name="q"
                    autocomplete="off"
                    spellcheck="false"
                    maxlength="100"
                    aria-label=locale.text("customers.search")
                    placeholder=locale.text("customers.search_hint")
                    prop:value=search.text
                    on:input=move |event| search.input(&event)
                    on:change=move |_| search.now()
                />
            </div>
            <label class="filter">
                <span>{locale.text("customers.state")}</span>
                <select on:change=on_state>{states}</select>
            </label>
            {filter_field(tier, "tier", locale.text("customers.tier"), tiers)}
            {rep_field}
            <label class="filter">
                <span>{locale.text("catalog.sort")}</span>
                <select on:change=on_sort>{sorts}</select>
            </label>
        </form>
    }
    .into_any()
}
