//! Cards that are saved on the payment provider's own page: there, back, and what became of it.

use nymble_sandbox::Options;
use serde_json::json;
use std::time::Duration;

use crate::{
    accessibility::audit,
    cards::is_nowhere,
    harness::{Setup, Shop, button, link, role, run, textbox},
    payment_methods::{METHODS, globex, method, saved, type_card, with_payments},
};

/// Opens the account of Globex and goes to the provider's page.
async fn go_to_the_secure_page(shop: &Shop) {
    shop.open_as("globex-buyer", "/account").await;
    shop.see(method("Visa ending in 0077")).await;
    shop.gone(button("Add a card")).await;
    shop.click(button("Add a card on the secure page")).await;
    shop.see(role("heading").named("Save a card")).await;
}

async fn type_card_there(shop: &Shop, number: &str) {
    shop.fill(textbox("Card number"), number).await;
    shop.fill(textbox("Expiry (MM/YY)"), "10/30").await;
    shop.fill(textbox("Security code"), "987").await;
    shop.fill(textbox("Name on card"), "Hank Scorpio").await;
}

#[test]
fn a_card_is_saved_on_the_secure_page() {
    run(globex(), async |shop| {
        go_to_the_secure_page(shop).await;
        type_card_there(shop, "4111111111111111").await;
        shop.click(button("Save card")).await;
        shop.see(role("heading").named("Account")).await;
        shop.sees("The card was saved.").await;
        shop.see(method("Visa ending in 1111")).await;
        // Nothing of the return is left in the address or the history.
        shop.is_at("/account").await;
        assert_eq!(shop.stored().await.matches("hosted-payment").count(), 0);
        audit(shop, "payment methods, saved on the secure page").await;
        is_nowhere(shop, &["4111111111111111", "4111 1111", "411111"]).await;
        assert_eq!(saved(shop, "globex-buyer", "GLX-001").await.len(), 2);
        shop.reload().await;
        shop.see(method("Visa ending in 1111")).await;
        shop.sees_not("The card was saved.").await;
    });
}

#[test]
fn a_card_that_is_declined_there_is_not_saved() {
    run(globex(), async |shop| {
        go_to_the_secure_page(shop).await;
        type_card_there(shop, "4000000000000002").await;
        shop.click(button("Save card")).await;
        shop.sees("The card was declined, so it was not saved.")
            .await;
        shop.is_at("/account").await;
        audit(shop, "payment methods, declined").await;
        assert_eq!(saved(shop, "globex-buyer", "GLX-001").await.len(), 1);
    });
}

#[test]
fn whoever_cancels_there_is_back_with_nothing_saved() {
    run(globex(), async |shop| {
        go_to_the_secure_page(shop).await;
        shop.click(button("Cancel")).await;
        shop.sees("You came back without saving a card.").await;
        shop.is_at("/account").await;
        assert_eq!(saved(shop, "globex-buyer", "GLX-001").await.len(), 1);
    });
}

#[test]
fn whoever_steps_back_from_there_can_go_on() {
    run(globex(), async |shop| {
        go_to_the_secure_page(shop).await;
        shop.back().await;
        shop.sees("You left the secure page. No card has been saved there so far.")
            .await;
        shop.click(link("Go on there")).await;
        shop.see(role("heading").named("Save a card")).await;
        type_card_there(shop, "4111111111111111").await;
        shop.click(button("Save card")).await;
        shop.sees("The card was saved.").await;
        shop.see(method("Visa ending in 1111")).await;
        // Another one, given up for good.
        shop.click(button("Add a card on the secure page")).await;
        shop.see(role("heading").named("Save a card")).await;
        shop.back().await;
        shop.click(button("Leave it")).await;
        shop.sees_not("You left the secure page").await;
        shop.reload().await;
        shop.see(method("Visa ending in 1111")).await;
        shop.sees_not("You left the secure page").await;
    });
}

