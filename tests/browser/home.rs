//! The home screen: what needs attention, each part for itself, and the news since the last visit.

use rust_decimal::Decimal;
use serde_json::{Value, json};
use thirtyfour::Key;

use crate::{
    accessibility::audit,
    assisted::open_acting,
    harness::{Setup, Shop, Target, button, link, role, run, textbox},
};

pub(crate) const ORDERS: &str = "/api/orders";
pub(crate) const INVOICES: &str = "/api/invoices";
pub(crate) const CARTS: &str = "/api/carts/customer/{customerNumber}";

/// A demo organisation with a past.
pub(crate) fn with_history() -> Setup {
    Setup {
        sandbox: nymble_sandbox::Options {
            orders: 60,
            ..nymble_sandbox::Options::default()
        },
        ..Setup::default()
    }
}

pub(crate) fn part(name: &str) -> Target {
    role("region").named(name)
}

pub(crate) fn news() -> Target {
    role("list").named("News")
}

/// Lets requests to `route` come to `status`.
async fn refuse(shop: &Shop, route: &str, status: u16) {
    shop.expect_status(status);
    shop.api
        .fault(json!({ "method": "GET", "route": route, "effect": "status", "status": status }))
        .await;
}

/// Places an order of `ACME-001` past all screens; its number.
pub(crate) async fn order(shop: &Shop, terms: &str, lines: &[(&str, u32)]) -> String {
    let token = shop.api.token("acme-admin").await;
    let line = |(sku, quantity): &(&str, u32)| json!({ "sku": sku, "quantity": quantity });
    let items: Vec<Value> = lines.iter().map(line).collect();
    let body = json!({ "customerNumber": "ACME-001", "items": items, "terms": terms });
    let order = shop.api.call("POST", ORDERS, &token, &body).await;
    order["orderNumber"].as_str().unwrap().to_owned()
}

/// Moves an order on, as the merchant does.
pub(crate) async fn move_on(shop: &Shop, number: &str, states: &[&str]) {
    let token = shop.api.token("acme-admin").await;
    for state in states {
        let path = format!("{ORDERS}/{number}/status");
        let body = json!({ "orderStatus": state });
        shop.api.call("PUT", &path, &token, &body).await;
    }
}

/// Issues the invoice of an order; the invoice.
pub(crate) async fn issue(shop: &Shop, number: &str) -> Value {
    let admin = shop.api.token("acme-admin").await;
    let orders = format!("{INVOICES}?orderId={number}");
    let found = shop.api.call("GET", &orders, &admin, &Value::Null).await;
    let id = found["data"][0]["id"].as_str().unwrap().to_owned();
    let path = format!("{INVOICES}/{id}/issue");
    shop.api.call("POST", &path, &admin, &Value::Null).await
}

/// All of a buyer's records at `path`.
pub(crate) async fn all(shop: &Shop, path: &str) -> Vec<Value> {
    let token = shop.api.token("acme-buyer").await;
    let path = format!("{path}?pageSize=200");
    let page = shop.api.call("GET", &path, &token, &Value::Null).await;
    page["data"].as_array().unwrap().clone()
}

/// As `Intl` writes dollars, with a comma after the thousands.
fn dollars(amount: Decimal) -> String {
    let text = format!("{amount:.2}");
    let (whole, cents) = text.split_once('.').unwrap();
    let mut grouped = String::new();
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("${grouped}.{cents}")
}

