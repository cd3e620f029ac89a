//! The tools over a list of invoices: search, and sort order.

use leptos::prelude::*;

use super::query::{FIELDS, InvoicesQuery, SORTS};
use crate::{
    components::{
        search_field::{SearchField, TypedTerm},
        view_choice::ViewChoice,
    },
    locale::use_locale,
};

/// Search and sort order.
#[component]
pub(crate) fn Tools(
    /// What is shown.
    shown: Memo<InvoicesQuery>,
) -> AnyView {
    let locale = use_locale();
    let search = TypedTerm::new(
        Signal::derive(move || shown.with(|view| view.search.clone())),
        move |term| {
            let view = shown.get_untracked();
            view.with(|view| view.search = term).href()
        },
    );
    let in_field = move |value: String| {
        let place = FIELDS.iter().position(|field| field.0 == value);
        let view = shown.get_untracked();
        let next = view.with(|view| {
            view.field = place.unwrap_or(0);
            view.search = search.typed();
        });
        next.href()
    };
    let sorted = move |value: String| {
        let sort = SORTS.into_iter().find(|sort| sort.0 == value);
        let view = shown.get_untracked();
        let next = view.with(|view| view.sort = sort.unwrap_or(SORTS[0]));
        next.href()
    };
    let fields = FIELDS.map(|(value, message, _)| (value, message)).to_vec();
    let sorts = SORTS.map(|(value, message, ..)| (value, message)).to_vec();
    let field = move || shown.with(|view| FIELDS.get(view.field).map_or("", |field| field.0));
    view! {
        <SearchField
            term=search
            label=locale.text("invoices.search")
            hint=locale.text("invoices.search")
        />
        <ViewChoice
            label=locale.text("invoices.search_in")
            options=fields
            chosen=Signal::derive(field)
            to=in_field
            replace=true
        />
        <ViewChoice
            label=locale.text("invoices.sort")
            options=sorts
            chosen=Signal::derive(move || shown.with(|view| view.sort.0))
            to=sorted
        />
    }
    .into_any()
}