/// A return from the provider's page counts only with the tab's own state.
#[test]
fn a_return_that_this_tab_did_not_begin_is_ignored() {
    run(globex(), async |shop| {
        shop.open_as("globex-buyer", "/account?state=forged&status=Complete")
            .await;
        shop.sees("was not begun in this tab, so it was ignored")
            .await;
        shop.is_at("/account").await;
        // While one is under way the forged return does not pass for it.
        shop.click(button("Add a card on the secure page")).await;
        shop.see(role("heading").named("Save a card")).await;
        shop.open_path("/account?state=forged&status=Complete&transactionSetupId=x")
            .await;
        shop.sees("was not begun in this tab, so it was ignored")
            .await;
        shop.sees_not("The card was saved.").await;
        shop.is_at("/account").await;
        // An id alone is as little believed.
        shop.open_path("/account?transactionSetupId=x&status=Complete")
            .await;
        shop.sees("was not begun in this tab, so it was ignored")
            .await;
        assert_eq!(saved(shop, "globex-buyer", "GLX-001").await.len(), 1);
    });
}

/// The outcome of a visit to the provider's page is the API's word.
#[test]
fn the_outcome_is_the_apis_word_and_not_the_addresss() {
    run(globex(), async |shop| {
        go_to_the_secure_page(shop).await;
        let stored = shop.script("return location.href").await;
        assert!(stored.as_str().unwrap().starts_with(&shop.api.origin()));
        // The right state, and a word that is not true.
        shop.open_path("/account").await;
        shop.sees("You left the secure page").await;
        let state = "return JSON.parse(sessionStorage['nymble.hosted-payment']).state";
        let state = shop.script(state).await;
        let path = format!(
            "/account?state={}&status=Complete&paymentProfileId=pp_forged",
            state.as_str().unwrap()
        );
        shop.open_path(&path).await;
        shop.sees("Checking whether the card was saved").await;
        shop.is_at("/account").await;
        shop.sees_not("The card was saved.").await;
        assert_eq!(saved(shop, "globex-buyer", "GLX-001").await.len(), 1);
    });
}

#[test]
fn a_secure_page_that_was_open_too_long_has_saved_nothing() {
    let setup = Setup {
        sandbox: Options {
            hosted_payment_life: Duration::from_secs(1),
            ..Options::default()
        },
        ..globex()
    };
    run(setup, async |shop| {
        shop.open_as("globex-buyer", "/account").await;
        shop.click(button("Add a card on the secure page")).await;
        shop.until("the page has run out", async || {
            let at = shop.driver.current_url().await.map(|url| url.to_string());
            if at.is_ok_and(|at| at.contains("hosted-payment")) {
                shop.reload().await;
            }
            shop.words_or_nothing()
                .await
                .contains("This page has expired")
        })
        .await;
        shop.expect_status(410);
        shop.back().await;
        shop.sees("The secure page was open for too long, so no card was saved.")
            .await;
    });
}

#[test]
fn a_provider_that_tells_late_is_waited_for() {
    run(globex(), async |shop| {
        go_to_the_secure_page(shop).await;
        type_card_there(shop, "4111111111111111").await;
        shop.api
            .fault(json!({
                "method": "POST", "route": "/api/payments/worldpay/callback",
                "effect": "status", "status": 500, "count": 1,
            }))
            .await;
        shop.click(button("Save card")).await;
        shop.sees("Checking whether the card was saved").await;
        shop.sees("The card was saved.").await;
        shop.see(method("Visa ending in 1111")).await;
    });
}

#[test]
fn an_outcome_that_cannot_be_read_can_be_asked_for_again() {
    run(globex(), async |shop| {
        shop.hurry().await;
        shop.expect_status(500);
        go_to_the_secure_page(shop).await;
        type_card_there(shop, "4111111111111111").await;
        shop.api
            .fault(json!({
                "method": "GET", "route": "/api/payments/worldpay/transaction-setup/{id}",
                "effect": "status", "status": 500,
            }))
            .await;
        shop.click(button("Save card")).await;
        shop.sees("We could not find out yet what became of it.")
            .await;
        audit(shop, "payment methods, unclear").await;
        shop.api.clear_faults().await;
        shop.click(button("Check again")).await;
        shop.sees("The card was saved.").await;
    });
}

#[test]
fn a_session_that_ended_meanwhile_is_renewed_and_the_return_still_counts() {
    run(globex(), async |shop| {
        shop.expect_status(401);
        go_to_the_secure_page(shop).await;
        type_card_there(shop, "4111111111111111").await;
        shop.api.revoke_tokens().await;
        shop.click(button("Save card")).await;
        let dialog = role("dialog").named("Please sign in again");
        shop.see(dialog.clone()).await;
        shop.fill(textbox("Client ID").inside(dialog.clone()), "globex-buyer")
            .await;
        shop.fill(textbox("Client secret").inside(dialog.clone()), "sandbox")
            .await;
        shop.click(button("Sign in").inside(dialog)).await;
        shop.sees("The card was saved.").await;
        shop.see(method("Visa ending in 1111")).await;
    });
}

