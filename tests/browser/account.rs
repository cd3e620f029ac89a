//! The account: what is known, what may be changed, and that no change gets lost.

use nymble_sandbox::Options;
use serde_json::{Value, json};

use crate::{
    accessibility::audit,
    harness::{Setup, Shop, Target, button, link, role, run, textbox},
};

const CUSTOMER: &str = "/api/customers/ACME-001";
const ROUTE: &str = "/api/customers/{customerNumber}";

pub(crate) fn entry(text: &str) -> Target {
    // Notices are list items, too.
    role("listitem").holding(text).inside(role("main"))
}

/// The customer as the API has it.
pub(crate) async fn acme(shop: &Shop) -> Value {
    let token = shop.api.token("acme-buyer").await;
    shop.api.call("GET", CUSTOMER, &token, &Value::Null).await
}

/// Changes the customer, as somebody else might meanwhile.
async fn meanwhile(shop: &Shop, changes: &Value) {
    let token = shop.api.token("acme-buyer").await;
    shop.api.call("PUT", CUSTOMER, &token, changes).await;
}

async fn lines(shop: &Shop) -> Vec<String> {
    let customer = acme(shop).await;
    let addresses = customer["addresses"].as_array().cloned();
    let line = |address: &Value| address["line1"].as_str().unwrap_or_default().to_owned();
    addresses.unwrap_or_default().iter().map(line).collect()
}

pub(crate) async fn open(shop: &Shop) {
    shop.open_as_acme("/account").await;
    shop.see(entry("8800 Burleson Road")).await;
}

pub(crate) async fn type_address(shop: &Shop, line1: &str) {
    shop.fill(textbox("Street address"), line1).await;
    shop.fill(textbox("City"), "Houston").await;
    shop.fill(textbox("State"), "tx").await;
    shop.fill(textbox("Postal code"), "77001").await;
}

async fn sign_in_again(shop: &Shop) {
    let dialog = role("dialog").named("Please sign in again");
    shop.see(dialog.clone()).await;
    shop.fill(textbox("Client ID").inside(dialog.clone()), "acme-buyer")
        .await;
    shop.fill(textbox("Client secret").inside(dialog.clone()), "sandbox")
        .await;
    shop.click(button("Sign in").inside(dialog.clone())).await;
    shop.gone(dialog).await;
}

#[test]
fn says_what_is_known_and_whom_to_ask() {
    let setup = Setup {
        sandbox: Options {
            orders: 60,
            ..Options::default()
        },
        ..Setup::default()
    };
    run(setup, async |shop| {
        open(shop).await;
        shop.see(role("heading").named("Account")).await;
        for words in [
            "Acme Industrial Supply",
            "ACME-001",
            "Wholesale",
            "NET30",
            "USD",
            "Your supplier changes this: company name, price tier, terms and currency.",
            "SR-019",
        ] {
            shop.sees(words).await;
        }
        let mail = link("orders@acme-industrial.example");
        let href = shop.property(mail, "href").await;
        assert_eq!(href, "mailto:orders@acme-industrial.example");
        // The newest order names the rep.
        let ask = role("link").beginning("Ask ");
        shop.see(ask.clone()).await;
        let href = shop.property(ask, "href").await;
        assert!(href.as_str().unwrap().starts_with("mailto:"), "{href}");
        shop.see(role("heading").named("Sales representative"))
            .await;
        let phones = shop
            .script("return [...document.querySelectorAll('a[href^=\"tel:\"]')].length")
            .await;
        assert!(phones.as_u64().unwrap() >= 5, "{phones}");
        audit(shop, "account").await;
    });
}

