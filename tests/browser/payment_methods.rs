//! Saved cards: listed, chosen, removed, and added once, here or on the payment provider's own page.

use serde_json::{Value, json};

use crate::{
    accessibility::audit,
    cards::is_nowhere,
    harness::{Setup, Shop, Target, button, link, role, run, textbox},
};

pub(crate) const METHODS: &str = "/api/payments/payment-methods";

pub(crate) fn with_payments(payments: &[&str]) -> Setup {
    Setup {
        config: json!({ "checkout": { "payments": payments } }),
        ..Setup::default()
    }
}

/// A shop of the organization whose provider has a page of its own.
pub(crate) fn globex() -> Setup {
    Setup {
        config: json!({
            "organizationCode": "globex", "checkout": { "payments": ["saved", "hosted"] },
        }),
        ..Setup::default()
    }
}

pub(crate) fn method(name: &str) -> Target {
    // Notices are list items, too.
    role("listitem").holding(name).inside(role("main"))
}

/// The saved cards of a customer, as the API has them.
pub(crate) async fn saved(shop: &Shop, client_id: &str, customer: &str) -> Vec<Value> {
    let token = shop.api.token(client_id).await;
    let path = format!("/api/payments/profiles/{customer}");
    let list = shop.api.call("GET", &path, &token, &Value::Null).await;
    list.as_array().cloned().unwrap_or_default()
}

async fn of_acme(shop: &Shop) -> Vec<Value> {
    saved(shop, "acme-buyer", "ACME-001").await
}

pub(crate) async fn type_card(shop: &Shop, number: &str) {
    shop.fill(textbox("Card number"), number).await;
    shop.fill(textbox("Name on card"), "Jane Smith").await;
    shop.fill(textbox("Expiry date"), "1030").await;
    shop.fill(textbox("Security code"), "987").await;
}

async fn open_form(shop: &Shop) {
    shop.open_as_acme("/account").await;
    shop.see(method("Visa ending in 4242")).await;
    shop.click(button("Add a card")).await;
    shop.focus_is("textbox “Card number”").await;
}

#[test]
fn are_listed_with_what_is_known_of_them() {
    run(Setup::default(), async |shop| {
        shop.open_as_acme("/account").await;
        shop.see(role("heading").named("Payment methods")).await;
        shop.reads(method("Visa ending in 4242"), "valid to 11/2031")
            .await;
        shop.reads(method("Visa ending in 4242"), "Default").await;
        shop.reads(method("Visa ending in 4242"), "Jane Smith")
            .await;
        shop.reads(method("Mastercard ending in 5454"), "valid to 04/2030")
            .await;
        let words = shop.words_or_nothing().await;
        assert!(!words.contains("Expires soon") && !words.contains("Expired"));
        shop.gone(button("Make default: Visa ending in 4242")).await;
        shop.gone(button("Add a card on the secure page")).await;
    });
}

#[test]
fn that_end_soon_or_have_ended_are_flagged() {
    run(Setup::default(), async |shop| {
        // The sandbox has no such cards, and its clock is this machine's; so the page's time runs ahead.
        shop.shift_time("new Real(2030, 3, 1).getTime() - Real.now()")
            .await;
        let wanted = json!({ "clientId": "acme-buyer", "expiresInSeconds": 3_650 * 86_400 });
        let token = shop.api.token_of(wanted).await;
        shop.open_path(&format!("/account#access_token={token}"))
            .await;
        shop.reads(method("Mastercard ending in 5454"), "Expires soon")
            .await;
        shop.shift_time("new Real(2031, 11, 2).getTime() - Real.now()")
            .await;
        shop.reload().await;
        shop.reads(method("Mastercard ending in 5454"), "Expired")
            .await;
        shop.reads(method("Visa ending in 4242"), "Expired").await;
        audit(shop, "payment methods, expired").await;
    });
}

#[test]
fn another_one_becomes_the_default() {
    run(Setup::default(), async |shop| {
        shop.open_as_acme("/account").await;
        shop.double_click(button("Make default: Mastercard ending in 5454"))
            .await;
        shop.reads(method("Mastercard ending in 5454"), "Default")
            .await;
        shop.see(button("Make default: Visa ending in 4242")).await;
        let list = of_acme(shop).await;
        assert_eq!(list[0]["lastFour"], "5454");
        assert_eq!(list[0]["isDefault"], true);
    });
}

