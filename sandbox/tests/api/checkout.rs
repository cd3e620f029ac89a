//! Checkout: who pays, what is refused, and that it happens once.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use crate::shop::{Shop, card};
use nymble_sandbox::{Db, Options};
use serde_json::{Value, json};

fn profile(id: &str) -> Value {
    json!({ "customerNumber": "ACME-001", "channel": "Storefront", "paymentProfileId": id })
}

#[tokio::test]
async fn many_calls_make_one_order() {
    let shop = Arc::new(Shop::open().await);
    let buyer = shop.token("acme-buyer").await;
    let cart = shop.ready_cart(&buyer).await;
    let mut calls = tokio::task::JoinSet::new();
    for _ in 0..32 {
        let (shop, buyer, cart) = (Arc::clone(&shop), buyer.clone(), cart.clone());
        calls.spawn(async move { shop.check_out(&buyer, &cart, "4111111111111111").await });
    }
    let answers = calls.join_all().await;
    assert_eq!(
        answers.iter().filter(|answer| answer.status == 200).count(),
        1
    );
    for refused in answers.iter().filter(|answer| answer.status != 200) {
        assert_eq!(refused.problem(400)["title"], "Cart is closed");
    }
    let orders = shop.orders().await;
    assert_eq!(orders.len(), 1);
    assert_eq!(orders[0]["orderNumber"], "MOM-00482");
    assert_eq!(orders[0]["items"][0]["lineTotal"].to_string(), "185.00");
    assert_eq!(
        (&orders[0]["paymentBrand"], &orders[0]["paymentLastFour"]),
        (&json!("Visa"), &json!("1111"))
    );
}

#[tokio::test]
async fn a_closed_cart_is_immutable() {
    let shop = Shop::open().await;
    let buyer = shop.token("acme-buyer").await;
    let cart = shop.ready_cart(&buyer).await;
    shop.check_out(&buyer, &cart, "4111111111111111")
        .await
        .ok(200);
    let here = format!("/api/carts/ACME-001/{cart}");
    let item = json!({ "customerNumber": "ACME-001", "sku": "WIDGET-RED-M", "quantity": 1 });
    let before = shop
        .get(&buyer, &format!("/api/carts/{cart}"))
        .await
        .ok(200);
    for answer in [
        shop.post(&buyer, &format!("{here}/items"), &item).await,
        shop.put(&buyer, &format!("{here}/items/WIDGET-BLU-L"), &item)
            .await,
        shop.delete(&buyer, &format!("{here}/items/WIDGET-BLU-L"))
            .await,
        shop.put(
            &buyer,
            &format!("{here}/shipping"),
            &crate::shop::shipping(),
        )
        .await,
        shop.put(
            &buyer,
            &format!("{here}/po-number"),
            &json!({ "customerNumber": "ACME-001", "poNumber": "1" }),
        )
        .await,
        shop.put(&buyer, &here, &json!({ "cart": { "orderType": "Quote" } }))
            .await,
        shop.check_out(&buyer, &cart, "4111111111111111").await,
    ] {
        assert_eq!(answer.problem(400)["title"], "Cart is closed");
    }
    assert_eq!(
        shop.get(&buyer, &format!("/api/carts/{cart}"))
            .await
            .ok(200),
        before
    );
    shop.close().await;
}

#[tokio::test]
async fn everything_that_is_missing_is_named() {
    let shop = Shop::open().await;
    let buyer = shop.token("acme-buyer").await;
    let cart = shop.cart(&buyer).await;
    let items = format!("/api/carts/ACME-001/{cart}/items");
    let few = json!({ "customerNumber": "ACME-001", "sku": "WIDGET-BLU-M", "quantity": 5 });
    shop.post(&buyer, &items, &few).await.ok(200);
    let problem = shop.check_out(&buyer, &cart, "4111111111111111").await;
    assert_eq!(
        problem.fields(),
        ["items[WIDGET-BLU-M].quantity", "shippingAddress"]
    );
    assert!(problem.text.contains("minimum order quantity of 6"));
    let odd = json!({ "customerNumber": "ACME-001", "quantity": 7 });
    shop.put(&buyer, &format!("{items}/WIDGET-BLU-M"), &odd)
        .await
        .ok(200);
    assert!(
        shop.check_out(&buyer, &cart, "4111111111111111")
            .await
            .text
            .contains("multiples of 6")
    );
    for sku in ["WIDGET-BLU-M", "WIDGET-BLU-L"] {
        shop.delete(&buyer, &format!("{items}/{sku}")).await.ok(200);
    }
    assert_eq!(
        shop.check_out(&buyer, &cart, "4111111111111111")
            .await
            .fields(),
        ["items", "shippingAddress"]
    );
    let mut silent = card("4111111111111111");
    silent["channel"] = Value::Null;
    let path = format!("/api/carts/ACME-001/{cart}/complete-checkout");
    assert_eq!(
        shop.post(&buyer, &path, &silent).await.fields(),
        ["channel"]
    );
    assert_eq!(shop.orders().await.len(), 0);
    shop.close().await;
}

