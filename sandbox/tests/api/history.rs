//! The demo customers' past: in every status, and out of the way of what comes next.

use std::collections::BTreeSet;

use crate::shop::Shop;
use nymble_sandbox::Options;
use rust_decimal::Decimal;
use serde_json::Value;

async fn with_past(orders: usize) -> Shop {
    Shop::with(Options {
        orders,
        ..Options::default()
    })
    .await
}

/// A field of every record of a list's first page.
async fn all(shop: &Shop, token: &str, path: &str) -> Vec<Value> {
    let page = shop
        .get(token, &format!("{path}?pageSize=200"))
        .await
        .ok(200);
    page["data"].as_array().unwrap().clone()
}

fn amount(value: &Value) -> Decimal {
    value.to_string().parse().unwrap()
}

#[tokio::test]
async fn a_short_past_has_an_example_of_everything() {
    let shop = with_past(60).await;
    let admin = shop.token("acme-admin").await;
    let orders = all(&shop, &admin, "/api/orders").await;
    let invoices = all(&shop, &admin, "/api/invoices").await;
    assert_eq!((orders.len(), invoices.len()), (57, 57));
    let statuses = |records: &[Value], name: &str| -> BTreeSet<String> {
        let text = |record: &Value| record[name].as_str().unwrap().to_owned();
        records.iter().map(text).collect()
    };
    for status in ["Pending", "Processing", "Shipped", "Complete", "Cancelled"] {
        assert!(
            statuses(&orders, "orderStatus").contains(status),
            "{status}"
        );
    }
    for status in [
        "Draft",
        "Issued",
        "PartiallyPaid",
        "Paid",
        "Voided",
        "Cancelled",
    ] {
        assert!(statuses(&invoices, "status").contains(status), "{status}");
    }
    assert_eq!(
        statuses(&invoices, "currencyCode"),
        ["EUR", "JPY", "USD"].map(str::to_owned).into()
    );
    for invoice in &invoices {
        let open = !matches!(invoice["status"].as_str(), Some("Voided" | "Cancelled"));
        if open {
            assert_eq!(
                amount(&invoice["amountPaid"]) + amount(&invoice["balance"]),
                amount(&invoice["total"])
            );
        }
    }
    let today = time::OffsetDateTime::now_utc().to_string();
    let today = today.get(..10).unwrap();
    let overdue = |invoice: &&Value| {
        invoice["status"] == "Issued" && invoice["dueDate"].as_str().unwrap() < today
    };
    assert!(invoices.iter().filter(overdue).count() > 2);
    shop.close().await;
}

#[tokio::test]
async fn the_next_order_is_the_documents_own() {
    let shop = with_past(60).await;
    let buyer = shop.token("acme-buyer").await;
    let cart = shop.ready_cart(&buyer).await;
    assert_eq!(cart, "cart_8f3a2c1d");
    let placed = shop
        .check_out(&buyer, &cart, "4111111111111111")
        .await
        .ok(200);
    assert_eq!(placed["orderNumber"], "MOM-00482");
    let newest = &all(&shop, &buyer, "/api/orders").await[0];
    assert_eq!(newest["orderNumber"], "MOM-00482");
    shop.close().await;
}

#[tokio::test]
async fn thousands_of_orders_are_there_and_paged() {
    let shop = with_past(2_000).await;
    let admin = shop.token("acme-admin").await;
    let last = shop
        .get(&admin, "/api/orders?pageSize=200&pageNumber=10")
        .await
        .ok(200);
    assert_eq!(last["totalRecords"], 1_900);
    assert_eq!(last["data"].as_array().unwrap().len(), 100);
    assert_eq!(last["data"][99]["orderNumber"], "MOM-00001");
    shop.close().await;
}
