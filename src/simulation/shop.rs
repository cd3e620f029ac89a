//! The shop as its server has it: what a test asks beside the storefront.

use std::collections::BTreeMap;

use nymble_wire::{Address, BillingAddress, Cart, CreditCard, Invoice, Payment};
use serde_json::Value;

use super::network;
use crate::state::invoices::payment::Means;

/// Whoever signs in, mostly.
pub(crate) const BUYER: &str = "acme-buyer";
/// Their customer.
pub(crate) const CUSTOMER: &str = "ACME-001";

fn text(path: &str) -> String {
    let answer = network::ask(BUYER, "GET", path, None);
    assert_eq!(answer.status, 200, "{path}: {}", answer.text);
    answer.text
}

fn read(path: &str) -> Value {
    serde_json::from_str(&text(path)).unwrap()
}

/// So many SKUs that can be ordered by the piece, in any quantity up to the stock.
pub(crate) fn skus(count: usize) -> Vec<String> {
    let read = read("/api/products?pageSize=100");
    let by_the_piece = |product: &&Value| {
        let one = |member: &str| product[member].as_i64() == Some(1);
        let stock = product["quantityOnHand"].as_i64().unwrap_or_default();
        one("minimumOrderQuantity") && one("quantityIncrement") && stock >= 30
    };
    let products = read["data"].as_array().unwrap().iter();
    let skus = products
        .filter(by_the_piece)
        .filter_map(|product| Some(product["sku"].as_str()?.to_owned()));
    let skus: Vec<String> = skus.take(count).collect();
    assert_eq!(skus.len(), count, "the catalogue has so many");
    skus
}

/// The customer's carts that are open.
fn open_carts() -> Vec<Cart> {
    let path = format!("/api/carts/customer/{CUSTOMER}");
    let answer = network::ask(BUYER, "GET", &path, None);
    let carts: Vec<Cart> = nymble_wire::decode_list(&answer.text).expect("carts are listed");
    carts
        .into_iter()
        .filter(|cart| cart.status.is_open())
        .collect()
}

/// The open cart's lines: SKUs with quantities, by SKU.
pub(crate) fn cart() -> Vec<(String, i64)> {
    let carts = open_carts();
    assert!(carts.len() <= 1, "a customer has one cart: {carts:?}");
    let lines = carts.into_iter().flat_map(|cart| cart.items);
    let mut lines: Vec<_> = lines.map(|line| (line.sku, line.quantity)).collect();
    lines.sort();
    lines
}

/// How many units of a product are in the open cart.
pub(crate) fn units(sku: &str) -> i64 {
    let lines = cart();
    let line = lines.iter().find(|(known, _)| known == sku);
    line.map_or(0, |(_, quantity)| *quantity)
}

/// Orders what is in the open cart, as another device does.
pub(crate) fn order_elsewhere() {
    let id = open_carts()[0].shopping_cart_id.clone();
    let path = format!("/api/carts/{CUSTOMER}/{id}");
    let address = serde_json::json!({
        "customerNumber": CUSTOMER,
        "shippingAddress": {
            "line1": "500 Commerce Drive", "city": "Austin", "state": "TX", "postalCode": "78701", "country": "US",
            "addressType": "Shipping",
        },
    });
    let checkout = serde_json::json!({
        "customerNumber": CUSTOMER, "channel": "EDI", "paymentProfileId": "pp_5c21e7a0",
    });
    for (method, end, body) in [
        ("PUT", "shipping", address),
        ("POST", "complete-checkout", checkout),
    ] {
        let answer = network::ask(
            BUYER,
            method,
            &format!("{path}/{end}"),
            Some(&body.to_string()),
        );
        assert!(
            (200..300).contains(&answer.status),
            "{end}: {}",
            answer.text
        );
    }
}

/// Puts units of a product into the cart, as another device does.
pub(crate) fn add_elsewhere(sku: &str, quantity: u32) {
    let (path, body) = match open_carts().first() {
        Some(cart) => (
            format!("/api/carts/{CUSTOMER}/{}/items", cart.shopping_cart_id),
            serde_json::json!({ "customerNumber": CUSTOMER, "sku": sku, "quantity": quantity }),
        ),
        None => (
            format!("/api/carts/{CUSTOMER}"),
            serde_json::json!({
                "customerNumber": CUSTOMER, "sku": sku, "quantity": quantity, "orderType": "Standard",
            }),
        ),
    };
    let answer = network::ask(BUYER, "POST", &path, Some(&body.to_string()));
    assert!((200..300).contains(&answer.status), "{}", answer.text);
}

/// The lines of the order that a cart became: SKUs with quantities.
pub(crate) fn order_of(cart: &str) -> BTreeMap<String, i64> {
    let page = text(crate::api::orders::of_cart(cart).path());
    let page = nymble_wire::decode_page::<nymble_wire::Order>(&page).expect("orders are listed");
    let order = page.data.into_iter().next().expect("it became an order");
    assert_eq!(order.origination_cart_id.as_deref(), Some(cart));
    let lines = order.items.into_iter();
    lines.map(|line| (line.sku, line.quantity)).collect()
}

/// The customer's invoices that can be paid.
pub(crate) fn open_invoices() -> Vec<Invoice> {
    use crate::api::invoices;
    let page = text(invoices::list(&invoices::open()).path());
    let page = nymble_wire::decode_page::<Invoice>(&page).expect("invoices are listed");
    page.data
        .into_iter()
        .filter(|invoice| invoice.status.is_payable())
        .collect()
}

/// An invoice as the server has it.
pub(crate) fn invoice(id: &str) -> Invoice {
    nymble_wire::decode(&text(crate::api::invoices::one(id).path())).expect("it is an invoice")
}

/// Where the goods go.
pub(crate) fn address() -> Address {
    Address {
        line1: "1 Harbour Street".to_owned(),
        city: "Boston".to_owned(),
        state: Some("MA".to_owned()),
        postal_code: Some("02101".to_owned()),
        country: "US".to_owned(),
        ..Address::default()
    }
}

/// A payment by the customer's terms.
pub(crate) fn on_account() -> Payment {
    Payment {
        billing_address: Some(BillingAddress::from(&address())),
        credit_card: None,
    }
}

/// Orders the open cart, as another device does; the cart's id.
pub(crate) fn check_out() -> String {
    let cart = open_carts().remove(0).shopping_cart_id;
    let path = format!("/api/carts/{CUSTOMER}/{cart}");
    let shipping = serde_json::json!({
        "customerNumber": CUSTOMER,
        "shippingAddress": address(),
    });
    let order = serde_json::json!({ "customerNumber": CUSTOMER, "channel": "Web", "payment": on_account() });
    for (method, part, body) in [
        ("PUT", "shipping", shipping),
        ("POST", "complete-checkout", order),
    ] {
        let answer = network::ask(
            BUYER,
            method,
            &format!("{path}/{part}"),
            Some(&body.to_string()),
        );
        assert!((200..300).contains(&answer.status), "{}", answer.text);
    }
    cart
}

/// A way to pay with a card that the sandbox takes.
pub(crate) fn card() -> Means {
    Means {
        profile_id: None,
        payment: Some(Payment {
            billing_address: None,
            credit_card: Some(CreditCard {
                card_number: "4111111111111111".to_owned(),
                cardholder_name: "Ada Buyer".to_owned(),
                expiry_month: "12".to_owned(),
                expiry_year: 2030,
                cvv: "123".to_owned(),
            }),
        }),
    }
}
