//! `/`: what needs attention.

use leptos::prelude::*;

use crate::{
    components::heading::Heading, lazy_page::lazy_screen, locale::use_locale,
    routes::customers::needed::of_a_customer,
};

lazy_screen!(home, "home", {
    of_a_customer(|| view! { <Home /> }.into_any())
});

#[component]
fn Home() -> AnyView {
    let locale = use_locale();
    view! {
        <div class="page">
            <Heading text=locale.text("home.title") />
        </div>
    }
    .into_any()
}