#[test]
fn one_is_removed_when_that_is_confirmed() {
    run(Setup::default(), async |shop| {
        shop.open_as_acme("/account").await;
        shop.click(button("Remove Visa ending in 4242")).await;
        let dialog = role("dialog").named("Remove this card?");
        shop.see(dialog.clone()).await;
        shop.reads(dialog.clone(), "Visa ending in 4242").await;
        audit(shop, "payment methods, remove").await;
        shop.click(button("Keep it")).await;
        shop.gone(dialog.clone()).await;
        shop.focus_is("button “Remove Visa ending in 4242”").await;
        assert_eq!(shop.api.count("DELETE", METHODS).await, 0);
        shop.click(button("Remove Visa ending in 4242")).await;
        shop.double_click(button("Remove card")).await;
        shop.gone(dialog).await;
        shop.gone(method("Visa ending in 4242")).await;
        shop.focus_is("heading “Payment methods”").await;
        // The API chooses the next default.
        shop.reads(method("Mastercard ending in 5454"), "Default")
            .await;
        assert_eq!(of_acme(shop).await.len(), 1);
        assert_eq!(shop.api.count("DELETE", METHODS).await, 1);
        shop.click(button("Remove Mastercard ending in 5454")).await;
        shop.click(button("Remove card")).await;
        shop.sees("There are no saved cards yet.").await;
        audit(shop, "payment methods, none").await;
    });
}

#[test]
fn a_removal_whose_answer_is_lost_is_looked_up() {
    run(Setup::default(), async |shop| {
        shop.expect_console("net::ERR_EMPTY_RESPONSE");
        // Browsers send it again by themselves, and then it has gone already.
        shop.expect_status(404);
        shop.expect_status(500);
        shop.open_as_acme("/account").await;
        shop.see(method("Visa ending in 4242")).await;
        let route = "/api/payments/payment-methods/{id}";
        shop.api
            .fault(json!({ "method": "DELETE", "route": route, "effect": "cut-after", "count": 1 }))
            .await;
        shop.click(button("Remove Visa ending in 4242")).await;
        shop.click(button("Remove card")).await;
        shop.gone(method("Visa ending in 4242")).await;
        shop.gone(role("dialog")).await;
        shop.api
            .fault(json!({ "method": "DELETE", "route": route, "effect": "status", "status": 500 }))
            .await;
        shop.click(button("Remove Mastercard ending in 5454")).await;
        shop.click(button("Remove card")).await;
        shop.reads(role("dialog"), "The server has a problem").await;
        shop.api.clear_faults().await;
        shop.click(button("Remove card")).await;
        shop.sees("There are no saved cards yet.").await;
    });
}

/// A card is saved and found nowhere.
#[test]
fn a_typed_card_is_saved_and_found_nowhere() {
    run(Setup::default(), async |shop| {
        open_form(shop).await;
        audit(shop, "payment methods, form").await;
        type_card(shop, "4111111111111111").await;
        is_stored_nowhere(shop).await;
        shop.click(role("checkbox").named("Make it the default"))
            .await;
        shop.double_click(button("Save card")).await;
        shop.sees("Card ending in 1111 was saved.").await;
        shop.reads(method("Visa ending in 1111"), "Default").await;
        shop.gone(textbox("Card number")).await;
        let list = of_acme(shop).await;
        assert_eq!(list.len(), 3, "{list:#?}");
        assert_eq!(shop.api.count("POST", METHODS).await, 1);
        is_nowhere(shop, &["4111111111111111", "4111 1111", "411111"]).await;
        // Nor in a form that is opened again, left, or returned to.
        shop.click(button("Add a card")).await;
        assert_eq!(shop.value(textbox("Card number")).await, "");
        type_card(shop, "5555555555554444").await;
        shop.click(button("Cancel")).await;
        shop.click(button("Add a card")).await;
        assert_eq!(shop.value(textbox("Card number")).await, "");
        type_card(shop, "5555555555554444").await;
        shop.click(link("Catalog")).await;
        shop.see(role("heading").named("Catalog")).await;
        shop.back().await;
        shop.click(button("Add a card")).await;
        assert_eq!(shop.value(textbox("Card number")).await, "");
        is_nowhere(shop, &["5555555555554444", "5555 5555", "555555"]).await;
    });
}

