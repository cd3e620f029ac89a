//! The cart when the server, the network or somebody else is in the way: no change is lost, none is
//! made twice.

use serde_json::{Value, json};

use crate::{
    catalog_depth::item,
    harness::{Setup, Shop, Target, button, link, role, run},
};

const ITEM: &str = "/api/carts/{customerNumber}/{shoppingCartId}/items/{sku}";
const ITEMS: &str = "/api/carts/{customerNumber}/{shoppingCartId}/items";

fn quantity() -> Target {
    role("spinbutton").named("Quantity for WIDGET-BLU-L")
}

/// The cart screen with ten blue widgets.
async fn cart_of_ten(shop: &Shop) {
    shop.api.fill_cart(&[("WIDGET-BLU-L", 10)]).await;
    shop.open_as_acme("/cart").await;
    shop.has_value(quantity(), "10").await;
}

async fn server_has(shop: &Shop, sku: &str, quantity: i64) {
    shop.until(&format!("{quantity} × {sku} on the server"), async || {
        shop.api.quantity_of(sku).await == quantity
    })
    .await;
}

/// A change of the cart survives a reload, and is made once.
#[test]
fn a_reload_in_the_middle_of_an_add_adds_once() {
    run(Setup::default(), async |shop| {
        shop.api.fill_cart(&[("WIDGET-BLU-L", 10)]).await;
        shop.open_as_acme("/products/WIDGET-BLU-L").await;
        shop.see(link("Cart, 1 line")).await;
        shop.hold_answers("/items").await;
        shop.click(button("Add to cart")).await;
        server_has(shop, "WIDGET-BLU-L", 11).await;
        shop.reload().await;
        shop.open_path("/cart").await;
        shop.has_value(quantity(), "11").await;
        shop.sees("All changes saved").await;
        server_has(shop, "WIDGET-BLU-L", 11).await;
    });
}

/// A refused change is rolled back with a notice, in the words of the product where the server speaks of its quantity,
/// price or existence.
#[test]
fn a_refused_change_is_rolled_back_with_a_notice() {
    run(Setup::default(), async |shop| {
        shop.expect_status(400);
        cart_of_ten(shop).await;
        let problem = json!({
            "type": "https://httpstatuses.com/400", "title": "Bad Request", "status": 400,
            "errors": [{ "name": "customerNumber", "reason": "Only 12 a month for you." }],
        });
        shop.api
            .fault(json!({
                "method": "PUT", "route": ITEM, "count": 1, "effect": "status", "status": 400,
                "body": problem.to_string(), "contentType": "application/problem+json",
            }))
            .await;
        shop.fill_and_leave(quantity(), "500").await;
        shop.sees("Blue Widget — Large: not changed.").await;
        shop.sees("The server says: Only 12 a month for you.").await;
        shop.has_value(quantity(), "10").await;
        shop.sees("$185.00").await;
        shop.click(button("Dismiss")).await;
        shop.sees_not("Only 12 a month").await;
        // The next change is not held up by the refused one.
        shop.fill_and_leave(quantity(), "12").await;
        server_has(shop, "WIDGET-BLU-L", 12).await;
        // What the product knows, it says in its own words: by now there are fewer, and only boxes of ten.
        let in_tens = json!({ "sku": "WIDGET-BLU-L", "quantityIncrement": 10 });
        shop.api.put_product(&in_tens).await;
        let raw = json!({ "title": "Bad Request", "status": 400,
            "errors": [{ "name": "quantity", "reason": "ERR_QTY_17" }] });
        let refuse = json!({
            "method": "PUT", "route": ITEM, "count": 1, "effect": "status", "status": 400,
            "body": raw.to_string(), "contentType": "application/problem+json",
        });
        shop.api.fault(refuse.clone()).await;
        shop.fill_and_leave(quantity(), "13").await;
        shop.sees("not changed. Sold in multiples of 10. Order 10 or 20.")
            .await;
        shop.api.fault(refuse).await;
        shop.fill_and_leave(quantity(), "500").await;
        shop.sees("not changed. Only 240 in stock").await;
        shop.sees_not("ERR_QTY_17").await;
    });
}

