//! What is new since the last visit, as the home screen tells it.

use serde_json::json;

use crate::{
    accessibility::audit,
    harness::{Setup, button, link, role, run},
    home::{CARTS, INVOICES, ORDERS, issue, move_on, news, order, part, with_history},
};

/// News are told once, and to nobody else.
#[test]
fn a_shipped_order_is_news_once_and_not_for_another_buyer() {
    run(Setup::default(), async |shop| {
        let number = order(shop, "NET30", &[("WIDGET-RED-M", 3)]).await;
        shop.open_as_acme("/").await;
        shop.reads(part("News"), "Nothing new since your last visit.")
            .await;
        move_on(shop, &number, &["Processing", "Shipped"]).await;
        // Another buyer on the same device, in between.
        shop.click(button("Sign out")).await;
        shop.see(role("heading").named("Sign in")).await;
        shop.open_as("riviera-buyer", "/").await;
        shop.reads(part("News"), "Nothing new since your last visit.")
            .await;
        shop.click(button("Sign out")).await;
        shop.see(role("heading").named("Sign in")).await;
        shop.open_as_acme("/").await;
        let shipped = format!("Order {number} was shipped.");
        shop.see(link(&shipped).inside(news())).await;
        audit(shop, "home, news").await;
        // It stays for this visit until it is dismissed, through a reload and other screens.
        shop.reload().await;
        shop.see(link(&shipped)).await;
        shop.click(link("Catalog")).await;
        shop.see(role("heading").named("Catalog")).await;
        shop.click(link("Acme Distribution, home")).await;
        shop.click(button(&format!("Dismiss: {shipped}"))).await;
        shop.reads(part("News"), "Nothing new").await;
        shop.reload().await;
        shop.reads(part("News"), "Nothing new").await;
        // Nothing on the device says who the buyer is or how to act as one.
        let stored = shop
            .script("return JSON.stringify({ ...localStorage })")
            .await;
        let stored = stored.as_str().unwrap();
        assert!(
            !stored.contains("eyJ") && !stored.contains("Acme"),
            "{stored}"
        );
    });
}

/// News are told in one tab, once.
#[test]
fn news_are_told_in_one_tab_and_not_at_the_next_visit() {
    run(Setup::default(), async |shop| {
        let number = order(shop, "NET30", &[("WIDGET-RED-M", 3)]).await;
        shop.open_as_acme("/").await;
        shop.reads(part("News"), "Nothing new").await;
        move_on(shop, &number, &["Processing", "Shipped"]).await;
        shop.reload().await;
        let shipped = format!("Order {number} was shipped.");
        shop.see(link(&shipped)).await;
        let first = shop.tab().await;
        shop.new_tab("/").await;
        shop.reads(part("News"), "Nothing new").await;
        shop.to_tab(&first).await;
        shop.click(button("Sign out")).await;
        shop.see(role("heading").named("Sign in")).await;
        shop.open_as_acme("/").await;
        shop.reads(part("News"), "Nothing new").await;
    });
}

#[test]
fn an_invoice_that_falls_due_is_news_and_again_when_it_is_overdue() {
    run(Setup::default(), async |shop| {
        shop.open_as_acme("/").await;
        shop.reads(part("News"), "Nothing new").await;
        let number = order(shop, "NET5", &[("WIDGET-RED-M", 3)]).await;
        let invoice = issue(shop, &number).await;
        let invoice = invoice["invoiceNumber"].as_str().unwrap().to_owned();
        shop.reload().await;
        let due = format!("Invoice {invoice} is due in 5 days.");
        shop.see(link(&due).inside(news())).await;
        // A week later.
        shop.shift_time("7 * 864e5").await;
        let wanted = json!({ "clientId": "acme-buyer", "expiresInSeconds": 30 * 86_400 });
        let token = shop.api.token_of(wanted).await;
        shop.open_path(&format!("/?x=1#access_token={token}")).await;
        let late = format!("Invoice {invoice} is overdue.");
        shop.see(link(&late).inside(news())).await;
        // The one takes the other's place.
        shop.gone(link(&due)).await;
        shop.reads(part("Invoices to pay"), "2 days overdue").await;
        shop.click(link(&late)).await;
        shop.is_under("/invoices/").await;
    });
}

