//! The whole job against a server that is not the sandbox: it answers exactly with the reference
//! documents' examples, in every documented casing and envelope.

mod examples;
#[path = "../../../wire/tests/common/examples.rs"]
#[allow(
    dead_code,
    reason = "written for the tests of `wire`; some are used here"
)]
mod reference;
mod server;

use crate::harness::{Setup, button, link, role, run, textbox};
use server::{Casing, Documents, Envelope};

/// Signs in, finds the documents' product, and orders it with a card.
fn whole_job(casing: Casing, envelope: Envelope) {
    let documents = Documents::start(casing, envelope);
    let setup = Setup {
        api: Some(documents.origin()),
        ..Setup::default()
    };
    run(setup, async |shop| {
        // What the documents do not show, this server does not know.
        shop.expect_status(404);
        shop.open_path("/").await;
        shop.sign_in("acme-buyer", "any").await;
        shop.see(role("heading").named("Home")).await;
        shop.click(link("Catalog")).await;
        shop.see(role("heading").named("Catalog")).await;
        shop.sees("380 products").await;
        shop.sees("$18.50").await;
        shop.fill(role("searchbox").named("Search products"), "blue widget")
            .await;
        shop.sees("3 products").await;
        shop.click(link("Blue Widget — Large")).await;
        shop.see(role("heading").named("Blue Widget — Large")).await;
        shop.sees("240 in stock").await;
        shop.fill(role("spinbutton").named("Quantity"), "10").await;
        shop.sees("$185.00").await;
        shop.click(button("Add to cart")).await;
        shop.click(link("Cart, 1 line")).await;
        shop.sees("$185.00").await;
        shop.sees("All changes saved").await;
        shop.sees("Acme Industrial Supply").await;
        shop.click(link("Check out")).await;
        shop.until("the documents' address is chosen", async || {
            let radio = role("radio").beginning("500 Commerce Drive, Suite 200");
            shop.property(radio, "checked").await == true
        })
        .await;
        shop.see(role("radio").named("On account (NET30)")).await;
        shop.click(role("radio").named("A new card")).await;
        shop.fill(textbox("Card number"), "4111111111111111").await;
        shop.fill(textbox("Name on card"), "Jane Smith").await;
        shop.fill(textbox("Expiry date"), "10 / 28").await;
        shop.fill(textbox("Security code"), "123").await;
        shop.click(button("Place order")).await;
        shop.see(role("heading").named("Order placed")).await;
        shop.is_at("/checkout/complete/MOM-00482").await;
        shop.sees("conf_a3f91bc2").await;
        shop.sees("$185.00").await;
    });
    let checkouts = documents.checkouts();
    assert_eq!(checkouts.len(), 1, "{checkouts:#?}");
    let checkout = &checkouts[0];
    assert_eq!(checkout["customerNumber"], "ACME-001");
    assert_eq!(checkout["channel"], "Web");
    let card = &checkout["payment"]["creditCard"];
    assert_eq!(card["cardNumber"], "4111111111111111");
    assert_eq!(card["expiryMonth"], "10");
    assert_eq!(card["expiryYear"].to_string(), "2028");
    let billing = &checkout["payment"]["billingAddress"];
    assert_eq!(billing["address1"], "500 Commerce Drive");
    assert_eq!(billing["zipPostalCode"], "78701");
}

#[test]
fn as_the_reference_writes_it() {
    whole_job(Casing::Camel, Envelope::TotalRecords);
}

#[test]
fn with_the_overviews_plain_envelope() {
    whole_job(Casing::Camel, Envelope::TotalCount);
}

#[test]
fn in_pascal_case() {
    whole_job(Casing::Pascal, Envelope::PageNumber);
}

#[test]
fn in_pascal_case_with_the_references_envelope() {
    whole_job(Casing::Pascal, Envelope::TotalRecords);
}