#[test]
fn everything_that_needs_attention_is_a_link() {
    run(with_history(), async |shop| {
        shop.api
            .fill_cart(&[
                ("WIDGET-BLU-L", 10),
                ("WIDGET-BLU-M", 6),
                ("WIDGET-RED-M", 1),
                ("DOT.v2", 1),
            ])
            .await;
        let cart = shop.api.acme_cart().await;
        let subtotal: Decimal = cart["subtotal"].to_string().parse().unwrap();
        shop.open_as_acme("/").await;
        shop.focus_is("heading “Home”").await;
        shop.is_at("/").await;
        shop.reads(part("Your cart"), &dollars(subtotal)).await;
        shop.reads(part("Your cart"), "4 lines").await;
        shop.reads(part("Your cart"), "and 1 more line").await;
        // What is owed adds up to what the API says, and is told apart by the day it is due.
        let now = shop.script("return new Date().toISOString()").await;
        let today = now.as_str().unwrap()[..10].to_owned();
        let (mut due, mut late, mut first) = (Decimal::ZERO, Decimal::ZERO, Vec::new());
        for invoice in all(shop, INVOICES).await {
            let status = invoice["status"].as_str().unwrap();
            let balance: Decimal = invoice["balance"].to_string().parse().unwrap();
            if !matches!(status, "Issued" | "PartiallyPaid") || balance.is_zero() {
                continue;
            }
            let day = invoice["dueDate"].as_str().unwrap()[..10].to_owned();
            if day < today {
                late += balance;
            } else {
                due += balance;
            }
            let number = invoice["invoiceNumber"].as_str().unwrap().to_owned();
            first.push((invoice["dueDate"].to_string(), number));
        }
        first.sort();
        assert!(due > Decimal::ZERO && late > Decimal::ZERO, "{due} {late}");
        let invoices = || part("Invoices to pay");
        shop.reads(invoices(), &dollars(due)).await;
        shop.reads(invoices(), &dollars(late)).await;
        shop.reads(invoices(), "overdue").await;
        shop.see(link(&first[0].1).inside(invoices())).await;
        let latest = &all(shop, ORDERS).await[0];
        let latest = latest["orderNumber"].as_str().unwrap().to_owned();
        shop.see(link(&latest).inside(part("Recent orders"))).await;
        for (name, address) in [
            ("Check out", "/checkout"),
            ("Continue in the cart", "/cart"),
            ("All invoices", "/invoices"),
            ("All orders", "/orders"),
        ] {
            shop.click(link(name).inside(role("main"))).await;
            shop.is_at(address).await;
            shop.back().await;
            shop.see(role("heading").named("Home")).await;
        }
        shop.click(link(&latest).inside(part("Recent orders")))
            .await;
        shop.is_at(&format!("/orders/{latest}")).await;
        shop.click(link("Acme Distribution, home")).await;
        shop.is_at("/").await;
        shop.see(role("heading").named("Home")).await;
    });
}

#[test]
fn the_usual_is_what_is_ordered_most_often() {
    run(Setup::default(), async |shop| {
        order(shop, "NET30", &[("WIDGET-BLU-L", 10), ("WIDGET-BLU-M", 12)]).await;
        order(shop, "NET30", &[("WIDGET-BLU-L", 60)]).await;
        order(shop, "NET30", &[("WIDGET-RED-M", 3), ("WIDGET-BLU-L", 20)]).await;
        shop.open_as_acme("/").await;
        let usual = || part("Reorder the usual");
        let names =
            "return [...document.querySelectorAll('.usual .sku')].map((it) => it.innerText)";
        shop.until("the usual in its order", async || {
            shop.script(names).await == json!(["WIDGET-BLU-L", "WIDGET-RED-M", "WIDGET-BLU-M"])
        })
        .await;
        let item = |sku: &str| role("listitem").holding(sku).inside(usual());
        let quantity = |sku: &str| role("spinbutton").named("Quantity").inside(item(sku));
        // The median of 10, 20 and 60, at today's price for it.
        shop.has_value(quantity("WIDGET-BLU-L"), "20").await;
        shop.reads(item("WIDGET-BLU-L"), "$18.50").await;
        shop.click(button("Add to cart").inside(item("WIDGET-BLU-L")))
            .await;
        shop.until("20 on the server", async || {
            shop.api.quantity_of("WIDGET-BLU-L").await == 20
        })
        .await;
        shop.reads(part("Your cart"), "1 line").await;
        shop.fill_and_leave(quantity("WIDGET-RED-M"), "5").await;
        shop.fill_and_leave(quantity("WIDGET-BLU-M"), "7").await;
        shop.sees("Sold in multiples of 6.").await;
        shop.click(button("Add all to cart")).await;
        shop.sees("Added 2 products to the cart.").await;
        shop.until("all that could be added", async || {
            shop.api.quantity_of("WIDGET-BLU-L").await == 40
                && shop.api.quantity_of("WIDGET-RED-M").await == 5
        })
        .await;
        assert_eq!(shop.api.quantity_of("WIDGET-BLU-M").await, 0);
        let notice = role("listitem").holding("Added 2 products to the cart.");
        shop.click(button("Undo").inside(notice)).await;
        shop.until("all of it taken back", async || {
            shop.api.quantity_of("WIDGET-BLU-L").await == 20
                && shop.api.quantity_of("WIDGET-RED-M").await == 0
        })
        .await;
    });
}

#[test]
fn what_is_no_longer_offered_is_said_so() {
    run(Setup::default(), async |shop| {
        shop.expect_status(404);
        let product = |active: bool| {
            json!({ "sku": "OLD-1", "name": "Old thing", "active": active,
                "prices": [{ "tier": "Wholesale", "price": 5, "atQuantity": 1 }] })
        };
        shop.api.put_product(&product(true)).await;
        order(shop, "NET30", &[("OLD-1", 4), ("WIDGET-RED-M", 3)]).await;
        shop.api.put_product(&product(false)).await;
        shop.open_as_acme("/").await;
        shop.sees("Old thing is no longer offered.").await;
        shop.click(button("Add all to cart")).await;
        shop.sees("Added 3 × Red Widget — Medium to the cart.")
            .await;
        audit(shop, "home, a product is gone").await;
    });
}

