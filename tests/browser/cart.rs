//! The cart: made, counted, changed, kept.

use serde_json::json;
use thirtyfour::Key;

use crate::harness::{Setup, Shop, Target, button, link, role, run, textbox};

fn quantity_for(sku: &str) -> Target {
    role("spinbutton").named(&format!("Quantity for {sku}"))
}

/// Waits until the server has that many of `sku` in the cart.
async fn server_has(shop: &Shop, sku: &str, quantity: i64) {
    shop.until(&format!("{quantity} × {sku} on the server"), async || {
        shop.api.quantity_of(sku).await == quantity
    })
    .await;
}

#[test]
fn begins_with_the_first_add_and_is_counted() {
    run(Setup::default(), async |shop| {
        shop.open_as_acme("/products/WIDGET-RED-M").await;
        shop.see(link("Cart, 0 lines")).await;
        assert!(shop.api.acme_cart().await.is_null());
        shop.click(button("Add to cart")).await;
        shop.see(link("Cart, 1 line")).await;
        shop.sees("Added 1 × Red Widget — Medium to the cart.")
            .await;
        server_has(shop, "WIDGET-RED-M", 1).await;
        shop.click(button("Add to cart")).await;
        server_has(shop, "WIDGET-RED-M", 2).await;
        shop.see(link("Cart, 1 line")).await;
        shop.open_path("/products/WIDGET-BLU-L").await;
        shop.see(link("Cart, 1 line")).await;
        shop.click(button("Add to cart")).await;
        shop.see(link("Cart, 2 lines")).await;
        server_has(shop, "WIDGET-BLU-L", 1).await;
        shop.sees("Acme Industrial Supply").await;
    });
}

#[test]
fn an_add_can_be_taken_back() {
    run(Setup::default(), async |shop| {
        shop.open_as_acme("/products/WIDGET-RED-M").await;
        shop.click(button("Add to cart")).await;
        server_has(shop, "WIDGET-RED-M", 1).await;
        shop.click(button("Undo")).await;
        server_has(shop, "WIDGET-RED-M", 0).await;
        shop.see(link("Cart, 0 lines")).await;
    });
}

#[test]
fn an_add_can_be_taken_back_from_another_screen() {
    run(Setup::default(), async |shop| {
        shop.open_as_acme("/products/WIDGET-RED-M").await;
        shop.click(button("Add to cart")).await;
        server_has(shop, "WIDGET-RED-M", 1).await;
        shop.click(link("Cart, 1 line")).await;
        shop.has_value(quantity_for("WIDGET-RED-M"), "1").await;
        shop.click(button("Undo")).await;
        server_has(shop, "WIDGET-RED-M", 0).await;
        shop.sees("Your cart is empty.").await;
    });
}

/// The focus is never lost with what goes away.
#[test]
fn lines_are_changed_removed_and_brought_back() {
    run(Setup::default(), async |shop| {
        let lines = [("WIDGET-BLU-L", 10), ("WIDGET-RED-M", 5)];
        shop.api.fill_cart(&lines).await;
        shop.open_as_acme("/cart").await;
        shop.see(role("table").named("Cart items")).await;
        shop.sees("$260.00").await;
        shop.fill_and_leave(quantity_for("WIDGET-BLU-L"), "50")
            .await;
        shop.sees("$800.00").await;
        shop.sees("$875.00").await;
        server_has(shop, "WIDGET-BLU-L", 50).await;
        shop.click(button("Remove WIDGET-RED-M")).await;
        shop.gone(quantity_for("WIDGET-RED-M")).await;
        shop.see(link("Cart, 1 line")).await;
        server_has(shop, "WIDGET-RED-M", 0).await;
        shop.click(button("Undo")).await;
        shop.has_value(quantity_for("WIDGET-RED-M"), "5").await;
        server_has(shop, "WIDGET-RED-M", 5).await;
        shop.sees("All changes saved").await;
        shop.see(link("Cart, 2 lines")).await;
        // By the keyboard: the next line takes the focus, and the one that comes back stands where it stood.
        shop.tab_to("button “Remove WIDGET-BLU-L”").await;
        shop.press(Key::Enter).await;
        shop.gone(quantity_for("WIDGET-BLU-L")).await;
        shop.focus_is("button “Remove WIDGET-RED-M”").await;
        server_has(shop, "WIDGET-BLU-L", 0).await;
        shop.tab_to("button “Undo”").await;
        shop.press(Key::Enter).await;
        shop.has_value(quantity_for("WIDGET-BLU-L"), "50").await;
        // The notice goes with its button: the focus goes back to where it came from.
        shop.gone(button("Undo")).await;
        shop.until("the focus on a control of the page", async || {
            let on_control =
                "return document.activeElement.matches('a, button, input, select, textarea')";
            shop.script(on_control).await == true
        })
        .await;
        server_has(shop, "WIDGET-BLU-L", 50).await;
        let lines = "return [...document.querySelectorAll('.cart-table tbody .sku')].map((it) => it.innerText)";
        shop.sees("All changes saved").await;
        assert_eq!(
            shop.script(lines).await,
            json!(["WIDGET-BLU-L", "WIDGET-RED-M"])
        );
        shop.reload().await;
        shop.has_value(quantity_for("WIDGET-BLU-L"), "50").await;
        assert_eq!(
            shop.script(lines).await,
            json!(["WIDGET-BLU-L", "WIDGET-RED-M"])
        );
    });
}

