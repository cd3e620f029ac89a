//! The draft: through reloads, sign-outs, other tabs and without a connection.

use serde_json::json;

use super::{open, quantity, sku, type_line};
use crate::harness::{Setup, button, role, run};

#[test]
fn a_draft_survives_a_reload_and_a_sign_out() {
    run(Setup::default(), async |shop| {
        open(shop).await;
        type_line(shop, 1, "WIDGET-BLU-L", "12").await;
        shop.sees("1 line is ready").await;
        type_line(shop, 2, "half typ", "").await;
        shop.sees("There is no product with this SKU.").await;
        shop.until("the draft is written", async || {
            let script = "const done = arguments[0]; const open = indexedDB.open('nymble'); open.onsuccess = () => { \
                 const all = open.result.transaction('drafts').objectStore('drafts').getAll(); \
                 all.onsuccess = () => { open.result.close(); done(JSON.stringify(all.result)); } }";
            let kept = shop.driver.execute_async(script, vec![]).await;
            kept.is_ok_and(|kept| kept.json().to_string().contains("half typ"))
        })
        .await;
        shop.reload().await;
        shop.has_value(quantity(1), "12").await;
        shop.has_value(sku(2), "half typ").await;
        shop.sees("$222.00").await;
        shop.click(button("Sign out")).await;
        shop.see(role("heading").named("Sign in")).await;
        // Another customer of the same device sees nothing of it.
        shop.open_as("tokyo-buyer", "/quick-order").await;
        shop.has_value(sku(1), "").await;
        shop.click(button("Sign out")).await;
        shop.see(role("heading").named("Sign in")).await;
        shop.open_as_acme("/quick-order").await;
        shop.has_value(sku(2), "half typ").await;
    });
}

#[test]
fn without_a_connection_the_last_known_prices_do() {
    run(Setup::default(), async |shop| {
        shop.expect_console("ERR_INTERNET_DISCONNECTED");
        shop.expect_console("ERR_BLOCKED_BY_CLIENT");
        open(shop).await;
        type_line(shop, 1, "WIDGET-BLU-L", "12").await;
        shop.sees("$222.00").await;
        shop.block(&["*/api/products*"]).await;
        shop.reload().await;
        shop.has_value(quantity(1), "12").await;
        shop.sees("Price from").await;
        shop.sees("$222.00").await;
        shop.sees("Some products could not be looked up.").await;
        // Typed in a stockroom, sent when back.
        shop.set_offline(true).await;
        shop.sees("You are offline").await;
        shop.fill_and_leave(quantity(1), "60").await;
        shop.sees("$960.00").await;
        shop.click(button("Add all to cart")).await;
        shop.sees("not saved yet").await;
        assert_eq!(shop.api.quantity_of("WIDGET-BLU-L").await, 0);
        shop.block(&[]).await;
        shop.set_offline(false).await;
        shop.sees("1 product is in the cart.").await;
        assert_eq!(shop.api.quantity_of("WIDGET-BLU-L").await, 60);
    });
}

/// The shop can be loaded again without a connection, and goes on with the draft.
#[test]
fn the_pad_can_be_loaded_again_without_a_connection() {
    run(Setup::default(), async |shop| {
        shop.expect_console("net::ERR_");
        open(shop).await;
        type_line(shop, 1, "WIDGET-BLU-L", "12").await;
        shop.sees("$222.00").await;
        shop.until("page and parts are kept", async || {
            let script = "const done = arguments[0]; (async () => { \
                 const used = performance.getEntriesByType('resource').map((it) => it.name).filter((it) => it.includes('/pkg-')); \
                 const kept = await Promise.all(['/', '/config.json', ...used].map((it) => caches.match(it))); \
                 done(used.length > 5 && kept.every(Boolean)); })()";
            let kept = shop.driver.execute_async(script, vec![]).await;
            kept.is_ok_and(|kept| kept.json() == &json!(true))
        })
        .await;
        shop.stop_site();
        shop.set_offline(true).await;
        shop.reload().await;
        shop.has_value(quantity(1), "12").await;
        shop.sees("You are offline").await;
        shop.sees("Price from").await;
        shop.fill_and_leave(quantity(1), "60").await;
        shop.sees("$960.00").await;
        shop.set_offline(false).await;
        shop.click(button("Add all to cart")).await;
        shop.sees("1 product is in the cart.").await;
        assert_eq!(shop.api.quantity_of("WIDGET-BLU-L").await, 60);
    });
}

#[test]
fn another_tab_overwrites_nothing_unseen() {
    run(Setup::default(), async |shop| {
        open(shop).await;
        type_line(shop, 1, "WIDGET-BLU-L", "12").await;
        shop.sees("1 line is ready").await;
        let first = shop.tab().await;
        shop.new_tab("/quick-order").await;
        shop.has_value(quantity(1), "12").await;
        // A tab with nothing unwritten follows the other one.
        shop.fill_and_leave(quantity(1), "24").await;
        shop.to_tab(&first).await;
        shop.has_value(quantity(1), "24").await;
    });
}

#[test]
fn a_refused_product_stays_with_the_reason() {
    run(Setup::default(), async |shop| {
        shop.expect_status(400);
        shop.api.fill_cart(&[("WIDGET-BLU-L", 1)]).await;
        open(shop).await;
        type_line(shop, 1, "WIDGET-BLU-L", "12").await;
        type_line(shop, 2, "WIDGET-RED-M", "5").await;
        shop.sees("2 lines are ready").await;
        let problem = json!({
            "title": "Bad Request", "status": 400,
            "errors": [{ "name": "sku", "reason": "Not this week." }],
        });
        shop.api
            .fault(json!({
                "method": "POST", "route": "/api/carts/{customerNumber}/{shoppingCartId}/items", "skip": 1,
                "effect": "status", "status": 400, "body": problem.to_string(), "contentType": "application/problem+json",
            }))
            .await;
        shop.click(button("Add all to cart")).await;
        shop.sees("1 product is in the cart.").await;
        shop.sees("1 product did not go in and stays here:").await;
        shop.sees("Not this week.").await;
        shop.has_value(sku(1), "WIDGET-RED-M").await;
        assert_eq!(shop.api.quantity_of("WIDGET-BLU-L").await, 13);
        // Once more, and nothing that is in goes in twice.
        shop.api.clear_faults().await;
        shop.click(button("Add all to cart")).await;
        shop.sees("1 product is in the cart.").await;
        shop.has_value(sku(1), "").await;
        assert_eq!(shop.api.quantity_of("WIDGET-BLU-L").await, 13);
        assert_eq!(shop.api.quantity_of("WIDGET-RED-M").await, 5);
    });
}
