//! `/customers`: whom a sales rep or an administrator may act for.

use leptos::prelude::*;

use crate::{components::heading::Heading, lazy_page::lazy_screen, locale::use_locale};

lazy_screen!(assist, "assist", { view! { <Customers /> }.into_any() });

#[component]
fn Customers() -> AnyView {
    let locale = use_locale();
    view! {
        <div class="page">
            <Heading text=locale.text("customers.title") />
        </div>
    }
    .into_any()
}
