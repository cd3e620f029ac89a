//! The addresses of the screens, in one place: every link is made here.

use leptos::prelude::window;

use crate::browser::{
    page,
    query::{Href, Query},
};

/// Where a visitor wanted to go before being asked to sign in, as a parameter of the sign-in address.
pub(crate) const TARGET_PARAMETER: &str = "to";

/// A screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Route {
    /// Signing in.
    SignIn,
    /// What needs attention.
    Home,
    /// The catalogue.
    Catalog,
    /// One product, by SKU.
    Product(String),
    /// The order pad.
    QuickOrder,
    /// Products side by side, by SKU.
    Compare(Vec<String>),
    /// The cart.
    Cart,
    /// Checkout.
    Checkout,
    /// An order that was placed: its number, or the cart's id where the number got lost.
    OrderPlaced(String),
    /// The orders placed so far.
    Orders,
    /// One order, by its number.
    Order(String),
    /// The invoices.
    Invoices,
    /// One invoice, by its id.
    Invoice(String),
    /// The order lists.
    Lists,
    /// One order list, by its id.
    List(String),
    /// The merchant's documents.
    Documents,
    /// The customer's own account.
    Account,
    /// The customers that a sales rep or an administrator may act for.
    Customers,
}

impl Route {
    /// The folder of the products' screens.
    pub(crate) const PRODUCTS: &'static str = "/products/";

    /// The screen's address.
    pub(crate) fn href(&self) -> String {
        match self {
            Self::SignIn => "/sign-in".to_owned(),
            Self::Home => "/".to_owned(),
            Self::Catalog => "/catalog".to_owned(),
            Self::QuickOrder => "/quick-order".to_owned(),
            Self::Product(sku) => page_of(Self::PRODUCTS, sku),
            Self::Compare(skus) => {
                // Encoded twice: a comma sets the SKUs apart, and may stand in one.
                let skus: Vec<String> = skus.iter().map(|sku| page::encode(sku)).collect();
                let mut href = Href::new("/compare");
                href.put_if("skus", &skus.join(","));
                href.into()
            }
            Self::Cart => "/cart".to_owned(),
            Self::Checkout => "/checkout".to_owned(),
            Self::OrderPlaced(number) => page_of("/checkout/complete/", number),
            Self::Orders => "/orders".to_owned(),
            Self::Order(number) => page_of("/orders/", number),
            Self::Invoices => "/invoices".to_owned(),
            Self::Invoice(id) => page_of("/invoices/", id),
            Self::Lists => "/lists".to_owned(),
            Self::List(id) => page_of("/lists/", id),
            Self::Documents => "/documents".to_owned(),
            Self::Account => "/account".to_owned(),
            Self::Customers => "/customers".to_owned(),
        }
    }
}

fn page_of(folder: &str, name: &str) -> String {
    let mut href = String::from(folder);
    href.push_str(&page::encode(name));
    href
}

/// The decoded last part of `path`, which must lie in `folder`.
///
/// Read from the raw path and decoded once: the router decodes what it hands out in other ways, and
/// part numbers hold `%` and `/`.
pub(crate) fn name_in(path: &str, folder: &str) -> String {
    page::decode(path.strip_prefix(folder).unwrap_or_default())
}

/// What a name in an address may stand for, the likeliest first: the name itself, the name without a slash that
/// somebody put behind it, the name that was encoded twice, and the name whose spaces became `+`.
pub(crate) fn meant_by(name: &str) -> Vec<String> {
    let cut = name.trim().trim_end_matches('/').to_owned();
    let decoded = page::decode(&cut);
    let spaced = cut.replace('+', " ");
    let mut all = vec![name.to_owned()];
    for other in [cut, decoded, spaced] {
        if !other.is_empty() && !all.contains(&other) {
            all.push(other);
        }
    }
    all
}

/// The SKUs that a query (without `?`) of `/compare` names, each once.
pub(crate) fn compared_in(query: &str) -> Vec<String> {
    let mut skus: Vec<String> = Vec::new();
    let text = Query::of(query).get("skus").unwrap_or_default();
    for sku in text.split(',').map(page::decode) {
        if !sku.is_empty() && !skus.contains(&sku) {
            skus.push(sku);
        }
    }
    skus
}

/// Where the address says that the visitor wanted to go; only paths of this site count.
pub(crate) fn target() -> Option<String> {
    let search = window().location().search().ok()?;
    web_sys::UrlSearchParams::new_with_str(&search)
        .ok()?
        .get(TARGET_PARAMETER)
        .filter(|target| is_own_path(target))
}

/// Whether `target` may be gone to after signing in: a path of this site, nothing else.
pub(crate) fn is_own_path(target: &str) -> bool {
    target.starts_with('/')
        && !target.starts_with("//")
        && !target.contains('\\')
        && !target.contains(char::is_control)
}

#[cfg(test)]
mod tests {
    use super::is_own_path;

    /// No sign-in leads to another site.
    #[test]
    fn only_paths_of_this_site_are_gone_to() {
        for good in ["/catalog", "/products/A%2FB?x=1", "/"] {
            assert!(is_own_path(good), "{good}");
        }
        for bad in [
            "",
            "//evil.example",
            "https://evil.example",
            "/\\evil",
            "/\n/evil",
        ] {
            assert!(!is_own_path(bad), "{bad}");
        }
    }
}
