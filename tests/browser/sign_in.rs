//! Signing in and out, and where that leads.

use serde_json::json;

use crate::harness::{Setup, button, link, role, run, textbox};

const LOGIN: &str = "/api/auth/login";

#[test]
fn wrong_credentials_are_said_so() {
    run(Setup::default(), async |shop| {
        shop.expect_status(401);
        shop.open_path("/sign-in").await;
        shop.click(button("Sign in")).await;
        shop.sees("Please fill this in.").await;
        shop.focus_is("textbox “Client ID”").await;
        assert_eq!(shop.api.count("POST", LOGIN).await, 0);
        for (client_id, secret) in [("acme-buyer", "sandbox "), ("nobody", "sandbox")] {
            shop.sign_in(client_id, secret).await;
            shop.sees("Client ID or client secret is wrong.").await;
            shop.focus_is("textbox “Client secret”").await;
        }
        shop.sign_in("acme-buyer", "sandbox").await;
        shop.see(role("heading").named("Home")).await;
        assert!(
            !shop.stored().await.contains("sandbox"),
            "the secret is kept"
        );
    });
}

/// Fills fields as some password managers do: without a word to the page.
const FILL: &str =
    "for (const [id, text] of Object.entries(FIELDS)) document.getElementById(id).value = text";

/// A form sends what stands in its fields, also what a password manager filled in without a word.
#[test]
fn what_is_filled_in_without_a_word_counts() {
    run(Setup::default(), async |shop| {
        shop.expect_status(401);
        let fill = async |fields: &str| {
            shop.script(&FILL.replace("FIELDS", fields)).await;
        };
        shop.open_path("/sign-in?to=%2Flists").await;
        shop.see(button("Sign in")).await;
        fill("{ 'client-id': 'acme-buyer', 'client-secret': 'sandbox' }").await;
        shop.click(button("Sign in")).await;
        shop.see(role("heading").named("Lists")).await;
        // A form of the shop itself.
        shop.see(textbox("New list")).await;
        fill("{ 'new-list': 'Weekly' }").await;
        shop.click(button("Create list")).await;
        shop.see(role("heading").named("Weekly")).await;
        // The dialog.
        shop.api.revoke_tokens().await;
        shop.click(link("Invoices")).await;
        shop.see(textbox("Client secret")).await;
        fill("{ 'dialog-client-id': 'acme-buyer', 'dialog-client-secret': 'sandbox' }").await;
        shop.click(button("Sign in")).await;
        shop.gone(textbox("Client secret")).await;
        shop.see(role("heading").named("Invoices")).await;
    });
}

#[test]
fn a_client_of_another_organization_is_refused() {
    run(Setup::default(), async |shop| {
        shop.expect_status(401);
        shop.open_path("/sign-in").await;
        shop.sign_in("globex-buyer", "sandbox").await;
        shop.sees("Client ID or client secret is wrong.").await;
    });
}

#[test]
fn a_deactivated_account_learns_why() {
    run(Setup::default(), async |shop| {
        shop.expect_status(401);
        shop.open_path("/sign-in").await;
        shop.sign_in("dormant-buyer", "sandbox").await;
        shop.sees("This account cannot sign in:").await;
        shop.sees("deactivated").await;
    });
}

#[test]
fn too_many_attempts_count_down() {
    run(Setup::default(), async |shop| {
        shop.expect_status(429);
        shop.api
            .fault(json!({
                "method": "POST", "route": LOGIN, "count": 1, "effect": "status", "status": 429,
                "retryAfter": 3,
            }))
            .await;
        shop.open_path("/sign-in").await;
        shop.sign_in("acme-buyer", "sandbox").await;
        shop.sees("Too many attempts. Try again in 3 seconds.")
            .await;
        shop.click(button("Sign in")).await;
        shop.sees("Try again in 1 second.").await;
        shop.sees_not("Too many attempts.").await;
        assert_eq!(shop.api.count("POST", LOGIN).await, 1);
        shop.click(button("Sign in")).await;
        shop.see(role("heading").named("Home")).await;
    });
}

#[test]
fn the_eleventh_attempt_in_a_minute_waits() {
    run(Setup::default(), async |shop| {
        shop.expect_status(401);
        shop.expect_status(429);
        for _ in 0..10 {
            shop.api
                .try_login(&json!({
                    "OrgCode": "acme-dist", "ClientId": "acme-buyer", "ClientSecret": "wrong",
                }))
                .await;
        }
        shop.open_path("/sign-in").await;
        shop.sign_in("acme-buyer", "sandbox").await;
        shop.sees("Too many attempts. Try again in ").await;
    });
}

/// A token in the fragment is taken and removed.
#[test]
fn a_token_in_the_fragment_is_taken_and_removed() {
    run(Setup::default(), async |shop| {
        let token = shop.api.token("acme-buyer").await;
        shop.open_path(&format!(
            "/products/WIDGET-BLU-L?x=1#access_token={token}&token_type=Bearer"
        ))
        .await;
        shop.see(role("heading").named("Blue Widget — Large")).await;
        shop.is_at("/products/WIDGET-BLU-L?x=1").await;
        let page = shop.driver.source().await.unwrap();
        assert!(!page.contains(&token));
        shop.reload().await;
        shop.see(role("heading").named("Blue Widget — Large")).await;
        shop.is_at("/products/WIDGET-BLU-L?x=1").await;
    });
}