#[test]
fn does_without_a_rep_whose_name_is_not_known() {
    run(Setup::default(), async |shop| {
        shop.expect_status(500);
        open(shop).await;
        shop.see(role("heading").named("Sales representative"))
            .await;
        shop.sees("SR-019").await;
        shop.gone(role("link").beginning("Ask ")).await;
        shop.api
            .fault(json!({ "method": "GET", "route": "/api/orders", "effect": "status", "status": 500 }))
            .await;
        shop.reload().await;
        shop.see(entry("8800 Burleson Road")).await;
        shop.sees_not("The server has a problem").await;
    });
}

#[test]
fn the_companys_own_details_are_changed_and_nothing_else_is_sent() {
    run(Setup::default(), async |shop| {
        shop.hurry().await;
        shop.expect_status(403);
        shop.expect_status(500);
        open(shop).await;
        shop.click(button("Edit e-mail, phone and fax")).await;
        shop.focus_is("textbox “E-mail”").await;
        shop.fill(textbox("E-mail"), "no address").await;
        shop.fill(textbox("Phone"), "call me").await;
        shop.click(button("Save")).await;
        shop.sees("This is not an e-mail address.").await;
        shop.sees("This is not a phone number.").await;
        shop.focus_is("textbox “E-mail”").await;
        audit(shop, "account, company, wrong fields").await;
        shop.fill(textbox("E-mail"), "buying@acme-industrial.example")
            .await;
        shop.fill(textbox("Phone"), "555-800-1000").await;
        // A refusal that names the field, and a failure: what was typed stays.
        let body = json!({
            "title": "Forbidden", "status": 403,
            "errors": [{ "name": "companyEmail", "reason": "'companyEmail' can only be changed by an administrator." }],
        });
        shop.api
            .fault(json!({
                "method": "PUT", "route": ROUTE, "effect": "status", "status": 403,
                "body": body.to_string(), "contentType": "application/problem+json", "count": 1,
            }))
            .await;
        shop.click(button("Save")).await;
        shop.sees("Only your supplier can change this (companyEmail). Nothing was changed.")
            .await;
        audit(shop, "account, company, refused").await;
        shop.api
            .fault(json!({
                "method": "PUT", "route": ROUTE, "effect": "status", "status": 500, "count": 3,
            }))
            .await;
        shop.click(button("Save")).await;
        shop.sees("The server has a problem").await;
        shop.has_value(textbox("E-mail"), "buying@acme-industrial.example")
            .await;
        // Somebody else changes the phone in the meantime: it is not part of this change.
        meanwhile(shop, &json!({ "companyPhone": "555-999-0000" })).await;
        shop.double_click(button("Save")).await;
        shop.sees("Saved: Company").await;
        shop.see(link("buying@acme-industrial.example")).await;
        shop.see(link("555-999-0000")).await;
        shop.focus_is("button “Edit e-mail, phone and fax”").await;
        let customer = acme(shop).await;
        assert_eq!(customer["companyEmail"], "buying@acme-industrial.example");
        assert_eq!(customer["companyPhone"], "555-999-0000");
        // The fax goes.
        shop.click(button("Edit e-mail, phone and fax")).await;
        shop.fill(textbox("Fax"), "").await;
        shop.click(button("Save")).await;
        shop.see(button("Edit e-mail, phone and fax")).await;
        assert_eq!(acme(shop).await["companyFax"], Value::Null);
    });
}

