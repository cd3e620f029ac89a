//! Signing in and tokens.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod shop;

use nymble_sandbox::Options;
use reqwest::Method;
use serde_json::json;
use shop::{Shop, send};

fn credentials(client_id: &str, secret: &str) -> serde_json::Value {
    json!({ "OrgCode": "acme-dist", "ClientId": client_id, "ClientSecret": secret })
}

#[tokio::test]
async fn signs_in_in_either_casing() {
    let shop = Shop::open().await;
    let answer = shop
        .post("", "/api/auth/login", &credentials("acme-buyer", "sandbox"))
        .await
        .ok(200);
    assert_eq!(answer["TokenType"], "api-key");
    assert_eq!(answer["ExpiresIn"], 86_400);
    let token = answer["AccessToken"].as_str().unwrap();
    shop.get(token, "/api/customers/ACME-001").await.ok(200);
    let camel =
        json!({ "orgCode": "acme-dist", "clientId": "acme-buyer", "clientSecret": "sandbox" });
    shop.post("", "/api/auth/login", &camel).await.ok(200);
    let by_key = send(
        shop.request(Method::GET, "/api/customers/ACME-001")
            .header("x-api-key", token),
    )
    .await;
    by_key.ok(200);
    shop.close().await;
}

#[tokio::test]
async fn tokens_carry_the_documented_claims_and_no_others() {
    let shop = Shop::open().await;
    for (client, expected) in [
        (
            "acme-buyer",
            json!([
                "CurrencyCode",
                "CustomerNumber",
                "OrgCode",
                "OrganizationId",
                "PriceTier",
                "UserId",
                "exp",
                "iat",
                "role",
                "sub"
            ]),
        ),
        (
            "acme-rep",
            json!([
                "OrgCode",
                "OrganizationId",
                "UserId",
                "exp",
                "iat",
                "role",
                "sub"
            ]),
        ),
    ] {
        let issued = shop
            .post("", "/_sandbox/tokens", &json!({ "clientId": client }))
            .await
            .ok(201);
        let mut names: Vec<&String> = issued["claims"].as_object().unwrap().keys().collect();
        names.sort();
        assert_eq!(json!(names), expected);
    }
    shop.close().await;
}

#[tokio::test]
async fn refuses_wrong_credentials() {
    let shop = Shop::open().await;
    shop.post("", "/api/auth/login", &credentials("acme-buyer", "guess"))
        .await
        .problem(401);
    shop.post("", "/api/auth/login", &credentials("nobody", "sandbox"))
        .await
        .problem(401);
    let foreign =
        json!({ "OrgCode": "globex", "ClientId": "acme-buyer", "ClientSecret": "sandbox" });
    shop.post("", "/api/auth/login", &foreign)
        .await
        .problem(401);
    let dormant = shop
        .post(
            "",
            "/api/auth/login",
            &credentials("dormant-buyer", "sandbox"),
        )
        .await
        .problem(401);
    assert_eq!(dormant["title"], "Account deactivated");
    assert!(dormant["detail"].as_str().unwrap().contains("DORM-004"));
    shop.close().await;
}

#[tokio::test]
async fn the_eleventh_sign_in_of_a_minute_waits() {
    let shop = Shop::open().await;
    for _ in 0..10 {
        shop.post("", "/api/auth/login", &credentials("acme-buyer", "guess"))
            .await
            .problem(401);
    }
    let answer = shop
        .post("", "/api/auth/login", &credentials("acme-buyer", "sandbox"))
        .await;
    answer.problem(429);
    assert!((1..=61).contains(&answer.header("retry-after").parse::<u64>().unwrap()));
    shop.post(
        "",
        "/api/auth/login",
        &credentials("riviera-buyer", "sandbox"),
    )
    .await
    .ok(200);
    shop.close().await;
}

