//! Paying invoices by card: typed here, or on the payment provider's own page; kept nowhere.

use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::{
    accessibility::audit,
    harness::{Setup, Shop, button, role, run, textbox},
    invoices::{amount, text, with_orders},
    paying::{amount_of, is_paid_once, now, open_form, pay, payable, payments},
};

async fn fill_card(shop: &Shop, number: &str) {
    shop.click(role("radio").named("A new card")).await;
    shop.fill(textbox("Card number"), number).await;
    shop.fill(textbox("Name on card"), "Jane Smith").await;
    shop.fill(textbox("Expiry date"), "1030").await;
    shop.fill(textbox("Security code"), "987").await;
}

/// A card is found nowhere after it paid.
#[test]
fn a_card_pays_two_invoices_and_is_found_nowhere_afterwards() {
    run(with_orders(60), async |shop| {
        let open = payable(shop).await;
        let (one, other) = (&open[0], &open[1]);
        open_form(shop, &[one, other]).await;
        fill_card(shop, "4111111111111111").await;
        audit(shop, "pay, new card").await;
        let stored = shop.stored().await;
        for secret in ["4111111111111111", "4111 1111", "987"] {
            assert!(!stored.contains(secret), "{secret} is stored: {stored}");
        }
        shop.click(pay(amount(one, "balance") + amount(other, "balance")))
            .await;
        is_paid_once(shop, one).await;
        is_paid_once(shop, other).await;
        let payment = now(shop, one).await["payments"][0].clone();
        assert_eq!(
            (&payment["lastFour"], &payment["method"]),
            (&json!("1111"), &json!("card"))
        );
        let everywhere = [
            shop.driver.source().await.unwrap(),
            shop.stored().await,
            shop.path().await,
            shop.console().await.join("\n"),
            shop.api
                .requests()
                .await
                .iter()
                .map(ToString::to_string)
                .collect(),
        ];
        for place in &everywhere {
            for secret in ["4111111111111111", "4111 1111", "411111"] {
                assert!(!place.contains(secret), "{secret} in {place}");
            }
        }
    });
}

#[test]
fn a_declined_card_says_so_and_another_one_can_be_tried() {
    run(with_orders(60), async |shop| {
        shop.expect_status(400);
        shop.expect_status(402);
        let open = payable(shop).await;
        let invoice = &open[0];
        let part = Decimal::new(725, 2);
        open_form(shop, &[invoice]).await;
        shop.fill(amount_of(invoice), "7.25").await;
        for (number, sentence) in [
            ("4000000000000002", "The card was declined."),
            ("4000000000009995", "The card has insufficient funds."),
        ] {
            fill_card(shop, number).await;
            shop.click(pay(part)).await;
            shop.sees(sentence).await;
            shop.has_value(textbox("Security code"), "").await;
            shop.has_value(textbox("Name on card"), "Jane Smith").await;
            shop.has_value(amount_of(invoice), "7.25").await;
            assert_eq!(payments(shop, invoice).await, []);
        }
        shop.fill(textbox("Card number"), "5555555555554444").await;
        shop.fill(textbox("Security code"), "321").await;
        shop.click(pay(part)).await;
        shop.sees("$7.25 was paid on invoice").await;
        assert_eq!(payments(shop, invoice).await, [part]);
    });
}

/// A shop that offers the provider's own page.
fn with_hosted() -> Setup {
    Setup {
        config: json!({ "checkout": { "payments": ["saved", "hosted"] } }),
        ..with_orders(60)
    }
}

/// Chooses the provider's page, goes there, and types a card.
async fn pay_there(shop: &Shop, invoice: &Value, typed: &str, number: &str) {
    shop.fill(amount_of(invoice), typed).await;
    shop.click(role("radio").named("A card, on the payment provider’s page"))
        .await;
    shop.click(button(&format!("Pay ${typed}"))).await;
    shop.see(role("heading").named("Pay by card")).await;
    shop.fill(textbox("Card number"), number).await;
    shop.fill(textbox("Expiry (MM/YY)"), "10/30").await;
    shop.fill(textbox("Security code"), "987").await;
    shop.fill(textbox("Name on card"), "Jane Smith").await;
    shop.click(role("button").beginning("Pay").first()).await;
}

#[test]
fn an_invoice_is_paid_on_the_providers_own_page() {
    run(with_hosted(), async |shop| {
        let open = payable(shop).await;
        let (invoice, other) = (&open[0], &open[1]);
        open_form(shop, &[invoice]).await;
        pay_there(shop, invoice, "21.50", "4000000000000002").await;
        shop.see(role("heading").named(&format!("Invoice {}", text(invoice, "invoiceNumber"))))
            .await;
        shop.is_at(&format!("/invoices/{}", text(invoice, "id")))
            .await;
        assert_eq!(now(shop, invoice).await["payments"], json!([]));
        shop.click(button("Pay")).await;
        // The way that was chosen is chosen still.
        shop.until("the provider’s page is chosen", async || {
            let radio = role("radio").named("A card, on the payment provider’s page");
            shop.property(radio, "checked").await == json!(true)
        })
        .await;
        pay_there(shop, invoice, "21.50", "4111111111111111").await;
        shop.sees("$21.50").await;
        shop.see(role("heading").named(&format!("Invoice {}", text(invoice, "invoiceNumber"))))
            .await;
        shop.sees("Partly paid").await;
        shop.sees("Visa ending in 1111").await;
        audit(shop, "invoice, paid on the provider's page").await;
        let paid = now(shop, invoice).await["payments"].clone();
        assert_eq!(paid.as_array().unwrap().len(), 1);
        assert_eq!(amount(&paid[0], "amount"), Decimal::new(2150, 2));
        // Of several invoices none is paid there.
        let ids = format!("{},{}", text(invoice, "id"), text(other, "id"));
        shop.open_path(&format!("/invoices?view=pay&invoice={ids}"))
            .await;
        let hosted = role("radio").beginning("A card, on the payment provider’s page (one");
        assert_eq!(shop.property(hosted, "disabled").await, json!(""));
    });
}
