//! Faults on demand, and what else `/_sandbox/` offers.

use std::{
    cell::Cell,
    time::{Duration, Instant},
};

use crate::shop::{Shop, card, send};
use nymble_sandbox::Options;
use reqwest::Method;
use serde_json::{Value, json};

async fn switch_on(shop: &Shop, fault: Value) {
    shop.post("", "/_sandbox/faults", &fault).await.ok(201);
}

#[tokio::test]
async fn each_effect_shows_as_it_should() {
    let shop = Shop::open().await;
    let buyer = shop.token("acme-buyer").await;
    let route = "/api/products/{sku}";
    let path = "/api/products/WIDGET-BLU-L";
    let fault =
        |effect: &str| json!({ "method": "GET", "route": route, "count": 1, "effect": effect });

    let mut busy = fault("status");
    busy["status"] = json!(503);
    busy["retryAfter"] = json!(7);
    switch_on(&shop, busy).await;
    let answer = shop.get(&buyer, path).await;
    answer.problem(503);
    assert_eq!(answer.header("retry-after"), "7");
    shop.get(&buyer, path).await.ok(200);

    let mut own = fault("status");
    own["body"] = json!("out to lunch");
    own["contentType"] = json!("text/plain");
    switch_on(&shop, own).await;
    let answer = shop.get(&buyer, path).await;
    assert_eq!((answer.status, answer.text.as_str()), (500, "out to lunch"));

    switch_on(&shop, fault("malformed")).await;
    let answer = shop.get(&buyer, path).await;
    assert!(answer.status == 200 && serde_json::from_str::<Value>(&answer.text).is_err());

    switch_on(&shop, fault("empty")).await;
    let answer = shop.get(&buyer, path).await;
    assert_eq!((answer.status, answer.text.as_str()), (200, ""));

    switch_on(&shop, fault("html")).await;
    let answer = shop.get(&buyer, path).await;
    assert_eq!(
        (answer.status, answer.header("content-type")),
        (502, "text/html")
    );

    let mut slow = fault("delay");
    slow["delayMs"] = json!(120);
    slow["skip"] = json!(1);
    switch_on(&shop, slow).await;
    let began = Instant::now();
    shop.get(&buyer, path).await.ok(200);
    let first = began.elapsed();
    shop.get(&buyer, path).await.ok(200);
    assert!(first < Duration::from_millis(120) && began.elapsed() >= Duration::from_millis(120));

    let mut late = fault("delay");
    late["lateMs"] = json!(120);
    switch_on(&shop, late).await;
    let began = Instant::now();
    shop.get(&buyer, path).await.ok(200);
    assert!(began.elapsed() >= Duration::from_millis(120));

    switch_on(
        &shop,
        json!({ "route": "*", "effect": "status", "status": 429 }),
    )
    .await;
    shop.get(&buyer, "/api/categories").await.problem(429);
    assert_eq!(
        shop.get("", "/_sandbox/faults")
            .await
            .ok(200)
            .as_array()
            .unwrap()
            .len(),
        1
    );
    assert_eq!(shop.delete("", "/_sandbox/faults").await.status, 204);
    shop.get(&buyer, "/api/categories").await.ok(200);
    shop.post("", "/_sandbox/faults", &json!({ "effect": "explode" }))
        .await
        .problem(400);
    shop.close().await;
}

#[tokio::test]
async fn faults_are_switched_off_one_by_one() {
    let shop = Shop::open().await;
    let buyer = shop.token("acme-buyer").await;
    let mut ids = Vec::new();
    for status in [503, 429, 500] {
        let fault = json!({ "route": "/api/categories", "effect": "status", "status": status });
        let on = shop.post("", "/_sandbox/faults", &fault).await.ok(201);
        assert_eq!(on["status"], status);
        ids.push(on["id"].as_u64().unwrap());
    }
    for (id, status) in ids.iter().zip([503, 429, 500]) {
        shop.get(&buyer, "/api/categories").await.problem(status);
        let path = format!("/_sandbox/faults/{id}");
        assert_eq!(shop.delete("", &path).await.status, 204);
        shop.delete("", &path).await.problem(404);
    }
    shop.get(&buyer, "/api/categories").await.ok(200);
    shop.delete("", "/_sandbox/faults/none").await.problem(404);
    // A number is never given twice, so a late click cannot switch off another one.
    let again = json!({ "effect": "html", "count": 1 });
    let again = shop.post("", "/_sandbox/faults", &again).await.ok(201);
    assert!(again["id"].as_u64() > ids.last().copied());
    assert_eq!(
        shop.get("", "/_sandbox/faults").await.ok(200),
        json!([again])
    );
    shop.close().await;
}

#[tokio::test]
async fn a_cut_before_does_nothing_and_a_cut_after_does_all() {
    let shop = Shop::open().await;
    let buyer = shop.token("acme-buyer").await;
    let cart = shop.ready_cart(&buyer).await;
    let path = format!("/api/carts/ACME-001/{cart}/complete-checkout");
    for (effect, orders) in [("cut-before", 0), ("cut-after", 1)] {
        switch_on(&shop, json!({
            "method": "POST", "route": "/api/carts/{customerNumber}/{shoppingCartId}/complete-checkout",
            "count": 1, "effect": effect
        }))
        .await;
        let lost = shop
            .request(Method::POST, &path)
            .bearer_auth(&buyer)
            .header("content-type", "application/json")
            .body(card("4111111111111111").to_string())
            .send()
            .await;
        assert!(lost.is_err(), "{effect}: not one byte of an answer");
        assert_eq!(shop.orders().await.len(), orders, "{effect}");
    }
    assert_eq!(
        shop.get(&buyer, &format!("/api/carts/{cart}"))
            .await
            .ok(200)["status"],
        "CLOSED"
    );
    shop.close().await;
}

