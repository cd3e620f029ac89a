//! Checkout: one order, however often the button is pressed or the answer is lost.

use serde_json::{Value, json};
use thirtyfour::Key;

use crate::{
    cart_troubles::check_out_elsewhere,
    harness::{Setup, Shop, button, link, role, run, textbox},
    payment_methods::{method, type_card},
};

const COMPLETE: &str = "/api/carts/{customerNumber}/{shoppingCartId}/complete-checkout";
const CART: &str = "/api/carts/{id}";

/// The checkout of ten blue widgets, filled in as far as it is by itself.
pub(crate) async fn checkout_of_ten(shop: &Shop) {
    shop.api.fill_cart(&[("WIDGET-BLU-L", 10)]).await;
    shop.open_as_acme("/checkout").await;
    is_filled_in(shop).await;
}

/// Waits until address and payment are chosen.
async fn is_filled_in(shop: &Shop) {
    for chosen in ["500 Commerce Drive", "Visa ending in 4242"] {
        shop.until(&format!("{chosen} is chosen"), async || {
            shop.property(role("radio").beginning(chosen), "checked")
                .await
                == json!(true)
        })
        .await;
    }
}

/// Lets the next requests that place an order fail.
async fn fault(shop: &Shop, effect: &str, count: u32) {
    shop.expect_console("net::ERR_");
    shop.api
        .fault(json!({ "method": "POST", "route": COMPLETE, "count": count, "effect": effect }))
        .await;
}

/// Lets the order go through without an answer, and the cart be read only once: before the order is sent.
async fn everything_gets_lost(shop: &Shop) {
    shop.hurry().await;
    shop.expect_status(400);
    shop.expect_status(503);
    fault(shop, "cut-after", 50).await;
    shop.api
        .fault(json!({
            "method": "GET", "route": CART, "skip": 1, "effect": "status", "status": 503,
        }))
        .await;
}

/// The confirmation stands, and there is exactly one order of ten blue widgets.
async fn is_ordered_once(shop: &Shop) -> Value {
    shop.see(role("heading").named("Order placed")).await;
    shop.sees("Blue Widget — Large").await;
    shop.sees("$185.00").await;
    shop.see(link("Cart, 0 lines")).await;
    let order = shop.api.the_order().await;
    assert_eq!(order["items"][0]["quantity"], json!(10));
    assert_eq!(order["orderTotal"].to_string(), "185.00");
    order
}

/// There is one order, whatever is lost, pressed or reloaded.
#[test]
fn a_lost_answer_leaves_one_order_and_its_confirmation() {
    run(Setup::default(), async |shop| {
        shop.expect_status(400);
        checkout_of_ten(shop).await;
        fault(shop, "cut-after", 1).await;
        shop.click(button("Place order")).await;
        is_ordered_once(shop).await;
        shop.sees("The order was placed, but its number got lost on the way.")
            .await;
        shop.reload().await;
        is_ordered_once(shop).await;
    });
}

/// When nothing can be found out, nothing is sent again.
#[test]
fn when_nothing_can_be_found_out_nothing_is_sent_again() {
    run(Setup::default(), async |shop| {
        checkout_of_ten(shop).await;
        everything_gets_lost(shop).await;
        shop.click(button("Place order")).await;
        shop.until("it says that it does not know", async || {
            let words = shop.words_or_nothing().await;
            words.contains("We could not find out yet whether the order was placed.")
        })
        .await;
        shop.api.clear_faults().await;
        shop.click(button("Check again")).await;
        is_ordered_once(shop).await;
    });
}

/// There is one order, whatever is lost, pressed or reloaded.
#[test]
fn a_reload_while_the_order_is_placed_finds_it() {
    run(Setup::default(), async |shop| {
        checkout_of_ten(shop).await;
        shop.hold_answers("/complete-checkout").await;
        shop.double_click(button("Place order")).await;
        shop.until("the server has the order", async || {
            shop.api.orders().await.len() == 1
        })
        .await;
        shop.sees("Placing your order…").await;
        shop.reload().await;
        is_ordered_once(shop).await;
        assert_eq!(shop.api.count("POST", "/complete-checkout").await, 1);
    });
}

/// Only what was reviewed is ordered.
#[test]
fn a_cart_that_changed_since_it_was_reviewed_is_not_ordered() {
    run(Setup::default(), async |shop| {
        checkout_of_ten(shop).await;
        let cart = shop.api.acme_cart().await;
        let token = shop.api.token("acme-buyer").await;
        let path = format!(
            "/api/carts/ACME-001/{}/items/WIDGET-BLU-L",
            cart["shoppingCartId"].as_str().unwrap()
        );
        let body = json!({ "customerNumber": "ACME-001", "quantity": 9000 });
        shop.api.call("PUT", &path, &token, &body).await;
        shop.click(button("Place order")).await;
        shop.sees("The cart has changed since you opened this page.")
            .await;
        assert_eq!(shop.api.orders().await.len(), 0);
        shop.sees("9,000 × ").await;
    });
}

