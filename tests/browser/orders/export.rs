//! `Download CSV`: complete and exact, however many orders there are.

use serde_json::{Value, json};
use std::time::Instant;

use super::{history, import, import_one, keep_files, saved};
use crate::harness::{Setup, button, link, role, run};

/// Orders of the big test.
const MANY: i64 = 2_000;

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

/// An exported file holds every order and line to the last digit.
#[test]
fn every_order_and_every_line_is_in_it_to_the_last_digit() {
    run(Setup::default(), async |shop| {
        keep_files(shop).await;
        let began = Instant::now();
        import(shop, &history(MANY)).await;
        eprintln!("{MANY} orders written in {:?}", began.elapsed());
        let mut orders = shop.api.orders().await;
        orders.sort_by_key(|order| std::cmp::Reverse(text(&order["orderDate"])));
        shop.open_as_acme("/orders").await;
        shop.sees("2,000 orders").await;
        let began = Instant::now();
        shop.click(button("Orders (CSV)")).await;
        let rows = saved(shop, 1).await;
        eprintln!("{MANY} orders saved in {:?}", began.elapsed());
        assert_eq!(
            rows[0][..6],
            [
                "Order number",
                "Date",
                "Status",
                "Type",
                "PO number",
                "Lines"
            ]
        );
        let expected: Vec<Vec<String>> = orders
            .iter()
            .map(|order| {
                let lines = order["items"].as_array().map_or(0, Vec::len).to_string();
                let date = text(&order["orderDate"])[..10].to_owned();
                vec![
                    text(&order["orderNumber"]),
                    date,
                    text(&order["orderStatus"]),
                    text(&order["orderType"]),
                    text(&order["poNumber"]),
                    lines,
                    text(&order["subtotal"]),
                ]
            })
            .collect();
        let found: Vec<Vec<String>> = rows[1..].iter().map(|row| row[..7].to_vec()).collect();
        assert_eq!(found, expected);
        for (row, order) in rows[1..].iter().zip(&orders) {
            assert_eq!([&row[9], &row[10]], [&text(&order["orderTotal"]), "USD"]);
        }
        let asked = shop.api.requests().await;
        let pages = asked
            .iter()
            .filter(|it| text(&it["query"]).contains("pageSize=200"))
            .count();
        assert!(pages == 10 || pages == 0, "{pages} pages");
        shop.click(button("Order lines (CSV)")).await;
        let rows = saved(shop, 2).await;
        let expected: Vec<Vec<String>> = orders
            .iter()
            .flat_map(|order| {
                let lines = order["items"].as_array().cloned().unwrap_or_default();
                lines.into_iter().enumerate().map(|(place, line)| {
                    vec![
                        text(&order["orderNumber"]),
                        (place + 1).to_string(),
                        text(&line["sku"]),
                        text(&line["name"]),
                        text(&line["quantity"]),
                        text(&line["unitPrice"]),
                        text(&line["lineTotal"]),
                    ]
                })
            })
            .collect();
        let found: Vec<Vec<String>> = rows[1..]
            .iter()
            .map(|row| [&row[..1], &row[5..11]].concat())
            .collect();
        assert_eq!(found, expected);
    });
}

/// An exported file holds no formula.
#[test]
fn only_what_the_filters_let_through_and_no_formulas() {
    run(Setup::default(), async |shop| {
        keep_files(shop).await;
        import(shop, &history(30)).await;
        let mut sly = super::record(
            40,
            "Shipped",
            &json!([{ "sku": "=1+1", "name": "@SUM(A1)", "quantity": 1, "unitPrice": 1 }]),
        );
        sly["poNumber"] = json!("-2+3");
        import(shop, &[sly]).await;
        shop.open_as_acme("/orders?status=Shipped&sort=oldest")
            .await;
        shop.sees("7 orders").await;
        shop.click(button("Order lines (CSV)")).await;
        let rows = saved(shop, 1).await;
        let last = rows.last().unwrap();
        assert_eq!(last[0], "ORD-00040");
        assert_eq!(
            [&last[4], &last[6], &last[7]],
            ["'-2+3", "'=1+1", "'@SUM(A1)"]
        );
        assert!(rows[1..].iter().all(|row| row[2] == "Shipped"), "{rows:?}");
        shop.sees("7 orders").await;
        let name = shop.script("return window.savedAs").await;
        assert!(text(&name).starts_with("order-lines-20"), "{name}");
    });
}