#[tokio::test]
async fn a_late_answer_comes_when_the_work_is_long_done() {
    let shop = Shop::open().await;
    let buyer = shop.token("acme-buyer").await;
    let cart = shop.ready_cart(&buyer).await;
    switch_on(&shop, json!({
        "method": "POST", "route": "/api/carts/{customerNumber}/{shoppingCartId}/complete-checkout",
        "count": 1, "effect": "delay", "lateMs": 1500
    }))
    .await;
    let answered = Cell::new(false);
    let late = async {
        let answer = shop.check_out(&buyer, &cart, "4111111111111111").await;
        answered.set(true);
        answer
    };
    let seen = async {
        while shop.orders().await.is_empty() {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        assert!(!answered.get(), "the order is there before its answer");
    };
    let (answer, ()) = tokio::join!(late, seen);
    assert!((200..300).contains(&answer.status), "{}", answer.text);
    shop.close().await;
}

#[tokio::test]
async fn faults_and_latency_can_be_there_from_the_start() {
    let faults = vec!["GET /api/categories html count=1".parse().unwrap()];
    let shop = Shop::with(Options {
        faults,
        latency: Duration::from_millis(80),
        ..Options::default()
    })
    .await;
    let began = Instant::now();
    let buyer = shop.token("acme-buyer").await;
    shop.get("", "/_sandbox/orders").await.ok(200);
    assert!(
        began.elapsed() < Duration::from_millis(80),
        "the sandbox's own endpoints are not slowed"
    );
    let began = Instant::now();
    assert_eq!(shop.get(&buyer, "/api/categories").await.status, 502);
    assert!(began.elapsed() >= Duration::from_millis(80));
    shop.get(&buyer, "/api/categories").await.ok(200);
    shop.close().await;
}

#[tokio::test]
async fn requests_are_remembered_without_secrets() {
    let shop = Shop::open().await;
    let buyer = shop.token("acme-buyer").await;
    shop.delete("", "/_sandbox/requests").await;
    let traced = send(
        shop.request(Method::GET, "/api/products/NOPE")
            .bearer_auth(&buyer)
            .header("x-request-id", "mine-7"),
    )
    .await;
    assert_eq!(traced.header("x-request-id"), "mine-7");
    let log = shop.get("", "/_sandbox/requests").await;
    assert!(!log.text.contains(&buyer));
    let log = log.ok(200);
    assert_eq!(log.as_array().unwrap().len(), 1);
    assert_eq!(
        (&log[0]["status"], &log[0]["requestId"]),
        (&json!(404), &json!("mine-7"))
    );
    assert_eq!(log[0]["route"], "/api/products/{sku}");
    shop.close().await;
}

#[tokio::test]
async fn a_reset_starts_over_and_tokens_stay_good() {
    let shop = Shop::open().await;
    let buyer = shop.token("acme-buyer").await;
    let cart = shop.ready_cart(&buyer).await;
    shop.check_out(&buyer, &cart, "4111111111111111")
        .await
        .ok(200);
    switch_on(&shop, json!({ "effect": "html" })).await;
    assert_eq!(
        shop.post("", "/_sandbox/reset", &json!({})).await.status,
        204
    );
    assert_eq!(shop.orders().await.len(), 0);
    shop.get(&buyer, &format!("/api/carts/{cart}"))
        .await
        .problem(404);
    assert_eq!(shop.ready_cart(&buyer).await, "cart_8f3a2c1d");
    shop.close().await;
}

#[tokio::test]
async fn browsers_of_any_origin_may_call() {
    let shop = Shop::open().await;
    let origin = "http://127.0.0.1:8080";
    let preflight = send(
        shop.request(Method::OPTIONS, "/api/carts/ACME-001/x/items/y")
            .header("origin", origin)
            .header("access-control-request-method", "PUT")
            .header(
                "access-control-request-headers",
                "authorization,x-api-key,content-type,traceparent,x-request-id",
            ),
    )
    .await;
    assert_eq!(preflight.status, 200);
    assert_eq!(preflight.header("access-control-allow-origin"), origin);
    for name in [
        "authorization",
        "x-api-key",
        "content-type",
        "traceparent",
        "x-request-id",
    ] {
        assert!(
            preflight
                .header("access-control-allow-headers")
                .contains(name),
            "{name}"
        );
    }
    assert!(
        preflight
            .header("access-control-allow-methods")
            .contains("DELETE")
    );
    assert_ne!(preflight.header("access-control-max-age"), "");
    for path in ["/api/products", "/api/nothing", "/_sandbox/orders"] {
        let answer = send(shop.request(Method::GET, path).header("origin", origin)).await;
        assert_eq!(
            answer.header("access-control-allow-origin"),
            origin,
            "{path}"
        );
        for name in ["retry-after", "x-request-id", "content-disposition"] {
            assert!(
                answer
                    .header("access-control-expose-headers")
                    .contains(name)
            );
        }
    }
    shop.close().await;

    let strict = Options {
        allow_origin: Some("https://shop.example".to_owned()),
        ..Options::default()
    };
    let shop = Shop::with(strict).await;
    let answer = send(
        shop.request(Method::GET, "/api/products")
            .header("origin", origin),
    )
    .await;
    assert_ne!(answer.header("access-control-allow-origin"), origin);
    shop.close().await;
}
