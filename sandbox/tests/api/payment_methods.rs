//! Saved payment methods: added by card, by the provider's token or on the provider's page; chosen; removed.

use std::time::Duration;

use crate::shop::{Answer, Shop, assert_holds};
use nymble_sandbox::Options;
use serde_json::{Value, json};

const METHODS: &str = "/api/payments/payment-methods";
const TOKENS: &str = "/_sandbox/provider/tokens";

fn typed(number: &str) -> Value {
    json!({ "cardNumber": number, "cardholderName": "Jane Smith", "expiryMonth": "09", "expiryYear": 2031, "cvv": "123" })
}

async fn add(shop: &Shop, token: &str, customer: &str, number: &str) -> Answer {
    let body = json!({ "customerNumber": customer, "creditCard": typed(number) });
    shop.post(token, METHODS, &body).await
}

/// The customer's methods as pairs of id and whether it is the default.
async fn methods(shop: &Shop, token: &str, customer: &str) -> Vec<(String, bool)> {
    let listed = shop
        .get(token, &format!("/api/payments/profiles/{customer}"))
        .await
        .ok(200);
    let same = shop
        .get(token, &format!("{METHODS}?customerNumber={customer}"))
        .await;
    assert_eq!(same.ok(200), listed);
    listed
        .as_array()
        .unwrap()
        .iter()
        .map(|method| {
            let id = method["paymentProfileId"].as_str().unwrap().to_owned();
            (id, method["isDefault"] == true)
        })
        .collect()
}

#[tokio::test]
async fn a_card_is_saved_and_pays_for_an_order() {
    let shop = Shop::with(Options {
        gateway_timeout: Duration::ZERO,
        ..Options::default()
    })
    .await;
    let buyer = shop.token("acme-buyer").await;
    let answer = add(&shop, &buyer, "ACME-001", "4111 1111 1111 1111")
        .await
        .ok(201);
    let id = answer["PaymentProfileId"].as_str().unwrap();
    assert_eq!(answer["RequiresRedirect"], false);
    let listed = shop.get(&buyer, METHODS).await.ok(200);
    let saved = listed
        .as_array()
        .unwrap()
        .iter()
        .find(|method| method["paymentProfileId"] == id)
        .unwrap();
    let wanted = json!({
        "paymentProfileId": id, "cardBrand": "Visa", "lastFour": "1111", "expiryMonth": 9, "expiryYear": 2031,
        "cardholderName": "Jane Smith", "isDefault": false
    });
    assert_eq!(saved, &wanted);
    let cart = shop.ready_cart(&buyer).await;
    let checkout =
        json!({ "customerNumber": "ACME-001", "channel": "Web", "paymentProfileId": id });
    let path = format!("/api/carts/ACME-001/{cart}/complete-checkout");
    shop.post(&buyer, &path, &checkout).await.ok(200);
    shop.close().await;
}

#[tokio::test]
async fn a_saved_card_fares_as_its_number_would() {
    let shop = Shop::with(Options {
        gateway_timeout: Duration::ZERO,
        ..Options::default()
    })
    .await;
    let buyer = shop.token("acme-buyer").await;
    let before = methods(&shop, &buyer, "ACME-001").await;
    let declined = add(&shop, &buyer, "ACME-001", "4000000000000002").await;
    assert_eq!(declined.problem(400)["title"], "Payment declined");
    assert_eq!(declined.fields(), ["creditCard"]);
    let silent = add(&shop, &buyer, "ACME-001", "4000000000000119").await;
    silent.problem(504);
    assert_eq!(methods(&shop, &buyer, "ACME-001").await, before);
    // Funds are asked for when something is charged.
    let poor = add(&shop, &buyer, "ACME-001", "4000000000009995")
        .await
        .ok(201);
    let cart = shop.ready_cart(&buyer).await;
    let checkout = json!({ "customerNumber": "ACME-001", "channel": "Web", "paymentProfileId": poor["PaymentProfileId"] });
    let path = format!("/api/carts/ACME-001/{cart}/complete-checkout");
    let refused = shop.post(&buyer, &path, &checkout).await;
    assert_eq!(refused.problem(400)["title"], "Payment declined");
    assert!(refused.text.contains("insufficient funds"));
    assert_eq!(shop.orders().await.len(), 0);
    shop.close().await;
}