#[test]
fn an_address_is_added_changed_chosen_removed_and_brought_back() {
    run(Setup::default(), async |shop| {
        open(shop).await;
        shop.click(button("Add an address")).await;
        shop.focus_is("combobox “Country”").await;
        audit(shop, "account, new address").await;
        shop.click(button("Save address")).await;
        shop.sees("Please correct 4 entries.").await;
        audit(shop, "account, address, wrong fields").await;
        type_address(shop, "1 Main Street").await;
        shop.click(role("radio").named("Billing")).await;
        shop.double_click(button("Save address")).await;
        shop.reads(entry("1 Main Street, Houston, TX"), "Billing")
            .await;
        shop.focus_is("heading “Addresses”").await;
        let customer = acme(shop).await;
        let added = &customer["addresses"][3];
        assert_eq!(added["addressType"], "Billing");
        assert_eq!(added["state"], "TX");
        assert_eq!(
            added["isPrimary"], false,
            "there is a primary one for bills"
        );
        // Changed: everything else about it, and about the others, stays.
        shop.click(button(
            "Edit 8800 Burleson Road, Warehouse 3, Dock B, Austin, TX, 78744, United States",
        ))
        .await;
        shop.has_value(textbox("Street address"), "8800 Burleson Road")
            .await;
        shop.has_value(
            textbox("Suite, unit, floor (optional)"),
            "Warehouse 3, Dock B",
        )
        .await;
        shop.fill(textbox("Suite, unit, floor (optional)"), "Dock C")
            .await;
        shop.click(button("Save address")).await;
        shop.see(entry("8800 Burleson Road, Dock C")).await;
        let mut now = acme(shop).await["addresses"].clone();
        let mut before = customer["addresses"].clone();
        before[1]["line2"] = json!("Dock C");
        assert_eq!(now, before);
        // Chosen.
        let chosen = role("button").beginning("Make primary: 8800 Burleson Road");
        shop.click(chosen.clone()).await;
        shop.reads(entry("8800 Burleson Road"), "Primary").await;
        shop.gone(chosen).await;
        now = acme(shop).await["addresses"].clone();
        before[0]["isPrimary"] = json!(false);
        before[1]["isPrimary"] = json!(true);
        assert_eq!(now, before);
        // Removed, and brought back in its place.
        shop.double_click(role("button").beginning("Remove 8800 Burleson Road"))
            .await;
        shop.gone(role("button").beginning("Edit 8800 Burleson Road"))
            .await;
        shop.see(button("Undo")).await;
        shop.until("it has gone", async || lines(shop).await.len() == 3)
            .await;
        audit(shop, "account, removed").await;
        shop.click(button("Undo")).await;
        shop.see(role("button").beginning("Edit 8800 Burleson Road"))
            .await;
        assert_eq!(acme(shop).await["addresses"], before);
    });
}

#[test]
fn what_was_removed_can_be_brought_back_from_another_screen() {
    run(Setup::default(), async |shop| {
        open(shop).await;
        let before = acme(shop).await["addresses"].clone();
        shop.click(role("button").beginning("Remove 8800 Burleson Road"))
            .await;
        shop.see(button("Undo")).await;
        shop.click(link("Catalog")).await;
        shop.see(role("heading").named("Catalog")).await;
        shop.click(button("Undo")).await;
        shop.until("it is back", async || {
            acme(shop).await["addresses"] == before
        })
        .await;
    });
}

/// Edits of the account from two tabs are both kept.
#[test]
fn edits_from_two_tabs_are_both_kept() {
    run(Setup::default(), async |shop| {
        open(shop).await;
        let first = shop.tab().await;
        shop.click(role("button").beginning("Edit 8800 Burleson Road"))
            .await;
        shop.fill(textbox("Suite, unit, floor (optional)"), "Dock C")
            .await;
        // Meanwhile in another tab: a new address, and the first one changed.
        let second = shop.new_tab("/account").await;
        shop.see(entry("8800 Burleson Road")).await;
        shop.click(button("Add an address")).await;
        type_address(shop, "1 Main Street").await;
        shop.click(button("Save address")).await;
        shop.see(entry("1 Main Street")).await;
        shop.click(button("Edit Ms. Jane Smith")).await;
        shop.fill(textbox("Role"), "Head of purchasing").await;
        shop.to_tab(&first).await;
        shop.click(button("Save address")).await;
        shop.see(entry("Dock C")).await;
        shop.see(entry("1 Main Street")).await;
        shop.to_tab(&second).await;
        shop.click(button("Save contact")).await;
        shop.see(entry("Head of purchasing")).await;
        // And at the very same moment: a slow write of the one does not undo the other's.
        shop.api
            .fault(json!({ "method": "PUT", "route": ROUTE, "effect": "delay", "delayMs": 1500 }))
            .await;
        shop.click(role("button").beginning("Remove 1 Main Street"))
            .await;
        shop.to_tab(&first).await;
        shop.click(role("button").beginning("Make primary: 8800 Burleson Road"))
            .await;
        shop.reads(entry("8800 Burleson Road"), "Primary").await;
        let customer = acme(shop).await;
        let addresses = customer["addresses"].as_array().unwrap();
        assert_eq!(addresses.len(), 3, "{addresses:#?}");
        assert_eq!(addresses[1]["line2"], "Dock C");
        assert_eq!(addresses[1]["isPrimary"], true);
        assert_eq!(customer["contacts"][0]["contactType"], "Head of purchasing");
    });
}

