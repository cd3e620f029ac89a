//! An address that leads nowhere.

use leptos::prelude::*;

use crate::{
    components::{
        button::{ButtonLink, Look},
        heading::Heading,
    },
    lazy_page::lazy_screen,
    locale::{SHOP, use_locale},
};

lazy_screen!(portal, SHOP, { view! { <NotFound /> }.into_any() });

/// Says that there is no such page.
#[component]
pub(crate) fn NotFound() -> AnyView {
    let locale = use_locale();
    view! {
        <div class="page narrow">
            <Heading text=locale.text("not_found.title") />
            <p>{locale.text("not_found.text")}</p>
            <p>
                <ButtonLink
                    look=Look::Primary
                    href="/catalog"
                    label=locale.text("not_found.to_catalog")
                />
            </p>
        </div>
    }
    .into_any()
}