#[test]
fn a_session_in_memory_signs_in_again_on_return() {
    let mut setup = globex();
    setup.config["session"] = json!({ "storage": "memory" });
    run(setup, async |shop| {
        go_to_the_secure_page(shop).await;
        type_card_there(shop, "4111111111111111").await;
        shop.click(button("Save card")).await;
        shop.see(role("heading").named("Sign in")).await;
        shop.sign_in("globex-buyer", "sandbox").await;
        shop.sees("The card was saved.").await;
        shop.is_at("/account").await;
    });
}

/// The browser goes to no other host than those that are allowed.
#[test]
fn the_browser_goes_to_no_other_host() {
    let mut setup = globex();
    setup.config["checkout"]["hostedPaymentHosts"] = json!(["https://pay.example.com"]);
    run(setup, async |shop| {
        shop.open_as("globex-buyer", "/account").await;
        shop.click(button("Add a card on the secure page")).await;
        shop.sees("and this shop is not set up to send you there. Nothing was charged.")
            .await;
        shop.is_at("/account").await;
        assert!(!shop.stored().await.contains("hosted-payment"));
    });
}

#[test]
fn a_provider_that_asks_for_its_page_gets_the_buyer_there() {
    let setup = Setup {
        config: json!({
            "organizationCode": "globex", "checkout": { "payments": ["saved", "card"] },
        }),
        ..Setup::default()
    };
    run(setup, async |shop| {
        shop.open_as("globex-buyer", "/account").await;
        shop.see(method("Visa ending in 0077")).await;
        shop.click(button("Add a card")).await;
        type_card(shop, "4111111111111111").await;
        shop.click(button("Save card")).await;
        shop.see(role("heading").named("Save a card")).await;
        type_card_there(shop, "5555555555554444").await;
        shop.click(button("Save card")).await;
        shop.sees("The card was saved.").await;
        shop.is_at("/account").await;
        shop.see(method("Mastercard ending in 4444")).await;
        is_nowhere(shop, &["4111111111111111", "4111 1111", "411111"]).await;
        // A page elsewhere is not gone to, whatever the answer says.
        let answer = json!({
            "RequiresRedirect": true, "RedirectUrl": "https://evil.example/pay", "TransactionSetupId": "x",
        });
        shop.api
            .fault(json!({
                "method": "POST", "route": METHODS, "effect": "status", "status": 200,
                "body": answer.to_string(), "contentType": "application/json",
            }))
            .await;
        shop.click(button("Add a card")).await;
        type_card(shop, "4111111111111111").await;
        shop.click(button("Save card")).await;
        shop.sees("The payment page is at https://evil.example")
            .await;
        shop.is_at("/account").await;
    });
}

#[test]
fn both_ways_are_offered_where_both_are_set() {
    run(with_payments(&["saved", "card", "hosted"]), async |shop| {
        shop.open_as_acme("/account").await;
        shop.see(button("Add a card")).await;
        shop.see(button("Add a card on the secure page")).await;
        audit(shop, "payment methods").await;
    });
    run(with_payments(&["saved", "terms"]), async |shop| {
        shop.open_as_acme("/account").await;
        shop.see(method("Visa ending in 4242")).await;
        shop.gone(button("Add a card")).await;
        shop.gone(button("Add a card on the secure page")).await;
    });
}

#[test]
fn an_api_that_does_not_tell_the_outcome_leaves_it_to_the_list() {
    run(globex(), async |shop| {
        shop.expect_status(404);
        go_to_the_secure_page(shop).await;
        type_card_there(shop, "4111111111111111").await;
        shop.api
            .fault(json!({
                "method": "GET", "route": "/api/payments/worldpay/transaction-setup/{id}",
                "effect": "status", "status": 404,
            }))
            .await;
        shop.click(button("Save card")).await;
        shop.sees("We could not find out yet what became of it.")
            .await;
        shop.see(method("Visa ending in 1111")).await;
        shop.reload().await;
        shop.see(method("Visa ending in 1111")).await;
        shop.sees_not("We could not find out yet").await;
    });
}