#[test]
fn a_new_buyer_is_shown_the_way() {
    run(Setup::default(), async |shop| {
        shop.open_as_acme("/").await;
        shop.see(role("heading").named("Find what you need")).await;
        shop.reads(part("Your cart"), "Your cart is empty.").await;
        shop.reads(part("Invoices to pay"), "There is nothing to pay.")
            .await;
        shop.reads(part("News"), "Nothing new since your last visit.")
            .await;
        audit(shop, "home, new buyer").await;
        shop.click(link("Bearings")).await;
        shop.is_at("/catalog?category=Bearings").await;
        shop.click(link("Acme Distribution, home")).await;
        shop.fill(role("searchbox").named("Search products"), "blue widget")
            .await;
        shop.press(Key::Enter).await;
        shop.is_at("/catalog?q=blue%20widget").await;
        shop.sees("3 products").await;
    });
}

#[test]
fn who_acts_for_nobody_is_led_to_the_customers() {
    run(Setup::default(), async |shop| {
        for client in ["acme-rep", "acme-admin"] {
            shop.open_as(client, "/").await;
            shop.see(role("heading").named("Who do you act for?")).await;
            shop.gone(part("Your cart")).await;
            audit(shop, client).await;
        }
        for route in ["/api/carts", ORDERS, INVOICES] {
            assert_eq!(shop.api.count("GET", route).await, 0);
        }
        shop.click(link("Go to the customers")).await;
        shop.is_under("/customers?to=").await;
        shop.click(button("Order for Acme Industrial Supply")).await;
        // Back home, which is now that customer's.
        shop.is_at("/").await;
        shop.reads(part("Your cart"), "Your cart is empty.").await;
    });
}

#[test]
fn whoever_acts_for_a_customer_sees_that_customer_s() {
    run(with_history(), async |shop| {
        let all = async |client: &str, path: &str| {
            let token = shop.api.token(client).await;
            let path = format!("{path}?pageSize=200");
            let page = shop.api.call("GET", &path, &token, &Value::Null).await;
            page["data"].as_array().unwrap().clone()
        };
        let latest = all("tokyo-buyer", ORDERS).await[0]["orderNumber"].clone();
        let latest = latest.as_str().unwrap().to_owned();
        open_acting(shop, "acme-rep", "Tokyo Seimitsu KK 東京精密", "/").await;
        let orders = || part("Recent orders");
        shop.see(link(&latest).inside(orders())).await;
        let numbers =
            "return [...document.querySelectorAll('.order-rows a')].map((it) => it.innerText)";
        let shown = shop.script(numbers).await;
        let own: Vec<Value> = all("tokyo-buyer", ORDERS).await;
        for number in shown.as_array().unwrap() {
            assert!(
                own.iter().any(|order| order["orderNumber"] == *number),
                "{number}"
            );
        }
        shop.reads(orders(), "¥").await;
    });
}

#[test]
fn whoever_may_not_choose_a_customer_is_told_so() {
    run(Setup::default(), async |shop| {
        let wanted = json!({ "clientId": "acme-buyer", "omit": ["CustomerNumber"] });
        let token = shop.api.token_of(wanted).await;
        shop.open_path(&format!("/#access_token={token}")).await;
        shop.sees("This sign-in is not linked to a customer account, so it cannot order.")
            .await;
        shop.gone(link("Go to the customers")).await;
    });
}

/// Each part of the home screen loads and fails for itself.
#[test]
fn each_part_fails_for_itself() {
    run(with_history(), async |shop| {
        shop.hurry().await;
        let parts = [
            ("Recent orders", ORDERS),
            ("Invoices to pay", INVOICES),
            ("Your cart", CARTS),
        ];
        for (_, route) in parts {
            refuse(shop, route, 500).await;
        }
        shop.open_as_acme("/").await;
        for (name, _) in parts {
            shop.reads(part(name), "The server has a problem (status 500).")
                .await;
        }
        audit(shop, "home, all parts failed").await;
        shop.api.clear_faults().await;
        for (name, _) in parts {
            shop.click(button("Try again").inside(part(name))).await;
            shop.until(name, async || {
                let failed = button("Try again").inside(part(name));
                shop.find_all(&failed).await.is_ok_and(|it| it.is_empty())
            })
            .await;
        }
        shop.reads(part("Your cart"), "Your cart is empty.").await;
        shop.see(part("Reorder the usual")).await;
        shop.gone(button("Try again")).await;
    });
}