#[test]
fn unsaved_changes_can_be_given_up() {
    run(Setup::default(), async |shop| {
        shop.hurry().await;
        shop.expect_status(503);
        cart_of_ten(shop).await;
        shop.api
            .fault(json!({ "method": "PUT", "route": ITEM, "effect": "status", "status": 503 }))
            .await;
        shop.fill_and_leave(quantity(), "30").await;
        shop.click(button("Discard these changes")).await;
        shop.has_value(quantity(), "10").await;
        shop.sees("All changes saved").await;
        assert_eq!(shop.api.quantity_of("WIDGET-BLU-L").await, 10);
    });
}

#[test]
fn a_cart_that_somebody_else_began_is_added_to() {
    run(Setup::default(), async |shop| {
        shop.expect_status(400);
        shop.open_as_acme("/products/WIDGET-RED-M").await;
        shop.see(link("Cart, 0 lines")).await;
        shop.api.fill_cart(&[("WIDGET-BLU-L", 10)]).await;
        shop.click(button("Add to cart")).await;
        shop.see(link("Cart, 2 lines")).await;
        server_has(shop, "WIDGET-BLU-L", 10).await;
        server_has(shop, "WIDGET-RED-M", 1).await;
        shop.sees_not("already exists").await;
    });
}

/// Checks the cart out, as another buyer of the same customer might.
pub(crate) async fn check_out_elsewhere(shop: &Shop, cart: &str) {
    let token = shop.api.token("acme-buyer").await;
    let path = format!("/api/carts/ACME-001/{cart}");
    let shipping = json!({
        "customerNumber": "ACME-001",
        "shippingAddress": {
            "line1": "500 Commerce Drive", "line2": "Dock B", "city": "Austin", "state": "TX",
            "postalCode": "78701", "country": "US", "addressType": "Shipping",
        },
    });
    let checkout = json!({
        "customerNumber": "ACME-001", "channel": "EDI", "paymentProfileId": "pp_5c21e7a0",
    });
    let api = &shop.api;
    api.call("PUT", &format!("{path}/shipping"), &token, &shipping)
        .await;
    api.call(
        "POST",
        &format!("{path}/complete-checkout"),
        &token,
        &checkout,
    )
    .await;
}

/// Nothing meant for a cart that was ordered elsewhere is done to the next one.
#[test]
fn a_cart_that_was_checked_out_elsewhere_takes_no_change() {
    run(Setup::default(), async |shop| {
        shop.expect_status(400);
        let cart = shop.api.fill_cart(&[("WIDGET-BLU-L", 10)]).await;
        shop.open_as_acme("/cart").await;
        shop.has_value(quantity(), "10").await;
        check_out_elsewhere(shop, &cart).await;
        shop.fill_and_leave(quantity(), "99").await;
        shop.sees("This cart was checked out in the meantime").await;
        shop.sees("Your cart is empty.").await;
        shop.see(link("Cart, 0 lines")).await;
        let order = shop.api.the_order().await;
        assert_eq!(order["items"][0]["quantity"], json!(10));
        let number = order["orderNumber"].as_str().unwrap();
        shop.sees(&format!("It is order {number}.")).await;
        shop.see(link("View this order")).await;
        // What was typed is named, and goes into the next cart if the buyer wants.
        shop.sees("was not ordered: Blue Widget — Large × 99").await;
        shop.click(button("Put it into the next cart")).await;
        shop.has_value(quantity(), "99").await;
        server_has(shop, "WIDGET-BLU-L", 99).await;
    });
}

#[test]
fn an_add_after_a_checkout_elsewhere_begins_the_next_cart() {
    run(Setup::default(), async |shop| {
        shop.expect_status(400);
        let cart = shop.api.fill_cart(&[("WIDGET-BLU-L", 10)]).await;
        shop.open_as_acme("/products/WIDGET-RED-M").await;
        shop.see(link("Cart, 1 line")).await;
        check_out_elsewhere(shop, &cart).await;
        shop.click(button("Add to cart")).await;
        server_has(shop, "WIDGET-RED-M", 1).await;
        shop.see(link("Cart, 1 line")).await;
        assert_ne!(
            shop.api.acme_cart().await["shoppingCartId"],
            Value::from(cart)
        );
        assert_eq!(shop.api.orders().await.len(), 1);
    });
}

