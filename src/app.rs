//! The app: what all screens share, and which screen belongs to which address.

use leptos::prelude::*;
use leptos_router::{
    Lazy,
    components::{FlatRoutes, Route, Router},
    path,
};

use crate::{
    config::ConfigError,
    frame::Frame,
    locale::Locale,
    routes::{
        cart::CartPage, catalog::CatalogPage, checkout::CheckoutPage,
        order_placed::OrderPlacedPage, portal::PortalPage, product::ProductPage, sign_in::SignIn,
    },
    state::{AppOwner, session::Session},
};

/// The whole storefront.
#[component]
pub fn App(
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
        <Router set_is_routing=SignalSetter::from(routing)>
            <Frame routing=routing>
                <FlatRoutes fallback=|| ()>
                    <Route path=path!("/sign-in") view=SignIn />
                    <Route path=path!("/catalog") view={Lazy::<CatalogPage>::new()} />
                    <Route path=path!("/products/:sku") view={Lazy::<ProductPage>::new()} />
                    <Route path=path!("/cart") view={Lazy::<CartPage>::new()} />
                    <Route path=path!("/checkout") view={Lazy::<CheckoutPage>::new()} />
                    <Route
                        path=path!("/checkout/complete/:number")
                        view={Lazy::<OrderPlacedPage>::new()}
                    />
                    <Route path=path!("/*rest") view={Lazy::<PortalPage>::new()} />
                </FlatRoutes>
            </Frame>
        </Router>
    }
}

/// Shown instead of the app when `config.json` is wrong: for the deployer, so it names the field.
#[component]
pub fn BadConfig(
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
