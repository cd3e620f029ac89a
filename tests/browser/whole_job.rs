//! The main job: a buyer signs in, finds products, fills a cart and places an order.

use serde_json::json;
use thirtyfour::Key;

use crate::harness::{Setup, Shop, button, link, role, run, textbox};

/// What the order of both tests must be.
async fn is_the_order(shop: &Shop) {
    let order = shop.api.the_order().await;
    assert_eq!(order["customerNumber"], "ACME-001");
    assert_eq!(order["poNumber"], "PO-2026-7");
    assert_eq!(order["notes"], "Ring twice.");
    assert_eq!(order["shippingAddress"]["line1"], "8800 Burleson Road");
    assert_eq!(order["paymentProfileId"], "pp_5c21e7a0");
    let lines = order["items"].as_array().unwrap();
    assert_eq!(lines.len(), 1, "{order:#}");
    assert_eq!(lines[0]["sku"], "WIDGET-BLU-L");
    assert_eq!(lines[0]["quantity"], json!(50));
    assert_eq!(lines[0]["unitPrice"].to_string(), "16.00");
    assert_eq!(order["orderTotal"].to_string(), "800.00");
    let number = order["orderNumber"].as_str().unwrap();
    let confirmation = order["confirmationId"].as_str().unwrap();
    assert!(number.starts_with("MOM-"), "{number}");
    assert!(confirmation.starts_with("conf_"), "{confirmation}");
    shop.is_at(&format!("/checkout/complete/{number}")).await;
    shop.sees(number).await;
    shop.sees(confirmation).await;
    shop.sees("Blue Widget — Large").await;
    shop.sees("$800.00").await;
    shop.see(link("Cart, 0 lines")).await;
}

/// Finds the product in the catalogue, without a mouse.
pub(crate) async fn find_by_keyboard(shop: &Shop) {
    shop.tab_to("searchbox “Search products”").await;
    shop.type_text("WIDGET-BLU-L").await;
    shop.sees("1 product").await;
}

/// Opens the product that was found, without a mouse.
pub(crate) async fn open_by_keyboard(shop: &Shop) {
    shop.tab_to("link “Blue Widget — Large”").await;
    shop.press(Key::Enter).await;
    shop.focus_is("heading “Blue Widget — Large”").await;
}

/// Finds the product in the catalogue, by mouse.
pub(crate) async fn find_by_mouse(shop: &Shop) {
    shop.fill(role("searchbox").named("Search products"), "WIDGET-BLU-L")
        .await;
    shop.sees("1 product").await;
}

/// The whole job works by mouse.
#[test]
fn by_mouse() {
    run(Setup::default(), async |shop| {
        shop.open_path("/").await;
        shop.see(role("heading").named("Sign in")).await;
        shop.sign_in("acme-buyer", "sandbox").await;
        shop.see(role("heading").named("Home")).await;
        shop.click(link("Catalog")).await;
        shop.see(role("heading").named("Catalog")).await;
        find_by_mouse(shop).await;
        shop.fill(role("spinbutton").named("Quantity"), "10").await;
        shop.click(button("Add to cart")).await;
        shop.click(link("Cart, 1 line")).await;
        shop.see(role("heading").named("Cart")).await;
        shop.see(role("table").named("Cart items")).await;
        shop.fill_and_leave(role("spinbutton").named("Quantity for WIDGET-BLU-L"), "50")
            .await;
        shop.fill_and_leave(textbox("PO number"), "PO-2026-7").await;
        shop.fill_and_leave(textbox("Special instructions"), "Ring twice.")
            .await;
        shop.sees("All changes saved").await;
        shop.click(link("Check out")).await;
        shop.see(role("heading").named("Checkout")).await;
        shop.has_value(textbox("PO number"), "PO-2026-7").await;
        shop.click(role("radio").beginning("8800 Burleson Road"))
            .await;
        shop.click(role("radio").beginning("Visa ending in 4242"))
            .await;
        shop.click(button("Place order")).await;
        shop.see(role("heading").named("Order placed")).await;
        is_the_order(shop).await;
    });
}

/// The whole job works by keyboard alone.
#[test]
fn by_keyboard_alone() {
    run(Setup::default(), async |shop| {
        shop.open_path("/").await;
        shop.focus_is("heading “Sign in”").await;
        shop.tab_to("textbox “Client ID”").await;
        shop.type_text("acme-buyer").await;
        shop.tab_to("textbox “Client secret”").await;
        shop.type_text("sandbox").await;
        shop.press(Key::Enter).await;
        shop.focus_is("heading “Home”").await;
        shop.see(link("Catalog")).await;
        shop.tab_back_to("link “Catalog”").await;
        shop.press(Key::Enter).await;
        shop.focus_is("heading “Catalog”").await;
        find_by_keyboard(shop).await;
        open_by_keyboard(shop).await;
        shop.tab_to("spinbutton “Quantity”").await;
        shop.type_text("49").await;
        shop.press(Key::Up).await;
        shop.has_value(role("spinbutton").named("Quantity"), "50")
            .await;
        shop.tab_to("button “Add to cart”").await;
        shop.press(Key::Space).await;
        shop.see(link("Cart, 1 line")).await;
        shop.tab_back_to("link “Cart, 1 line”").await;
        shop.press(Key::Enter).await;
        shop.focus_is("heading “Cart”").await;
        shop.tab_to("textbox “PO number”").await;
        shop.type_text("PO-2026-7").await;
        shop.tab_to("textbox “Special instructions”").await;
        shop.type_text("Ring twice.").await;
        shop.tab_to("link “Check out”").await;
        shop.sees("All changes saved").await;
        shop.press(Key::Enter).await;
        shop.focus_is("heading “Checkout”").await;
        let first =
            "radio “500 Commerce Drive, Suite 200, Austin, TX, 78701, United States ADDR-001”";
        shop.see(role("radio").beginning("8800 Burleson Road"))
            .await;
        shop.tab_to(first).await;
        shop.press(Key::Down).await;
        shop.tab_to("textbox “PO number”").await;
        shop.tab_to("radio “Visa ending in 4242 valid to 11/2031”")
            .await;
        shop.press(Key::Down).await;
        shop.press(Key::Up).await;
        shop.tab_to("button “Place order”").await;
        shop.press(Key::Enter).await;
        shop.focus_is("heading “Order placed”").await;
        is_the_order(shop).await;
    });
}

#[test]
fn the_skip_link_skips_the_header() {
    run(Setup::default(), async |shop| {
        shop.open_as_acme("/catalog").await;
        shop.focus_is("heading “Catalog”").await;
        shop.tab_back_to("link “Skip to content”").await;
        shop.press(Key::Enter).await;
        shop.until("the focus in the content", async || {
            shop.script("return document.activeElement.id").await == "content"
        })
        .await;
        shop.tab_to("searchbox “Search products”").await;
    });
}
