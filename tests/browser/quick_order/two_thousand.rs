//! Two thousand lines from a spreadsheet, and into the cart through a bad connection.

use serde_json::{Value, json};
use std::{collections::BTreeMap, fmt::Write as _, time::Instant};

use super::{open, paste, sku};
use crate::harness::{Setup, Shop, button, run};

const LINES: usize = 2_000;
const ITEMS: &str = "/api/carts/{customerNumber}/{shoppingCartId}/items";

/// That many lines of a real catalogue, each with a quantity that can be ordered.
pub(crate) async fn lines(shop: &Shop, count: usize) -> BTreeMap<String, i64> {
    let token = shop.api.token("acme-buyer").await;
    let mut lines = BTreeMap::new();
    for page in 1.. {
        let path = format!("/api/products?pageSize=200&pageNumber={page}");
        let answer = shop.api.call("GET", &path, &token, &Value::Null).await;
        let products = answer["data"].as_array().cloned().unwrap_or_default();
        assert!(!products.is_empty(), "only {} products fit", lines.len());
        for product in products {
            let number = |name: &str| product[name].as_i64().unwrap_or(1).max(1);
            let increment = number("quantityIncrement");
            let quantity = (number("minimumOrderQuantity") + increment - 1) / increment * increment;
            let sku = product["sku"].as_str().expect("a SKU").to_owned();
            let priced = product["prices"]
                .as_array()
                .is_some_and(|prices| !prices.is_empty());
            // Some of the demo's SKUs are awkward on purpose: they have tests of their own.
            let plain = sku
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
            if priced && plain {
                lines.insert(sku, quantity);
            }
            if lines.len() == count {
                return lines;
            }
        }
    }
    lines
}

#[test]
fn two_thousand_lines_through_a_bad_connection() {
    let mut setup = Setup::default();
    setup.sandbox.products = 2_600;
    run(setup, async |shop| {
        shop.expect_status(429);
        shop.expect_status(500);
        shop.expect_console("ERR_EMPTY_RESPONSE");
        shop.expect_console("net::ERR_");
        let wanted = lines(shop, LINES).await;
        open(shop).await;
        shop.click(sku(1)).await;
        let mut text = String::new();
        for (sku, quantity) in &wanted {
            writeln!(text, "{sku}\t{quantity}").expect("written");
        }
        // Every tenth of them is followed by one of no product: that is said without a search for each.
        for sku in wanted.keys().step_by(10) {
            writeln!(text, "{sku}-NONE\t1").expect("written");
        }
        let before = shop.api.count("GET", "/api/products").await;
        let begin = Instant::now();
        paste(shop, &text).await;
        shop.sees("2,000 lines are ready").await;
        shop.sees("200 lines need attention").await;
        let resolved = begin.elapsed();
        let requests = shop.api.count("GET", "/api/products").await - before;
        assert!(requests <= 60, "{requests} requests for 2,200 lines");
        let searched = shop.api.count("GET", "/api/products/search").await;
        // What may have been meant is looked for where it can be seen, with the beginning of a SKU besides.
        assert!(searched <= 80, "{searched} searches for the lines in sight");
        // Trouble of every kind on the way, early and late.
        for fault in [
            json!({ "effect": "status", "status": 429, "retryAfter": 1, "skip": 40, "count": 3 }),
            json!({ "effect": "status", "status": 500, "skip": 400, "count": 2 }),
            json!({ "effect": "cut-after", "skip": 800, "count": 3 }),
            json!({ "effect": "cut-before", "skip": 1_200, "count": 2 }),
            json!({ "effect": "malformed", "skip": 1_900, "count": 2 }),
        ] {
            let mut fault = fault;
            fault["method"] = json!("POST");
            fault["route"] = json!(ITEMS);
            shop.api.fault(fault).await;
        }
        let begin = Instant::now();
        shop.click(button("Add all to cart")).await;
        let mut last = String::new();
        loop {
            let words = shop.words_or_nothing().await;
            if words.contains("2,000 products are in the cart.") {
                break;
            }
            let now = words
                .split("Adding to the cart: ")
                .nth(1)
                .unwrap_or_default();
            let now = now.chars().take(14).collect::<String>();
            assert!(begin.elapsed().as_secs() < 240, "it got stuck at {last}");
            last = now;
            tokio::time::sleep(crate::harness::GLANCE * 5).await;
        }
        println!(
            "looked up in {resolved:?} with {requests} requests, added in {:?}",
            begin.elapsed()
        );
        let cart = shop.api.acme_cart().await;
        let mut there = BTreeMap::new();
        for line in cart["items"].as_array().expect("lines") {
            let sku = line["sku"].as_str().expect("a SKU").to_owned();
            there.insert(sku, line["quantity"].as_i64().expect("a quantity"));
        }
        let differing: Vec<_> = wanted
            .iter()
            .filter(|(sku, quantity)| there.get(*sku) != Some(quantity))
            .map(|(sku, quantity)| (sku, quantity, there.get(sku)))
            .collect();
        assert!(differing.is_empty(), "{differing:?}");
        assert_eq!(there.len(), LINES);
        // What is of no product stays.
        let first = wanted.keys().next().expect("a SKU");
        shop.has_value(sku(1), &format!("{first}-NONE")).await;
    });
}
