//! Cards at checkout: checked before they are sent, refused in the bank's words, never kept.

use crate::{
    checkout::checkout_of_ten,
    harness::{Setup, Shop, button, role, run, textbox},
};

/// Chooses to pay by a new card and fills it in.
async fn fill_card(shop: &Shop, number: &str, expiry: &str, code: &str) {
    shop.click(role("radio").named("A new card")).await;
    shop.fill(textbox("Card number"), number).await;
    shop.fill(textbox("Name on card"), "Jane Smith").await;
    shop.fill(textbox("Expiry date"), expiry).await;
    shop.fill(textbox("Security code"), code).await;
}

/// Looks for secrets wherever a page could leave them: the page itself with its fields, storage, address
/// and history, the console, what the API's log says of the requests.
pub(crate) async fn is_nowhere(shop: &Shop, secrets: &[&str]) {
    let fields =
        "return [...document.querySelectorAll('input, textarea')].map((it) => it.value).join(' ')";
    let requests = shop.api.requests().await;
    let everywhere = [
        shop.driver.source().await.unwrap(),
        shop.script(fields).await.to_string(),
        shop.stored().await,
        shop.path().await,
        shop.console().await.join("\n"),
        requests.iter().map(ToString::to_string).collect(),
    ];
    for place in &everywhere {
        for secret in secrets {
            assert!(!place.contains(secret), "{secret} in {place}");
        }
    }
}

/// A card is found nowhere after it paid.
#[test]
fn a_card_pays_and_is_found_nowhere_afterwards() {
    run(Setup::default(), async |shop| {
        checkout_of_ten(shop).await;
        fill_card(shop, "4111111111111111", "1030", "987").await;
        let stored = shop.stored().await;
        for secret in ["4111111111111111", "4111 1111", "987"] {
            assert!(!stored.contains(secret), "{secret} is stored: {stored}");
        }
        shop.click(button("Place order")).await;
        shop.see(role("heading").named("Order placed")).await;
        shop.sees("Card ending in 1111").await;
        let order = shop.api.the_order().await;
        assert_eq!(order["paymentLastFour"], "1111");
        is_nowhere(shop, &["4111111111111111", "4111 1111", "411111"]).await;
        shop.back().await;
        shop.is_under("/checkout").await;
        let page = shop.driver.source().await.unwrap();
        assert!(!page.contains("411111"));
    });
}

/// A card is not on the form after it was left.
#[test]
fn a_card_left_on_the_form_is_gone_on_return() {
    run(Setup::default(), async |shop| {
        checkout_of_ten(shop).await;
        fill_card(shop, "4111111111111111", "10 / 30", "987").await;
        // Nothing that a browser would offer to keep as a password.
        let code = textbox("Security code");
        assert_eq!(shop.property(code.clone(), "type").await, "text");
        assert_eq!(shop.property(code, "autocomplete").await, "cc-csc");
        assert_eq!(
            shop.script("return document.querySelectorAll('[type=password]').length")
                .await,
            0
        );
        shop.click(role("link").named("Change the cart")).await;
        shop.see(role("heading").named("Cart")).await;
        shop.back().await;
        shop.click(role("radio").named("A new card")).await;
        for field in [
            "Card number",
            "Name on card",
            "Expiry date",
            "Security code",
        ] {
            assert_eq!(shop.value(textbox(field)).await, "", "{field}");
        }
        assert!(!shop.stored().await.contains("411111"));
    });
}

#[test]
fn what_is_wrong_with_a_card_is_said_at_its_field() {
    run(Setup::default(), async |shop| {
        checkout_of_ten(shop).await;
        fill_card(shop, "", "", "").await;
        shop.fill(textbox("Name on card"), "").await;
        shop.click(button("Place order")).await;
        shop.sees("Please fill this in.").await;
        shop.focus_is("textbox “Card number”").await;
        for (number, expiry, code, sentence) in [
            (
                "4111111111111112",
                "1030",
                "123",
                "A digit seems to be wrong.",
            ),
            ("4111", "1030", "123", "This is not a complete card number."),
            ("4111111111111111", "1020", "123", "This card has expired."),
            (
                "4111111111111111",
                "1399",
                "123",
                "Write the month and the year",
            ),
            (
                "4111111111111111",
                "1030",
                "12",
                "The security code has 3 digits.",
            ),
            (
                "378282246310005",
                "1030",
                "123",
                "The security code has 4 digits.",
            ),
        ] {
            fill_card(shop, number, expiry, code).await;
            shop.click(button("Place order")).await;
            shop.sees(sentence).await;
        }
        assert_eq!(shop.api.count("POST", "/complete-checkout").await, 0);
        let number = shop.value(textbox("Card number")).await;
        assert_eq!(number, "3782 822463 10005", "grouped as on the card");
    });
}

#[test]
fn a_declined_card_says_so_and_another_one_can_be_tried() {
    run(Setup::default(), async |shop| {
        shop.expect_status(400);
        shop.expect_status(402);
        checkout_of_ten(shop).await;
        fill_card(shop, "4000000000000002", "1030", "123").await;
        shop.click(button("Place order")).await;
        shop.sees("The card was declined.").await;
        assert_eq!(shop.api.orders().await.len(), 0);
        assert_eq!(
            shop.value(textbox("Card number")).await,
            "4000 0000 0000 0002"
        );
        assert_eq!(shop.value(textbox("Security code")).await, "");
        shop.fill(textbox("Card number"), "5555555555554444").await;
        shop.fill(textbox("Security code"), "321").await;
        shop.click(button("Place order")).await;
        shop.see(role("heading").named("Order placed")).await;
        let order = shop.api.the_order().await;
        assert_eq!(order["paymentLastFour"], "4444");
    });
}