#[test]
fn prices_and_stock_of_the_cart_are_news() {
    run(Setup::default(), async |shop| {
        let product = |price: &str, on_hand: u32| {
            json!({ "sku": "GIZMO-1", "name": "Gizmo", "quantityOnHand": on_hand,
                "prices": [{ "tier": "Wholesale", "price": price.parse::<f64>().unwrap(), "atQuantity": 1 }] })
        };
        shop.api.put_product(&product("10.50", 40)).await;
        shop.open_as_acme("/products/GIZMO-1").await;
        shop.fill(role("spinbutton").named("Quantity"), "8").await;
        shop.click(button("Add to cart")).await;
        shop.see(link("Cart, 1 line")).await;
        shop.until("it is on the server", async || {
            shop.api.quantity_of("GIZMO-1").await == 8
        })
        .await;
        // Never been on the home screen: what was put into the cart is what was last seen of it.
        shop.api.put_product(&product("12.00", 5)).await;
        shop.open_path("/").await;
        let price = "Gizmo in your cart now costs $12.00 each; it was $10.50.";
        shop.see(link(price).inside(news())).await;
        let stock = "Of Gizmo only 5 are left, less than in your cart.";
        shop.see(link(stock).inside(news())).await;
        shop.click(button("Dismiss all")).await;
        shop.reads(part("News"), "Nothing new").await;
        shop.focus_is("heading “News”").await;
        shop.api.put_product(&product("12.00", 500)).await;
        shop.reload().await;
        shop.see(link("Gizmo in your cart is in stock again."))
            .await;
        shop.gone(link(price)).await;
        // Another quantity is the buyer's own doing.
        shop.click(link("Cart, 1 line")).await;
        shop.fill_and_leave(role("spinbutton").named("Quantity for GIZMO-1"), "9")
            .await;
        shop.sees("All changes saved").await;
        shop.click(link("Acme Distribution, home")).await;
        shop.see(link("Gizmo in your cart is in stock again."))
            .await;
        shop.gone(button("Dismiss all")).await;
    });
}

#[test]
fn the_stock_of_every_line_of_a_long_cart_is_looked_after() {
    run(Setup::default(), async |shop| {
        let product = |sku: &str, on_hand: u32| {
            json!({ "sku": sku, "name": sku, "quantityOnHand": on_hand,
                "prices": [{ "tier": "Wholesale", "price": 2.5, "atQuantity": 1 }] })
        };
        let skus: Vec<String> = (10..40).map(|number| format!("LONG-{number}")).collect();
        for sku in &skus {
            shop.api.put_product(&product(sku, 100)).await;
        }
        let lines: Vec<(&str, u32)> = skus.iter().map(|sku| (sku.as_str(), 8)).collect();
        shop.api.fill_cart(&lines).await;
        shop.open_as_acme("/").await;
        shop.reads(part("News"), "Nothing new").await;
        let known = "const key = Object.keys(localStorage).find((key) => key.startsWith('nymble.last-visit ')); \
             return JSON.parse(localStorage[key]).cart.filter((line) => line.enough === true).length";
        shop.until("the stock of all lines is known", async || {
            shop.script(known).await == 30
        })
        .await;
        // A page of the list tells of many lines at once: no request a line.
        assert_eq!(shop.api.count("GET", "/api/products/LONG-").await, 0);
        let requests = shop.api.count("GET", "/api/products").await;
        assert!(requests <= 8, "{requests} requests for thirty lines");
        shop.api.put_product(&product("LONG-39", 5)).await;
        shop.reload().await;
        let stock = "Of LONG-39 only 5 are left, less than in your cart.";
        shop.see(link(stock).inside(news())).await;
    });
}

#[test]
fn axe_finds_nothing() {
    run(with_history(), async |shop| {
        shop.api
            .fill_cart(&[("WIDGET-BLU-L", 10), ("WIDGET-BLU-M", 6)])
            .await;
        shop.open_as_acme("/").await;
        shop.see(button("Add all to cart")).await;
        shop.see(link("Check out")).await;
        shop.see(link("All invoices")).await;
        shop.reads(part("News"), "Nothing new").await;
        audit(shop, "home").await;
        for route in [ORDERS, INVOICES, CARTS] {
            shop.api
                .fault(json!({ "route": route, "effect": "delay", "delayMs": 20_000 }))
                .await;
        }
        shop.reload().await;
        shop.see(part("Recent orders")).await;
        audit(shop, "home, loading").await;
        shop.api.clear_faults().await;
    });
}