#[test]
fn it_can_be_cancelled_and_goes_on_after_a_fault() {
    run(Setup::default(), async |shop| {
        keep_files(shop).await;
        shop.expect_status(500);
        import(shop, &history(450)).await;
        shop.open_as_acme("/orders").await;
        shop.sees("450 orders").await;
        shop.api
            .fault(json!({ "method": "GET", "route": "/api/orders", "skip": 1, "effect": "delay", "delayMs": 3000 }))
            .await;
        shop.click(button("Orders (CSV)")).await;
        shop.sees("200 of 450 orders").await;
        shop.see(role("progressbar").named("Download CSV")).await;
        shop.click(button("Cancel")).await;
        shop.see(button("Orders (CSV)")).await;
        shop.api.clear_faults().await;
        shop.api
            .fault(json!({ "method": "GET", "route": "/api/orders", "skip": 1, "effect": "status", "status": 500 }))
            .await;
        shop.click(button("Orders (CSV)")).await;
        shop.sees("The server has a problem (status 500).").await;
        assert_eq!(shop.script("return window.saved.length").await, 0);
        shop.api.clear_faults().await;
        shop.click(button("Try again")).await;
        let rows = saved(shop, 1).await;
        assert_eq!(rows.len(), 451);
        let mut numbers: Vec<&String> = rows[1..].iter().map(|row| &row[0]).collect();
        numbers.dedup();
        assert_eq!(numbers.len(), 450);
    });
}

/// An exported file has no gap.
#[test]
fn an_order_that_is_placed_meanwhile_leaves_no_gap() {
    run(Setup::default(), async |shop| {
        keep_files(shop).await;
        import(shop, &history(250)).await;
        shop.open_as_acme("/orders").await;
        shop.sees("250 orders").await;
        shop.api
            .fault(json!({ "method": "GET", "route": "/api/orders", "skip": 1, "count": 1, "effect": "delay", "delayMs": 1500 }))
            .await;
        shop.click(button("Orders (CSV)")).await;
        shop.sees("200 of 250 orders").await;
        let items = json!([{ "sku": "GONE-1", "quantity": 1, "unitPrice": 1 }]);
        import(shop, &[super::record(300, "Pending", &items)]).await;
        shop.sees("Orders were placed or changed while the file was being put together.")
            .await;
        assert_eq!(shop.script("return window.saved.length").await, 0);
        shop.click(button("Try again")).await;
        assert_eq!(saved(shop, 1).await.len(), 252);
    });
}

#[test]
fn the_lines_of_one_order_are_a_file_too() {
    run(Setup::default(), async |shop| {
        keep_files(shop).await;
        import_one(
            shop,
            "Shipped",
            &[("WIDGET-BLU-L", 3, "2.50"), ("GONE-1", 1, "0.0375")],
        )
        .await;
        shop.open_as_acme("/orders").await;
        shop.click(link("ORD-00001")).await;
        shop.click(button("Order lines (CSV)")).await;
        let rows = saved(shop, 1).await;
        assert_eq!(rows.len(), 3);
        assert_eq!(
            rows[1][5..],
            [
                "1",
                "WIDGET-BLU-L",
                "Old WIDGET-BLU-L",
                "3",
                "2.50",
                "7.50",
                "USD"
            ]
        );
        assert_eq!(rows[2][9..], ["0.0375", "0.04", "USD"]);
        assert_eq!(
            shop.script("return window.savedAs").await,
            "order-ORD-00001.csv"
        );
    });
}
