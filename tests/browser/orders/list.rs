//! The list: narrowed, sorted, paged, and all of that in the address.

use serde_json::json;
use thirtyfour::Key;

use super::{history, import, import_one, place};
use crate::harness::{Setup, Shop, Target, button, link, role, run, textbox};

fn sort() -> Target {
    role("combobox").named("Sort by")
}

/// The order numbers of the page, from above.
async fn numbers(shop: &Shop) -> Vec<String> {
    let script = "return [...document.querySelectorAll('.order-table tbody th a')].map((it) => it.innerText)";
    let numbers = shop.script(script).await;
    let numbers = numbers.as_array().cloned().unwrap_or_default();
    let text = |number: &serde_json::Value| number.as_str().unwrap_or_default().to_owned();
    numbers.iter().map(text).collect()
}

async fn first_is(shop: &Shop, number: &str) {
    shop.until(&format!("{number} on top"), async || {
        numbers(shop)
            .await
            .first()
            .is_some_and(|first| first == number)
    })
    .await;
}

/// Puts the focus on the first segment of a date field.
async fn focus(shop: &Shop, id: &str) {
    let script = format!("document.activeElement.blur(); document.getElementById('{id}').focus()");
    shop.script(&script).await;
}

/// Types a day into a date field, segment by segment, as `en-US` orders them.
async fn type_day(shop: &Shop, id: &str, digits: &str) {
    focus(shop, id).await;
    shop.type_text(digits).await;
}

#[test]
fn a_row_says_what_the_order_is() {
    run(Setup::default(), async |shop| {
        import_one(
            shop,
            "Shipped",
            &[("WIDGET-BLU-L", 3, "2.5"), ("GONE-1", 1, "0.0375")],
        )
        .await;
        shop.open_as_acme("/orders").await;
        shop.see(role("heading").named("Orders")).await;
        shop.see(role("table").named("Orders")).await;
        shop.sees("1 order").await;
        let row = || role("row").holding("ORD-00001");
        for text in ["Jan 2, 2015", "PO-899999", "Shipped", "Direct", "$7.54"] {
            shop.reads(row(), text).await;
        }
        let lines = shop
            .script("return document.querySelector('.order-table [data-label=Lines]').innerText")
            .await;
        assert_eq!(lines, "2");
        assert_eq!(
            shop.script("return document.title").await,
            "Orders · Acme Distribution"
        );
        shop.click(link("ORD-00001")).await;
        shop.see(role("heading").named("Order ORD-00001")).await;
        shop.is_at("/orders/ORD-00001").await;
    });
}

/// Back restores place and scroll in the orders.
#[test]
fn pages_lead_on_and_back_restores_place_and_scroll() {
    run(Setup::default(), async |shop| {
        // A product that the pointer comes to rest on is read ahead, and is not offered any more.
        shop.expect_status(404);
        import(shop, &history(60)).await;
        shop.open_as_acme("/orders").await;
        shop.sees("60 orders").await;
        first_is(shop, "ORD-00059").await;
        assert_eq!(numbers(shop).await.len(), 25);
        shop.click(link("Next")).await;
        shop.is_at("/orders?page=2").await;
        first_is(shop, "ORD-00034").await;
        let second = numbers(shop).await;
        shop.click(link("Page 3").inside(role("navigation").named("Pages")))
            .await;
        first_is(shop, "ORD-00009").await;
        assert_eq!(numbers(shop).await.len(), 10);
        shop.back().await;
        shop.is_at("/orders?page=2").await;
        first_is(shop, "ORD-00034").await;
        shop.script("scrollTo(0, 400)").await;
        shop.until("the position is kept", async || {
            shop.stored().await.contains("\"400\"")
        })
        .await;
        shop.click(link("ORD-00020")).await;
        shop.see(role("heading").named("Order ORD-00020")).await;
        shop.back().await;
        shop.until("back where it was", async || {
            shop.script("return scrollY").await == 400
        })
        .await;
        assert_eq!(numbers(shop).await, second);
        shop.open_path("/orders?page=99").await;
        shop.sees("There is no page 99.").await;
        shop.click(link("Go to the first page")).await;
        first_is(shop, "ORD-00059").await;
    });
}

#[test]
fn the_page_shown_stays_while_the_next_one_loads() {
    run(Setup::default(), async |shop| {
        import(shop, &history(60)).await;
        shop.open_as_acme("/orders").await;
        first_is(shop, "ORD-00059").await;
        let first = numbers(shop).await;
        shop.api
            .fault(json!({
                "method": "GET", "route": "/api/orders", "count": 1, "effect": "delay", "delayMs": 1000,
            }))
            .await;
        shop.click(link("Next")).await;
        shop.is_at("/orders?page=2").await;
        assert_eq!(numbers(shop).await, first, "no flash of emptiness");
        shop.until("the next page", async || {
            let now = numbers(shop).await;
            assert_ne!(now.len(), 0, "a flash of emptiness");
            now != first
        })
        .await;
    });
}