#[tokio::test]
async fn refuses_tokens_that_are_not_its_own() {
    let shop = Shop::open().await;
    let good = shop.token("acme-buyer").await;
    let (head, signature) = good.rsplit_once('.').unwrap();
    let payload = head.split_once('.').unwrap().1;
    let forged = format!("{head}.{}", signature.chars().rev().collect::<String>());
    // {"alg":"none"}
    let unsigned = format!("eyJhbGciOiJub25lIn0.{payload}.");
    let expired = shop
        .post(
            "",
            "/_sandbox/tokens",
            &json!({ "clientId": "acme-buyer", "expiresInSeconds": -1 }),
        )
        .await;
    let expired = expired.ok(201)["accessToken"].as_str().unwrap().to_owned();
    for token in ["", "nonsense", "a.b.c", &forged, &unsigned, &expired] {
        let answer = shop.get(token, "/api/products").await;
        answer.problem(401);
        assert_eq!(answer.header("www-authenticate"), "Bearer");
    }
    send(shop.request(Method::GET, "/api/products"))
        .await
        .problem(401);
    shop.post("", "/_sandbox/tokens/revoke", &json!({})).await;
    shop.get(&good, "/api/products").await.problem(401);
    let fresh = shop.token("acme-buyer").await;
    shop.get(&fresh, "/api/products").await.ok(200);
    shop.close().await;
}

#[tokio::test]
async fn roles_have_their_limits() {
    let shop = Shop::open().await;
    let (buyer, rep, admin) = (
        shop.token("acme-buyer").await,
        shop.token("acme-rep").await,
        shop.token("acme-admin").await,
    );
    shop.get(&buyer, "/api/customers/RIV-002")
        .await
        .problem(403);
    shop.get(&buyer, "/api/carts/customer/RIV-002")
        .await
        .problem(403);
    shop.get(&buyer, "/api/carts").await.problem(403);
    shop.put(&buyer, "/api/products", &json!({ "sku": "X" }))
        .await
        .problem(403);
    shop.get(&rep, "/api/customers/ACME-001").await.ok(200);
    shop.get(&rep, "/api/customers/RIV-002").await.problem(403);
    shop.get(&admin, "/api/customers/RIV-002").await.ok(200);
    shop.get(&admin, "/api/customers/NOBODY").await.problem(404);
    let lost = shop
        .post(
            "",
            "/_sandbox/tokens",
            &json!({ "clientId": "acme-buyer", "omit": ["CustomerNumber"] }),
        )
        .await;
    let lost = lost.ok(201)["accessToken"].as_str().unwrap().to_owned();
    shop.get(&lost, "/api/customers/ACME-001")
        .await
        .problem(403);
    shop.get(&lost, "/api/products").await.ok(200);
    shop.close().await;
}

#[tokio::test]
async fn a_second_organization_sees_nothing_of_the_first() {
    let shop = Shop::with(Options {
        products: 60,
        ..Options::default()
    })
    .await;
    let acme = shop.token("acme-buyer").await;
    let cart = shop.cart(&acme).await;
    for client in ["globex-buyer", "globex-admin"] {
        let stranger = shop.token(client).await;
        shop.get(&stranger, &format!("/api/carts/{cart}"))
            .await
            .problem(404);
        let product = shop
            .get(&stranger, "/api/products/WIDGET-BLU-L")
            .await
            .ok(200);
        assert_eq!(product["organizationId"], "org_b81d03ce");
        assert_eq!(product["name"], "Globex Blue Widget — Large");
        shop.get(&stranger, "/api/products/HASH%231")
            .await
            .problem(404);
        let found = shop
            .get(&stranger, "/api/products/search?searchTerm=WIDGET-BLU-L")
            .await
            .ok(200);
        assert_eq!(found["totalRecords"], 1);
    }
    let admin = shop.token("globex-admin").await;
    shop.get(&admin, "/api/customers/ACME-001")
        .await
        .problem(404);
    shop.get(&admin, "/api/payments/profiles/ACME-001")
        .await
        .problem(404);
    assert_eq!(
        shop.get(&admin, "/api/carts").await.ok(200)["totalRecords"],
        0
    );
    let item = format!("/api/carts/ACME-001/{cart}/items/WIDGET-BLU-L");
    shop.delete(&admin, &item).await.problem(404);
    assert_eq!(
        shop.get(&acme, &format!("/api/carts/{cart}")).await.ok(200)["items"][0]["quantity"],
        10
    );
    shop.close().await;
}
