//! Signing in and tokens.

use crate::shop::{Shop, send};
use nymble_sandbox::Options;
use reqwest::Method;
use serde_json::json;

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

/// A token signed elsewhere; parts in base64url.
fn token_of(head: &str, payload: &str, signature: &str) -> String {
    format!("{head}.{payload}.{signature}")
}

#[tokio::test]
async fn tokens_of_other_algorithms_and_other_keys_are_refused() {
    let (shop, other) = (Shop::open().await, Shop::open().await);
    let good = shop.token("acme-admin").await;
    let parts: Vec<&str> = good.split('.').collect();
    let (head, payload, signature) = (parts[0], parts[1], parts[2]);
    // The same claims, signed by another sandbox's key.
    let foreign = other.token("acme-admin").await;
    let foreign: Vec<&str> = foreign.split('.').collect();
    // {"alg":"none"}, {"alg":"None"}, {"typ":"JWT","alg":"RS256"}, {"alg":"HS512"}
    let heads = [
        "eyJhbGciOiJub25lIn0",
        "eyJhbGciOiJOb25lIn0",
        "eyJ0eXAiOiJKV1QiLCJhbGciOiJSUzI1NiJ9",
        "eyJhbGciOiJIUzUxMiJ9",
    ];
    // {"role":"Super","exp":99999999999}
    let raised = "eyJyb2xlIjoiU3VwZXIiLCJleHAiOjk5OTk5OTk5OTk5fQ";
    let mut bad = vec![
        foreign.join("."),
        token_of(head, payload, foreign[2]),
        token_of(head, raised, signature),
        token_of(head, payload, ""),
        token_of("", payload, signature),
        format!("{good}."),
        good.replace('.', ""),
        format!("{good}{good}"),
    ];
    for head in heads {
        bad.push(token_of(head, payload, ""));
        bad.push(token_of(head, payload, signature));
    }
    for token in bad {
        shop.get(&token, "/api/organization").await.problem(401);
        let key = shop.request(Method::GET, "/api/organization");
        send(key.header("x-api-key", &token)).await.problem(401);
    }
    shop.get(&good, "/api/organization").await.ok(200);
    shop.close().await;
    other.close().await;
}

#[tokio::test]
async fn an_expired_token_says_so() {
    let shop = Shop::open().await;
    let body = json!({ "clientId": "acme-buyer", "expiresInSeconds": 0 });
    let answer = shop.post("", "/_sandbox/tokens", &body).await.ok(201);
    tokio::time::sleep(std::time::Duration::from_millis(1_100)).await;
    let token = answer["accessToken"].as_str().unwrap();
    let refused = shop.get(token, "/api/products").await.problem(401);
    assert_eq!(refused["detail"], "The access token has expired.");
    shop.close().await;
}

#[tokio::test]
async fn an_organizations_token_is_scoped_to_a_user() {
    let shop = Shop::open().await;
    let admin = shop.token("acme-admin").await;
    let path = "/api/auth/access";
    for name in [
        "OrganizationId",
        "IdentityOrganizationId",
        "organizationId",
        "OrgCode",
    ] {
        let organization = match name {
            "IdentityOrganizationId" => "kinde_org_4e9b7f22",
            "OrgCode" => "acme-dist",
            _ => "org_4e9b7f22",
        };
        let body = json!({ name: organization, "UserId": "kp_buyer002" });
        let scoped = shop.post(&admin, path, &body).await.ok(200);
        assert_eq!(scoped["TokenType"], "api-key");
        assert_eq!(scoped["ExpiresIn"], 86_400);
        assert_eq!(scoped["CustomerNumber"], "RIV-002");
        assert_eq!(scoped["PriceTier"], "Retail");
        assert_eq!(scoped["CurrencyCode"], "EUR");
        let token = scoped["AccessToken"].as_str().unwrap();
        shop.get(token, "/api/customers/RIV-002").await.ok(200);
        shop.get(token, "/api/customers/ACME-001")
            .await
            .problem(403);
        let profile = shop.get(token, "/api/users/profile").await.ok(200);
        assert_eq!(profile["FirstName"], "Camille");
        // A scoped token is no organization's token.
        shop.post(token, path, &body).await.problem(403);
    }
    let fields = shop.post(&admin, path, &json!({})).await.fields();
    assert_eq!(fields, ["OrganizationId", "UserId"]);
    shop.close().await;
}

#[tokio::test]
async fn scoping_neither_crosses_organizations_nor_raises_a_role() {
    let shop = Shop::open().await;
    let path = "/api/auth/access";
    let (admin, superuser) = (
        shop.token("acme-admin").await,
        shop.token("acme-super").await,
    );
    let wanted =
        |organization: &str, user: &str| json!({ "OrganizationId": organization, "UserId": user });
    for missing in [
        wanted("org_b81d03ce", "kp_gx_buyer"),
        wanted("org_4e9b7f22", "kp_gx_buyer"),
        wanted("org_4e9b7f22", "kp_nobody"),
        wanted("org_nowhere", "kp_buyer001"),
    ] {
        shop.post(&admin, path, &missing).await.problem(404);
    }
    shop.post(&admin, path, &wanted("org_4e9b7f22", "kp_super001"))
        .await
        .problem(403);
    let dormant = shop
        .post(&admin, path, &wanted("org_4e9b7f22", "kp_buyer004"))
        .await;
    assert_eq!(dormant.problem(403)["title"], "Account deactivated");
    for client in ["acme-buyer", "acme-rep"] {
        let token = shop.token(client).await;
        shop.post(&token, path, &wanted("org_4e9b7f22", "kp_buyer001"))
            .await
            .problem(403);
    }
    let crossed = shop
        .post(&superuser, path, &wanted("org_b81d03ce", "kp_gx_buyer"))
        .await
        .ok(200);
    assert_eq!(crossed["CustomerNumber"], "GLX-001");
    shop.post(&superuser, path, &wanted("org_4e9b7f22", "kp_super001"))
        .await
        .ok(200);
    shop.close().await;
}
