//! `/account`: the customer's own account.

use leptos::prelude::*;

use crate::{components::heading::Heading, lazy_page::lazy_screen, locale::use_locale};

lazy_screen!(account, "account", { view! { <Account /> }.into_any() });

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
