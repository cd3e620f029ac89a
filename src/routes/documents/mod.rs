//! `/documents`: the merchant's documents.

use leptos::prelude::*;

use crate::{components::heading::Heading, lazy_page::lazy_screen, locale::use_locale};

lazy_screen!(documents, "documents", {
    view! { <Documents /> }.into_any()
});

#[component]
fn Documents() -> AnyView {
    let locale = use_locale();
    view! {
        <div class="page">
            <Heading text=locale.text("documents.title") />
        </div>
    }
    .into_any()
}