/// Nothing typed into the account is lost when somebody else edits it.
#[test]
fn an_address_that_somebody_else_rewrote_or_removed_is_not_lost() {
    run(Setup::default(), async |shop| {
        open(shop).await;
        shop.click(role("button").beginning("Edit 8800 Burleson Road"))
            .await;
        shop.fill(textbox("Suite, unit, floor (optional)"), "Dock C")
            .await;
        let mut addresses = acme(shop).await["addresses"].clone();
        addresses[1]["line2"] = json!("Dock Z");
        meanwhile(shop, &json!({ "addresses": addresses })).await;
        shop.click(button("Save address")).await;
        shop.sees("It now reads: 8800 Burleson Road, Dock Z, Austin")
            .await;
        audit(shop, "account, changed meanwhile").await;
        shop.has_value(textbox("Suite, unit, floor (optional)"), "Dock C")
            .await;
        assert_eq!(acme(shop).await["addresses"], addresses);
        shop.click(button("Save address")).await;
        shop.see(entry("8800 Burleson Road, Dock C")).await;
        // Removed meanwhile.
        shop.click(role("button").beginning("Edit 8800 Burleson Road"))
            .await;
        shop.fill(textbox("Suite, unit, floor (optional)"), "Dock D")
            .await;
        let mut addresses = acme(shop).await["addresses"].clone();
        addresses.as_array_mut().unwrap().remove(1);
        meanwhile(shop, &json!({ "addresses": addresses })).await;
        shop.click(button("Save address")).await;
        shop.sees("save again to add it anew").await;
        shop.has_value(textbox("Suite, unit, floor (optional)"), "Dock D")
            .await;
        shop.click(button("Save address")).await;
        shop.see(entry("8800 Burleson Road, Dock D")).await;
        assert_eq!(lines(shop).await.len(), 3);
    });
}

/// Nothing typed into the account is lost when the change fails.
#[test]
fn a_change_that_fails_or_meets_a_401_keeps_what_was_typed() {
    run(Setup::default(), async |shop| {
        shop.hurry().await;
        shop.expect_status(401);
        shop.expect_status(403);
        shop.expect_status(500);
        shop.expect_console("net::ERR_EMPTY_RESPONSE");
        open(shop).await;
        shop.click(button("Add an address")).await;
        type_address(shop, "1 Main Street").await;
        let fault = |status: u16, count: u32| json!({ "method": "PUT", "route": ROUTE, "effect": "status", "status": status, "count": count });
        shop.api.fault(fault(500, 3)).await;
        shop.click(button("Save address")).await;
        shop.sees("The server has a problem").await;
        audit(shop, "account, address, error").await;
        shop.api.fault(fault(403, 1)).await;
        shop.click(button("Save address")).await;
        shop.sees("Nothing was changed.").await;
        shop.api.revoke_tokens().await;
        shop.click(button("Save address")).await;
        shop.see(role("dialog").named("Please sign in again")).await;
        shop.click(button("Not now")).await;
        shop.sees("You are signed out.").await;
        shop.has_value(textbox("Street address"), "1 Main Street")
            .await;
        shop.click(button("Save address")).await;
        sign_in_again(shop).await;
        shop.see(entry("1 Main Street")).await;
        assert_eq!(lines(shop).await.len(), 4);
        // A lost answer is sent again by itself, and changes nothing the second time.
        shop.api
            .fault(json!({ "method": "PUT", "route": ROUTE, "effect": "cut-after", "count": 1 }))
            .await;
        shop.click(button("Add an address")).await;
        type_address(shop, "2 Main Street").await;
        shop.click(button("Save address")).await;
        shop.see(entry("2 Main Street")).await;
        assert_eq!(lines(shop).await.len(), 5);
        // A removal that fails says so; the entry stays.
        shop.api.fault(fault(403, 1)).await;
        shop.click(role("button").beginning("Remove 2 Main Street"))
            .await;
        shop.sees("2 Main Street, Houston, TX, 77001, United States: not changed.")
            .await;
        assert_eq!(lines(shop).await.len(), 5);
    });
}

