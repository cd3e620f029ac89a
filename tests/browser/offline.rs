//! No connection, and the way back.

use serde_json::json;

use crate::harness::{Setup, Target, button, link, role, run};

fn quantity() -> Target {
    role("spinbutton").named("Quantity for WIDGET-BLU-L")
}

#[test]
fn changes_are_kept_and_sent_when_the_connection_is_back() {
    run(Setup::default(), async |shop| {
        shop.expect_console("net::ERR_INTERNET_DISCONNECTED");
        shop.api.fill_cart(&[("WIDGET-BLU-L", 10)]).await;
        shop.open_as_acme("/cart").await;
        shop.has_value(quantity(), "10").await;
        shop.set_offline(true).await;
        shop.sees("You are offline. Changes are kept and saved when the connection is back.")
            .await;
        shop.fill_and_leave(quantity(), "31").await;
        shop.sees("Your latest changes are not saved yet.").await;
        shop.has_value(quantity(), "31").await;
        assert_eq!(shop.api.quantity_of("WIDGET-BLU-L").await, 10);
        shop.set_offline(false).await;
        shop.sees_not("You are offline.").await;
        shop.sees("All changes saved").await;
        shop.has_value(quantity(), "31").await;
        assert_eq!(shop.api.quantity_of("WIDGET-BLU-L").await, 31);
    });
}

#[test]
fn an_add_without_a_connection_counts_and_arrives_later() {
    run(Setup::default(), async |shop| {
        shop.expect_console("net::ERR_INTERNET_DISCONNECTED");
        shop.open_as_acme("/products/WIDGET-RED-M").await;
        shop.see(link("Cart, 0 lines")).await;
        shop.set_offline(true).await;
        shop.click(button("Add to cart")).await;
        shop.see(link("Cart, 1 line")).await;
        shop.set_offline(false).await;
        shop.until("the server has it", async || {
            shop.api.quantity_of("WIDGET-RED-M").await == 1
        })
        .await;
        shop.see(link("Cart, 1 line")).await;
    });
}

#[test]
fn the_catalogue_says_that_the_server_cannot_be_reached() {
    run(Setup::default(), async |shop| {
        shop.expect_console("net::ERR_BLOCKED_BY_CLIENT");
        shop.block(&["*/api/products*"]).await;
        shop.open_as_acme("/catalog").await;
        shop.sees("The server cannot be reached. Please check your connection.")
            .await;
        shop.block(&[]).await;
        shop.click(button("Try again")).await;
        shop.sees("products").await;
        shop.sees_not("cannot be reached").await;
        shop.see(link("Cleaning Wipes A/B, 100 % cotton")).await;
    });
}

#[test]
fn signing_in_says_that_the_server_cannot_be_reached() {
    // Nothing listens on the discard port.
    let setup = Setup {
        api: Some("http://127.0.0.1:9".to_owned()),
        ..Setup::default()
    };
    run(setup, async |shop| {
        shop.expect_console("net::ERR_");
        shop.open_path("/sign-in").await;
        shop.sign_in("acme-buyer", "sandbox").await;
        shop.sees("The server cannot be reached. Please check your connection.")
            .await;
    });
}

#[test]
fn a_cart_that_cannot_be_read_can_be_asked_for_again() {
    run(Setup::default(), async |shop| {
        shop.expect_status(503);
        shop.api.fill_cart(&[("WIDGET-BLU-L", 10)]).await;
        shop.api
            .fault(json!({
                "method": "GET", "route": "/api/carts/customer/{customerNumber}",
                "effect": "status", "status": 503,
            }))
            .await;
        shop.open_as_acme("/cart").await;
        shop.sees("The server has a problem (status 503).").await;
        shop.api.clear_faults().await;
        shop.click(button("Try again")).await;
        shop.has_value(quantity(), "10").await;
    });
}

#[test]
fn a_duplicated_tab_sends_nothing_twice() {
    run(Setup::default(), async |shop| {
        shop.expect_console("net::ERR_INTERNET_DISCONNECTED");
        shop.open_as_acme("/products/WIDGET-RED-M").await;
        shop.see(link("Cart, 0 lines")).await;
        shop.set_offline(true).await;
        shop.click(button("Add to cart")).await;
        shop.see(link("Cart, 1 line")).await;
        // A window of the same site gets a copy of what is kept for this tab, as a duplicated tab does.
        let first = shop.tab().await;
        shop.script("window.open('/cart')").await;
        let both = shop.tabs().await;
        let copy = both.into_iter().find(|tab| *tab != first).unwrap();
        shop.to_tab(&copy).await;
        shop.sees("Your cart is empty.").await;
        shop.see(link("Cart, 0 lines")).await;
        assert_eq!(shop.api.quantity_of("WIDGET-RED-M").await, 0);
        shop.to_tab(&first).await;
        shop.see(link("Cart, 1 line")).await;
        shop.set_offline(false).await;
        shop.until("the server has it", async || {
            shop.api.quantity_of("WIDGET-RED-M").await == 1
        })
        .await;
        shop.to_tab(&copy).await;
        shop.see(link("Cart, 1 line")).await;
        assert_eq!(shop.api.quantity_of("WIDGET-RED-M").await, 1);
    });
}
