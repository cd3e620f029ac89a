//! Payments are the customer's, not a tab's: what one tab is paying, or is not sure of, no other tab pays.

use serde_json::json;

use crate::{
    harness::{button, run},
    invoices::{amount, text, usd, with_orders},
    paying::{
        amount_of, doubt, everything_gets_lost, is_paid_once, is_ready, open_form, pay, payable,
        payments,
    },
};

/// What one tab is not sure of, no other pays.
#[test]
fn a_payment_in_doubt_is_in_doubt_in_every_tab() {
    run(with_orders(60), async |shop| {
        let open = payable(shop).await;
        let (invoice, other) = (&open[0], &open[1]);
        let balance = amount(invoice, "balance");
        let form = format!(
            "/invoices?view=pay&invoice={},{}",
            text(invoice, "id"),
            text(other, "id")
        );
        open_form(shop, &[invoice]).await;
        let first = shop.tab().await;
        // A form for it stands open elsewhere before anything happens.
        let second = shop.new_tab(&form).await;
        is_ready(shop).await;
        shop.hurry().await;
        shop.see(amount_of(invoice)).await;
        shop.to_tab(&first).await;
        everything_gets_lost(shop, "cut-after").await;
        shop.click(pay(balance)).await;
        shop.sees(&doubt(invoice)).await;
        shop.to_tab(&second).await;
        shop.sees(&doubt(invoice)).await;
        shop.gone(amount_of(invoice)).await;
        shop.see(pay(amount(other, "balance"))).await;
        // Nor in a tab that is opened afterwards, and knows of nothing.
        shop.new_tab("/invoices").await;
        shop.hurry().await;
        shop.sees(&doubt(invoice)).await;
        assert!(!shop.stored().await.contains("4242"));
        // Found out in one, known in all.
        shop.api.clear_faults().await;
        shop.click(button("Check again")).await;
        is_paid_once(shop, invoice).await;
        for tab in [&first, &second] {
            shop.to_tab(tab).await;
            is_paid_once(shop, invoice).await;
        }
        assert!(!shop.stored().await.contains("nymble.invoice-payments"));
    });
}

/// What one tab pays, no other pays.
#[test]
fn while_one_tab_pays_no_other_does() {
    run(with_orders(60), async |shop| {
        let open = payable(shop).await;
        let (invoice, other) = (&open[0], &open[1]);
        let (balance, rest) = (amount(invoice, "balance"), amount(other, "balance"));
        open_form(shop, &[other]).await;
        let first = shop.tab().await;
        let second = shop
            .new_tab(&format!(
                "/invoices?view=pay&invoice={}",
                text(invoice, "id")
            ))
            .await;
        is_ready(shop).await;
        shop.hold_answers("/pay").await;
        shop.click(pay(balance)).await;
        shop.sees("Paying invoice 1 of 1…").await;
        // The other tab looks for what becomes of it, and says so; nothing is paid there meanwhile.
        shop.to_tab(&first).await;
        shop.sees(&format!(
            "Another tab is paying {} on invoice {}.",
            usd(balance),
            text(invoice, "invoiceNumber")
        ))
        .await;
        shop.until("the form waits", async || {
            shop.property(pay(rest), "aria-disabled").await == json!("true")
        })
        .await;
        // The paying tab goes without having heard: this one finds the payment.
        shop.to_tab(&second).await;
        shop.close_tab().await;
        shop.to_tab(&first).await;
        is_paid_once(shop, invoice).await;
        shop.click(pay(rest)).await;
        is_paid_once(shop, other).await;
        assert_eq!(payments(shop, invoice).await, [balance]);
        assert_eq!(shop.api.count("POST", "/pay").await, 2);
    });
}
