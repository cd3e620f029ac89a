//! The app: what all screens share.

use leptos::prelude::*;
use leptos_router::components::Router;

use crate::{
    config::ConfigError,
    frame::Frame,
    locale::Locale,
    screens::Screens,
    state::{AppOwner, session::Session},
};

/// The whole storefront.
#[component]
pub(crate) fn App(
    /// Who is signed in.
    session: Session,
    /// The buyer's language.
    locale: Locale,
) -> impl IntoView {
    AppOwner::provide();
    provide_context(session);
    provide_context(locale);
    let routing = RwSignal::new(false);
    view! {
        <Router>
            <Frame routing=routing>
                <Screens routing=routing />
            </Frame>
        </Router>
    }
}

/// Shown instead of the app when `config.json` is wrong: for the deployer, so it names the field.
#[component]
pub(crate) fn BadConfig(
    /// What is wrong.
    error: ConfigError,
    /// The browser's language.
    locale: Locale,
) -> impl IntoView {
    let ConfigError { field, reason } = error;
    let text = locale.text_with(reason.message_key(), &[("field", &field)]);
    view! {
        <main class="plain-page">
            <h1>{locale.text("config.title")}</h1>
            <p role="alert">{text}</p>
            <p class="hint">{locale.text("config.hint")}</p>
        </main>
    }
}
