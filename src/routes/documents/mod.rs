//! `/documents`: the merchant's documents, by folder or by search.

pub(crate) mod list;
pub(crate) mod preview;
pub(crate) mod query;
pub(crate) mod tools;

use leptos::{ev, prelude::*};
use leptos_router::hooks::use_location;

use self::query::DocumentsQuery;
use crate::{
    components::{
        empty_state::empty_state,
        failed::{Failed, LoadingNote},
        heading::Heading,
    },
    lazy_page::lazy_screen,
    locale::use_locale,
    state::documents::{DocumentsState, use_documents},
};

lazy_screen!(billing, "documents", { view! { <Documents /> }.into_any() });

/// How far the documents are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// They are on their way.
    Coming,
    /// They cannot be had.
    Failed,
    /// This organisation has none to offer: the API lacks this part.
    NotOffered,
    /// There are none.
    Empty,
    /// There are some.
    Here,
}

fn stage(known: DocumentsState) -> Stage {
    let (documents, folders) = (known.documents.value(), known.folders.value());
    let wrong = known.documents.error();
    if let Some(error) = &wrong
        && error.lacks_part()
    {
        return Stage::NotOffered;
    }
    // Documents without folders are all at the root: better than nothing.
    let no_folders = known
        .folders
        .error()
        .is_some_and(|error| error.lacks_part());
    match documents {
        Some(documents) if folders.is_some() || no_folders => {
            let none = folders.is_none_or(|folders| folders.is_empty());
            if documents.documents.is_empty() && none {
                Stage::Empty
            } else {
                Stage::Here
            }
        }
        _ if wrong.is_some() || known.folders.error().is_some() => Stage::Failed,
        _ => Stage::Coming,
    }
}

#[component]
fn Documents() -> AnyView {
    let locale = use_locale();
    let known = use_documents();
    known.load();
    let location = use_location();
    // Another screen's address must not be read as this one's while it is being left.
    let shown = Memo::new(move |before: Option<&DocumentsQuery>| match before {
        Some(before) if location.pathname.with(|path| path != "/documents") => before.clone(),
        _ => location
            .search
            .with(|query| DocumentsQuery::of_query(query)),
    });
    let failure = Memo::new(move |_| {
        let failed = |error: &crate::api::problem::ApiError| !error.lacks_part();
        let error = known.documents.error().filter(failed);
        error.or_else(|| known.folders.error().filter(failed))
    });
    // What failed for want of a connection is tried again when there is one.
    let online = window_event_listener(ev::online, move |_| {
        if failure.get_untracked().is_some() {
            known.load();
        }
    });
    on_cleanup(move || online.remove());
    let stage = Memo::new(move |_| stage(known));
    let content = move || match stage.get() {
        Stage::Coming => view! { <LoadingNote /> }.into_any(),
        Stage::Failed => ().into_any(),
        Stage::NotOffered => empty_state(locale.text("documents.not_offered")),
        Stage::Empty => empty_state(locale.text("documents.none")),
        Stage::Here => view! {
            <tools::Tools shown=shown />
            <list::Listing shown=shown />
            <preview::Preview shown=shown />
        }
        .into_any(),
    };
    view! {
        <div class="page documents">
            <Heading text=locale.text("documents.title") />
            {move || {
                failure
                    .get()
                    .map(|error| {
                        let retry = move || known.load();
                        view! { <Failed message=locale.error(&error) retry=retry /> }
                    })
            }}
            {content}
        </div>
    }
    .into_any()
}
