//! Paying invoices: whatever gets lost, is refused, pressed or reloaded, none is lost and none is made twice.

use rust_decimal::Decimal;
use serde_json::{Value, json};
use thirtyfour::Key;

use crate::{
    accessibility::audit,
    harness::{Shop, Target, button, link, role, run, textbox},
    invoices::{amount, invoices_of, is_open, text, usd, with_orders},
};

const PAY: &str = "/api/invoices/{id}/pay";
const ONE: &str = "/api/invoices/{id}";

/// What `ACME-001` can pay, nothing paid on it yet, the longest due first.
pub(crate) async fn payable(shop: &Shop) -> Vec<Value> {
    let mut open = invoices_of(shop, "acme-buyer").await;
    open.retain(|it| is_open(it) && it["status"] == "Issued");
    open.sort_by_key(|it| text(it, "dueDate").to_owned());
    open
}

/// Opens the form that pays these invoices, as the buyer of `ACME-001`.
pub(crate) async fn open_form(shop: &Shop, invoices: &[&Value]) {
    let ids: Vec<&str> = invoices.iter().map(|it| text(it, "id")).collect();
    shop.open_as_acme(&format!("/invoices?view=pay&invoice={}", ids.join(",")))
        .await;
    is_ready(shop).await;
}

/// Waits until the first saved card is chosen.
pub(crate) async fn is_ready(shop: &Shop) {
    shop.until("the saved card is chosen", async || {
        let radio = role("radio").beginning("Visa ending in 4242");
        shop.property(radio, "checked").await == json!(true)
    })
    .await;
}

/// The button that pays `amount`.
pub(crate) fn pay(amount: Decimal) -> Target {
    button(&format!("Pay {}", usd(amount)))
}

/// The field for the amount of an invoice.
pub(crate) fn amount_of(invoice: &Value) -> Target {
    textbox(&format!("Amount for {}", text(invoice, "invoiceNumber")))
}

/// The invoice as the administrator sees it now.
pub(crate) async fn now(shop: &Shop, invoice: &Value) -> Value {
    let token = shop.api.token("acme-admin").await;
    let path = format!("/api/invoices/{}", text(invoice, "id"));
    shop.api.call("GET", &path, &token, &Value::Null).await
}

/// The amounts of the payments on an invoice, each with an id of its own.
pub(crate) async fn payments(shop: &Shop, invoice: &Value) -> Vec<Decimal> {
    let now = now(shop, invoice).await;
    let payments = now["payments"].as_array().cloned().unwrap_or_default();
    let mut ids: Vec<&str> = payments.iter().map(|it| text(it, "externalId")).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(
        ids.len(),
        payments.len(),
        "every payment has an id of its own"
    );
    payments.iter().map(|it| amount(it, "amount")).collect()
}

/// Waits for the sentence that so much was paid, and looks that the server has exactly that.
pub(crate) async fn is_paid_once(shop: &Shop, invoice: &Value) {
    let balance = amount(invoice, "balance");
    let number = text(invoice, "invoiceNumber");
    shop.sees(&format!("{} was paid on invoice {number}.", usd(balance)))
        .await;
    assert_eq!(payments(shop, invoice).await, [balance]);
    assert_eq!(now(shop, invoice).await["status"], "Paid");
}

/// Lets the next requests that pay fail.
async fn fault(shop: &Shop, effect: &str, count: u32) {
    shop.expect_console("net::ERR_");
    shop.api
        .fault(json!({ "method": "POST", "route": PAY, "count": count, "effect": effect }))
        .await;
}

#[test]
fn one_is_chosen_in_the_list_and_paid_with_a_saved_card() {
    run(with_orders(60), async |shop| {
        let open = payable(shop).await;
        let invoice = &open[0];
        let number = text(invoice, "invoiceNumber");
        shop.open_as_acme("/invoices").await;
        shop.click(role("checkbox").named(&format!("Choose {number}")))
            .await;
        let balance = amount(invoice, "balance");
        shop.sees(&format!("1 invoice chosen, {}", usd(balance)))
            .await;
        audit(shop, "invoices, one chosen").await;
        shop.click(button("Pay 1 invoice")).await;
        shop.see(role("heading").named(&format!("Pay invoice {number}")))
            .await;
        is_ready(shop).await;
        shop.sees(&format!(
            "You pay {} on 1 invoice. Visa ending in 4242.",
            usd(balance)
        ))
        .await;
        audit(shop, "pay, one invoice").await;
        shop.click(pay(balance)).await;
        is_paid_once(shop, invoice).await;
        audit(shop, "pay, paid").await;
        shop.click(link("Back to invoices")).await;
        shop.see(role("table").named("Open balance by days past due"))
            .await;
        shop.gone(role("checkbox").named(&format!("Choose {number}")))
            .await;
        shop.open_path(&format!("/invoices/{}", text(invoice, "id")))
            .await;
        shop.sees("This invoice is paid. There is nothing left to pay.")
            .await;
        shop.sees("Visa ending in 4242").await;
    });
}

