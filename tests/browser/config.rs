//! `config.json` when it is wrong: a page for whoever set the shop up, naming the field.

use serde_json::json;

use crate::harness::{Setup, Shop, button, link, role, run};

/// Opens a shop with that `config.json` and waits for the sentence.
fn says(config: &str, sentence: &str) {
    let setup = Setup {
        raw_config: Some(config.to_owned()),
        ..Setup::default()
    };
    run(setup, async |shop| {
        shop.open_path("/").await;
        shop.see(role("heading").named("The storefront is not set up correctly"))
            .await;
        shop.sees(sentence).await;
        shop.sees("correct config.json and load the page again")
            .await;
    });
}

/// A bad `config.json` becomes a page that says what is wrong.
#[test]
fn not_json() {
    says(
        "<!doctype html><title>404</title>",
        "config.json is not valid JSON.",
    );
}

/// A bad `config.json` becomes a page that names the field.
#[test]
fn a_field_is_missing() {
    says(
        r#"{ "apiBaseUrl": "https://api.example.com" }"#,
        "config.json lacks the required field “organizationCode”.",
    );
}

/// A bad `config.json` becomes a page that names the field.
#[test]
fn a_field_is_unknown() {
    says(
        r#"{ "apiBaseUrl": "https://a.example", "organizationCode": "o", "brand": { "colour": "red" } }"#,
        "config.json has an unknown field “brand.colour”.",
    );
}

/// A bad `config.json` becomes a page that names the field.
#[test]
fn a_value_is_wrong() {
    says(
        r#"{ "apiBaseUrl": "https://a.example/", "organizationCode": "o" }"#,
        "The field “apiBaseUrl” in config.json has a value that is not allowed.",
    );
}

/// As a browser that was never here: the worker, and the settings that it keeps, are gone.
async fn forget_what_is_kept(shop: &Shop) {
    shop.script(
        "return (async () => { \
           const workers = await navigator.serviceWorker.getRegistrations(); \
           await Promise.all(workers.map((worker) => worker.unregister())); \
           const names = await caches.keys(); \
           await Promise.all(names.map((name) => caches.delete(name))); \
         })()",
    )
    .await;
}

/// A `config.json` that is out of reach becomes a page with a way to try again.
#[test]
fn not_there_is_wrong_and_out_of_reach_is_not() {
    run(Setup::default(), async |shop| {
        shop.hurry().await;
        shop.expect_console("net::ERR_BLOCKED_BY_CLIENT");
        shop.expect_status(503);
        shop.expect_status(404);
        let right = shop.config_with(&json!({}));
        // What a buyer can do nothing about but wait.
        let away = [
            (503, "application/json", "{}"),
            (
                200,
                "text/html",
                "<title>Please sign in to this network</title>",
            ),
        ];
        for (status, media_type, text) in away {
            shop.answer_config(status, media_type, text);
            shop.open_path("/cart").await;
            shop.see(role("heading").named("The shop could not be loaded"))
                .await;
            shop.answer_config(200, "application/json", &right);
            shop.click(button("Try again")).await;
            shop.see(role("heading").named("Sign in")).await;
            forget_what_is_kept(shop).await;
        }
        shop.block(&["*/config.json"]).await;
        shop.open_path("/cart").await;
        shop.see(role("heading").named("The shop could not be loaded"))
            .await;
        shop.block(&[]).await;
        shop.answer_config(404, "text/plain", "");
        shop.open_path("/cart").await;
        shop.see(role("heading").named("The storefront is not set up correctly"))
            .await;
        shop.sees("config.json could not be loaded.").await;
    });
}

#[test]
fn brand_api_key_and_payments_are_as_it_says() {
    let setup = Setup {
        config: json!({
            "tokenHeader": "x-api-key",
            "brand": { "name": "Müller & Söhne", "accent": "#7a1fa2" },
            "checkout": { "poNumber": "required", "payments": ["terms"] },
            "features": { "quotes": false },
        }),
        ..Setup::default()
    };
    run(setup, async |shop| {
        shop.api.fill_cart(&[("WIDGET-BLU-L", 10)]).await;
        shop.open_path("/sign-in").await;
        shop.sees("Order from Müller & Söhne with your own prices.")
            .await;
        let accent =
            "return getComputedStyle(document.documentElement).getPropertyValue('--accent')";
        assert_eq!(shop.script(accent).await, "#7a1fa2");
        shop.sign_in("acme-buyer", "sandbox").await;
        shop.click(link("Catalog")).await;
        shop.sees("299 products").await;
        shop.open_path("/cart").await;
        shop.see(role("table").named("Cart items")).await;
        shop.gone(role("radiogroup").named("Order type")).await;
        shop.open_path("/checkout").await;
        shop.until("the terms are chosen", async || {
            let radio = role("radio").named("On account (NET30)");
            shop.property(radio, "checked").await == json!(true)
        })
        .await;
        shop.gone(role("radio").named("A new card")).await;
        shop.gone(role("radio").beginning("Visa")).await;
        shop.click(button("Place order")).await;
        shop.sees("This order needs a PO number.").await;
        shop.focus_is("textbox “PO number”").await;
        assert_eq!(shop.api.count("POST", "/complete-checkout").await, 0);
    });
}