#[test]
fn a_quote_on_account_with_the_typed_po_number() {
    run(Setup::default(), async |shop| {
        shop.api.fill_cart(&[("WIDGET-BLU-L", 10)]).await;
        shop.open_as_acme("/cart").await;
        shop.click(role("radio").named("Quote")).await;
        shop.sees("All changes saved").await;
        shop.click(link("Check out")).await;
        shop.sees("This is a request for a quote").await;
        is_filled_in(shop).await;
        shop.fill(textbox("PO number"), "PO-Q-1").await;
        shop.click(role("radio").named("On account (NET30)")).await;
        // Nothing is ordered by Enter in a field, and what storage refuses is shown all the same.
        shop.click(textbox("PO number")).await;
        shop.press(Key::Enter).await;
        shop.script("Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }")
            .await;
        assert_eq!(shop.api.count("POST", "/complete-checkout").await, 0);
        shop.click(button("Place order")).await;
        let order = is_ordered_once(shop).await;
        assert_eq!(order["orderType"], "Quote");
        assert_eq!(order["poNumber"], "PO-Q-1");
        assert_eq!(order["terms"], "NET30");
        assert_eq!(order["paymentProfileId"], Value::Null);
        assert_eq!(order["paymentLastFour"], Value::Null);
        assert_eq!(order["shippingAddress"]["line1"], "500 Commerce Drive");
        shop.sees("On account (NET30)").await;
    });
}

#[test]
fn a_quantity_below_the_minimum_is_not_sent() {
    run(Setup::default(), async |shop| {
        shop.api.fill_cart(&[("WIDGET-BLU-M", 7)]).await;
        shop.open_as_acme("/cart").await;
        shop.sees("Sold in multiples of 6").await;
        shop.click(link("Check out")).await;
        is_filled_in(shop).await;
        shop.click(button("Place order")).await;
        shop.sees("Blue Widget — Medium: Sold in multiples of 6. Order 6 or 12.")
            .await;
        assert_eq!(shop.api.count("POST", "/complete-checkout").await, 0);
    });
}

/// Whether the radio button that begins so is chosen.
async fn is_chosen(shop: &Shop, name: &str) {
    shop.until(&format!("{name} is chosen"), async || {
        shop.property(role("radio").beginning(name), "checked")
            .await
            == json!(true)
    })
    .await;
}

/// What was chosen at checkout comes back, and what the cart says since wins.
#[test]
fn what_was_chosen_comes_back_and_what_the_cart_says_since_wins() {
    run(Setup::default(), async |shop| {
        checkout_of_ten(shop).await;
        let chosen = async || {
            is_chosen(shop, "8800 Burleson Road").await;
            is_chosen(shop, "On account").await;
        };
        shop.click(role("radio").beginning("8800 Burleson Road"))
            .await;
        shop.click(role("radio").beginning("On account")).await;
        shop.fill(textbox("PO number"), "PO-A").await;
        shop.reload().await;
        chosen().await;
        shop.has_value(textbox("PO number"), "PO-A").await;
        shop.click(link("Change the cart")).await;
        shop.fill_and_leave(textbox("PO number"), "PO-C").await;
        shop.sees("All changes saved").await;
        shop.click(link("Check out")).await;
        shop.has_value(textbox("PO number"), "PO-C").await;
        chosen().await;
        shop.back().await;
        shop.fill_and_leave(textbox("PO number"), "").await;
        shop.sees("All changes saved").await;
        shop.forward().await;
        chosen().await;
        shop.has_value(textbox("PO number"), "").await;
        // Nothing takes the place of an address that has gone.
        let token = shop.api.token("acme-buyer").await;
        let path = "/api/customers/ACME-001";
        let customer = shop.api.call("GET", path, &token, &Value::Null).await;
        let mut addresses = customer["addresses"].as_array().unwrap().clone();
        addresses.retain(|address| address["line1"] != "8800 Burleson Road");
        let kept = json!({ "addresses": addresses });
        shop.api.call("PUT", path, &token, &kept).await;
        shop.reload().await;
        shop.sees("The address you chose is no longer among your addresses: 8800 Burleson Road")
            .await;
        shop.click(button("Place order")).await;
        shop.sees("Choose where the order goes.").await;
        shop.click(role("radio").beginning("500 Commerce Drive"))
            .await;
        shop.click(button("Place order")).await;
        let order = is_ordered_once(shop).await;
        assert_eq!(order["terms"], "NET30");
        assert_eq!(order["poNumber"], Value::Null);
        assert_eq!(order["shippingAddress"]["line1"], "500 Commerce Drive");
    });
}