#[test]
fn a_button_on_the_invoice_pays_it_in_part_and_parts_add_up() {
    run(with_orders(60), async |shop| {
        let open = payable(shop).await;
        let invoice = &open[0];
        let (total, part) = (amount(invoice, "balance"), Decimal::new(1001, 2));
        assert!(total > part);
        shop.open_as_acme(&format!("/invoices/{}", text(invoice, "id")))
            .await;
        shop.click(button("Pay")).await;
        is_ready(shop).await;
        shop.has_value(amount_of(invoice), usd(total).trim_start_matches('$'))
            .await;
        shop.fill(amount_of(invoice), "10.01").await;
        shop.click(pay(part)).await;
        shop.sees("$10.01 was paid on invoice").await;
        assert_eq!(payments(shop, invoice).await, [part]);
        assert_eq!(now(shop, invoice).await["status"], "PartiallyPaid");
        // The rest is offered, and is exactly the rest.
        shop.has_value(
            amount_of(invoice),
            usd(total - part).trim_start_matches('$'),
        )
        .await;
        shop.click(pay(total - part)).await;
        shop.sees(&format!("{} was paid on invoice", usd(total - part)))
            .await;
        let paid = payments(shop, invoice).await;
        assert_eq!(paid, [part, total - part]);
        assert_eq!(paid.iter().sum::<Decimal>(), total);
        assert_eq!(now(shop, invoice).await["status"], "Paid");
    });
}

#[test]
fn amounts_that_cannot_be_are_said_and_not_sent() {
    run(with_orders(60), async |shop| {
        let open = payable(shop).await;
        let (one, other) = (&open[0], &open[1]);
        open_form(shop, &[one, other]).await;
        for (typed, sentence) in [
            ("", "Enter an amount."),
            ("abc", "This is not an amount."),
            ("0", "The amount must be more than zero."),
            ("-3", "The amount must be more than zero."),
            ("1.005", "This currency has at most 2 decimal places."),
            ("99999999", "At most the balance of"),
        ] {
            shop.fill_and_leave(amount_of(other), typed).await;
            shop.sees(sentence).await;
            shop.click(button("Pay")).await;
            shop.sees("Please correct one entry.").await;
            let field = format!("textbox “Amount for {}”", text(other, "invoiceNumber"));
            shop.focus_is(&field).await;
        }
        audit(shop, "pay, wrong amount").await;
        assert_eq!(shop.api.count("POST", "/pay").await, 0);
        let full = format!("Pay {} in full", text(other, "invoiceNumber"));
        shop.click(button(&full)).await;
        let both = amount(one, "balance") + amount(other, "balance");
        shop.click(pay(both)).await;
        is_paid_once(shop, one).await;
        is_paid_once(shop, other).await;
        assert_eq!(shop.api.count("POST", "/pay").await, 2);
    });
}

/// There is one payment, whatever is lost.
#[test]
fn no_fault_loses_a_payment_or_doubles_it() {
    run(with_orders(60), async |shop| {
        let open = payable(shop).await;
        let faults = [
            ("cut-after", 50, true),
            // Chromium itself resends on every connection that it has open.
            ("cut-before", 50, false),
        ];
        assert!(open.len() >= faults.len());
        for ((effect, count, is_made), invoice) in faults.into_iter().zip(&open) {
            open_form(shop, &[invoice]).await;
            fault(shop, effect, count).await;
            let balance = amount(invoice, "balance");
            shop.click(pay(balance)).await;
            if !is_made {
                let number = text(invoice, "invoiceNumber");
                let sentence = format!(
                    "The payment of {} on invoice {number} was not made.",
                    usd(balance)
                );
                shop.sees(&sentence).await;
                assert_eq!(payments(shop, invoice).await, [], "{effect}");
                shop.api.clear_faults().await;
                shop.click(pay(balance)).await;
            }
            is_paid_once(shop, invoice).await;
            shop.api.clear_faults().await;
            shop.gone(pay(balance)).await;
        }
        assert!(!shop.stored().await.contains("nymble.invoice-payments"));
    });
}