#[tokio::test]
async fn a_token_of_the_providers_form_is_good_once() {
    let shop = Shop::open().await;
    let buyer = shop.token("acme-buyer").await;
    let made = shop
        .post("", TOKENS, &typed("5555555555554444"))
        .await
        .ok(201);
    assert!(made["expiresAt"].is_string());
    let body =
        json!({ "CustomerNumber": "ACME-001", "ProviderToken": made["token"], "IsDefault": true });
    let added = shop.post(&buyer, METHODS, &body).await.ok(201);
    let first = &shop.get(&buyer, METHODS).await.ok(200)[0];
    assert_holds(
        first,
        &json!({ "paymentProfileId": added["PaymentProfileId"], "cardBrand": "Mastercard", "lastFour": "4444", "isDefault": true }),
        "method",
    );
    assert_eq!(
        shop.post(&buyer, METHODS, &body).await.fields(),
        ["providerToken"]
    );
    let invented = json!({ "customerNumber": "ACME-001", "providerToken": "nonce_1" });
    assert_eq!(
        shop.post(&buyer, METHODS, &invented).await.fields(),
        ["providerToken"]
    );
    assert_eq!(
        shop.post("", TOKENS, &typed("4111111111111112"))
            .await
            .fields(),
        ["cardNumber"]
    );
    let declined = shop
        .post("", TOKENS, &typed("4000000000000002"))
        .await
        .ok(201);
    let body = json!({ "customerNumber": "ACME-001", "providerToken": declined["token"] });
    assert_eq!(
        shop.post(&buyer, METHODS, &body).await.fields(),
        ["providerToken"]
    );
    shop.close().await;
}

#[tokio::test]
async fn one_method_is_the_default_whatever_is_added_and_removed() {
    let shop = Shop::open().await;
    let buyer = shop.token("acme-buyer").await;
    let (first, second) = ("pp_5c21e7a0".to_owned(), "pp_9d04b3f8".to_owned());
    assert_eq!(
        methods(&shop, &buyer, "ACME-001").await,
        [(first.clone(), true), (second.clone(), false)]
    );
    let chosen = shop
        .put(&buyer, &format!("{METHODS}/{second}/default"), &json!({}))
        .await
        .ok(200);
    assert_holds(
        &chosen,
        &json!({ "paymentProfileId": second, "isDefault": true }),
        "method",
    );
    assert_eq!(
        methods(&shop, &buyer, "ACME-001").await,
        [(second.clone(), true), (first.clone(), false)]
    );
    let gone = shop.delete(&buyer, &format!("{METHODS}/{second}")).await;
    assert_eq!(gone.status, 204);
    assert_eq!(
        methods(&shop, &buyer, "ACME-001").await,
        [(first.clone(), true)]
    );
    shop.delete(&buyer, &format!("{METHODS}/{second}"))
        .await
        .problem(404);
    let gone = shop.delete(&buyer, &format!("{METHODS}/{first}")).await;
    assert_eq!(gone.status, 204);
    assert_eq!(methods(&shop, &buyer, "ACME-001").await, []);
    // The first one is the default, asked for or not.
    add(&shop, &buyer, "ACME-001", "4111111111111111")
        .await
        .ok(201);
    assert!(methods(&shop, &buyer, "ACME-001").await[0].1);
    shop.close().await;
}

