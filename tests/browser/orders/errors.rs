//! What goes wrong with orders: servers, permissions, orders that are not there.

use serde_json::json;

use super::{history, import, place};
use crate::harness::{Setup, button, link, role, run};

#[test]
fn a_list_that_does_not_come_can_be_tried_again() {
    run(Setup::default(), async |shop| {
        shop.hurry().await;
        shop.expect_status(500);
        import(shop, &history(60)).await;
        shop.api
            .fault(json!({ "method": "GET", "route": "/api/orders", "effect": "status", "status": 500 }))
            .await;
        shop.open_as_acme("/orders").await;
        shop.sees("The server has a problem (status 500).").await;
        shop.gone(button("Orders (CSV)")).await;
        shop.api.clear_faults().await;
        shop.click(button("Try again")).await;
        shop.sees("60 orders").await;
        shop.sees_not("The server has a problem").await;
        // A page that does not come leaves the one before.
        shop.api
            .fault(json!({ "method": "GET", "route": "/api/orders", "effect": "status", "status": 500 }))
            .await;
        shop.click(link("Next")).await;
        shop.sees("The server has a problem (status 500).").await;
        shop.see(link("ORD-00059")).await;
        shop.api.clear_faults().await;
        shop.click(button("Try again")).await;
        shop.see(link("ORD-00034")).await;
    });
}

#[test]
fn a_server_without_orders_says_so_calmly() {
    for status in [403, 404] {
        run(Setup::default(), async |shop| {
            shop.expect_status(status);
            shop.api
                .fault(json!({ "method": "GET", "route": "/api/orders", "effect": "status", "status": status }))
                .await;
            shop.open_as_acme("/orders").await;
            shop.sees("Your supplier does not offer this here.").await;
            shop.gone(button("Try again")).await;
            shop.click(link("Catalog")).await;
            shop.sees("299 products").await;
        });
    }
}

#[test]
fn there_is_no_such_order() {
    run(Setup::default(), async |shop| {
        shop.expect_status(404);
        shop.expect_status(403);
        let number = place(shop, &[("WIDGET-BLU-L", 10)]).await;
        shop.open_as_acme("/orders/NOPE-1").await;
        shop.see(role("heading").named("Order NOPE-1")).await;
        shop.sees("There is no order “NOPE-1” in your account.")
            .await;
        shop.gone(button("Reorder")).await;
        shop.click(link("All orders")).await;
        shop.sees("1 order").await;
        // Another customer's order is none of theirs.
        shop.open_as("riviera-buyer", &format!("/orders/{number}"))
            .await;
        shop.sees(&format!("There is no order “{number}” in your account."))
            .await;
    });
}

#[test]
fn an_order_that_does_not_come_can_be_tried_again() {
    run(Setup::default(), async |shop| {
        shop.hurry().await;
        shop.expect_status(500);
        let number = place(shop, &[("WIDGET-BLU-L", 10)]).await;
        shop.api
            .fault(json!({ "method": "GET", "route": "/api/orders/{orderNumber}", "effect": "status", "status": 500 }))
            .await;
        shop.open_as_acme(&format!("/orders/{number}")).await;
        shop.sees("The server has a problem (status 500).").await;
        shop.api.clear_faults().await;
        shop.click(button("Try again")).await;
        shop.see(role("table").named("Order lines")).await;
    });
}