/// The focus is never lost with what goes away.
#[test]
fn the_last_line_leaves_an_empty_cart() {
    run(Setup::default(), async |shop| {
        shop.api.fill_cart(&[("WIDGET-BLU-L", 10)]).await;
        shop.open_as_acme("/cart").await;
        shop.click(button("Remove WIDGET-BLU-L")).await;
        shop.sees("Your cart is empty.").await;
        shop.focus_is("heading “Cart”").await;
        shop.see(link("Cart, 0 lines")).await;
        server_has(shop, "WIDGET-BLU-L", 0).await;
        shop.click(button("Undo")).await;
        shop.has_value(quantity_for("WIDGET-BLU-L"), "10").await;
        server_has(shop, "WIDGET-BLU-L", 10).await;
    });
}

#[test]
fn its_fields_are_saved() {
    run(Setup::default(), async |shop| {
        shop.api.fill_cart(&[("WIDGET-BLU-L", 10)]).await;
        shop.open_as_acme("/cart").await;
        shop.fill_and_leave(textbox("PO number"), "PO-2024-88412")
            .await;
        shop.fill_and_leave(
            textbox("Special instructions"),
            "Ship to dock B. Call before delivery.",
        )
        .await;
        let group = role("radiogroup").named("Order type");
        shop.click(role("radio").named("Quote").inside(group)).await;
        shop.until("the server has them all", async || {
            let cart = shop.api.acme_cart().await;
            cart["poNumber"] == "PO-2024-88412"
                && cart["specialInstructions"] == "Ship to dock B. Call before delivery."
                && cart["orderType"] == "Quote"
        })
        .await;
        shop.reload().await;
        shop.has_value(textbox("PO number"), "PO-2024-88412").await;
        shop.has_value(
            textbox("Special instructions"),
            "Ship to dock B. Call before delivery.",
        )
        .await;
        shop.until("Quote is chosen", async || {
            shop.property(role("radio").named("Quote"), "checked").await == json!(true)
        })
        .await;
    });
}

#[test]
fn a_po_number_of_ten_thousand_characters_is_refused_in_words() {
    run(Setup::default(), async |shop| {
        shop.api.fill_cart(&[("WIDGET-BLU-L", 10)]).await;
        shop.open_as_acme("/cart").await;
        let field = shop.find(&textbox("PO number")).await;
        let paste = "const [field] = arguments; field.focus(); \
             document.execCommand('insertText', false, 'X'.repeat(10000));";
        shop.run_on(&field, paste).await;
        shop.press(Key::Tab).await;
        shop.sees("At most 50 characters.").await;
        assert_eq!(shop.value(textbox("PO number")).await.len(), 10_000);
        assert_eq!(shop.api.count("PUT", "/po-number").await, 0);
        shop.fill_and_leave(textbox("PO number"), "short").await;
        shop.sees_not("At most 50 characters.").await;
        shop.until("the short one is saved", async || {
            shop.api.acme_cart().await["poNumber"] == "short"
        })
        .await;
    });
}

#[test]
fn typing_fast_sends_little_and_ends_at_the_last_quantity() {
    run(Setup::default(), async |shop| {
        shop.api.fill_cart(&[("WIDGET-BLU-L", 10)]).await;
        let slow = json!({ "method": "PUT", "route": "*", "effect": "delay", "delayMs": 150 });
        shop.api.fault(slow).await;
        shop.open_as_acme("/cart").await;
        for quantity in ["1", "11", "111", "1112", "7", "75", "754"] {
            shop.fill(quantity_for("WIDGET-BLU-L"), quantity).await;
        }
        for _ in 0..6 {
            shop.press(Key::Up).await;
        }
        server_has(shop, "WIDGET-BLU-L", 760).await;
        shop.sees("All changes saved").await;
        shop.sees("$12,160.00").await;
        let sent = shop.api.count("PUT", "/items/").await;
        assert!(sent <= 6, "{sent} requests for 13 changes");
        shop.has_value(quantity_for("WIDGET-BLU-L"), "760").await;
        server_has(shop, "WIDGET-BLU-L", 760).await;
    });
}

