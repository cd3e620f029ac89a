//! axe-core on every state of the screens of orders, light and dark, wide and narrow.

use serde_json::json;

use super::{history, import, import_one, place, set_status};
use crate::{
    accessibility::audit,
    harness::{Setup, button, link, role, run},
};

#[test]
fn the_list() {
    run(Setup::default(), async |shop| {
        shop.hurry().await;
        shop.expect_status(500);
        shop.expect_status(404);
        shop.open_as_acme("/orders").await;
        shop.sees("You have not ordered anything yet.").await;
        audit(shop, "orders, none").await;
        import(shop, &history(60)).await;
        shop.reload().await;
        shop.sees("60 orders").await;
        audit(shop, "orders").await;
        shop.open_path("/orders?status=Shipped&from=2015-02-01&to=2015-01-01&po=PO-1&sku=x")
            .await;
        shop.sees("No order fits these filters.").await;
        audit(shop, "orders, nothing fits").await;
        shop.api
            .fault(json!({ "method": "GET", "route": "/api/orders", "effect": "status", "status": 500 }))
            .await;
        shop.open_path("/orders").await;
        shop.sees("The server has a problem").await;
        audit(shop, "orders, error").await;
        shop.api.clear_faults().await;
        shop.api
            .fault(json!({ "method": "GET", "route": "/api/orders", "effect": "status", "status": 404 }))
            .await;
        shop.open_path("/orders").await;
        shop.sees("does not offer this").await;
        audit(shop, "orders, not offered").await;
    });
}

#[test]
fn the_download() {
    run(Setup::default(), async |shop| {
        shop.hurry().await;
        shop.expect_status(500);
        import(shop, &history(30)).await;
        shop.open_as_acme("/orders").await;
        shop.sees("30 orders").await;
        shop.api
            .fault(json!({ "method": "GET", "route": "/api/orders", "effect": "delay", "delayMs": 15000 }))
            .await;
        shop.click(button("Orders (CSV)")).await;
        shop.see(role("progressbar").named("Download CSV")).await;
        audit(shop, "orders, downloading").await;
        shop.click(button("Cancel")).await;
        shop.api.clear_faults().await;
        shop.api
            .fault(json!({ "method": "GET", "route": "/api/orders", "effect": "status", "status": 500 }))
            .await;
        shop.click(button("Orders (CSV)")).await;
        shop.sees("The server has a problem").await;
        audit(shop, "orders, download failed").await;
    });
}

/// A state has one badge.
#[test]
fn one_order() {
    run(Setup::default(), async |shop| {
        shop.expect_status(404);
        let number = place(shop, &[("WIDGET-BLU-L", 10), ("WIDGET-BLU-M", 12)]).await;
        set_status(shop, &number, &json!({ "orderStatus": "Processing" })).await;
        shop.open_as_acme(&format!("/orders/{number}")).await;
        shop.sees("INV-").await;
        audit(shop, "order").await;
        set_status(shop, &number, &json!({ "orderStatus": "Cancelled" })).await;
        shop.reload().await;
        shop.sees("Cancelled").await;
        shop.sees("INV-").await;
        audit(shop, "order, cancelled").await;
        // It looks the same wherever it is named.
        let look = "const it = [...document.querySelectorAll('.badge')].find((it) => it.innerText === 'Cancelled'); \
             if (!it) return null; const style = getComputedStyle(it); \
             return [it.className, style.color, style.backgroundColor, style.boxShadow].join(' ')";
        let here = shop.script(look).await;
        assert!(here.is_string(), "{here}");
        for path in ["/orders", "/"] {
            shop.open_path(path).await;
            shop.until(&format!("the same look on {path}"), async || {
                shop.script(look).await == here
            })
            .await;
        }
        shop.open_path("/orders/NOPE").await;
        shop.sees("There is no order").await;
        audit(shop, "order, unknown").await;
    });
}

#[test]
fn ordering_again() {
    run(Setup::default(), async |shop| {
        shop.hurry().await;
        shop.expect_status(404);
        shop.expect_status(500);
        import_one(
            shop,
            "Complete",
            &[
                ("WIDGET-BLU-L", 10, "17.25"),
                ("WIDGET-BLU-M", 4, "99.00"),
                ("GONE-1", 2, "1.00"),
            ],
        )
        .await;
        shop.open_as_acme("/orders/ORD-00001?reorder").await;
        shop.sees("No longer offered").await;
        shop.fill_and_leave(role("spinbutton").named("Quantity for WIDGET-BLU-M"), "7")
            .await;
        shop.click(button("Add to cart")).await;
        shop.sees("Please correct one entry.").await;
        audit(shop, "reorder").await;
        shop.script("scrollTo(0, 0)").await;
        shop.fill_and_leave(role("spinbutton").named("Quantity for WIDGET-BLU-M"), "12")
            .await;
        shop.click(button("Add to cart")).await;
        shop.see(link("View cart")).await;
        audit(shop, "reorder, added").await;
        for route in ["/api/products/{sku}", "/api/products"] {
            shop.api
                .fault(
                    json!({ "method": "GET", "route": route, "effect": "status", "status": 500 }),
                )
                .await;
        }
        shop.open_path("/orders/ORD-00001?reorder").await;
        shop.sees("Some products could not be checked.").await;
        audit(shop, "reorder, not checked").await;
    });
}
