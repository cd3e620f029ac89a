//! The provider's page: set up, filled in, declined, cancelled, run out, used once; what the API records of it.

use std::time::Duration;

use crate::shop::{Answer, Shop, assert_holds, send};
use nymble_sandbox::Options;
use serde_json::{Value, json};

const SETUP: &str = "/api/payments/worldpay/transaction-setup";
const CALLBACK: &str = "/api/payments/worldpay/callback";
const BACK: &str = "http://localhost:8080/return?state=s%26t";

async fn set_up(shop: &Shop, token: &str, amount: Value, invoice: Option<&str>) -> Value {
    let mut body = json!({ "customerNumber": "ACME-001", "transactionAmount": amount, "applicationReturnUrl": BACK });
    if let Some(id) = invoice {
        body["invoiceId"] = json!(id);
    }
    shop.post(token, SETUP, &body).await.ok(201)
}

/// Fills the page in as a browser does, without following the redirect.
async fn fill(setup: &Value, fields: &[(&str, &str)]) -> Answer {
    let client = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .unwrap();
    let form: String = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(fields)
        .finish();
    send(
        client
            .post(setup["hostedPaymentUrl"].as_str().unwrap())
            .header("content-type", "application/x-www-form-urlencoded")
            .body(form),
    )
    .await
}

async fn pay(setup: &Value, number: &str) -> Answer {
    let fields = [
        ("cardNumber", number),
        ("expiry", "09/31"),
        ("cvv", "123"),
        ("cardholderName", "Jane <b>Smith</b>"),
        ("action", "pay"),
    ];
    fill(setup, &fields).await
}

/// Where the browser was sent, as parameters.
fn returned(answer: &Answer) -> Vec<(String, String)> {
    assert_eq!(answer.status, 303, "{}", answer.text);
    let (address, query) = answer.header("location").split_once('?').unwrap();
    assert_eq!(address, "http://localhost:8080/return");
    form_urlencoded::parse(query.as_bytes())
        .into_owned()
        .collect()
}

fn parameter<'a>(returned: &'a [(String, String)], name: &str) -> Option<&'a str> {
    returned
        .iter()
        .find(|(key, _)| key == name)
        .map(|(_, value)| value.as_str())
}

async fn state(shop: &Shop, token: &str, setup: &Value) -> Value {
    let id = setup["transactionSetupId"].as_str().unwrap();
    shop.get(token, &format!("{SETUP}/{id}")).await.ok(200)
}

async fn page(setup: &Value) -> Answer {
    let url = setup["hostedPaymentUrl"].as_str().unwrap();
    send(reqwest::Client::new().get(url)).await
}

async fn methods(shop: &Shop, token: &str) -> usize {
    let listed = shop
        .get(
            token,
            "/api/payments/payment-methods?customerNumber=ACME-001",
        )
        .await
        .ok(200);
    listed.as_array().unwrap().len()
}

/// An issued invoice of ACME-001 for 185.00 USD, made by a checkout on account.
async fn invoice(shop: &Shop, buyer: &str) -> Value {
    let cart = shop.ready_cart(buyer).await;
    let mut checkout = crate::shop::card("4111111111111111");
    checkout["payment"]
        .as_object_mut()
        .unwrap()
        .remove("creditCard");
    let path = format!("/api/carts/ACME-001/{cart}/complete-checkout");
    shop.post(buyer, &path, &checkout).await.ok(200);
    let listed = shop.get(buyer, "/api/invoices").await.ok(200);
    let made = listed["data"][0].clone();
    assert_eq!(made["balance"].to_string(), "185.00");
    made
}

