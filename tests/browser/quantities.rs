//! Prices by quantity, minimum and increment.

use serde_json::json;
use thirtyfour::Key;

use crate::harness::{Setup, Shop, button, link, role, run};

fn quantity() -> crate::harness::Target {
    role("spinbutton").named("Quantity")
}

/// A product sold in multiples of 6, from 12.
async fn put_dozen(shop: &Shop) {
    let product = json!({
        "sku": "DOZEN", "name": "Sold by the dozen", "minimumOrderQuantity": 12, "quantityIncrement": 6,
        "prices": [{ "tier": "Wholesale", "price": 0.35, "atQuantity": 1 }],
    });
    shop.api.put_product(&product).await;
}

#[test]
fn the_own_tiers_breaks_and_the_way_to_the_next() {
    run(Setup::default(), async |shop| {
        shop.open_as_acme("/products/WIDGET-BLU-L").await;
        shop.see(role("heading").named("Blue Widget — Large")).await;
        let table = role("table").named("Quantity prices");
        shop.reads(table.clone(), "1 – 49 $18.50 50 or more $16.00")
            .await;
        shop.fill(quantity(), "38").await;
        shop.sees("12 more reach the next price: $16.00 each").await;
        shop.sees("$18.50").await;
        shop.sees("$703.00").await;
        shop.fill(quantity(), "49").await;
        shop.sees("1 more reaches the next price: $16.00 each")
            .await;
        shop.fill(quantity(), "50").await;
        shop.sees("$16.00").await;
        shop.sees("$800.00").await;
        shop.sees_not("reach the next price").await;
        let in_force = role("row").holding("50 or more");
        shop.until("the break in force is marked", async || {
            shop.property(in_force.clone(), "aria-current").await == json!("true")
        })
        .await;
        shop.click(button("Add to cart")).await;
        shop.see(link("Cart, 1 line")).await;
        shop.until("the server has the line", async || {
            let cart = shop.api.acme_cart().await;
            cart["items"][0]["unitPrice"].as_f64() == Some(16.0)
        })
        .await;
    });
}

#[test]
fn minimum_and_increment_are_explained_and_enforced() {
    run(Setup::default(), async |shop| {
        put_dozen(shop).await;
        shop.open_as_acme("/products/DOZEN").await;
        shop.sees("Sold in multiples of 6, from 12").await;
        shop.has_value(quantity(), "12").await;
        for (typed, sentence) in [
            ("6", "The minimum is 12. Order 12 or more."),
            ("20", "Sold in multiples of 6. Order 18 or 24."),
            ("0", "The minimum is 12. Order 12 or more."),
            ("", "Enter a quantity."),
        ] {
            shop.fill_and_leave(quantity(), typed).await;
            shop.sees(sentence).await;
            shop.click(button("Add to cart")).await;
        }
        shop.fill_and_leave(quantity(), "18").await;
        shop.sees_not("Enter a quantity.").await;
        shop.click(button("Add to cart")).await;
        shop.see(link("Cart, 1 line")).await;
        shop.until("the server has 18", async || {
            shop.api.quantity_of("DOZEN").await == 18
        })
        .await;
        assert_eq!(shop.api.count("POST", "/api/carts").await, 1);
    });
}

#[test]
fn arrows_go_from_one_good_quantity_to_the_next() {
    run(Setup::default(), async |shop| {
        put_dozen(shop).await;
        shop.open_as_acme("/products/DOZEN").await;
        shop.click(quantity()).await;
        for (key, then) in [
            (Key::Up, "18"),
            (Key::Up, "24"),
            (Key::Down, "18"),
            (Key::Down, "12"),
            (Key::Down, "12"),
        ] {
            shop.press(key).await;
            shop.has_value(quantity(), then).await;
        }
        shop.fill(quantity(), "20").await;
        shop.press(Key::Up).await;
        shop.has_value(quantity(), "24").await;
        shop.click(button("More")).await;
        shop.has_value(quantity(), "30").await;
        shop.click(button("Less")).await;
        shop.has_value(quantity(), "24").await;
    });
}

#[test]
fn what_is_no_quantity_is_said_and_never_sent() {
    run(Setup::default(), async |shop| {
        shop.open_as_acme("/products/WIDGET-RED-M").await;
        for (typed, sentence) in [
            ("-1", "A quantity cannot be negative."),
            ("1e9", "Enter a whole number."),
            ("abc", "Enter a whole number."),
            ("1.5", "Only whole units can be ordered."),
            ("99999999999999999999", "can be ordered at once."),
            ("<b>5</b>", "Enter a whole number."),
        ] {
            shop.fill_and_leave(quantity(), typed).await;
            shop.sees(sentence).await;
            shop.click(button("Add to cart")).await;
            assert_eq!(shop.value(quantity()).await, typed, "what was typed stays");
        }
        shop.fill_and_leave(quantity(), "  7  ").await;
        shop.click(button("Add to cart")).await;
        shop.until("the server has 7", async || {
            shop.api.quantity_of("WIDGET-RED-M").await == 7
        })
        .await;
        assert_eq!(shop.api.count("POST", "/api/carts").await, 1);
    });
}
