//! Searching and sorting the documents.

use leptos::prelude::*;

use super::query::{DocumentsQuery, SORTS};
use crate::{
    components::{
        search_field::{SearchField, TypedTerm},
        view_choice::ViewChoice,
    },
    locale::use_locale,
};

/// The search field and the sort order.
#[component]
pub(crate) fn Tools(
    /// What the screen shows.
    shown: Memo<DocumentsQuery>,
) -> AnyView {
    let locale = use_locale();
    let search = TypedTerm::new(
        Signal::derive(move || shown.with(|view| view.search.clone())),
        move |term| {
            let view = shown.get_untracked();
            view.with(|view| view.search = term).href()
        },
    );
    let sorted = move |value: String| {
        let sort = SORTS.into_iter().find(|(known, ..)| *known == value);
        let (.., sort, descending) = sort.unwrap_or(SORTS[0]);
        let view = shown.get_untracked();
        let next = view.with(|view| (view.sort, view.descending) = (sort, descending));
        next.href()
    };
    let options = SORTS
        .into_iter()
        .map(|(value, message, ..)| (value, message));
    view! {
        <div class="tools">
            <SearchField
                term=search
                label=locale.text("documents.search")
                hint=locale.text("documents.search_hint")
            />
            <ViewChoice
                label=locale.text("catalog.sort")
                options=options.collect()
                chosen=Signal::derive(move || shown.with(DocumentsQuery::sort_value))
                to=sorted
                replace=true
            />
        </div>
    }
    .into_any()
}