#[test]
fn what_cannot_be_read_says_so_and_the_rest_works() {
    run(Setup::default(), async |shop| {
        shop.hurry().await;
        shop.expect_status(500);
        shop.expect_status(403);
        let fault = |status: u16| json!({ "method": "GET", "route": ROUTE, "effect": "status", "status": status });
        shop.api.fault(fault(500)).await;
        shop.open_as_acme("/account").await;
        shop.sees("The server has a problem").await;
        shop.see(entry("Visa ending in 4242")).await;
        audit(shop, "account, error").await;
        shop.api.clear_faults().await;
        shop.click(button("Try again")).await;
        shop.see(entry("8800 Burleson Road")).await;
        shop.api.fault(fault(403)).await;
        shop.reload().await;
        shop.sees("Your supplier does not offer this here.").await;
        shop.see(entry("Visa ending in 4242")).await;
    });
}

#[test]
fn a_sales_rep_without_a_customer_is_led_to_the_customers() {
    run(Setup::default(), async |shop| {
        shop.open_as("acme-rep", "/account").await;
        shop.see(role("heading").named("Customers")).await;
        shop.is_under("/customers").await;
    });
}

#[test]
fn in_german() {
    let setup = Setup {
        config: json!({ "locale": "de-DE" }),
        ..Setup::default()
    };
    run(setup, async |shop| {
        let token = shop.api.token("acme-buyer").await;
        shop.open_path(&format!("/account#access_token={token}"))
            .await;
        shop.see(role("heading").named("Konto")).await;
        shop.see(role("heading").named("Zahlungsarten")).await;
        shop.reads(entry("Visa mit Endziffern 4242"), "Standard")
            .await;
        shop.click(button("Adresse hinzufügen")).await;
        shop.click(button("Adresse speichern")).await;
        shop.sees("Bitte").await;
        audit(shop, "account, German").await;
    });
}

#[test]
fn markup_and_odd_mail_addresses_are_harmless() {
    run(Setup::default(), async |shop| {
        let evil = "<img src=x onerror=\"window.evil=1\">";
        meanwhile(
            shop,
            &json!({
                "companyEmail": "a@b?bcc=evil@c&subject=x", "companyPhone": "javascript:1",
                "contacts": [{ "firstName": evil, "email": "x@y%0Abcc:z" }],
            }),
        )
        .await;
        open(shop).await;
        shop.see(entry(evil)).await;
        let hrefs = "return [...document.querySelectorAll('main a')].map((it) => it.getAttribute('href')).join(' ')";
        let hrefs = shop.script(hrefs).await;
        let hrefs = hrefs.as_str().unwrap();
        assert!(
            hrefs.contains("mailto:a@b%3Fbcc%3Devil@c%26subject%3Dx"),
            "{hrefs}"
        );
        assert!(!hrefs.contains("javascript:"), "{hrefs}");
        assert_eq!(shop.script("return window.evil ?? null").await, Value::Null);
    });
}
