//! One order: its way, its lines and totals, everything else about it, its invoices.

use serde_json::json;

use super::{import_one, place, set_status, without};
use crate::harness::{Setup, Shop, button, link, role, run};

/// The timeline, a line a step.
async fn steps(shop: &Shop) -> Vec<String> {
    let script = "return [...document.querySelectorAll('.timeline li')].map((it) => \
         it.querySelector('strong').firstChild.data + (it.querySelector('time') ? ' @' : '') + \
         (it.ariaCurrent ? ' <' : ''))";
    let steps = shop.script(script).await;
    let steps = steps.as_array().cloned().unwrap_or_default();
    steps
        .iter()
        .map(|step| step.as_str().unwrap_or_default().to_owned())
        .collect()
}

#[test]
fn everything_about_it_is_there() {
    run(Setup::default(), async |shop| {
        let number = place(shop, &[("WIDGET-BLU-L", 10), ("WIDGET-BLU-M", 12)]).await;
        set_status(shop, &number, &json!({ "orderStatus": "Processing" })).await;
        set_status(
            shop,
            &number,
            &json!({ "orderStatus": "Shipped", "carrier": "UPS", "trackingNumber": "1Z999", "note": "Two boxes" }),
        )
        .await;
        let order = shop.api.the_order().await;
        shop.open_as_acme(&format!("/orders/{number}")).await;
        shop.see(role("heading").named(&format!("Order {number}")))
            .await;
        assert_eq!(
            shop.script("return document.title").await,
            format!("Order {number} · Acme Distribution")
        );
        shop.sees("Blue Widget — Large").await;
        assert_eq!(
            steps(shop).await,
            ["Placed @", "Processing @", "Shipped @ <", "Complete"]
        );
        for text in [
            "UPS",
            "1Z999",
            "Two boxes",
            "500 Commerce Drive",
            "PO-77",
            "NET30",
            "Web",
            "On account",
        ] {
            shop.sees(text).await;
        }
        for field in ["confirmationId", "originationCartId"] {
            shop.sees(order[field].as_str().unwrap()).await;
        }
        let table = || role("table").named("Order lines");
        shop.reads(
            role("row").holding("WIDGET-BLU-L").inside(table()),
            "10 $18.50 $185.00",
        )
        .await;
        let total = format!("Total ${}", order["orderTotal"]);
        shop.reads(table(), &total).await;
        shop.see(link("WIDGET-BLU-M")).await;
        let mail = shop
            .script("return document.querySelector('a[href^=\"mailto:\"]').href")
            .await;
        assert!(mail.as_str().unwrap().contains('@'), "{mail}");
        let phone = shop
            .script("return document.querySelector('a[href^=\"tel:\"]').href")
            .await;
        assert!(phone.as_str().unwrap().starts_with("tel:555"), "{phone}");
        // Its invoice.
        let token = shop.api.token("acme-buyer").await;
        let path = format!("/api/invoices?orderId={}", order["id"].as_str().unwrap());
        let invoices = shop.api.call("GET", &path, &token, &json!(null)).await;
        let invoice = &invoices["data"][0];
        let name = invoice["invoiceNumber"].as_str().unwrap();
        let item = || role("listitem").holding(name);
        shop.reads(item(), "Open").await;
        shop.reads(item(), &format!("${} open", invoice["balance"]))
            .await;
        shop.click(link(name)).await;
        shop.is_at(&format!("/invoices/{}", invoice["id"].as_str().unwrap()))
            .await;
        shop.back().await;
        shop.click(link("WIDGET-BLU-M")).await;
        shop.is_at("/products/WIDGET-BLU-M").await;
    });
}

#[test]
fn a_cancelled_order_is_shown_as_such() {
    run(Setup::default(), async |shop| {
        let number = place(shop, &[("WIDGET-BLU-L", 10)]).await;
        set_status(shop, &number, &json!({ "orderStatus": "Cancelled" })).await;
        shop.open_as_acme(&format!("/orders/{number}")).await;
        shop.see(role("heading").named(&format!("Order {number}")))
            .await;
        shop.until("the steps", async || {
            steps(shop).await == ["Placed @", "Cancelled @ <"]
        })
        .await;
    });
}

#[test]
fn invoices_that_do_not_come_leave_the_order_alone() {
    run(Setup::default(), async |shop| {
        shop.hurry().await;
        shop.expect_status(500);
        let number = place(shop, &[("WIDGET-BLU-L", 10)]).await;
        shop.api
            .fault(json!({ "method": "GET", "route": "/api/invoices", "effect": "status", "status": 500 }))
            .await;
        shop.open_as_acme(&format!("/orders/{number}")).await;
        shop.see(role("table").named("Order lines")).await;
        shop.sees("The server has a problem (status 500).").await;
        shop.api.clear_faults().await;
        shop.click(button("Try again")).await;
        shop.sees("INV-").await;
        shop.sees_not("The server has a problem").await;
    });
}

#[test]
fn without_invoices_none_are_asked_for() {
    run(without("invoices"), async |shop| {
        let number = place(shop, &[("WIDGET-BLU-L", 10)]).await;
        shop.open_as_acme(&format!("/orders/{number}")).await;
        shop.see(role("table").named("Order lines")).await;
        shop.gone(role("heading").named("Invoices")).await;
        assert_eq!(shop.api.count("GET", "/api/invoices").await, 0);
    });
}

#[test]
fn without_orders_there_are_none() {
    run(without("orders"), async |shop| {
        let number = place(shop, &[("WIDGET-BLU-L", 10)]).await;
        shop.open_as_acme(&format!("/orders/{number}")).await;
        shop.see(role("heading").named("Page not found")).await;
        shop.gone(link("Orders")).await;
        shop.open_path(&format!("/checkout/complete/{number}"))
            .await;
        shop.see(role("heading").named("Order placed")).await;
        shop.sees(&number).await;
        shop.gone(link("View this order")).await;
        assert_eq!(shop.api.count("GET", "/api/orders").await, 0);
    });
}

#[test]
fn awkward_numbers_work_in_links() {
    run(Setup::default(), async |shop| {
        let token = shop.api.token("acme-admin").await;
        let mut order = super::record(
            1,
            "Complete",
            &json!([{ "sku": "5/8 50%", "quantity": 1, "unitPrice": 1 }]),
        );
        order["orderNumber"] = json!("A/B 50% é");
        shop.api
            .call("POST", "/api/orders/bulk", &token, &json!([order]))
            .await;
        shop.open_as_acme("/orders").await;
        shop.click(link("A/B 50% é")).await;
        shop.see(role("heading").named("Order A/B 50% é")).await;
        shop.reload().await;
        shop.see(role("heading").named("Order A/B 50% é")).await;
        shop.see(link("5/8 50%")).await;
    });
}

#[test]
fn amounts_and_times_are_in_the_buyers_language() {
    let german = Setup {
        config: json!({ "locale": "de-DE" }),
        ..Setup::default()
    };
    run(german, async |shop| {
        import_one(shop, "Complete", &[("GONE-1", 1000, "2.5")]).await;
        let token = shop.api.token("acme-buyer").await;
        shop.open_path(&format!("/orders#access_token={token}"))
            .await;
        shop.see(role("heading").named("Bestellungen")).await;
        shop.sees("1 Bestellung").await;
        shop.click(link("ORD-00001")).await;
        shop.see(role("heading").named("Bestellung ORD-00001"))
            .await;
        for text in [
            "Abgeschlossen",
            "02.01.2015, ",
            "1.000",
            "2.500,00 $",
            "Erneut bestellen",
        ] {
            shop.sees(text).await;
        }
    });
}
