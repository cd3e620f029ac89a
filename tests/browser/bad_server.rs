//! Answers that no server should give: each is explained, nothing breaks, nothing is lost.

use serde_json::{Value, json};

use crate::harness::{Setup, Shop, button, link, role, run, textbox};

const PRODUCTS: &str = "/api/products";

/// Lets `GET route` fail like `effect` until faults are cleared.
async fn break_reading(shop: &Shop, route: &str, effect: &str) {
    shop.api
        .fault(json!({ "method": "GET", "route": route, "effect": effect }))
        .await;
}

/// Answers `GET route` with that body and 200.
async fn answer_with(shop: &Shop, route: &str, body: &str, content_type: &str) {
    shop.api
        .fault(json!({
            "method": "GET", "route": route, "effect": "status", "status": 200, "body": body,
            "contentType": content_type,
        }))
        .await;
}

/// The catalogue says `sentence`, and works again once the server does.
async fn catalog_says(shop: &Shop, sentence: &str) {
    shop.open_as_acme("/catalog").await;
    shop.sees(sentence).await;
    shop.api.clear_faults().await;
    shop.click(button("Try again")).await;
    shop.sees("299 products").await;
}

#[test]
fn half_an_answer() {
    run(Setup::default(), async |shop| {
        break_reading(shop, PRODUCTS, "malformed").await;
        catalog_says(
            shop,
            "The server’s answer cannot be read (GET /api/products).",
        )
        .await;
    });
}

#[test]
fn no_answer_at_all() {
    run(Setup::default(), async |shop| {
        break_reading(shop, PRODUCTS, "empty").await;
        catalog_says(
            shop,
            "The server’s answer cannot be read (GET /api/products).",
        )
        .await;
    });
}

#[test]
fn the_page_of_a_proxy() {
    run(Setup::default(), async |shop| {
        shop.hurry().await;
        shop.expect_status(502);
        break_reading(shop, PRODUCTS, "html").await;
        catalog_says(shop, "The server has a problem (status 502).").await;
    });
}

#[test]
fn a_page_of_a_proxy_that_calls_it_a_success() {
    run(Setup::default(), async |shop| {
        let page =
            "<html><script>window.evil = 1</script><h1>Please log in to the Wi-Fi</h1></html>";
        answer_with(shop, PRODUCTS, page, "text/html").await;
        catalog_says(shop, "Something between you and the server").await;
        assert_eq!(shop.script("return window.evil ?? null").await, Value::Null);
    });
}

#[test]
fn a_product_without_its_sku() {
    run(Setup::default(), async |shop| {
        let page = json!({ "data": [{ "name": "Nameless" }], "totalRecords": 1 });
        answer_with(shop, PRODUCTS, &page.to_string(), "application/json").await;
        catalog_says(
            shop,
            "The server’s answer cannot be used: GET /api/products left out “",
        )
        .await;
    });
}

#[test]
fn a_product_of_nulls() {
    run(Setup::default(), async |shop| {
        let nulls = json!({
            "productId": null, "sku": "NULL-1", "name": null, "description": null, "category": null,
            "price": null, "prices": null, "quantityOnHand": null, "minimumOrderQuantity": null,
            "quantityIncrement": null, "active": true, "images": null, "productAttributes": null,
            "weight": null, "updatedAt": null, "upc": null, "currencyCode": null,
        });
        let page = json!({ "data": [nulls], "totalRecords": 1, "currentPage": 1, "totalPages": 1 });
        answer_with(shop, PRODUCTS, &page.to_string(), "application/json").await;
        let route = "/api/products/{sku}";
        answer_with(shop, route, &nulls.to_string(), "application/json").await;
        shop.open_as_acme("/catalog").await;
        shop.click(link("NULL-1")).await;
        shop.see(role("heading").named("NULL-1")).await;
        shop.see(button("Add to cart")).await;
    });
}

