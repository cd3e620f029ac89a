//! `/orders`: the orders placed so far.

use leptos::prelude::*;

use crate::{
    components::heading::Heading, lazy_page::lazy_screen, locale::use_locale,
    routes::customers::needed::of_a_customer,
};

lazy_screen!(orders, "orders", {
    of_a_customer(|| view! { <Orders /> }.into_any())
});

#[component]
fn Orders() -> AnyView {
    let locale = use_locale();
    view! {
        <div class="page">
            <Heading text=locale.text("orders.title") />
        </div>
    }
    .into_any()
}