#[test]
fn every_sort_order_sorts() {
    run(Setup::default(), async |shop| {
        import(shop, &history(30)).await;
        shop.open_as_acme("/orders").await;
        first_is(shop, "ORD-00029").await;
        let orders = shop.api.orders().await;
        let by_total = |order: &serde_json::Value| order["orderTotal"].as_f64().unwrap_or(0.0);
        let mut sorted = orders.clone();
        sorted.sort_by(|one, other| by_total(one).total_cmp(&by_total(other)));
        let number = |order: &serde_json::Value| order["orderNumber"].as_str().unwrap().to_owned();
        let (cheapest, dearest) = (number(&sorted[0]), number(&sorted[29]));
        for (choice, value, first) in [
            ("Oldest first", "oldest", "ORD-00000"),
            ("Total, high to low", "total-desc", dearest.as_str()),
            ("Total, low to high", "total", cheapest.as_str()),
            ("PO number", "po", "ORD-00029"),
            ("Order number", "number", "ORD-00000"),
        ] {
            shop.choose(sort(), choice).await;
            shop.is_at(&format!("/orders?sort={value}")).await;
            first_is(shop, first).await;
        }
        shop.choose(sort(), "Newest first").await;
        shop.is_at("/orders").await;
        first_is(shop, "ORD-00029").await;
    });
}

/// Every view of the orders is a link.
#[test]
fn filters_narrow_are_chips_and_in_the_address() {
    run(Setup::default(), async |shop| {
        import(shop, &history(60)).await;
        shop.open_as_acme("/orders?sort=number").await;
        shop.sees("60 orders").await;
        shop.choose(role("combobox").named("Status"), "Shipped")
            .await;
        shop.is_at("/orders?status=Shipped&sort=number").await;
        shop.sees("12 orders").await;
        shop.fill(textbox("SKU"), "gone").await;
        shop.is_at("/orders?status=Shipped&sku=gone&sort=number")
            .await;
        shop.sees("4 orders").await;
        shop.fill(textbox("PO number"), "PO-8999").await;
        shop.is_at("/orders?status=Shipped&po=PO-8999&sku=gone&sort=number")
            .await;
        let row = || role("row").holding("GONE");
        shop.gone(row()).await;
        // The same address shows the same, in a tab that knows nothing.
        let narrowed = numbers(shop).await;
        shop.new_tab("/orders?status=Shipped&po=PO-8999&sku=gone&sort=number")
            .await;
        shop.until("the same orders", async || numbers(shop).await == narrowed)
            .await;
        shop.has_value(textbox("SKU"), "gone").await;
        shop.click(button("Remove filter SKU: gone")).await;
        shop.is_at("/orders?status=Shipped&po=PO-8999&sort=number")
            .await;
        shop.has_value(textbox("SKU"), "").await;
        shop.focus_is("group “Filter orders”").await;
        shop.see(button("Remove filter Status: Shipped")).await;
        shop.see(button("Remove filter PO number: PO-8999")).await;
        shop.click(button("Clear filters")).await;
        shop.is_at("/orders?sort=number").await;
        shop.sees("60 orders").await;
        shop.gone(button("Clear filters")).await;
        shop.back().await;
        shop.has_value(textbox("PO number"), "PO-8999").await;
        shop.fill(textbox("PO number"), "no such").await;
        shop.sees("No order fits these filters.").await;
        shop.click(link("Show all orders")).await;
        shop.sees("60 orders").await;
    });
}

#[test]
fn days_narrow_to_whole_days_and_can_be_typed() {
    run(Setup::default(), async |shop| {
        import(shop, &history(60)).await;
        shop.open_as_acme("/orders").await;
        shop.sees("60 orders").await;
        type_day(shop, "order-from", "02032015").await;
        shop.is_at("/orders?from=2015-02-03").await;
        shop.sees("30 orders").await;
        type_day(shop, "order-to", "02052015").await;
        shop.is_at("/orders?from=2015-02-03&to=2015-02-05").await;
        shop.sees("3 orders").await;
        assert_eq!(numbers(shop).await, ["ORD-00032", "ORD-00031", "ORD-00030"]);
        shop.see(button("Remove filter From: Feb 3, 2015")).await;
        type_day(shop, "order-to", "01012015").await;
        shop.sees("This day is before the first one.").await;
        // Half a date is no date: the filter goes, what is typed stays.
        focus(shop, "order-to").await;
        shop.press(Key::Backspace).await;
        shop.is_at("/orders?from=2015-02-03").await;
        shop.type_text("03012015").await;
        shop.is_at("/orders?from=2015-02-03&to=2015-03-01").await;
    });
}

#[test]
fn one_who_has_ordered_nothing_is_told_so() {
    run(Setup::default(), async |shop| {
        shop.open_as_acme("/orders").await;
        shop.sees("You have not ordered anything yet.").await;
        shop.gone(button("Orders (CSV)")).await;
        shop.click(link("Browse the catalog")).await;
        shop.see(role("heading").named("Catalog")).await;
    });
}

#[test]
fn an_order_is_shown_in_its_own_currency_and_others_orders_are_not() {
    run(Setup::default(), async |shop| {
        place(shop, &[("WIDGET-BLU-L", 10)]).await;
        let token = shop.api.token("acme-admin").await;
        let yen = json!([{
            "customerNumber": "TYO-003", "orderNumber": "TYO-1",
            "items": [{ "sku": "GONE-1", "quantity": 3, "unitPrice": 1234 }],
        }]);
        shop.api
            .call("POST", "/api/orders/bulk", &token, &yen)
            .await;
        shop.open_as("tokyo-buyer", "/orders").await;
        shop.sees("1 order").await;
        shop.reads(role("row").holding("TYO-1"), "¥3,702").await;
    });
}