#[test]
fn a_bad_token_in_the_fragment_leads_to_the_form() {
    run(Setup::default(), async |shop| {
        let expired = json!({ "clientId": "acme-buyer", "expiresInSeconds": -5 });
        let expired = shop.api.token_of(expired).await;
        for token in ["abc", "a.b.c", &expired] {
            shop.open_path(&format!("/cart#access_token={token}")).await;
            shop.see(role("heading").named("Sign in")).await;
            shop.sees("The sign-in that was handed over is not valid or has run out.")
                .await;
            shop.is_at("/sign-in?to=%2Fcart").await;
            shop.open_path("/sign-in").await;
            shop.sees_not("handed over").await;
        }
    });
}

#[test]
fn an_access_token_that_is_no_jwt_is_explained() {
    run(Setup::default(), async |shop| {
        let answer =
            json!({ "AccessToken": "static-key-1", "TokenType": "api-key", "ExpiresIn": 1 });
        shop.api
            .fault(json!({
                "method": "POST", "route": LOGIN, "count": 1, "effect": "status", "status": 200,
                "body": answer.to_string(), "contentType": "application/json",
            }))
            .await;
        shop.open_path("/sign-in").await;
        shop.sign_in("acme-buyer", "sandbox").await;
        shop.sees("The server’s answer does not say who you are")
            .await;
        shop.sign_in("acme-buyer", "sandbox").await;
        shop.see(role("heading").named("Home")).await;
    });
}

#[test]
fn without_a_customer_number_one_may_look_but_not_order() {
    run(Setup::default(), async |shop| {
        let wanted = json!({ "clientId": "acme-buyer", "omit": ["CustomerNumber"] });
        let token = shop.api.token_of(wanted).await;
        let sentence = "This sign-in is not linked to a customer account, so it cannot order.";
        shop.open_path(&format!("/products/WIDGET-BLU-L#access_token={token}"))
            .await;
        shop.see(role("heading").named("Blue Widget — Large")).await;
        shop.sees(sentence).await;
        let disabled = shop.property(button("Add to cart"), "disabled").await;
        assert_eq!(disabled, json!(""));
        for path in ["/cart", "/checkout"] {
            shop.open_path(path).await;
            shop.sees(sentence).await;
        }
        shop.open_path("/catalog?q=WIDGET-BLU-L").await;
        shop.see(link("Blue Widget — Large")).await;
        assert_eq!(shop.api.count("POST", "/api/carts").await, 0);
    });
}

/// Signing out is signing out in every tab.
#[test]
fn signing_out_is_signing_out_in_every_tab() {
    run(Setup::default(), async |shop| {
        shop.open_as_acme("/cart").await;
        let first = shop.tab().await;
        let second = shop.new_tab("/products/WIDGET-BLU-L").await;
        // The second tab has its session from the first.
        shop.see(role("heading").named("Blue Widget — Large")).await;
        shop.click(button("Sign out")).await;
        for tab in [&second, &first] {
            shop.to_tab(tab).await;
            shop.see(role("heading").named("Sign in")).await;
            assert!(!shop.stored().await.contains("eyJ"), "a token is left");
        }
        shop.back().await;
        shop.see(role("heading").named("Sign in")).await;
    });
}

#[test]
fn a_deep_link_leads_there_after_signing_in() {
    run(Setup::default(), async |shop| {
        shop.open_path("/products/A%2FB%20100%25?from=mail").await;
        shop.see(role("heading").named("Sign in")).await;
        shop.sign_in("acme-buyer", "sandbox").await;
        shop.see(role("heading").named("Cleaning Wipes A/B, 100 % cotton"))
            .await;
        shop.is_at("/products/A%2FB%20100%25?from=mail").await;
    });
}

/// No sign-in leads to another site.
#[test]
fn no_link_leads_to_another_site() {
    run(Setup::default(), async |shop| {
        shop.open_path("/sign-in?to=//evil.example").await;
        shop.sign_in("acme-buyer", "sandbox").await;
        shop.see(role("heading").named("Home")).await;
        shop.is_at("/").await;
        for target in [
            "%2F%2Fevil.example",
            "https:%2F%2Fevil.example",
            "%2F%5Cevil.example",
            "javascript:alert(1)",
            "%2F%09%2Fevil.example",
        ] {
            shop.open_path(&format!("/sign-in?to={target}")).await;
            shop.see(role("heading").named("Home")).await;
            shop.is_at("/").await;
        }
    });
}

#[test]
fn the_secret_can_be_shown() {
    run(Setup::default(), async |shop| {
        shop.open_path("/sign-in").await;
        shop.fill(textbox("Client secret"), "sand").await;
        assert_eq!(
            shop.property(textbox("Client secret"), "type").await,
            "password"
        );
        shop.click(role("checkbox").named("Show the secret")).await;
        assert_eq!(
            shop.property(textbox("Client secret"), "type").await,
            "text"
        );
    });
}