/// Fills fields as extensions and browsers may: without a word to the page.
async fn fill_silently(shop: &Shop, fields: &[(&str, &str)]) {
    for (selector, text) in fields {
        let fill = format!("document.querySelector('{selector}').value = '{text}'");
        shop.script(&fill).await;
    }
}

/// A form sends what stands in its fields, also what a password manager filled in without a word.
#[test]
fn what_is_shown_is_ordered_even_when_it_was_filled_in_without_a_word() {
    run(Setup::default(), async |shop| {
        shop.open_as_acme("/products/WIDGET-BLU-L").await;
        shop.see(role("spinbutton").named("Quantity")).await;
        fill_silently(shop, &[("[role=spinbutton]", "10")]).await;
        shop.click(button("Add to cart")).await;
        shop.until("ten pieces", async || {
            shop.api.quantity_of("WIDGET-BLU-L").await == 10
        })
        .await;
        shop.click(link("Cart, 1 line")).await;
        let quantity = role("spinbutton").named("Quantity for WIDGET-BLU-L");
        shop.has_value(quantity.clone(), "10").await;
        // What cannot be ordered holds the checkout, as if it had been typed.
        fill_silently(shop, &[("[role=spinbutton]", "9,5")]).await;
        shop.click(link("Check out")).await;
        shop.sees("“9,5” cannot be ordered").await;
        shop.is_at("/cart").await;
        let fields = [
            ("[role=spinbutton]", "20"),
            ("#po-number", "PO-FILLED"),
            ("#instructions", "Dock B"),
        ];
        fill_silently(shop, &fields).await;
        shop.click(link("Check out")).await;
        is_filled_in(shop).await;
        shop.has_value(textbox("PO number"), "PO-FILLED").await;
        let choose = "for (const input of document.querySelectorAll('[type=radio]')) \
             if (/8800 Burleson|On account/.test(input.closest('label').innerText)) input.checked = true;";
        shop.script(choose).await;
        shop.click(button("Place order")).await;
        shop.see(role("heading").named("Order placed")).await;
        let order = shop.api.the_order().await;
        assert_eq!(order["items"][0]["quantity"], json!(20));
        assert_eq!(order["poNumber"], "PO-FILLED");
        assert_eq!(order["notes"], "Dock B");
        assert_eq!(order["shippingAddress"]["line1"], "8800 Burleson Road");
        assert_eq!(order["paymentLastFour"], Value::Null);
        // A box that was ticked and a list that was chosen from, too.
        shop.open_path("/account").await;
        shop.click(button("Add a card")).await;
        type_card(shop, "4111111111111111").await;
        shop.script("document.querySelector('.entry-form [type=checkbox]').checked = true")
            .await;
        shop.click(button("Save card")).await;
        shop.reads(method("Visa ending in 1111"), "Default").await;
        shop.click(button("Add an address")).await;
        shop.see(textbox("State")).await;
        fill_silently(shop, &[("#address-country", "DE")]).await;
        shop.click(button("Save address")).await;
        shop.gone(textbox("State")).await;
        shop.has_value(role("combobox").named("Country"), "DE")
            .await;
    });
}

/// The buyer is told of a cart that was ordered elsewhere.
#[test]
fn a_cart_that_was_ordered_elsewhere_is_told_of_and_nothing_typed_is_lost() {
    run(Setup::default(), async |shop| {
        shop.expect_status(400);
        checkout_of_ten(shop).await;
        shop.fill(textbox("PO number"), "PO-LATE").await;
        let cart = shop.api.acme_cart().await;
        let cart = cart["shoppingCartId"].as_str().unwrap();
        check_out_elsewhere(shop, cart).await;
        shop.click(button("Place order")).await;
        let order = shop.api.the_order().await;
        let number = order["orderNumber"].as_str().unwrap();
        shop.sees(&format!("It is order {number}.")).await;
        shop.sees("Your cart is empty.").await;
        assert_eq!(order["poNumber"], Value::Null);
        shop.click(link("View this order")).await;
        shop.see(role("heading").named(&format!("Order {number}")))
            .await;
        shop.open_path("/products/WIDGET-RED-M").await;
        shop.click(button("Add to cart")).await;
        shop.click(link("Cart, 1 line")).await;
        shop.click(link("Check out")).await;
        shop.sees("Red Widget — Medium").await;
        shop.has_value(textbox("PO number"), "PO-LATE").await;
    });
}
