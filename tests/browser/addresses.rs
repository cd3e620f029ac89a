//! A new shipping address: asked for and checked as its country writes it.

use serde_json::{Value, json};

use crate::{
    checkout::checkout_of_ten,
    harness::{Setup, Shop, button, role, run, textbox},
};

async fn new_address(shop: &Shop) {
    checkout_of_ten(shop).await;
    shop.click(role("radio").named("A new address")).await;
    shop.see(textbox("Street address")).await;
}

async fn country(shop: &Shop, name: &str) {
    shop.choose(role("combobox").named("Country"), name).await;
}

#[test]
fn of_the_united_states() {
    run(Setup::default(), async |shop| {
        new_address(shop).await;
        assert_eq!(shop.value(role("combobox").named("Country")).await, "US");
        shop.click(button("Place order")).await;
        shop.sees("Please fill this in.").await;
        shop.focus_is("textbox “Street address”").await;
        shop.fill(textbox("Street address"), "1 Main Street").await;
        shop.fill(textbox("City"), "Springfield").await;
        shop.fill(textbox("State"), "XX").await;
        shop.fill(textbox("Postal code"), "1234").await;
        shop.fill(textbox("Phone (optional)"), "call me").await;
        shop.click(button("Place order")).await;
        shop.sees("Use the two-letter code, for example TX or ON.")
            .await;
        shop.sees("Postal codes there look like 78701.").await;
        shop.sees("This is not a phone number.").await;
        assert_eq!(shop.api.count("POST", "/complete-checkout").await, 0);
        shop.fill(textbox("State"), "il").await;
        shop.fill(textbox("Postal code"), "62701-1234").await;
        shop.fill(textbox("Phone (optional)"), "+1 217 555 0100")
            .await;
        shop.click(button("Place order")).await;
        shop.see(role("heading").named("Order placed")).await;
        let order = shop.api.the_order().await;
        let address = &order["shippingAddress"];
        assert_eq!(address["line1"], "1 Main Street");
        assert_eq!(address["state"], "IL");
        assert_eq!(address["postalCode"], "62701-1234");
        assert_eq!(address["country"], "US");
    });
}

#[test]
fn of_germany_has_no_state() {
    run(Setup::default(), async |shop| {
        new_address(shop).await;
        country(shop, "Germany").await;
        shop.gone(textbox("State")).await;
        shop.fill(textbox("Street address"), "Königsallee 1").await;
        shop.fill(textbox("City"), "Düsseldorf").await;
        shop.fill(textbox("Postal code"), "4021").await;
        shop.click(button("Place order")).await;
        shop.sees("Postal codes there look like 10115.").await;
        shop.fill(textbox("Postal code"), "D-40212").await;
        shop.click(button("Place order")).await;
        shop.see(role("heading").named("Order placed")).await;
        let order = shop.api.the_order().await;
        let address = &order["shippingAddress"];
        assert_eq!(address["city"], "Düsseldorf");
        assert_eq!(address["postalCode"], "40212");
        assert_eq!(address["country"], "DE");
        assert!(matches!(&address["state"], Value::Null), "{address}");
    });
}

#[test]
fn of_japan_has_a_prefecture() {
    run(Setup::default(), async |shop| {
        // Else the postal code fills it in.
        shop.expect_status(404);
        let lookup = "/api/addresses/lookup";
        shop.api
            .fault(json!({ "method": "GET", "route": lookup, "effect": "status", "status": 404 }))
            .await;
        new_address(shop).await;
        country(shop, "Japan").await;
        shop.fill(textbox("Street address"), "千代田1-1").await;
        shop.fill(textbox("City"), "千代田区").await;
        shop.fill(textbox("Postal code"), "1000001").await;
        shop.click(button("Place order")).await;
        shop.focus_is("textbox “Prefecture”").await;
        shop.sees("Please fill this in.").await;
        shop.fill(textbox("Prefecture"), "東京都").await;
        shop.click(button("Place order")).await;
        shop.see(role("heading").named("Order placed")).await;
        let order = shop.api.the_order().await;
        let address = &order["shippingAddress"];
        assert_eq!(address["state"], "東京都");
        assert_eq!(address["postalCode"], "100-0001");
    });
}