/// There is one payment, whatever is pressed or reloaded.
#[test]
fn a_reload_in_the_middle_finds_the_payment() {
    run(with_orders(60), async |shop| {
        let open = payable(shop).await;
        let invoice = &open[0];
        open_form(shop, &[invoice]).await;
        shop.hold_answers("/pay").await;
        shop.double_click(pay(amount(invoice, "balance"))).await;
        shop.until("the server has the payment", async || {
            now(shop, invoice).await["status"] == "Paid"
        })
        .await;
        shop.sees("Paying invoice 1 of 1…").await;
        shop.reload().await;
        is_paid_once(shop, invoice).await;
        shop.sees("This invoice is paid. There is nothing left to pay.")
            .await;
        assert_eq!(shop.api.count("POST", "/pay").await, 1);
    });
}

/// Lets every request that pays go one way, and no invoice be read.
pub(crate) async fn everything_gets_lost(shop: &Shop, effect: &str) {
    shop.hurry().await;
    shop.expect_status(503);
    fault(shop, effect, 100).await;
    shop.api
        .fault(json!({ "method": "GET", "route": ONE, "effect": "status", "status": 503 }))
        .await;
}

pub(crate) fn doubt(invoice: &Value) -> String {
    format!(
        "We could not find out yet whether the payment of {} on invoice {} was made.",
        usd(amount(invoice, "balance")),
        text(invoice, "invoiceNumber")
    )
}

/// While nothing can be found out, nothing is paid again.
#[test]
fn while_nothing_can_be_found_out_nothing_is_paid_again() {
    run(with_orders(60), async |shop| {
        let open = payable(shop).await;
        let (invoice, other) = (&open[0], &open[1]);
        let balance = amount(invoice, "balance");
        open_form(shop, &[invoice]).await;
        everything_gets_lost(shop, "cut-before").await;
        shop.click(pay(balance)).await;
        shop.sees("Checking whether").await;
        shop.sees(&doubt(invoice)).await;
        shop.gone(pay(balance)).await;
        audit(shop, "pay, in doubt").await;
        // Also in the list, and through a reload.
        shop.open_path("/invoices").await;
        let boxed =
            |invoice| role("checkbox").named(&format!("Choose {}", text(invoice, "invoiceNumber")));
        shop.see(boxed(other)).await;
        assert_eq!(shop.property(boxed(invoice), "disabled").await, json!(""));
        assert_eq!(shop.property(boxed(other), "disabled").await, json!(false));
        shop.sees(&doubt(invoice)).await;
        audit(shop, "invoices, in doubt").await;
        shop.api.clear_faults().await;
        shop.click(button("Check again")).await;
        shop.sees("was not made. You can try again.").await;
        assert_eq!(payments(shop, invoice).await, []);
        shop.click(boxed(invoice)).await;
        shop.click(button("Pay 1 invoice")).await;
        is_ready(shop).await;
        shop.click(pay(balance)).await;
        is_paid_once(shop, invoice).await;
    });
}

#[test]
fn a_payment_in_doubt_outlives_a_sign_out() {
    run(with_orders(60), async |shop| {
        let open = payable(shop).await;
        let invoice = &open[0];
        open_form(shop, &[invoice]).await;
        everything_gets_lost(shop, "cut-after").await;
        shop.click(pay(amount(invoice, "balance"))).await;
        shop.sees(&doubt(invoice)).await;
        shop.click(button("Sign out")).await;
        shop.see(role("heading").named("Sign in")).await;
        // Another customer hears nothing of it.
        shop.open_as("riviera-buyer", "/invoices").await;
        shop.sees("Total balance").await;
        shop.sees_not("We could not find out").await;
        shop.click(button("Sign out")).await;
        shop.see(role("heading").named("Sign in")).await;
        shop.api.clear_faults().await;
        shop.open_as_acme("/invoices").await;
        is_paid_once(shop, invoice).await;
        shop.click(button("Dismiss")).await;
        shop.sees_not("was paid on invoice").await;
    });
}

