//! The catalogue's list as an order pad: quantities for many products, by mouse and by keyboard.

use thirtyfour::{Key, TypingData};

use crate::{
    accessibility::audit,
    catalog_depth::item,
    harness::{Setup, Shop, Target, button, link, role, run},
};

const WIDGETS: &str = "/catalog?category=Widgets&view=list";

fn pad() -> Target {
    role("region").named("Order pad")
}

fn quantity(sku: &str) -> Target {
    role("spinbutton").named("Quantity").inside(item(sku))
}

/// The SKU of the row that has the focus.
async fn row(shop: &Shop) -> String {
    let script = "const row = document.activeElement.closest('.product-item'); \
         return row ? row.querySelector('.sku').innerText : document.activeElement.innerText";
    let sku = shop.script(script).await;
    sku.as_str().unwrap_or_default().to_owned()
}

async fn row_is(shop: &Shop, sku: &str) {
    shop.until(&format!("the focus in {sku}"), async || {
        row(shop).await == sku
    })
    .await;
}

async fn control_enter(shop: &Shop) {
    let keys = shop.driver.action_chain().key_down(Key::Control);
    let keys = keys.send_keys(TypingData::from(Key::Enter));
    let keys = keys.key_up(Key::Control);
    keys.perform().await.unwrap();
}

#[test]
fn quantities_of_many_products_go_into_the_cart_at_once_and_back() {
    run(Setup::default(), async |shop| {
        shop.open_as_acme(WIDGETS).await;
        shop.reads(pad(), "No quantities yet").await;
        shop.fill(quantity("WIDGET-BLU-L"), "50").await;
        shop.fill(quantity("WIDGET-BLU-M"), "12").await;
        // 50 at $16.00 and 12 at $16.90.
        shop.reads(pad(), "2 products $1,002.80").await;
        audit(shop, "catalog, order pad").await;
        shop.click(button("Add 2 products to cart")).await;
        shop.see(link("Cart, 2 lines")).await;
        shop.until("the server has both", async || {
            shop.api.quantity_of("WIDGET-BLU-L").await == 50
                && shop.api.quantity_of("WIDGET-BLU-M").await == 12
        })
        .await;
        shop.has_value(quantity("WIDGET-BLU-L"), "").await;
        shop.reads(pad(), "No quantities yet").await;
        shop.sees("Added 2 products to the cart.").await;
        shop.click(button("Undo")).await;
        shop.until("the server has neither", async || {
            shop.api.quantity_of("WIDGET-BLU-L").await == 0
                && shop.api.quantity_of("WIDGET-BLU-M").await == 0
        })
        .await;
        // What was typed stands there again.
        shop.has_value(quantity("WIDGET-BLU-L"), "50").await;
        shop.reads(pad(), "2 products $1,002.80").await;
    });
}

/// Quantities typed into the list survive pages, views and a reload.
#[test]
fn what_is_typed_survives_pages_views_and_a_reload() {
    run(Setup::default(), async |shop| {
        shop.open_as_acme(WIDGETS).await;
        shop.fill(quantity("WIDGET-BLU-L"), "3").await;
        shop.reads(pad(), "1 product $55.50").await;
        shop.click(button("Grid")).await;
        shop.gone(pad()).await;
        shop.click(link("All products")).await;
        shop.sees("299 products").await;
        shop.click(button("List")).await;
        shop.reads(pad(), "1 product $55.50").await;
        shop.click(link("Next")).await;
        shop.is_at("/catalog?view=list&page=2").await;
        shop.reads(pad(), "1 product $55.50").await;
        // After a reload nobody knows the product: its price is read again.
        shop.reload().await;
        shop.reads(pad(), "1 product $55.50").await;
        shop.click(link("Widgets")).await;
        shop.has_value(quantity("WIDGET-BLU-L"), "3").await;
        shop.click(button("Clear quantities")).await;
        shop.has_value(quantity("WIDGET-BLU-L"), "").await;
        shop.click(button("Undo")).await;
        shop.has_value(quantity("WIDGET-BLU-L"), "3").await;
    });
}