/// Nothing of a card that stands in the form is in storage, address or console.
async fn is_stored_nowhere(shop: &Shop) {
    let places = [
        shop.stored().await,
        shop.path().await,
        shop.console().await.join("\n"),
    ];
    for place in places {
        for secret in ["4111111111111111", "4111 1111", "987"] {
            assert!(!place.contains(secret), "{secret} in {place}");
        }
    }
}

#[test]
fn what_is_wrong_with_a_typed_card_is_said_and_nothing_is_sent() {
    run(Setup::default(), async |shop| {
        shop.expect_status(400);
        open_form(shop).await;
        shop.click(button("Save card")).await;
        shop.sees("Please correct 4 entries.").await;
        shop.focus_is("textbox “Card number”").await;
        audit(shop, "payment methods, wrong fields").await;
        assert_eq!(shop.api.count("POST", METHODS).await, 0);
        type_card(shop, "4000000000000002").await;
        shop.click(button("Save card")).await;
        shop.sees("The card was declined.").await;
        assert_eq!(
            shop.value(textbox("Card number")).await,
            "4000 0000 0000 0002"
        );
        assert_eq!(shop.value(textbox("Security code")).await, "");
        type_card(shop, "5555555555554444").await;
        shop.click(button("Save card")).await;
        shop.see(method("Mastercard ending in 4444")).await;
        assert_eq!(of_acme(shop).await.len(), 3);
    });
}

/// A card is saved once, whatever is lost.
#[test]
fn a_card_whose_answer_is_lost_is_there_once() {
    run(Setup::default(), async |shop| {
        shop.expect_console("net::ERR_EMPTY_RESPONSE");
        open_form(shop).await;
        type_card(shop, "4111111111111111").await;
        shop.api
            .fault(json!({ "method": "POST", "route": METHODS, "effect": "cut-after", "count": 1 }))
            .await;
        shop.click(button("Save card")).await;
        shop.sees("Card ending in 1111 was saved.").await;
        shop.see(method("Visa ending in 1111")).await;
        let list = of_acme(shop).await;
        assert_eq!(list.len(), 3, "{list:#?}");
    });
}

/// A card is saved once: when nothing can be found out, it is not sent again.
#[test]
fn when_nothing_can_be_found_out_the_card_is_not_sent_again() {
    run(Setup::default(), async |shop| {
        shop.expect_status(403);
        open_form(shop).await;
        type_card(shop, "4111111111111111").await;
        shop.api
            .fault(json!({ "method": "POST", "route": METHODS, "effect": "empty", "count": 1 }))
            .await;
        // The list is read once before the card is sent.
        shop.api
            .fault(json!({
                "method": "GET", "route": "/api/payments/profiles/{n}",
                "effect": "status", "status": 403, "skip": 1,
            }))
            .await;
        shop.click(button("Save card")).await;
        shop.sees("We could not find out yet whether the card was saved.")
            .await;
        audit(shop, "payment methods, doubt").await;
        shop.click(button("Check again")).await;
        shop.sees("We could not find out yet whether the card was saved.")
            .await;
        shop.api.clear_faults().await;
        shop.click(button("Check again")).await;
        shop.see(method("Visa ending in 1111")).await;
        assert_eq!(shop.api.count("POST", METHODS).await, 1);
        let list = of_acme(shop).await;
        assert_eq!(list.len(), 3, "{list:#?}");
    });
}

#[test]
fn a_card_that_meets_a_401_is_saved_once_after_signing_in() {
    run(Setup::default(), async |shop| {
        shop.expect_status(401);
        open_form(shop).await;
        type_card(shop, "4111111111111111").await;
        shop.api.revoke_tokens().await;
        shop.click(button("Save card")).await;
        let dialog = role("dialog").named("Please sign in again");
        shop.see(dialog.clone()).await;
        shop.click(button("Not now")).await;
        shop.sees("You are signed out.").await;
        assert_eq!(
            shop.value(textbox("Card number")).await,
            "4111 1111 1111 1111"
        );
        shop.fill(textbox("Security code"), "987").await;
        shop.click(button("Save card")).await;
        shop.see(dialog.clone()).await;
        shop.fill(textbox("Client ID").inside(dialog.clone()), "acme-buyer")
            .await;
        shop.fill(textbox("Client secret").inside(dialog.clone()), "sandbox")
            .await;
        shop.click(button("Sign in").inside(dialog)).await;
        shop.see(method("Visa ending in 1111")).await;
        assert_eq!(of_acme(shop).await.len(), 3);
    });
}