/// Of several invoices each is paid once.
#[test]
fn two_invoices_with_the_second_declined() {
    run(with_orders(60), async |shop| {
        shop.expect_status(402);
        let open = payable(shop).await;
        let (one, other) = (&open[0], &open[1]);
        open_form(shop, &[one, other]).await;
        let body = json!({ "title": "Payment declined", "status": 402, "detail": "The card was declined." });
        shop.api
            .fault(json!({
                "method": "POST", "route": PAY, "skip": 1, "count": 1, "effect": "status", "status": 402,
                "body": body.to_string(), "contentType": "application/problem+json",
            }))
            .await;
        let part = Decimal::new(500, 2);
        shop.fill(amount_of(other), "5").await;
        shop.click(pay(amount(one, "balance") + part)).await;
        is_paid_once(shop, one).await;
        let number = text(other, "invoiceNumber");
        shop.sees(&format!(
            "Invoice {number} was not paid. The server says: The card was declined."
        ))
        .await;
        assert_eq!(payments(shop, other).await, []);
        audit(shop, "pay, second declined").await;
        // What was typed for the second stays, the first is out of it.
        shop.has_value(amount_of(other), "5").await;
        shop.gone(amount_of(one)).await;
        shop.click(pay(part)).await;
        shop.sees(&format!("$5.00 was paid on invoice {number}."))
            .await;
        assert_eq!(payments(shop, other).await, [part]);
        assert_eq!(payments(shop, one).await, [amount(one, "balance")]);
    });
}

#[test]
fn one_that_was_settled_meanwhile_does_not_hold_up_the_others() {
    run(with_orders(60), async |shop| {
        shop.expect_status(409);
        let open = payable(shop).await;
        let (one, other) = (&open[0], &open[1]);
        open_form(shop, &[one, other]).await;
        let token = shop.api.token("acme-admin").await;
        let path = format!("/api/invoices/{}/void", text(one, "id"));
        shop.api.call("POST", &path, &token, &json!({})).await;
        shop.click(pay(amount(one, "balance") + amount(other, "balance")))
            .await;
        is_paid_once(shop, other).await;
        shop.sees("is Voided and cannot be paid.").await;
        assert_eq!(payments(shop, one).await, []);
        shop.sees("This invoice was voided.").await;
    });
}

#[test]
fn a_payment_that_meets_a_401_is_made_once_after_signing_in() {
    run(with_orders(60), async |shop| {
        shop.expect_status(401);
        let open = payable(shop).await;
        let (one, other) = (&open[0], &open[1]);
        open_form(shop, &[one]).await;
        shop.api.revoke_tokens().await;
        shop.click(pay(amount(one, "balance"))).await;
        shop.see(role("dialog").named("Please sign in again")).await;
        shop.sign_in("acme-buyer", "sandbox").await;
        is_paid_once(shop, one).await;
        // Whoever does not sign in again has paid nothing, and can later.
        shop.open_path(&format!("/invoices?view=pay&invoice={}", text(other, "id")))
            .await;
        is_ready(shop).await;
        shop.api.revoke_tokens().await;
        shop.click(pay(amount(other, "balance"))).await;
        shop.click(button("Not now")).await;
        shop.sees("was not made. You can try again.").await;
        assert_eq!(payments(shop, other).await, []);
        shop.click(pay(amount(other, "balance"))).await;
        shop.sign_in("acme-buyer", "sandbox").await;
        is_paid_once(shop, other).await;
    });
}

#[test]
fn by_keyboard_alone() {
    run(with_orders(60), async |shop| {
        let open = payable(shop).await;
        let invoice = &open[0];
        let number = text(invoice, "invoiceNumber");
        shop.open_as_acme(&format!("/invoices?q={number}")).await;
        shop.see(link(number)).await;
        shop.tab_to(&format!("checkbox “Choose {number}”")).await;
        shop.press(Key::Space).await;
        shop.tab_to("button “Pay 1 invoice”").await;
        shop.press(Key::Enter).await;
        shop.focus_is(&format!("heading “Pay invoice {number}”"))
            .await;
        is_ready(shop).await;
        shop.tab_to(&format!("textbox “Amount for {number}”")).await;
        shop.type_text("12.34").await;
        shop.tab_to("button “Pay $12.34”").await;
        shop.press(Key::Enter).await;
        shop.sees("$12.34 was paid on invoice").await;
        assert_eq!(payments(shop, invoice).await, [Decimal::new(1234, 2)]);
    });
}