#[test]
fn what_was_typed_survives_a_reload() {
    run(Setup::default(), async |shop| {
        new_address(shop).await;
        shop.fill(textbox("Street address"), "1 Main Street").await;
        shop.fill(textbox("PO number"), "PO-77").await;
        shop.reload().await;
        shop.has_value(textbox("Street address"), "1 Main Street")
            .await;
        shop.has_value(textbox("PO number"), "PO-77").await;
        shop.until("the new address is chosen", async || {
            let radio = role("radio").named("A new address");
            shop.property(radio, "checked").await == Value::Bool(true)
        })
        .await;
    });
}

#[test]
fn a_postal_code_fills_in_city_and_state() {
    run(Setup::default(), async |shop| {
        new_address(shop).await;
        shop.fill(textbox("Postal code"), "7870").await;
        shop.fill(textbox("Postal code"), "78701").await;
        shop.has_value(textbox("City"), "Austin").await;
        shop.has_value(textbox("State"), "TX").await;
        shop.sees("Filled in from the postal code.").await;
        let lookups = shop.api.count("GET", "/api/addresses/lookup").await;
        assert_eq!(lookups, 1, "only the complete code is looked up");
        // What was filled in follows the code, until something else is typed.
        shop.fill(textbox("Postal code"), "10001").await;
        shop.has_value(textbox("City"), "New York").await;
        shop.has_value(textbox("State"), "NY").await;
        shop.fill(textbox("City"), "Brooklyn").await;
        shop.fill(textbox("Postal code"), "78702").await;
        shop.has_value(textbox("State"), "TX").await;
        assert_eq!(shop.value(textbox("City")).await, "Brooklyn");
        // What was looked up before is known.
        shop.fill(textbox("Postal code"), "10001").await;
        shop.has_value(textbox("State"), "NY").await;
        let lookups = shop.api.count("GET", "/api/addresses/lookup").await;
        assert_eq!(lookups, 3);
    });
}

#[test]
fn a_lookup_that_fails_is_not_spoken_of_and_not_repeated() {
    for status in [404, 429, 500] {
        run(Setup::default(), async |shop| {
            shop.expect_status(status);
            let lookup = "/api/addresses/lookup";
            shop.api
                .fault(json!({ "method": "GET", "route": lookup, "effect": "status", "status": status }))
                .await;
            new_address(shop).await;
            shop.fill(textbox("Postal code"), "78701").await;
            shop.until("the lookup", async || {
                shop.api.count("GET", lookup).await == 1
            })
            .await;
            shop.fill(textbox("Street address"), "1 Main Street").await;
            shop.fill(textbox("City"), "Austin").await;
            shop.fill(textbox("State"), "TX").await;
            shop.click(button("Place order")).await;
            shop.see(role("heading").named("Order placed")).await;
            assert_eq!(shop.api.count("GET", lookup).await, 1);
        });
    }
}

/// A looked-up place never replaces what was typed.
#[test]
fn a_late_answer_does_not_fill_in_what_was_typed_meanwhile() {
    run(Setup::default(), async |shop| {
        let lookup = "/api/addresses/lookup";
        shop.api
            .fault(json!({ "method": "GET", "route": lookup, "effect": "delay", "delayMs": 1500 }))
            .await;
        new_address(shop).await;
        shop.fill(textbox("Postal code"), "78701").await;
        shop.until("the lookup", async || {
            shop.api.count("GET", lookup).await == 1
        })
        .await;
        shop.fill(textbox("City"), "Rollingwood").await;
        shop.has_value(textbox("State"), "TX").await;
        assert_eq!(shop.value(textbox("City")).await, "Rollingwood");
    });
}
