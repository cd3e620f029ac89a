//! The portal: every address but those of the shop itself, and which screen belongs to it.
//!
//! One lazy page for all of them: each route of the router costs the first module some bytes, and this
//! table does not.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::{
    account, customers, customers::needed::NoCustomer, documents, home, invoices, not_found, orders,
};
use crate::{
    config::Features,
    lazy_page::{Loading, appearing, lazy_page},
    state::session::use_session,
};

/// The portal's screens.
#[derive(Debug)]
pub struct PortalPage;

impl PortalPage {
    fn data() -> Self {
        Self
    }
}

lazy_page!(PortalPage, portal, |_page| {
    view! { <Portal /> }.into_any()
});

/// What brings a screen.
type Load = fn() -> Loading;

/// What brings the screen at `path`; none where there is no screen.
///
/// A screen that is one of many (an order, an invoice) reads the rest of the path itself, by
/// `route::name_in`; it is made anew when the path changes.
/// `chooses` says whether the visitor may choose a customer.
fn screen(path: &str, features: Features, chooses: bool) -> Option<Load> {
    let (folder, name) = path
        .get(1..)?
        .split_once('/')
        .unwrap_or((path.get(1..)?, ""));
    let screen: Load = match (folder, name.is_empty()) {
        ("", true) => home::come,
        ("orders", true) if features.orders => orders::list::come,
        ("orders", false) if features.orders => orders::order::come,
        ("invoices", true) if features.invoices => invoices::list::come,
        ("invoices", false) if features.invoices => invoices::invoice::come,
        ("documents", true) if features.documents => documents::come,
        ("account", true) => account::come,
        ("customers", true) if chooses => customers::come,
        _ => return None,
    };
    Some(screen)
}

/// Whether the screen at `path` shows what is one customer's.
fn needs_customer(path: &str) -> bool {
    let folder = path.split('/').nth(1).unwrap_or_default();
    matches!(folder, "" | "orders" | "invoices" | "account")
}

/// Whether an address is another page's: it must not be read as one of these while the portal is being
/// left.
fn is_elsewhere(path: &str) -> bool {
    ["/catalog", "/products/", "/cart", "/checkout", "/sign-in"]
        .into_iter()
        .any(|other| path.starts_with(other))
}

#[component]
fn Portal() -> AnyView {
    let session = use_session();
    let features = session.config().features;
    // Neither changes without the app being loaded anew.
    let chooses = untrack(|| session.chooses_customer());
    let has_chosen = untrack(|| session.acting_for().is_some());
    let location = use_location();
    let shown = Memo::new(move |before: Option<&String>| match before {
        Some(before) if location.pathname.with(|path| is_elsewhere(path)) => before.clone(),
        _ => location.pathname.get(),
    });
    let content = move || match shown.with(|path| screen(path, features, chooses)) {
        Some(_) if chooses && !has_chosen && shown.with(|path| needs_customer(path)) => {
            view! { <div class="page"><NoCustomer /></div> }.into_any()
        }
        Some(load) => appearing(load),
        None => view! { <not_found::NotFound /> }.into_any(),
    };
    view! { {content} }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: Features = Features {
        quotes: true,
        orders: true,
        invoices: true,
        documents: true,
    };

    #[test]
    fn addresses_have_their_screens() {
        for path in [
            "/",
            "/orders",
            "/orders/",
            "/orders/MOM-1",
            "/orders/A%2FB",
            "/invoices",
            "/invoices/7",
            "/documents",
            "/account",
            "/customers",
        ] {
            assert!(screen(path, ALL, true).is_some(), "{path}");
            assert!(!is_elsewhere(path), "{path}");
        }
        for path in ["", "/nowhere", "/account/x", "/ordersx", "/documents/1/2"] {
            assert!(screen(path, ALL, true).is_none(), "{path}");
        }
    }

    #[test]
    fn whoever_may_not_choose_a_customer_has_no_picker() {
        assert!(screen("/customers", ALL, false).is_none());
        assert!(screen("/orders", ALL, false).is_some());
    }

    #[test]
    fn what_is_one_customer_s_needs_one() {
        for path in ["/", "/orders", "/orders/1", "/invoices/7", "/account"] {
            assert!(needs_customer(path), "{path}");
        }
        for path in ["/customers", "/documents", "/nowhere"] {
            assert!(!needs_customer(path), "{path}");
        }
    }

    #[test]
    fn what_is_switched_off_is_not_there() {
        let off = Features {
            quotes: false,
            orders: false,
            invoices: false,
            documents: false,
        };
        for path in [
            "/orders",
            "/orders/1",
            "/invoices",
            "/invoices/1",
            "/documents",
        ] {
            assert!(screen(path, off, true).is_none(), "{path}");
        }
        assert!(screen("/account", off, true).is_some());
    }
}