#[tokio::test]
async fn a_card_is_saved_on_the_page_and_the_browser_returns() {
    let shop = Shop::open().await;
    let buyer = shop.token("acme-buyer").await;
    let setup = set_up(&shop, &buyer, json!(0.00), None).await;
    assert_eq!(setup["applicationReturnUrl"], BACK);
    assert_holds(
        &state(&shop, &buyer, &setup).await,
        &json!({ "customerNumber": "ACME-001", "status": "Pending", "currencyCode": "USD" }),
        "state",
    );
    let amount = &state(&shop, &buyer, &setup).await["transactionAmount"];
    assert_eq!(amount.to_string(), "0.00");
    let shown = page(&setup).await;
    assert_eq!(shown.status, 200);
    for label in [
        "Card number",
        "Expiry (MM/YY)",
        "Security code",
        "Name on card",
    ] {
        assert!(shown.text.contains(&format!("{label}</label>")), "{label}");
    }
    let policy = shown.header("content-security-policy");
    assert!(policy.starts_with("default-src 'none';"));
    assert!(policy.contains("form-action 'self' http://localhost:8080;"));
    assert!(!shown.text.contains("<script"));
    assert_eq!(shown.header("cache-control"), "no-store");

    let back = returned(&pay(&setup, "4111 1111 1111 1111").await);
    assert_eq!(parameter(&back, "state"), Some("s&t"));
    assert_eq!(parameter(&back, "status"), Some("Complete"));
    assert_eq!(
        parameter(&back, "transactionSetupId"),
        setup["transactionSetupId"].as_str()
    );
    let profile = parameter(&back, "paymentProfileId").unwrap();
    assert_holds(
        &state(&shop, &buyer, &setup).await,
        &json!({ "status": "Complete", "paymentProfileId": profile }),
        "state",
    );
    assert_eq!(methods(&shop, &buyer).await, 3);
    // Once only, by form or by look.
    assert_eq!(pay(&setup, "4111111111111111").await.status, 410);
    assert_eq!(page(&setup).await.status, 410);
    assert_eq!(methods(&shop, &buyer).await, 3);
    shop.close().await;
}

#[tokio::test]
async fn an_invoice_is_paid_in_part_and_then_in_full() {
    let shop = Shop::open().await;
    let buyer = shop.token("acme-buyer").await;
    let invoice = invoice(&shop, &buyer).await;
    let id = invoice["id"].as_str().unwrap();
    let path = format!("/api/invoices/{id}");
    for (amount, status, balance) in [(85.01, "PartiallyPaid", 99.99), (99.99, "Paid", 0.0)] {
        let setup = set_up(&shop, &buyer, json!(amount), Some(id)).await;
        assert!(page(&setup).await.text.contains(&format!("${amount}")));
        let back = returned(&pay(&setup, "4111111111111111").await);
        assert_eq!(parameter(&back, "status"), Some("Complete"));
        let now = shop.get(&buyer, &path).await.ok(200);
        assert_eq!(now["status"], status);
        assert_eq!(now["balance"].as_f64(), Some(balance));
        let last = now["payments"].as_array().unwrap().last().unwrap().clone();
        assert_holds(
            &last,
            &json!({ "amount": amount, "method": "hosted", "lastFour": "1111" }),
            "payment",
        );
    }
    shop.close().await;
}

#[tokio::test]
async fn an_invoice_that_was_settled_meanwhile_is_not_paid_twice() {
    let shop = Shop::open().await;
    let buyer = shop.token("acme-buyer").await;
    let invoice = invoice(&shop, &buyer).await;
    let id = invoice["id"].as_str().unwrap();
    let first = set_up(&shop, &buyer, json!(185), Some(id)).await;
    let second = set_up(&shop, &buyer, json!(185), Some(id)).await;
    returned(&pay(&first, "4111111111111111").await);
    assert_eq!(pay(&second, "4111111111111111").await.status, 409);
    let now = shop
        .get(&buyer, &format!("/api/invoices/{id}"))
        .await
        .ok(200);
    assert_eq!(now["payments"].as_array().unwrap().len(), 1);
    assert_eq!(now["balance"].as_f64(), Some(0.0));
    assert_eq!(methods(&shop, &buyer).await, 3);
    shop.close().await;
}