/// Each part of the home screen that the API lacks is absent for itself.
#[test]
fn what_the_api_lacks_is_absent() {
    run(with_history(), async |shop| {
        refuse(shop, ORDERS, 404).await;
        refuse(shop, INVOICES, 403).await;
        shop.open_as_acme("/").await;
        shop.reads(part("Your cart"), "Your cart is empty.").await;
        shop.reads(part("News"), "Nothing new").await;
        shop.see(role("heading").named("Find what you need")).await;
        for name in ["Recent orders", "Invoices to pay", "Reorder the usual"] {
            shop.gone(part(name)).await;
        }
        audit(shop, "home, parts absent").await;
    });
}

#[test]
fn what_is_switched_off_is_absent() {
    let setup = Setup {
        config: json!({ "features": { "orders": false, "invoices": false } }),
        ..with_history()
    };
    run(setup, async |shop| {
        shop.open_as_acme("/").await;
        shop.reads(part("Your cart"), "Your cart is empty.").await;
        shop.see(role("heading").named("Find what you need")).await;
        for name in ["Recent orders", "Invoices to pay", "Reorder the usual"] {
            shop.gone(part(name)).await;
        }
        assert_eq!(shop.api.count("GET", ORDERS).await, 0);
        assert_eq!(shop.api.count("GET", INVOICES).await, 0);
    });
}

/// Nothing jumps while the home screen loads.
#[test]
fn nothing_jumps_while_it_loads() {
    run(with_history(), async |shop| {
        shop.before_each_page(
            "window.shifted = 0; new PerformanceObserver((list) => { \
             for (const entry of list.getEntries()) window.shifted += entry.value; \
             }).observe({ type: 'layout-shift', buffered: true })",
        )
        .await;
        shop.api.fill_cart(&[("WIDGET-BLU-L", 10)]).await;
        for (route, delay) in [(INVOICES, 300), (ORDERS, 600), (CARTS, 900)] {
            shop.api
                .fault(json!({ "route": route, "effect": "delay", "delayMs": delay }))
                .await;
        }
        shop.open_as_acme("/").await;
        shop.see(part("Reorder the usual")).await;
        shop.reads(part("News"), "Nothing new").await;
        shop.see(button("Add all to cart")).await;
        let shifted = shop.script("return window.shifted").await;
        let shifted = shifted.as_f64().unwrap();
        assert!(shifted < 0.1, "the layout shifted by {shifted}");
    });
}

#[test]
fn without_a_connection_it_says_so_and_recovers() {
    run(with_history(), async |shop| {
        shop.expect_console("net::ERR_INTERNET_DISCONNECTED");
        shop.open_as_acme("/").await;
        shop.see(link("All orders")).await;
        shop.see(button("Add all to cart")).await;
        shop.click(link("Cart, 0 lines")).await;
        shop.see(role("heading").named("Cart")).await;
        shop.set_offline(true).await;
        shop.click(link("Acme Distribution, home")).await;
        shop.reads(part("Recent orders"), "The server cannot be reached.")
            .await;
        shop.set_offline(false).await;
        shop.reads(part("Recent orders"), "MOM-").await;
        shop.sees_not("The server cannot be reached.").await;
    });
}

#[test]
fn by_keyboard_alone() {
    run(with_history(), async |shop| {
        shop.open_as_acme("/").await;
        shop.see(button("Add all to cart")).await;
        shop.reads(part("News"), "Nothing new").await;
        shop.tab_to("searchbox “Search products”").await;
        shop.tab_to("link “Browse the catalog”").await;
        shop.tab_to("link “All invoices”").await;
        shop.tab_to("link “All orders”").await;
        shop.tab_to("spinbutton “Quantity”").await;
        shop.press(Key::Up).await;
        shop.tab_to("button “Add to cart”").await;
        shop.press(Key::Space).await;
        shop.see(link("Cart, 1 line")).await;
        shop.tab_to("button “Add all to cart”").await;
        shop.tab_back_to("link “Acme Distribution, home”").await;
    });
}

#[test]
fn the_brand_leads_home_and_without_a_session_to_the_sign_in() {
    run(Setup::default(), async |shop| {
        shop.open_path("/sign-in").await;
        shop.see(role("heading").named("Sign in")).await;
        shop.click(link("Acme Distribution, home")).await;
        shop.see(role("heading").named("Sign in")).await;
        shop.see(textbox("Client ID")).await;
        shop.sign_in("acme-buyer", "sandbox").await;
        shop.see(role("heading").named("Home")).await;
        shop.is_at("/").await;
    });
}
