//! Requests that the browser sends again by itself, where many go side by side: what they add is in the cart once.

use serde_json::json;

use super::{open, paste, sku};
use crate::harness::{Setup, Shop, button, run};

const ITEMS: &str = "/api/carts/{customerNumber}/{shoppingCartId}/items";

/// Lets the browser open as many connections as it may, and keep them: only a request on one that it kept is sent again.
async fn keep_six_connections(shop: &Shop) {
    shop.expect_status(401);
    shop.api
        .fault(json!({ "method": "GET", "route": "/api/categories", "effect": "delay", "delayMs": 300, "count": 6 }))
        .await;
    let script = "const done = arguments[1]; \
         const calls = Array.from({ length: 6 }, (_, call) => fetch(`${arguments[0]}/api/categories?${call}`)); \
         Promise.all(calls.map(async call => (await call).text())).then(() => done())";
    let url = serde_json::Value::from(shop.api.origin());
    let opened = shop.driver.execute_async(script, vec![url]).await;
    opened.expect("six connections");
}

/// Adds a dozen products to a cart, five units of each. Of the first six, which go side by side, one is made and its
/// connection cut, so that the browser sends it again; it is made for the second time after the others, whose answers
/// come last and know of the first time only.
async fn add_a_dozen(shop: &Shop) -> Vec<String> {
    shop.expect_console("net::ERR_");
    shop.api.fill_cart(&[("WIDGET-BLU-L", 10)]).await;
    let wanted: Vec<String> = super::lines(shop, 60)
        .await
        .into_iter()
        .filter(|(sku, quantity)| *quantity == 1 && !sku.starts_with("WIDGET"))
        .map(|(sku, _)| sku)
        .take(12)
        .collect();
    assert_eq!(wanted.len(), 12, "a dozen products without a minimum");
    open(shop).await;
    shop.click(sku(1)).await;
    let text: Vec<String> = wanted.iter().map(|sku| format!("{sku}\t5")).collect();
    paste(shop, &text.join("\n")).await;
    shop.sees("12 lines are ready").await;
    keep_six_connections(shop).await;
    for fault in [
        json!({ "effect": "cut-after", "count": 1, "delayMs": 100 }),
        json!({ "effect": "delay", "count": 5, "delayMs": 300, "lateMs": 1_200 }),
        json!({ "effect": "delay", "count": 1, "delayMs": 600 }),
    ] {
        let mut fault = fault;
        fault["method"] = json!("POST");
        fault["route"] = json!(ITEMS);
        shop.api.fault(fault).await;
    }
    shop.click(button("Add all to cart")).await;
    wanted
}

async fn has_each_once(shop: &Shop, wanted: &[String]) {
    let sent = shop.api.count("POST", "/items").await;
    assert!(sent > wanted.len(), "one was sent twice: {sent}");
    let cart = shop.api.acme_cart().await;
    for line in cart["items"].as_array().expect("lines") {
        let there = wanted.iter().any(|sku| line["sku"] == sku.as_str());
        let units = if there { 5 } else { 10 };
        assert_eq!(line["quantity"], units, "{line}");
    }
}

#[test]
fn the_last_answer_need_not_be_the_newest() {
    run(Setup::default(), async |shop| {
        let wanted = add_a_dozen(shop).await;
        shop.sees("12 products are in the cart.").await;
        has_each_once(shop, &wanted).await;
    });
}