#[tokio::test]
async fn refused_payments_leave_the_cart_open() {
    let shop = Shop::with(Options {
        gateway_timeout: Duration::from_millis(150),
        ..Options::default()
    })
    .await;
    let buyer = shop.token("acme-buyer").await;
    let cart = shop.ready_cart(&buyer).await;
    for number in ["4000000000000002", "4000000000009995"] {
        let refused = shop.check_out(&buyer, &cart, number).await;
        assert_eq!(refused.problem(400)["title"], "Payment declined");
        assert_eq!(refused.fields(), ["payment"]);
    }
    let began = Instant::now();
    shop.check_out(&buyer, &cart, "4000000000000119")
        .await
        .problem(504);
    assert!(began.elapsed() >= Duration::from_millis(150));
    let wrong = shop.check_out(&buyer, &cart, "4111111111111112").await;
    assert_eq!(wrong.fields(), ["payment.creditCard.cardNumber"]);
    assert!(
        !wrong.text.contains("4111111111111112"),
        "a card number is never sent back"
    );
    let path = format!("/api/carts/ACME-001/{cart}/complete-checkout");
    let nothing = json!({ "customerNumber": "ACME-001", "channel": "Web" });
    assert_eq!(
        shop.post(&buyer, &path, &nothing).await.fields(),
        ["payment"]
    );
    assert_eq!(
        shop.post(&buyer, &path, &profile("pp_71aa20cd"))
            .await
            .fields(),
        ["paymentProfileId"]
    );
    assert_eq!(shop.orders().await.len(), 0);
    assert_eq!(
        shop.get(&buyer, &format!("/api/carts/{cart}"))
            .await
            .ok(200)["status"],
        "PENDING"
    );
    shop.check_out(&buyer, &cart, "5555555555554444")
        .await
        .ok(200);
    shop.close().await;
}

#[tokio::test]
async fn saved_cards_and_terms_pay_too() {
    let shop = Shop::open().await;
    let buyer = shop.token("acme-buyer").await;
    let saved = shop
        .get(&buyer, "/api/payments/profiles/ACME-001")
        .await
        .ok(200);
    assert_eq!(saved.as_array().unwrap().len(), 2);
    assert_eq!(
        (&saved[0]["isDefault"], &saved[0]["lastFour"]),
        (&json!(true), &json!("4242"))
    );
    let cart = shop.ready_cart(&buyer).await;
    let path = format!("/api/carts/ACME-001/{cart}/complete-checkout");
    let id = saved[0]["paymentProfileId"].as_str().unwrap();
    shop.post(&buyer, &path, &profile(id)).await.ok(200);
    let cart = shop.ready_cart(&buyer).await;
    let mut on_account = card("");
    on_account["payment"]
        .as_object_mut()
        .unwrap()
        .remove("creditCard");
    let path = format!("/api/carts/ACME-001/{cart}/complete-checkout");
    shop.post(&buyer, &path, &on_account).await.ok(200);
    let methods: Vec<Value> = shop
        .orders()
        .await
        .iter()
        .map(|order| order["paymentMethod"].clone())
        .collect();
    assert_eq!(methods, ["profile", "terms"]);
    let riviera = shop.token("riviera-buyer").await;
    let body = json!({ "customerNumber": "RIV-002", "sku": "WIDGET-RED-M", "quantity": 1, "orderType": "Standard" });
    let cart = shop
        .post(&riviera, "/api/carts/RIV-002", &body)
        .await
        .ok(201);
    let here = format!(
        "/api/carts/RIV-002/{}",
        cart["shoppingCartId"].as_str().unwrap()
    );
    let mut address = crate::shop::shipping();
    address["customerNumber"] = json!("RIV-002");
    shop.put(&riviera, &format!("{here}/shipping"), &address)
        .await
        .ok(200);
    on_account["customerNumber"] = json!("RIV-002");
    let refused = shop
        .post(&riviera, &format!("{here}/complete-checkout"), &on_account)
        .await;
    assert_eq!(refused.fields(), ["payment.creditCard"]);
    shop.close().await;
}

#[tokio::test]
async fn a_card_number_is_never_written_down() {
    let folder = std::env::temp_dir().join(format!("nymble-sandbox-card-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let options = Options {
        db: Db::File(folder.join("shop.db")),
        products: 20,
        ..Options::default()
    };
    let shop = Shop::with(options).await;
    let buyer = shop.token("acme-buyer").await;
    let cart = shop.ready_cart(&buyer).await;
    shop.check_out(&buyer, &cart, "4000000000000002")
        .await
        .problem(400);
    shop.check_out(&buyer, &cart, "4111111111111111")
        .await
        .ok(200);
    let log = shop.get("", "/_sandbox/requests").await.text;
    shop.close().await;
    let mut written = log.into_bytes();
    for file in std::fs::read_dir(&folder).unwrap() {
        written.extend(std::fs::read(file.unwrap().path()).unwrap());
    }
    for secret in [&b"4111111111111111"[..], b"4000000000000002"] {
        assert!(!written.windows(secret.len()).any(|window| window == secret));
    }
    std::fs::remove_dir_all(&folder).unwrap();
}