/// An addition whose answer was lost is not sent again where the cart that ended, or its order, holds it. Where that
/// cannot be known the buyer is told.
#[test]
fn an_addition_that_was_ordered_elsewhere_is_not_added_again() {
    run(Setup::default(), async |shop| {
        shop.expect_status(400);
        let cart = shop.api.fill_cart(&[("WIDGET-RED-M", 1)]).await;
        shop.open_as_acme("/products/WIDGET-BLU-L").await;
        shop.see(link("Cart, 1 line")).await;
        shop.hold_answers("/items").await;
        shop.fill(role("spinbutton").named("Quantity"), "5").await;
        shop.click(button("Add to cart")).await;
        server_has(shop, "WIDGET-BLU-L", 5).await;
        check_out_elsewhere(shop, &cart).await;
        // Nobody here knows whether the addition had arrived by then: the ended cart does.
        shop.reload().await;
        shop.sees("was ordered with the cart that was checked out in the meantime")
            .await;
        shop.sees("Blue Widget — Large × 5").await;
        shop.see(link("Cart, 0 lines")).await;
        assert_eq!(shop.api.acme_cart().await, Value::Null);
        assert_eq!(shop.api.the_order().await["items"][1]["quantity"], json!(5));
        // One that never arrived goes into the next cart.
        shop.api.fill_cart(&[("WIDGET-RED-M", 1)]).await;
        shop.open_path("/products/WIDGET-BLU-L").await;
        shop.see(link("Cart, 1 line")).await;
        let cart = shop.api.acme_cart().await["shoppingCartId"].clone();
        let never = "window.fetch = ((real) => (request, ...rest) => \
             String(request.url ?? request).endsWith('/items') ? new Promise(() => undefined) : \
             real(request, ...rest))(window.fetch.bind(window));";
        shop.script(never).await;
        shop.fill(role("spinbutton").named("Quantity"), "7").await;
        shop.click(button("Add to cart")).await;
        shop.see(link("Cart, 2 lines")).await;
        check_out_elsewhere(shop, cart.as_str().unwrap()).await;
        shop.reload().await;
        server_has(shop, "WIDGET-BLU-L", 7).await;
        shop.see(link("Cart, 1 line")).await;
    });
}

/// Nothing that was refused is said to be added.
#[test]
fn an_addition_that_is_refused_is_not_said_to_be_added() {
    run(Setup::default(), async |shop| {
        shop.expect_status(400);
        shop.api.fill_cart(&[("WIDGET-RED-M", 1)]).await;
        shop.open_as_acme("/catalog?category=Widgets&view=list")
            .await;
        let problem = json!({ "title": "Bad Request", "status": 400,
            "errors": [{ "name": "sku", "reason": "It is not for sale." }] });
        let refuse = async || {
            shop.api
                .fault(json!({
                    "method": "POST", "route": ITEMS, "count": 1, "effect": "status", "status": 400,
                    "body": problem.to_string(), "contentType": "application/problem+json",
                }))
                .await;
        };
        let typed = |sku| role("spinbutton").named("Quantity").inside(item(sku));
        shop.see(link("Cart, 1 line")).await;
        refuse().await;
        shop.fill(typed("WIDGET-BLU-L"), "50").await;
        shop.click(button("Add to cart").inside(item("WIDGET-BLU-L")))
            .await;
        shop.sees("Blue Widget — Large: not added.").await;
        shop.sees("It is not for sale.").await;
        shop.sees_not("Added 50").await;
        shop.has_value(typed("WIDGET-BLU-L"), "50").await;
        // Of several, it is said which went in.
        refuse().await;
        shop.fill(typed("WIDGET-BLU-M"), "12").await;
        shop.click(button("Add 2 products to cart")).await;
        shop.sees("1 of 2 products was not added. Blue Widget — Large: ")
            .await;
        shop.sees("Added 1 product to the cart.").await;
        shop.sees_not("Added 2 products").await;
        shop.has_value(typed("WIDGET-BLU-L"), "50").await;
        shop.has_value(typed("WIDGET-BLU-M"), "").await;
        server_has(shop, "WIDGET-BLU-M", 12).await;
        assert_eq!(shop.api.quantity_of("WIDGET-BLU-L").await, 0);
    });
}
