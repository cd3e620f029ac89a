//! `/invoices`: what was billed.

use leptos::prelude::*;

use crate::{
    components::heading::Heading, lazy_page::lazy_screen, locale::use_locale,
    routes::customers::needed::of_a_customer,
};

lazy_screen!(invoices, "invoices", {
    of_a_customer(|| view! { <Invoices /> }.into_any())
});

#[component]
fn Invoices() -> AnyView {
    let locale = use_locale();
    view! {
        <div class="page">
            <Heading text=locale.text("invoices.title") />
        </div>
    }
    .into_any()
}
