//! Which screen belongs to which address, and the place in which it stands.
//!
//! A table and not the router's routes: those cost the first module more than all its screens' loaders.
//! The router keeps the address and the history.

use leptos::{
    prelude::*, reactive::computed::ScopedFuture, tachys::reactive_graph::OwnedView,
    task::spawn_local,
};
use leptos_router::hooks::use_location;

use crate::{
    config::Features,
    lazy_page::{LazyScreen, Visit, unavailable},
    routes::{
        account, cart, catalog, checkout, compare, customers, documents, home, invoices, lists,
        not_found, order_placed, orders, product, quick_order, sign_in,
    },
    state::session::use_session,
};

/// What the screen of unknown addresses is known by: no path and no folder.
const NOWHERE: &str = "?";

/// The screen at `path`, and what it is known by: another screen comes when that changes.
///
/// One that is one of many (an order, an invoice) is made anew when the path changes, and reads the rest
/// of it by `route::name_in`; the others stay, and follow the address themselves.
fn entry(path: &str, features: Features) -> (LazyScreen, &str) {
    let inside = path.get(1..).unwrap_or_default();
    let (folder, name) = inside.split_once('/').unwrap_or((inside, ""));
    let (screen, anew): (LazyScreen, bool) = match (folder, name.is_empty()) {
        ("sign-in", true) => (sign_in::SCREEN, false),
        ("", true) if path == "/" => (home::SCREEN, false),
        ("catalog", true) => (catalog::SCREEN, false),
        ("products", false) => (product::SCREEN, false),
        ("quick-order", true) => (quick_order::SCREEN, false),
        ("compare", true) => (compare::SCREEN, false),
        ("cart", true) => (cart::SCREEN, false),
        ("checkout", true) => (checkout::SCREEN, false),
        ("checkout", false) if name.starts_with("complete/") => (order_placed::SCREEN, true),
        ("orders", true) if features.orders => (orders::list::SCREEN, false),
        ("orders", false) if features.orders => (orders::order::SCREEN, true),
        ("invoices", true) if features.invoices => (invoices::list::SCREEN, false),
        ("invoices", false) if features.invoices => (invoices::invoice::SCREEN, true),
        ("lists", true) if features.lists => (lists::all::SCREEN, false),
        ("lists", false) if features.lists => (lists::one::SCREEN, true),
        ("documents", true) if features.documents => (documents::SCREEN, false),
        ("account", true) => (account::SCREEN, false),
        ("customers", true) => (customers::SCREEN, false),
        _ => return (not_found::SCREEN, NOWHERE),
    };
    (screen, if anew { path } else { folder })
}

/// Fetches the code of the screen at `path` ahead of a visit.
pub(crate) fn fetch(path: &str, features: Features) {
    let (screen, _) = entry(path, features);
    spawn_local((screen.fetch)());
}

/// The screen at the present address. The one before it stays until the next one has come.
#[component]
pub(crate) fn Screens(
    /// Set while the next screen is on its way.
    routing: RwSignal<bool>,
) -> AnyView {
    let features = use_session().config().features;
    let path = use_location().pathname;
    let shown = Memo::new(move |_| path.with(|path| entry(path, features).1.to_owned()));
    let owner = Owner::current().unwrap_or_default();
    // A view can be shown once: it waits here, and is taken by its place.
    let next = StoredValue::new_local(None::<AnyView>);
    let turn = RwSignal::new(0_u32);
    let asked = StoredValue::new(0_u32);
    Effect::new(move |_| {
        // Read, not only tracked: a memo that nobody has read yet does not know what it depends on.
        shown.get();
        let load = path.with_untracked(|path| entry(path, features).0.load);
        let ask = asked.get_value() + 1;
        asked.set_value(ask);
        routing.set(true);
        let own = owner.child();
        let coming = own.with(|| {
            provide_context(Visit {
                last: asked,
                this: ask,
            });
            ScopedFuture::new(load())
        });
        spawn_local(async move {
            let screen = coming.await;
            if asked.get_value() != ask {
                // The visitor has gone on meanwhile.
                return;
            }
            let screen = own.with(|| screen.unwrap_or_else(|_| unavailable(load)));
            let view = OwnedView::new_with_owner(screen, own).into_any();
            next.set_value(Some(view));
            routing.set(false);
            turn.set(ask);
        });
    });
    view! {
        {move || {
            turn.get();
            next.try_update_value(Option::take).flatten()
        }}
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: Features = Features {
        quotes: true,
        orders: true,
        invoices: true,
        documents: true,
        lists: true,
    };
    const NONE: Features = Features {
        quotes: false,
        orders: false,
        invoices: false,
        documents: false,
        lists: false,
    };

    fn is_there(path: &str, features: Features) -> bool {
        entry(path, features).1 != NOWHERE
    }

    #[test]
    fn addresses_have_their_screens() {
        for path in [
            "/",
            "/sign-in",
            "/catalog",
            "/catalog/",
            "/products/A%2FB",
            "/compare",
            "/cart",
            "/checkout",
            "/checkout/complete/MOM-1",
            "/orders",
            "/orders/MOM-1",
            "/invoices",
            "/invoices/7",
            "/lists",
            "/lists/7f",
            "/documents",
            "/account",
            "/customers",
        ] {
            assert!(is_there(path, ALL), "{path}");
        }
        for path in [
            "",
            "//",
            "/nowhere",
            "/products",
            "/checkout/x",
            "/account/x",
            "/compare/x",
            "/ordersx",
            "/documents/1",
        ] {
            assert!(!is_there(path, ALL), "{path}");
        }
    }

    #[test]
    fn one_of_many_is_made_anew() {
        let key = |path| entry(path, ALL).1;
        assert_eq!(key("/orders/A"), "/orders/A");
        assert_eq!(key("/catalog"), key("/catalog/"));
        assert_eq!(key("/products/A"), key("/products/B"));
        assert_ne!(key("/orders"), key("/orders/A"));
        assert_ne!(key("/checkout"), key("/checkout/complete/A"));
        assert_ne!(key("/"), key("/nowhere"));
    }

    #[test]
    fn what_is_switched_off_is_not_there() {
        for path in [
            "/orders",
            "/orders/1",
            "/invoices",
            "/invoices/1",
            "/lists",
            "/lists/1",
            "/documents",
        ] {
            assert!(!is_there(path, NONE), "{path}");
        }
        assert!(is_there("/account", NONE));
    }
}