#[tokio::test]
async fn a_declined_card_and_a_cancelled_page_return_without_anything_done() {
    let shop = Shop::open().await;
    let buyer = shop.token("acme-buyer").await;
    for number in ["4000000000000002", "4000000000009995"] {
        let setup = set_up(&shop, &buyer, json!(12.5), None).await;
        let back = returned(&pay(&setup, number).await);
        assert_eq!(parameter(&back, "status"), Some("Declined"));
        assert_eq!(parameter(&back, "paymentProfileId"), None);
        assert_eq!(state(&shop, &buyer, &setup).await["status"], "Declined");
    }
    let setup = set_up(&shop, &buyer, json!(12.5), None).await;
    let back = returned(&fill(&setup, &[("action", "cancel")]).await);
    assert_eq!(parameter(&back, "status"), Some("Cancelled"));
    assert_eq!(parameter(&back, "state"), Some("s&t"));
    assert_eq!(state(&shop, &buyer, &setup).await["status"], "Cancelled");
    assert_eq!(methods(&shop, &buyer).await, 2);
    shop.close().await;
}

#[tokio::test]
async fn a_form_that_is_wrong_or_unanswered_can_be_sent_again() {
    let shop = Shop::with(Options {
        gateway_timeout: Duration::ZERO,
        ..Options::default()
    })
    .await;
    let buyer = shop.token("acme-buyer").await;
    let setup = set_up(&shop, &buyer, json!(10), None).await;
    let wrong = pay(&setup, "4111111111111112").await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.text.contains("id=\"cardNumber-wrong\""));
    assert!(wrong.text.contains("aria-invalid=\"true\""));
    assert!(!wrong.text.contains("4111111111111112"));
    assert!(wrong.text.contains("Jane &lt;b&gt;Smith&lt;/b&gt;"));
    assert_eq!(fill(&setup, &[]).await.status, 422);
    let silent = pay(&setup, "4000000000000119").await;
    assert_eq!(silent.status, 504);
    assert!(silent.text.contains("Nothing was charged"));
    returned(&pay(&setup, "4111111111111111").await);
    shop.close().await;
}

#[tokio::test]
async fn a_page_that_ran_out_says_so() {
    let shop = Shop::with(Options {
        hosted_payment_life: Duration::ZERO,
        ..Options::default()
    })
    .await;
    let buyer = shop.token("acme-buyer").await;
    let setup = set_up(&shop, &buyer, json!(0), None).await;
    let shown = page(&setup).await;
    assert_eq!(shown.status, 410);
    assert!(shown.text.contains("expired"));
    assert_eq!(pay(&setup, "4111111111111111").await.status, 410);
    assert_eq!(state(&shop, &buyer, &setup).await["status"], "Expired");
    assert_eq!(methods(&shop, &buyer).await, 2);
    let nowhere = json!({ "hostedPaymentUrl": shop.url("/_sandbox/hosted-payment/none") });
    assert_eq!(page(&nowhere).await.status, 404);
    shop.close().await;
}

#[tokio::test]
async fn a_page_lives_ten_minutes() {
    let shop = Shop::open().await;
    let buyer = shop.token("acme-buyer").await;
    let before = time::OffsetDateTime::now_utc();
    let setup = set_up(&shop, &buyer, json!(0), None).await;
    let shown = state(&shop, &buyer, &setup).await;
    let expires = time::OffsetDateTime::parse(
        shown["expiresAt"].as_str().unwrap(),
        &time::format_description::well_known::Rfc3339,
    )
    .unwrap();
    assert!((599..=602).contains(&(expires - before).whole_seconds()));
    shop.close().await;
}