#[test]
fn a_customer_who_cannot_be_read_can_be_asked_for_again() {
    run(Setup::default(), async |shop| {
        shop.api.fill_cart(&[("WIDGET-BLU-L", 10)]).await;
        break_reading(shop, "/api/customers/{customerNumber}", "malformed").await;
        shop.open_as_acme("/checkout").await;
        shop.sees("The server’s answer cannot be read (GET /api/customers/ACME-001).")
            .await;
        shop.fill(textbox("PO number"), "PO-9").await;
        shop.api.clear_faults().await;
        shop.click(button("Try again")).await;
        shop.see(role("radio").beginning("500 Commerce Drive, Suite 200, Austin"))
            .await;
        shop.has_value(textbox("PO number"), "PO-9").await;
    });
}

#[test]
fn saved_cards_that_cannot_be_read_leave_the_other_ways_to_pay() {
    run(Setup::default(), async |shop| {
        shop.hurry().await;
        shop.expect_status(500);
        shop.api.fill_cart(&[("WIDGET-BLU-L", 10)]).await;
        shop.api
            .fault(json!({
                "method": "GET", "route": "/api/payments/profiles/{customerNumber}",
                "effect": "status", "status": 500,
            }))
            .await;
        shop.open_as_acme("/checkout").await;
        shop.click(role("radio").named("On account (NET30)")).await;
        shop.click(button("Place order")).await;
        shop.see(role("heading").named("Order placed")).await;
        shop.api.the_order().await;
    });
}

#[test]
fn a_sign_in_that_cannot_be_understood() {
    run(Setup::default(), async |shop| {
        shop.expect_status(502);
        for (effect, sentence) in [
            ("malformed", "cannot be read (POST /api/auth/login)"),
            ("empty", "cannot be read (POST /api/auth/login)"),
            ("html", "The server has a problem (status 502)."),
        ] {
            shop.api
                .fault(json!({
                    "method": "POST", "route": "/api/auth/login", "count": 1, "effect": effect,
                }))
                .await;
            shop.open_path("/sign-in").await;
            shop.sign_in("acme-buyer", "sandbox").await;
            shop.sees(sentence).await;
        }
        shop.sign_in("acme-buyer", "sandbox").await;
        shop.see(role("heading").named("Home")).await;
    });
}

#[test]
fn images_that_are_not_there_leave_no_gap() {
    run(Setup::default(), async |shop| {
        shop.expect_console("net::ERR_BLOCKED_BY_CLIENT");
        shop.block(&["*/_sandbox/images/*"]).await;
        shop.open_as_acme("/products/WIDGET-BLU-L").await;
        shop.see(role("heading").named("Blue Widget — Large")).await;
        shop.see(button("Add to cart")).await;
        shop.open_path("/catalog").await;
        shop.sees("299 products").await;
    });
}

/// What the API lacks is absent without a word. No way leads to itself.
#[test]
fn a_part_that_the_api_lacks_is_quietly_absent() {
    run(Setup::default(), async |shop| {
        let raw = json!({ "title": "Bad Request", "status": 400 }).to_string();
        for (status, route) in [
            (400, "/api/categories"),
            (501, "/api/companydocs/folders"),
            (405, "/api/companydocs/documents"),
        ] {
            shop.expect_status(status);
            shop.api
                .fault(json!({
                    "method": "GET", "route": route, "effect": "status", "status": status, "body": raw,
                    "contentType": "application/problem+json",
                }))
                .await;
        }
        shop.open_as_acme("/catalog").await;
        shop.sees("299 products").await;
        shop.until("the categories were asked for", async || {
            shop.api.count("GET", "/api/categories").await > 0
        })
        .await;
        shop.gone(role("navigation").named("Categories")).await;
        assert_eq!(
            shop.script("return document.querySelectorAll('.failed').length")
                .await,
            0
        );
        shop.open_path("/documents").await;
        shop.see(role("heading").named("Documents")).await;
        shop.sees("Your supplier does not offer documents here.")
            .await;
        shop.sees_not("The server says").await;
        // Without products nothing leads to all of them.
        let nothing = json!({ "data": [], "totalRecords": 0, "currentPage": 1, "totalPages": 0 });
        answer_with(shop, PRODUCTS, &nothing.to_string(), "application/json").await;
        shop.open_path("/catalog").await;
        shop.sees("There are no products in this catalog yet.")
            .await;
        shop.gone(link("Show all products")).await;
        shop.open_path("/catalog?category=Fasteners").await;
        shop.see(link("Show all products")).await;
    });
}
