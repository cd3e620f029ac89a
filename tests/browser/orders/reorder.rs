//! Ordering again: all lines or some, with what has changed since, and back.

use serde_json::{Value, json};
use thirtyfour::Key;

use super::{import_one, place};
use crate::harness::{Setup, Shop, Target, button, link, role, run};

fn row(sku: &str) -> Target {
    role("row")
        .holding(sku)
        .inside(role("table").named("Lines to order"))
}

fn quantity_for(sku: &str) -> Target {
    role("spinbutton").named(&format!("Quantity for {sku}"))
}

/// What the cart holds, as `SKU quantity`.
async fn cart(shop: &Shop) -> Vec<String> {
    let cart = shop.api.acme_cart().await;
    let items = cart["items"].as_array().cloned().unwrap_or_default();
    let item = |item: &Value| {
        format!(
            "{} {}",
            item["sku"].as_str().unwrap_or_default(),
            item["quantity"]
        )
    };
    items.iter().map(item).collect()
}

async fn cart_is(shop: &Shop, lines: &[&str]) {
    shop.until(&format!("{lines:?} in the cart"), async || {
        cart(shop).await == lines
    })
    .await;
}

/// Changes some fields of a product, as the organization's administrator; the others keep their value.
async fn change(shop: &Shop, sku: &str, fields: &Value) {
    let mut product = fields.clone();
    product["sku"] = json!(sku);
    shop.api.put_product(&product).await;
}

/// Ordering again goes into the cart at once, and back.
#[test]
fn the_whole_order_goes_into_the_cart_and_back() {
    run(Setup::default(), async |shop| {
        let number = place(shop, &[("WIDGET-BLU-L", 10), ("WIDGET-BLU-M", 12)]).await;
        shop.api.fill_cart(&[("WIDGET-BLU-L", 3)]).await;
        shop.open_as_acme("/orders").await;
        shop.click(link(&format!("Reorder {number}"))).await;
        shop.is_at(&format!("/orders/{number}?reorder")).await;
        shop.sees("Nothing has changed since this order.").await;
        shop.focus_is("heading “Reorder”").await;
        shop.has_value(quantity_for("WIDGET-BLU-L"), "10").await;
        shop.has_value(quantity_for("WIDGET-BLU-M"), "12").await;
        shop.reads(row("WIDGET-BLU-L"), "$185.00").await;
        shop.click(button("Add to cart")).await;
        shop.sees("Added 2 products to the cart.").await;
        shop.is_at(&format!("/orders/{number}")).await;
        shop.focus_is("button “Reorder”").await;
        cart_is(shop, &["WIDGET-BLU-L 13", "WIDGET-BLU-M 12"]).await;
        shop.click(link("View cart")).await;
        shop.see(role("heading").named("Cart")).await;
        shop.click(button("Undo")).await;
        cart_is(shop, &["WIDGET-BLU-L 3"]).await;
    });
}

#[test]
fn chosen_lines_go_into_the_cart_with_their_new_quantities() {
    run(Setup::default(), async |shop| {
        let number = place(
            shop,
            &[
                ("WIDGET-BLU-L", 10),
                ("WIDGET-BLU-M", 12),
                ("WIDGET-RED-M", 1),
            ],
        )
        .await;
        shop.open_as_acme(&format!("/orders/{number}")).await;
        shop.click(button("Reorder")).await;
        shop.sees("3 lines, ").await;
        shop.click(role("checkbox").beginning("Red Widget")).await;
        shop.sees("2 lines, ").await;
        shop.fill_and_leave(quantity_for("WIDGET-BLU-L"), "50")
            .await;
        shop.reads(row("WIDGET-BLU-L"), "$16.00").await;
        shop.reads(row("WIDGET-BLU-L"), "$800.00").await;
        shop.fill_and_leave(quantity_for("WIDGET-BLU-M"), "7").await;
        shop.sees("Sold in multiples of 6. Order 6 or 12.").await;
        shop.click(button("Add to cart")).await;
        shop.sees("Please correct one entry.").await;
        shop.focus_is("spinbutton “Quantity for WIDGET-BLU-M”")
            .await;
        cart_is(shop, &[]).await;
        shop.fill_and_leave(quantity_for("WIDGET-BLU-M"), "18")
            .await;
        shop.click(button("Add to cart")).await;
        cart_is(shop, &["WIDGET-BLU-L 50", "WIDGET-BLU-M 18"]).await;
    });
}

