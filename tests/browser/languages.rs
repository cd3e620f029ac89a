//! Other languages and other currencies.

use serde_json::{Value, json};

use crate::harness::{Setup, Shop, button, link, role, run, textbox};

/// The German sentences, as the bundle has them.
fn german(key: &str) -> String {
    let parts = [
        include_str!("../../locales/de/first.json"),
        include_str!("../../locales/de/shop.json"),
    ];
    let sentence = parts.iter().find_map(|part| {
        let part: Value = serde_json::from_str(part).expect("a JSON object");
        part[key].as_str().map(str::to_owned)
    });
    sentence.unwrap_or_else(|| panic!("{key} is no sentence"))
}

fn in_german() -> Setup {
    Setup {
        config: json!({ "locale": "de-DE" }),
        ..Setup::default()
    }
}

/// Puts ten of a SKU into the cart on its page, and goes to the cart.
async fn ten_in_the_cart(shop: &Shop, client_id: &str, sku: &str) {
    shop.open_as(client_id, &format!("/products/{sku}")).await;
    shop.fill(role("spinbutton").named("Quantity"), "10").await;
    shop.click(button("Add to cart")).await;
    shop.click(link("Cart, 1 line")).await;
    shop.sees("All changes saved").await;
}

/// The whole job works in German.
#[test]
fn german_from_signing_in_to_the_order() {
    run(in_german(), async |shop| {
        shop.open_path("/").await;
        let heading = |key: &str| role("heading").named(&german(key));
        shop.see(heading("sign_in.title")).await;
        assert_eq!(
            shop.script("return document.documentElement.lang").await,
            "de-DE"
        );
        shop.fill(textbox(&german("sign_in.client_id")), "acme-buyer")
            .await;
        shop.fill(textbox(&german("sign_in.client_secret")), "sandbox")
            .await;
        shop.click(button(&german("sign_in.submit"))).await;
        shop.see(heading("home.title")).await;
        shop.click(link(&german("catalog.title"))).await;
        shop.see(heading("catalog.title")).await;
        shop.sees("299 Artikel").await;
        shop.open_path("/products/WIDGET-BLU-L").await;
        shop.fill(role("spinbutton").named(&german("quantity.label")), "1000")
            .await;
        shop.sees("16.000,00 $").await;
        shop.click(button(&german("cart.add"))).await;
        shop.click(link("Warenkorb, 1 Position")).await;
        shop.see(heading("cart.title")).await;
        shop.sees("16.000,00 $").await;
        shop.sees(&german("cart.saved")).await;
        shop.click(link(&german("cart.check_out"))).await;
        shop.see(role("radiogroup").named(&german("checkout.shipping")))
            .await;
        shop.until("an address is chosen", async || {
            let radio = role("radio").beginning("500 Commerce Drive");
            shop.property(radio, "checked").await == json!(true)
        })
        .await;
        shop.sees("Vereinigte Staaten").await;
        shop.click(button(&german("checkout.place"))).await;
        shop.see(heading("placed.title")).await;
        shop.sees(&german("placed.confirmation_id")).await;
        let order = shop.api.the_order().await;
        assert_eq!(order["orderTotal"].to_string(), "16000.00");
    });
}

#[test]
fn an_unknown_language_falls_back_to_english() {
    let setup = Setup {
        config: json!({ "locale": "tlh" }),
        ..Setup::default()
    };
    run(setup, async |shop| {
        shop.open_as_acme("/products/WIDGET-BLU-L").await;
        shop.see(button("Add to cart")).await;
        shop.sees("18.50").await;
    });
}

/// Yen have no decimals.
#[test]
fn yen_have_no_decimals() {
    run(Setup::default(), async |shop| {
        ten_in_the_cart(shop, "tokyo-buyer", "WIDGET-BLU-L").await;
        // 17.20 dollars of the Premium tier, as a Japanese price list says it.
        shop.sees("¥2,600").await;
        shop.sees("¥26,000").await;
        shop.sees_not("¥26,000.0").await;
        shop.click(link("Check out")).await;
        shop.sees("大田区西糀谷 2-14-7").await;
        shop.see(role("radio").named("On account (NET60)")).await;
        shop.until("a card is chosen", async || {
            let radio = role("radio").beginning("JCB ending in 0505");
            shop.property(radio, "checked").await == json!(true)
        })
        .await;
        shop.click(button("Place order")).await;
        shop.see(role("heading").named("Order placed")).await;
        shop.sees("¥26,000").await;
        let order = shop.api.the_order().await;
        assert_eq!(order["currencyCode"], "JPY");
        assert_eq!(order["orderTotal"].to_string(), "26000");
    });
}

#[test]
fn euros_of_the_retail_tier() {
    run(Setup::default(), async |shop| {
        ten_in_the_cart(shop, "riviera-buyer", "WIDGET-BLU-L").await;
        shop.sees("€23.50").await;
        shop.sees("€235.00").await;
        shop.sees("Riviera Outillage SARL").await;
        shop.click(link("Check out")).await;
        shop.see(role("radio").beginning("12 Quai des Docks")).await;
        shop.gone(role("radio").beginning("On account")).await;
    });
}