/// Tabs see each other's changes and lose none.
#[test]
fn two_tabs_see_each_others_changes_and_lose_none() {
    run(Setup::default(), async |shop| {
        shop.open_as_acme("/products/WIDGET-BLU-L").await;
        shop.see(link("Cart, 0 lines")).await;
        let first = shop.tab().await;
        let second = shop.new_tab("/products/WIDGET-RED-M").await;
        shop.see(link("Cart, 0 lines")).await;
        shop.click(button("Add to cart")).await;
        server_has(shop, "WIDGET-RED-M", 1).await;
        shop.to_tab(&first).await;
        shop.see(link("Cart, 1 line")).await;
        shop.click(button("Add to cart")).await;
        shop.see(link("Cart, 2 lines")).await;
        server_has(shop, "WIDGET-BLU-L", 1).await;
        shop.to_tab(&second).await;
        shop.see(link("Cart, 2 lines")).await;
        // Both tabs add to the same line, at the same time as far as each of them knows.
        let slow = json!({ "method": "POST", "route": "*", "effect": "delay", "delayMs": 300 });
        shop.api.fault(slow).await;
        shop.click(button("Add to cart")).await;
        shop.to_tab(&first).await;
        shop.click(link("Cart, 2 lines")).await;
        shop.fill_and_leave(quantity_for("WIDGET-BLU-L"), "20")
            .await;
        server_has(shop, "WIDGET-RED-M", 2).await;
        server_has(shop, "WIDGET-BLU-L", 20).await;
        shop.has_value(quantity_for("WIDGET-RED-M"), "2").await;
        shop.to_tab(&second).await;
        shop.click(link("Cart, 2 lines")).await;
        shop.has_value(quantity_for("WIDGET-BLU-L"), "20").await;
        shop.has_value(quantity_for("WIDGET-RED-M"), "2").await;
    });
}

/// Tabs lose no change when both begin the cart at once.
#[test]
fn two_tabs_may_begin_the_cart_at_once() {
    run(Setup::default(), async |shop| {
        shop.expect_status(400);
        shop.open_as_acme("/products/WIDGET-BLU-L").await;
        let first = shop.tab().await;
        let second = shop.new_tab("/products/WIDGET-RED-M").await;
        shop.see(link("Cart, 0 lines")).await;
        let slow = json!({ "method": "POST", "route": "*", "effect": "delay", "delayMs": 800 });
        shop.api.fault(slow).await;
        shop.click(button("Add to cart")).await;
        shop.to_tab(&first).await;
        shop.click(button("Add to cart")).await;
        server_has(shop, "WIDGET-BLU-L", 1).await;
        server_has(shop, "WIDGET-RED-M", 1).await;
        shop.see(link("Cart, 2 lines")).await;
        shop.to_tab(&second).await;
        shop.see(link("Cart, 2 lines")).await;
    });
}

/// What cannot be ordered holds the checkout, by link, key and palette.
#[test]
fn what_cannot_be_ordered_holds_the_checkout() {
    run(Setup::default(), async |shop| {
        shop.api
            .fill_cart(&[("WIDGET-BLU-M", 12), ("WIDGET-RED-M", 5)])
            .await;
        shop.open_as_acme("/cart").await;
        shop.sees("Sold in multiples of 6").await;
        // Typed and not left: the way to the checkout takes it, and stays.
        shop.fill(quantity_for("WIDGET-BLU-M"), "7").await;
        shop.sees("Not saved").await;
        shop.click(link("Check out")).await;
        shop.sees(
            "Blue Widget — Medium: “7” cannot be ordered. Sold in multiples of 6. Order 6 or 12.",
        )
        .await;
        shop.focus_is("spinbutton “Quantity for WIDGET-BLU-M”")
            .await;
        // By the keys, and from another screen.
        shop.click(link("Orders")).await;
        shop.see(role("heading").named("Orders")).await;
        shop.type_text("gx").await;
        shop.is_at("/cart").await;
        shop.has_value(quantity_for("WIDGET-BLU-M"), "7").await;
        shop.focus_is("spinbutton “Quantity for WIDGET-BLU-M”")
            .await;
        shop.fill_and_leave(textbox("PO number"), &"P".repeat(51))
            .await;
        shop.fill_and_leave(quantity_for("WIDGET-BLU-M"), "18")
            .await;
        server_has(shop, "WIDGET-BLU-M", 18).await;
        shop.click(link("Check out")).await;
        shop.sees("PO number: At most 50 characters.").await;
        shop.focus_is("textbox “PO number”").await;
        shop.fill(textbox("PO number"), "PO-7").await;
        shop.fill(quantity_for("WIDGET-BLU-M"), "24").await;
        shop.click(link("Check out")).await;
        shop.has_value(textbox("PO number"), "PO-7").await;
        shop.sees("24 × ").await;
    });
}
