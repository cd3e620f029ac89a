//! `/account`: the customer's own account.

use leptos::prelude::*;

use crate::{
    components::heading::Heading, lazy_page::lazy_screen, locale::use_locale,
    routes::customers::needed::of_a_customer,
};

lazy_screen!(account, "account", {
    of_a_customer(|| view! { <Account /> }.into_any())
});

#[component]
fn Account() -> AnyView {
    let locale = use_locale();
    view! {
        <div class="page">
            <Heading text=locale.text("account.title") />
        </div>
    }
    .into_any()
}