#[tokio::test]
async fn worldpay_takes_cards_on_its_own_page_only() {
    let shop = Shop::open().await;
    let buyer = shop.token("globex-buyer").await;
    let card = typed("4111111111111111");
    let typed = add(&shop, &buyer, "GLX-001", "4111111111111111").await;
    assert_eq!(typed.fields(), ["creditCard"]);
    let bare = json!({ "customerNumber": "GLX-001" });
    assert_eq!(
        shop.post(&buyer, METHODS, &bare).await.fields(),
        ["applicationReturnUrl"]
    );
    let body = json!({ "customerNumber": "GLX-001", "applicationReturnUrl": "http://localhost:8080/methods?state=s1" });
    let answer = shop.post(&buyer, METHODS, &body).await.ok(200);
    assert_eq!(answer["RequiresRedirect"], true);
    assert_eq!(answer["PaymentProfileId"], Value::Null);
    let id = answer["TransactionSetupId"].as_str().unwrap();
    assert_eq!(
        answer["RedirectUrl"],
        shop.url(&format!("/_sandbox/hosted-payment/{id}"))
    );
    // A shop cannot know the provider: a card that comes along with a return address is left aside.
    let both = json!({
        "customerNumber": "GLX-001", "creditCard": card,
        "applicationReturnUrl": "http://localhost:8080/methods",
    });
    let answer = shop.post(&buyer, METHODS, &both).await.ok(200);
    assert_eq!(answer["RequiresRedirect"], true);
    assert_eq!(methods(&shop, &buyer, "GLX-001").await.len(), 1);
    let away =
        json!({ "customerNumber": "GLX-001", "applicationReturnUrl": "https://evil.example/" });
    assert_eq!(
        shop.post(&buyer, METHODS, &away).await.fields(),
        ["applicationReturnUrl"]
    );
    shop.close().await;
}

#[tokio::test]
async fn each_fault_of_a_card_names_its_field() {
    let shop = Shop::open().await;
    let buyer = shop.token("acme-buyer").await;
    for (field, value) in [
        ("cardNumber", json!("4111111111111112")),
        ("cardholderName", json!("")),
        ("cardholderName", json!("4111 1111 1111 1111")),
        ("expiryMonth", json!("13")),
        ("expiryYear", json!(2019)),
        ("cvv", json!("12")),
    ] {
        let mut card = typed("4111111111111111");
        card[field] = value;
        let body = json!({ "customerNumber": "ACME-001", "creditCard": card });
        let answer = shop.post(&buyer, METHODS, &body).await;
        assert_eq!(answer.fields(), [format!("creditCard.{field}")]);
    }
    let neither = json!({ "customerNumber": "ACME-001" });
    assert_eq!(
        shop.post(&buyer, METHODS, &neither).await.fields(),
        ["applicationReturnUrl"]
    );
    assert_eq!(
        shop.post(&buyer, METHODS, &json!({})).await.fields(),
        ["customerNumber"]
    );
    assert_eq!(methods(&shop, &buyer, "ACME-001").await.len(), 2);
    shop.close().await;
}

#[tokio::test]
async fn methods_are_their_customers_own() {
    let shop = Shop::open().await;
    let number = "4111111111111111";
    let rep = shop.token("acme-rep").await;
    for (who, status) in [("riviera-buyer", 403), ("globex-admin", 404)] {
        let token = shop.token(who).await;
        add(&shop, &token, "ACME-001", number).await.problem(status);
        shop.get(&token, &format!("{METHODS}?customerNumber=ACME-001"))
            .await
            .problem(status);
        shop.delete(&token, &format!("{METHODS}/pp_5c21e7a0"))
            .await
            .problem(status);
        let path = format!("{METHODS}/pp_5c21e7a0/default");
        shop.put(&token, &path, &json!({})).await.problem(status);
    }
    add(&shop, "", "ACME-001", number).await.problem(401);
    shop.get("", METHODS).await.problem(401);
    assert_eq!(shop.get(&rep, METHODS).await.fields(), ["customerNumber"]);
    add(&shop, &rep, "RIV-002", number).await.problem(403);
    add(&shop, &rep, "TYO-003", number).await.ok(201);
    let admin = shop.token("acme-admin").await;
    add(&shop, &admin, "NOBODY", number).await.problem(404);
    add(&shop, &admin, "RIV-002", number).await.ok(201);
    let buyer = shop.token("acme-buyer").await;
    assert_eq!(methods(&shop, &buyer, "ACME-001").await.len(), 2);
    shop.close().await;
}