#[tokio::test]
async fn the_provider_tells_again_until_the_api_has_heard() {
    let shop = Shop::open().await;
    let buyer = shop.token("acme-buyer").await;
    // The API does what it is told, but its answer is lost: what follows must not be done twice.
    let fault = json!({ "method": "POST", "route": CALLBACK, "effect": "cut-after", "count": 1 });
    shop.post("", "/_sandbox/faults", &fault).await.ok(201);
    let setup = set_up(&shop, &buyer, json!(0), None).await;
    let back = returned(&pay(&setup, "4111111111111111").await);
    assert_eq!(parameter(&back, "status"), Some("Complete"));
    assert_eq!(methods(&shop, &buyer).await, 3);

    let fault = json!({ "method": "POST", "route": CALLBACK, "effect": "status", "count": 1 });
    shop.post("", "/_sandbox/faults", &fault).await.ok(201);
    let setup = set_up(&shop, &buyer, json!(0), None).await;
    returned(&pay(&setup, "4111111111111111").await);
    assert_eq!(state(&shop, &buyer, &setup).await["status"], "Pending");
    tokio::time::sleep(Duration::from_millis(2_500)).await;
    assert_eq!(state(&shop, &buyer, &setup).await["status"], "Complete");
    assert_eq!(methods(&shop, &buyer).await, 4);
    shop.close().await;
}

/// A paid page of which the API has not heard yet; it will in a second.
async fn charged_but_untold(
    shop: &Shop,
    buyer: &str,
    amount: Value,
    invoice: Option<&str>,
) -> Value {
    let fault = json!({ "method": "POST", "route": CALLBACK, "effect": "status", "count": 1 });
    shop.post("", "/_sandbox/faults", &fault).await.ok(201);
    let setup = set_up(shop, buyer, amount, invoice).await;
    let back = returned(&pay(&setup, "4111111111111111").await);
    assert_eq!(parameter(&back, "status"), Some("Complete"));
    assert_eq!(
        parameter(&back, "paymentProfileId"),
        None,
        "nothing is recorded"
    );
    setup
}

#[tokio::test]
async fn a_payment_overtaken_between_charge_and_callback_goes_back() {
    let shop = Shop::open().await;
    let buyer = shop.token("acme-buyer").await;
    let invoice = invoice(&shop, &buyer).await;
    let id = invoice["id"].as_str().unwrap();
    let late = charged_but_untold(&shop, &buyer, json!(185), Some(id)).await;
    // Meanwhile the invoice is paid with a saved card.
    let saved = json!({ "paymentProfileId": "pp_5c21e7a0" });
    let paid = shop
        .post(&buyer, &format!("/api/invoices/{id}/pay"), &saved)
        .await
        .ok(200);
    assert_eq!(paid["status"], "Paid");
    tokio::time::sleep(Duration::from_millis(2_500)).await;
    let told = state(&shop, &buyer, &late).await;
    assert_eq!(told["status"], "Declined");
    assert!(told["paymentProfileId"].is_null());
    let now = shop
        .get(&buyer, &format!("/api/invoices/{id}"))
        .await
        .ok(200);
    assert_eq!(now["payments"].as_array().unwrap().len(), 1, "{now}");
    assert_eq!(now["amountPaid"].as_f64(), Some(185.0));
    assert_eq!(methods(&shop, &buyer).await, 2, "the card is not saved");
    shop.close().await;
}

#[tokio::test]
async fn a_deleted_customers_unfinished_page_saves_nothing() {
    let shop = Shop::open().await;
    let buyer = shop.token("acme-buyer").await;
    let admin = shop.token("acme-admin").await;
    let unfinished = set_up(&shop, &buyer, json!(0), None).await;
    let untold = charged_but_untold(&shop, &buyer, json!(5), None).await;
    let account = shop.get(&admin, "/api/customers/ACME-001").await.ok(200);
    let gone = shop.delete(&admin, "/api/customers/ACME-001").await;
    assert_eq!(gone.status, 204);

    let answer = pay(&unfinished, "4111111111111111").await;
    assert_eq!(answer.status, 409);
    assert!(answer.text.contains("Nothing was charged"));
    tokio::time::sleep(Duration::from_millis(2_500)).await;
    // Who comes after under the same number finds nothing.
    shop.put(&admin, "/api/customers", &account).await.ok(201);
    let kept = shop.get(&admin, "/api/payments/profiles/ACME-001").await;
    assert_eq!(kept.ok(200), json!([]));
    for (setup, status) in [(&unfinished, "Pending"), (&untold, "Declined")] {
        assert_eq!(state(&shop, &admin, setup).await["status"], status);
    }
    shop.close().await;
}