#[test]
fn a_list_that_cannot_be_read_says_so_and_the_rest_works() {
    run(Setup::default(), async |shop| {
        shop.hurry().await;
        shop.expect_status(500);
        shop.expect_status(404);
        let fault = |status: u16| {
            json!({
                "method": "GET", "route": "/api/payments/profiles/{n}", "effect": "status", "status": status,
            })
        };
        shop.api.fault(fault(500)).await;
        shop.open_as_acme("/account").await;
        shop.sees("The server has a problem").await;
        shop.sees("8800 Burleson Road").await;
        audit(shop, "payment methods, error").await;
        shop.api.clear_faults().await;
        shop.click(button("Try again")).await;
        shop.see(method("Visa ending in 4242")).await;
        shop.api.fault(fault(404)).await;
        shop.reload().await;
        shop.sees("Your supplier does not offer this here.").await;
        shop.sees("8800 Burleson Road").await;
        audit(shop, "payment methods, not offered").await;
    });
}

#[test]
fn by_keyboard_alone() {
    run(Setup::default(), async |shop| {
        shop.open_as_acme("/account").await;
        shop.see(method("Visa ending in 4242")).await;
        let enter = thirtyfour::Key::Enter;
        shop.tab_to("button “Make default: Mastercard ending in 5454”")
            .await;
        shop.press(enter.clone()).await;
        shop.reads(method("Mastercard ending in 5454"), "Default")
            .await;
        shop.tab_to("button “Add a card”").await;
        shop.press(enter.clone()).await;
        shop.focus_is("textbox “Card number”").await;
        for (field, text) in [
            ("Card number", "4111111111111111"),
            ("Name on card", "Jane Smith"),
            ("Expiry date", "1030"),
            ("Security code", "987"),
        ] {
            shop.focus_is(&format!("textbox “{field}”")).await;
            shop.type_text(text).await;
            shop.press(thirtyfour::Key::Tab).await;
        }
        shop.tab_to("button “Save card”").await;
        shop.press(enter.clone()).await;
        shop.see(method("Visa ending in 1111")).await;
        shop.focus_is("heading “Payment methods”").await;
        shop.tab_to("button “Remove Visa ending in 1111”").await;
        shop.press(enter.clone()).await;
        shop.see(role("dialog").named("Remove this card?")).await;
        shop.press(thirtyfour::Key::Escape).await;
        shop.gone(role("dialog")).await;
        shop.focus_is("button “Remove Visa ending in 1111”").await;
        shop.press(enter.clone()).await;
        shop.tab_to("button “Remove card”").await;
        shop.press(enter).await;
        shop.gone(method("Visa ending in 1111")).await;
        shop.focus_is("heading “Payment methods”").await;
    });
}

#[test]
fn a_card_that_was_saved_several_times_while_the_list_failed_is_there_once_in_the_end() {
    run(Setup::default(), async |shop| {
        shop.expect_status(403);
        open_form(shop).await;
        type_card(shop, "4111111111111111").await;
        let profiles = "/api/payments/profiles/{n}";
        shop.api
            .fault(json!({
                "method": "GET", "route": profiles, "effect": "status", "status": 403, "skip": 1,
            }))
            .await;
        // What a browser does by itself when a connection turns out to be closed, made certain.
        let twice = format!(
            "const original = window.fetch.bind(window); \
             window.fetch = async (request, ...rest) => {{ \
               if (request.method === 'POST' && String(request.url).endsWith('{METHODS}')) \
                 await original(request.clone(), ...rest); \
               return original(request, ...rest); \
             }}"
        );
        shop.script(&twice).await;
        shop.click(button("Save card")).await;
        shop.sees("Card ending in 1111 was saved.").await;
        assert_eq!(shop.api.count("POST", METHODS).await, 2);
        shop.api.clear_faults().await;
        assert_eq!(of_acme(shop).await.len(), 4);
        shop.sees("Your supplier does not offer this here.").await;
        shop.click(button("Add a card")).await;
        type_card(shop, "5555555555554444").await;
        shop.click(button("Save card")).await;
        shop.see(method("Mastercard ending in 4444")).await;
        shop.see(method("Visa ending in 1111")).await;
        let list = of_acme(shop).await;
        assert_eq!(list.len(), 4, "{list:#?}");
    });
}