/// A quantity typed into the list that cannot be ordered stays.
#[test]
fn what_cannot_be_ordered_stays_and_is_named() {
    run(Setup::default(), async |shop| {
        shop.open_as_acme(WIDGETS).await;
        shop.fill(quantity("WIDGET-BLU-M"), "7").await;
        shop.fill_and_leave(quantity("WIDGET-BLU-L"), "1").await;
        shop.reads(pad(), "stays here: WIDGET-BLU-M").await;
        audit(shop, "catalog, order pad with a wrong quantity").await;
        shop.click(button("Add 1 product to cart")).await;
        shop.until("the server has the right one", async || {
            shop.api.quantity_of("WIDGET-BLU-L").await == 1
        })
        .await;
        assert_eq!(shop.api.quantity_of("WIDGET-BLU-M").await, 0);
        shop.has_value(quantity("WIDGET-BLU-M"), "7").await;
        shop.has_value(quantity("WIDGET-BLU-L"), "").await;
        shop.click(button("Add all to cart")).await;
        row_is(shop, "WIDGET-BLU-M").await;
        // A row's own button still orders that product alone, the smallest quantity when none is typed.
        shop.click(button("Add to cart").inside(item("WIDGET-RED-M")))
            .await;
        shop.until("one red widget", async || {
            shop.api.quantity_of("WIDGET-RED-M").await == 1
        })
        .await;
    });
}

#[test]
fn rows_are_walked_and_ordered_by_keyboard_alone() {
    run(Setup::default(), async |shop| {
        shop.open_as_acme(WIDGETS).await;
        shop.see(pad()).await;
        shop.tab_to("spinbutton “Quantity”").await;
        row_is(shop, "WIDGET-BLU-L").await;
        shop.type_text("5").await;
        shop.press(Key::Down).await;
        row_is(shop, "WIDGET-BLU-M").await;
        shop.type_text("6").await;
        shop.press(Key::Enter).await;
        row_is(shop, "WIDGET-BLU-S").await;
        shop.press(Key::Up).await;
        row_is(shop, "WIDGET-BLU-M").await;
        shop.has_value(quantity("WIDGET-BLU-M"), "6").await;
        shop.press(Key::Down).await;
        shop.press(Key::Down).await;
        row_is(shop, "WIDGET-RED-M").await;
        shop.press(Key::Down).await;
        shop.focus_is("button “Add 2 products to cart”").await;
        shop.tab_back_to("spinbutton “Quantity”").await;
        control_enter(shop).await;
        shop.see(link("Cart, 2 lines")).await;
        shop.until("the server has both", async || {
            shop.api.quantity_of("WIDGET-BLU-L").await == 5
                && shop.api.quantity_of("WIDGET-BLU-M").await == 6
        })
        .await;
    });
}

/// The order pad's summary never covers the row with the focus.
#[test]
fn the_summary_never_covers_the_focused_row() {
    run(Setup::default(), async |shop| {
        shop.open_as_acme("/catalog?view=list").await;
        shop.see(pad()).await;
        let covered = "const field = document.activeElement, box = field.getBoundingClientRect(); \
             const hit = (y) => { const at = document.elementFromPoint(box.left + box.width / 2, y); \
             return at === field || field.contains(at); }; \
             return field.matches('[role=spinbutton]') && hit(box.top + 2) && hit(box.bottom - 2)";
        for width in [1280, 390] {
            shop.make_wide(width).await;
            shop.script("scrollTo(0, 0)").await;
            shop.script("document.querySelector('.product-list [role=spinbutton]').focus()")
                .await;
            for step in 1..24 {
                shop.press(Key::Down).await;
                assert_eq!(shop.script(covered).await, true, "row {step}, {width} px");
            }
            for step in 1..24 {
                shop.press(Key::Up).await;
                assert_eq!(shop.script(covered).await, true, "up {step}, {width} px");
            }
        }
    });
}