/// Ordering again says first what has changed.
#[test]
fn what_has_changed_since_is_said_before_anything_is_added() {
    run(Setup::default(), async |shop| {
        // What is no longer offered is not found.
        shop.expect_status(404);
        import_one(
            shop,
            "Complete",
            &[
                ("WIDGET-BLU-L", 10, "17.25"),
                ("WIDGET-RED-M", 5, "99.00"),
                ("WIDGET-BLU-M", 4, "14.00"),
                ("GONE-1", 2, "1.00"),
                ("WIDGET-BLU-S", 6, "1.00"),
            ],
        )
        .await;
        change(shop, "WIDGET-RED-M", &json!({ "quantityOnHand": 0 })).await;
        change(shop, "WIDGET-BLU-S", &json!({ "active": false })).await;
        change(shop, "WIDGET-BLU-L", &json!({ "quantityOnHand": 7 })).await;
        change(shop, "WIDGET-BLU-M", &json!({ "minimumOrderQuantity": 12 })).await;
        shop.open_as_acme("/orders/ORD-00001").await;
        shop.click(button("Reorder")).await;
        shop.sees("5 products have changed since this order.").await;
        shop.reads(row("WIDGET-BLU-L"), "Price went up: $17.25 → $18.50 each")
            .await;
        shop.reads(row("WIDGET-BLU-L"), "Only 7 in stock").await;
        shop.reads(row("WIDGET-RED-M"), "Out of stock").await;
        shop.reads(row("WIDGET-RED-M"), "Price went down: $99.00 →")
            .await;
        shop.reads(
            row("WIDGET-BLU-M"),
            "The minimum is now 12: quantity set to 12",
        )
        .await;
        shop.has_value(quantity_for("WIDGET-BLU-M"), "12").await;
        shop.reads(row("GONE-1"), "No longer offered").await;
        shop.reads(row("WIDGET-BLU-S"), "No longer offered").await;
        shop.gone(quantity_for("GONE-1")).await;
        let gone = role("checkbox").beginning("Old GONE-1");
        assert_eq!(shop.property(gone, "disabled").await, json!(""));
        shop.click(role("checkbox").named("All lines")).await;
        shop.click(button("Add to cart")).await;
        shop.sees("Choose at least one line.").await;
        shop.click(role("checkbox").named("All lines")).await;
        shop.click(button("Add to cart")).await;
        shop.sees("Added 3 products to the cart.").await;
        cart_is(
            shop,
            &["WIDGET-BLU-L 10", "WIDGET-RED-M 5", "WIDGET-BLU-M 12"],
        )
        .await;
    });
}

#[test]
fn a_product_that_cannot_be_checked_can_be_looked_up_again() {
    run(Setup::default(), async |shop| {
        shop.hurry().await;
        shop.expect_status(500);
        let number = place(shop, &[("WIDGET-BLU-L", 10), ("WIDGET-BLU-M", 12)]).await;
        shop.api
            .fault(json!({ "method": "GET", "route": "/api/products/{sku}", "effect": "status", "status": 500 }))
            .await;
        shop.open_as_acme(&format!("/orders/{number}?reorder"))
            .await;
        shop.sees("Some products could not be checked. The server has a problem (status 500).")
            .await;
        shop.reads(row("WIDGET-BLU-L"), "Not checked").await;
        shop.fill_and_leave(quantity_for("WIDGET-BLU-L"), "20")
            .await;
        shop.api.clear_faults().await;
        shop.click(button("Try again")).await;
        shop.sees("Nothing has changed since this order.").await;
        // What was typed meanwhile is kept.
        shop.has_value(quantity_for("WIDGET-BLU-L"), "20").await;
        shop.sees_not("Not checked").await;
        shop.reads(row("WIDGET-BLU-L"), "$370.00").await;
    });
}

#[test]
fn many_products_take_few_requests() {
    run(Setup::default(), async |shop| {
        let skus: Vec<String> = (0..24).map(|place| format!("GONE-{place}")).collect();
        let items: Vec<(&str, u32, &str)> =
            skus.iter().map(|sku| (sku.as_str(), 1, "1.00")).collect();
        import_one(shop, "Complete", &items).await;
        shop.open_as_acme("/orders/ORD-00001?reorder").await;
        shop.sees("24 products have changed since this order.")
            .await;
        let requests = shop.api.count("GET", "/api/products").await;
        assert_eq!(
            requests, 1,
            "one page of the list tells that there are none"
        );
        shop.click(button("Add to cart")).await;
        shop.sees("Choose at least one line.").await;
        shop.click(button("Cancel")).await;
        shop.gone(role("table").named("Lines to order")).await;
        shop.is_at("/orders/ORD-00001").await;
    });
}

#[test]
fn by_keyboard_alone() {
    run(Setup::default(), async |shop| {
        let number = place(shop, &[("WIDGET-BLU-L", 10), ("WIDGET-BLU-M", 12)]).await;
        shop.open_as_acme("/orders").await;
        shop.see(link(&number)).await;
        shop.tab_to(&format!("link “{number}”")).await;
        shop.press(Key::Enter).await;
        shop.focus_is(&format!("heading “Order {number}”")).await;
        shop.see(button("Reorder")).await;
        shop.tab_to("button “Reorder”").await;
        shop.press(Key::Enter).await;
        shop.focus_is("heading “Reorder”").await;
        shop.see(button("Add to cart")).await;
        shop.tab_to("spinbutton “Quantity for WIDGET-BLU-L”").await;
        shop.type_text("25").await;
        shop.press(Key::Tab).await;
        let box_of_m = shop.focused().await;
        assert!(box_of_m.starts_with("checkbox “Blue Widget"), "{box_of_m}");
        shop.press(Key::Space).await;
        shop.tab_to("button “Add to cart”").await;
        shop.press(Key::Enter).await;
        cart_is(shop, &["WIDGET-BLU-L 25"]).await;
        shop.focus_is("button “Reorder”").await;
    });
}
