//! Searching, filtering and sorting the customers; all of it is the address.

use leptos::{ev, html, prelude::*};
use nymble_wire::Customer;
use std::{collections::BTreeSet, sync::Arc};

use super::{
    found::Found,
    query::{CustomersQuery, SORTS},
};
use crate::{
    components::{
        search_field::{TypedTerm, search_input},
        text_field::hear_filled_text,
        view_choice::ViewChoice,
    },
    locale::use_locale,
    state::session::use_session,
};

/// One text of the view that is typed.
fn typed(shown: Memo<CustomersQuery>, part: fn(&mut CustomersQuery) -> &mut String) -> TypedTerm {
    TypedTerm::new(
        Signal::derive(move || shown.with(|view| part(&mut view.clone()).clone())),
        move |text| {
            let view = shown.get_untracked();
            view.with(|view| *part(view) = text).href()
        },
    )
}

/// A labelled field for one of the texts, with what is known to occur there.
fn filter_field(
    typed: TypedTerm,
    id: &'static str,
    label: String,
    known: Memo<BTreeSet<String>>,
) -> AnyView {
    let list = [id, "-known"].concat();
    let input = NodeRef::<html::Input>::new();
    hear_filled_text(input, typed.text());
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
                node_ref=input
                prop:value=typed.text()
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
pub(crate) fn Tools(
    /// What the picker shows.
    shown: Memo<CustomersQuery>,
    /// What was found last.
    found: Signal<Option<Arc<Found>>>,
) -> AnyView {
    let locale = use_locale();
    let search = typed(shown, |view| &mut view.search);
    let tier = typed(shown, |view| &mut view.tier);
    let rep = typed(shown, |view| &mut view.rep);
    let on_submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        for typed in [search, tier, rep] {
            typed.now();
        }
    };
    let in_state = move |value: String| {
        let view = shown.get_untracked();
        view.with(|view| view.all = value == "all").href()
    };
    let sorted = move |value: String| {
        let place = SORTS.iter().position(|sort| sort.value == value);
        let view = shown.get_untracked();
        view.with(|view| view.sort = place.unwrap_or(0)).href()
    };
    let states = vec![
        ("active", "customers.only_active"),
        ("all", "customers.all"),
    ];
    let state = move || shown.with(|view| if view.all { "all" } else { "active" });
    let sorts = SORTS.iter().map(|sort| (sort.value, sort.message));
    let sort = move || shown.with(|view| SORTS.get(view.sort).map_or("", |sort| sort.value));
    let tiers = known(found, |customer| &customer.pricing);
    let reps = known(found, |customer| &customer.rep_number);
    let rep_field = untrack(|| use_session().is_administrator())
        .then(|| filter_field(rep, "rep", locale.text("customers.rep"), reps));
    view! {
        <form class="tools" role="search" on:submit=on_submit>
            <div class="search" on:change=move |_| search.now()>
                {search_input(
                    search,
                    locale.text("customers.search"),
                    locale.text("customers.search_hint"),
                )}
            </div>
            <ViewChoice
                label=locale.text("customers.state")
                options=states
                chosen=Signal::derive(state)
                to=in_state
                class="filter"
            />
            {filter_field(tier, "tier", locale.text("customers.tier"), tiers)}
            {rep_field}
            <ViewChoice
                label=locale.text("catalog.sort")
                options=sorts.collect()
                chosen=Signal::derive(sort)
                to=sorted
                class="filter"
            />
        </form>
    }
    .into_any()
}
