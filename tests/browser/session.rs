//! The session ends in the middle of something: nothing that was typed or begun is lost.

use serde_json::json;

use crate::{
    checkout::checkout_of_ten,
    harness::{Setup, Shop, Target, button, link, role, run, textbox},
};

fn dialog() -> Target {
    role("dialog").named("Please sign in again")
}

fn quantity() -> Target {
    role("spinbutton").named("Quantity for WIDGET-BLU-L")
}

/// Signs in again in the dialog.
async fn sign_in_again(shop: &Shop, client_id: &str) {
    shop.see(dialog()).await;
    shop.fill(textbox("Client ID").inside(dialog()), client_id)
        .await;
    shop.fill(textbox("Client secret").inside(dialog()), "sandbox")
        .await;
    shop.click(button("Sign in").inside(dialog())).await;
    shop.gone(dialog()).await;
}

/// A 401 loses nothing.
#[test]
fn a_change_that_meets_a_401_goes_through_after_signing_in() {
    run(Setup::default(), async |shop| {
        shop.expect_status(401);
        shop.api.fill_cart(&[("WIDGET-BLU-L", 10)]).await;
        shop.open_as_acme("/cart").await;
        shop.has_value(quantity(), "10").await;
        shop.api.revoke_tokens().await;
        shop.fill_and_leave(quantity(), "44").await;
        shop.see(dialog()).await;
        shop.sees("Nothing you typed is lost").await;
        sign_in_again(shop, "acme-buyer").await;
        shop.sees("All changes saved").await;
        shop.has_value(quantity(), "44").await;
        assert_eq!(shop.api.quantity_of("WIDGET-BLU-L").await, 44);
        shop.is_at("/cart").await;
    });
}

/// A 401 loses nothing, also when the buyer does not sign in now.
#[test]
fn not_now_keeps_the_change_for_later() {
    run(Setup::default(), async |shop| {
        shop.expect_status(401);
        shop.api.fill_cart(&[("WIDGET-BLU-L", 10)]).await;
        shop.open_as_acme("/cart").await;
        shop.has_value(quantity(), "10").await;
        shop.api.revoke_tokens().await;
        shop.fill_and_leave(quantity(), "44").await;
        shop.click(button("Not now").inside(dialog())).await;
        shop.gone(dialog()).await;
        shop.sees("Your latest changes are not saved yet. You are signed out.")
            .await;
        shop.has_value(quantity(), "44").await;
        shop.click(button("Try again")).await;
        sign_in_again(shop, "acme-buyer").await;
        shop.sees("All changes saved").await;
        assert_eq!(shop.api.quantity_of("WIDGET-BLU-L").await, 44);
    });
}

#[test]
fn a_wrong_secret_in_the_dialog_can_be_corrected() {
    run(Setup::default(), async |shop| {
        shop.expect_status(401);
        shop.open_as_acme("/catalog").await;
        shop.api.revoke_tokens().await;
        shop.open_path("/products/WIDGET-BLU-L").await;
        shop.see(dialog()).await;
        shop.fill(textbox("Client ID").inside(dialog()), "acme-buyer")
            .await;
        shop.fill(textbox("Client secret").inside(dialog()), "wrong")
            .await;
        shop.click(button("Sign in").inside(dialog())).await;
        shop.sees("Client ID or client secret is wrong.").await;
        sign_in_again(shop, "acme-buyer").await;
        shop.see(role("heading").named("Blue Widget — Large")).await;
        shop.sees("$18.50").await;
    });
}

#[test]
fn a_token_that_runs_out_asks_by_itself_and_the_form_stays() {
    run(Setup::default(), async |shop| {
        shop.api.fill_cart(&[("WIDGET-BLU-L", 10)]).await;
        let wanted = json!({ "clientId": "acme-buyer", "expiresInSeconds": 5 });
        let token = shop.api.token_of(wanted).await;
        shop.open_path(&format!("/checkout#access_token={token}"))
            .await;
        shop.click(role("radio").named("A new address")).await;
        shop.fill(textbox("Street address"), "1 Main Street").await;
        shop.fill(textbox("PO number"), "PO-5").await;
        sign_in_again(shop, "acme-buyer").await;
        shop.has_value(textbox("Street address"), "1 Main Street")
            .await;
        shop.has_value(textbox("PO number"), "PO-5").await;
        shop.is_at("/checkout").await;
    });
}

/// An order that meets a 401 is placed once.
#[test]
fn an_order_that_meets_a_401_is_placed_once_after_signing_in() {
    run(Setup::default(), async |shop| {
        shop.expect_status(401);
        checkout_of_ten(shop).await;
        shop.api.revoke_tokens().await;
        shop.click(button("Place order")).await;
        sign_in_again(shop, "acme-buyer").await;
        shop.see(role("heading").named("Order placed")).await;
        shop.api.the_order().await;
    });
}

/// Another buyer in the dialog sees nothing of the first.
#[test]
fn another_buyer_in_the_dialog_sees_nothing_of_the_first() {
    run(Setup::default(), async |shop| {
        shop.expect_status(401);
        shop.api.fill_cart(&[("WIDGET-BLU-L", 10)]).await;
        shop.open_as_acme("/cart").await;
        shop.has_value(quantity(), "10").await;
        shop.api.revoke_tokens().await;
        shop.fill_and_leave(quantity(), "44").await;
        sign_in_again(shop, "riviera-buyer").await;
        shop.see(role("heading").named("Home")).await;
        shop.see(link("Cart, 0 lines")).await;
        assert_eq!(shop.api.quantity_of("WIDGET-BLU-L").await, 10);
        assert!(shop.api.cart("riviera-buyer", "RIV-002").await.is_null());
        shop.sees_not("Acme Industrial Supply").await;
    });
}

#[test]
fn signing_in_again_in_one_tab_serves_the_other() {
    run(Setup::default(), async |shop| {
        shop.expect_status(401);
        shop.api.fill_cart(&[("WIDGET-BLU-L", 10)]).await;
        shop.open_as_acme("/products/WIDGET-RED-M").await;
        shop.see(link("Cart, 1 line")).await;
        let first = shop.tab().await;
        let second = shop.new_tab("/cart").await;
        shop.has_value(quantity(), "10").await;
        shop.api.revoke_tokens().await;
        shop.fill_and_leave(quantity(), "44").await;
        shop.see(dialog()).await;
        shop.to_tab(&first).await;
        shop.click(button("Add to cart")).await;
        sign_in_again(shop, "acme-buyer").await;
        shop.to_tab(&second).await;
        shop.gone(dialog()).await;
        shop.sees("All changes saved").await;
        shop.until("both changes are on the server", async || {
            shop.api.quantity_of("WIDGET-BLU-L").await == 44
                && shop.api.quantity_of("WIDGET-RED-M").await == 1
        })
        .await;
    });
}