#[tokio::test]
async fn a_forged_callback_is_refused() {
    let shop = Shop::open().await;
    let buyer = shop.token("acme-buyer").await;
    let setup = set_up(&shop, &buyer, json!(0), None).await;
    for forged in ["", "a.b.c", buyer.as_str()] {
        let body =
            json!({ "transactionSetupId": setup["transactionSetupId"], "signedResult": forged });
        shop.post("", CALLBACK, &body).await.problem(403);
    }
    assert_eq!(
        shop.post("", CALLBACK, &json!({})).await.fields(),
        ["transactionSetupId"]
    );
    assert_eq!(state(&shop, &buyer, &setup).await["status"], "Pending");
    assert_eq!(methods(&shop, &buyer).await, 2);
    shop.close().await;
}

#[tokio::test]
async fn setups_that_cannot_be_are_refused() {
    let shop = Shop::open().await;
    let buyer = shop.token("acme-buyer").await;
    let body = |name: &str, value: Value| {
        let mut body = json!({ "customerNumber": "ACME-001", "transactionAmount": 1, "applicationReturnUrl": BACK });
        body[name] = value;
        body
    };
    for amount in [json!(-1), json!(1.005), json!(1_000_000_000)] {
        let answer = shop
            .post(&buyer, SETUP, &body("transactionAmount", amount))
            .await;
        assert_eq!(answer.fields(), ["transactionAmount"]);
    }
    for address in ["", "/back", "https://evil.example/", "javascript:alert(1)"] {
        let answer = shop
            .post(&buyer, SETUP, &body("applicationReturnUrl", json!(address)))
            .await;
        assert_eq!(answer.fields(), ["applicationReturnUrl"], "{address}");
    }
    let long = body("marketCode", json!("x".repeat(51)));
    assert_eq!(
        shop.post(&buyer, SETUP, &long).await.fields(),
        ["marketCode"]
    );
    shop.post(&buyer, SETUP, &body("invoiceId", json!("INV-99999")))
        .await
        .problem(404);
    let riviera = body("customerNumber", json!("RIV-002"));
    shop.post(&buyer, SETUP, &riviera).await.problem(403);
    shop.post("", SETUP, &riviera).await.problem(401);
    let stranger = shop.token("globex-admin").await;
    shop.post(&stranger, SETUP, &riviera).await.problem(404);
    let setup = set_up(&shop, &buyer, json!(0), None).await;
    let path = format!("{SETUP}/{}", setup["transactionSetupId"].as_str().unwrap());
    shop.get("", &path).await.problem(401);
    shop.get(&stranger, &path).await.problem(404);
    let other = shop.token("riviera-buyer").await;
    shop.get(&other, &path).await.problem(403);
    shop.close().await;
}

#[tokio::test]
async fn more_than_the_balance_is_refused_before_anything_is_typed() {
    let shop = Shop::open().await;
    let buyer = shop.token("acme-buyer").await;
    let invoice = invoice(&shop, &buyer).await;
    for amount in [json!(185.01), json!(0)] {
        let body = json!({
            "customerNumber": "ACME-001", "transactionAmount": amount, "applicationReturnUrl": BACK,
            "invoiceId": invoice["id"]
        });
        shop.post(&buyer, SETUP, &body).await.problem(400);
    }
    shop.close().await;
}

#[tokio::test]
async fn only_configured_origins_are_returned_to() {
    let shop = Shop::with(Options {
        return_origins: vec!["https://shop.example".to_owned()],
        ..Options::default()
    })
    .await;
    let buyer = shop.token("acme-buyer").await;
    for (address, status) in [("https://shop.example/back", 201), (BACK, 400)] {
        let body = json!({ "customerNumber": "ACME-001", "transactionAmount": 0, "applicationReturnUrl": address });
        assert_eq!(shop.post(&buyer, SETUP, &body).await.status, status);
    }
    shop.close().await;
}
