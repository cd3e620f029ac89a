//! Whatever is sent, it is the right 4xx, never a 5xx, and nothing is half-written.

use crate::shop::{Shop, send};
use reqwest::Method;
use serde_json::json;

async fn raw(
    shop: &Shop,
    token: &str,
    path: &str,
    content_type: &str,
    body: Vec<u8>,
) -> crate::shop::Answer {
    send(
        shop.request(Method::POST, path)
            .bearer_auth(token)
            .header("content-type", content_type)
            .body(body),
    )
    .await
}

#[tokio::test]
async fn a_number_that_could_only_be_read_rounded_is_refused() {
    let shop = Shop::open().await;
    let admin = shop.token("acme-admin").await;
    let product = |price: &str| {
        format!(
            r#"{{"sku":"WIDGET-BLU-L","prices":[{{"tier":"Retail","price":{price},"atQuantity":1}}]}}"#
        )
    };
    for price in [
        "1.00000000000000000000000000001",
        "1.00000000000000000000000000001e0",
    ] {
        let request = shop
            .request(Method::PUT, "/api/products")
            .bearer_auth(&admin)
            .header("content-type", "application/json")
            .body(product(price));
        assert_eq!(send(request).await.fields(), ["prices[0].price"]);
    }
    // Zeros at the end say nothing.
    let request = shop
        .request(Method::PUT, "/api/products")
        .bearer_auth(&admin)
        .header("content-type", "application/json")
        .body(product("2.50000000000000000000000000000000"));
    send(request).await.ok(200);
    shop.close().await;
}

#[tokio::test]
async fn bodies_that_are_none() {
    let shop = Shop::open().await;
    let buyer = shop.token("acme-buyer").await;
    let path = "/api/carts/ACME-001";
    let json_type = "application/json";
    for broken in [
        "",
        "{",
        "nonsense",
        "[]",
        "null",
        "\"text\"",
        "{\"quantity\":",
        "{\"a\":1,}",
        "1e400",
    ] {
        raw(&shop, &buyer, path, json_type, broken.into())
            .await
            .problem(400);
    }
    raw(&shop, &buyer, path, json_type, vec![b'"', 0xff, 0xfe, b'"'])
        .await
        .problem(400);
    raw(
        &shop,
        &buyer,
        path,
        json_type,
        "[".repeat(100_000).into_bytes(),
    )
    .await
    .problem(400);
    raw(
        &shop,
        &buyer,
        path,
        json_type,
        "{\"a\":".repeat(50_000).into_bytes(),
    )
    .await
    .problem(400);
    raw(&shop, &buyer, path, "text/plain", b"{}".to_vec())
        .await
        .problem(415);
    raw(&shop, &buyer, path, "multipart/form-data", b"{}".to_vec())
        .await
        .problem(415);
    let huge = format!("{{\"sku\":\"{}\"}}", "x".repeat(3 * 1024 * 1024));
    raw(&shop, &buyer, path, json_type, huge.into_bytes())
        .await
        .problem(413);
    assert_eq!(
        shop.get(&buyer, "/api/carts/customer/ACME-001")
            .await
            .ok(200),
        json!([])
    );
    shop.close().await;
}

#[tokio::test]
async fn addresses_and_methods_that_are_none() {
    let shop = Shop::open().await;
    let buyer = shop.token("acme-buyer").await;
    shop.get(&buyer, "/api/nothing").await.problem(404);
    shop.get(&buyer, "/nowhere").await.problem(404);
    shop.get(&buyer, "/_sandbox/nothing").await.problem(404);
    shop.get(&buyer, "/api/products/%FF%FE").await.problem(400);
    shop.get(&buyer, "/api/products/%00").await.problem(404);
    shop.get(&buyer, "/api/products/..%2F..%2Fetc%2Fpasswd")
        .await
        .problem(404);
    shop.delete(&buyer, "/api/products").await.problem(405);
    let answer = shop.get(&buyer, "/api/auth/login").await;
    answer.problem(405);
    assert_eq!(answer.header("allow"), "POST");
    shop.get(&buyer, "/_sandbox/images/bolt-1/huge")
        .await
        .problem(404);
    shop.close().await;
}

#[tokio::test]
async fn sql_is_text() {
    let shop = Shop::open().await;
    let buyer = shop.token("acme-buyer").await;
    for attack in [
        "'; DROP TABLE products; --",
        "' OR '1'='1",
        "%' OR 1=1 --",
        "\" OR \"\"=\"",
        "\\'; --",
        "Robert'); --",
    ] {
        let encoded = attack
            .bytes()
            .fold(String::new(), |text, byte| format!("{text}%{byte:02X}"));
        shop.get(&buyer, &format!("/api/products/{encoded}"))
            .await
            .problem(404);
        shop.get(
            &buyer,
            &format!("/api/products/search?searchTerm={encoded}"),
        )
        .await
        .ok(200);
        shop.get(&buyer, &format!("/api/products?sortOn={encoded}"))
            .await
            .problem(400);
        let filter = format!(
            "filters[0].field=Name&filters[0].operator=contains&filters[0].value={encoded}"
        );
        assert_eq!(
            shop.get(&buyer, &format!("/api/products?{filter}"))
                .await
                .ok(200)["totalRecords"],
            0
        );
        let field =
            format!("filters[0].field={encoded}&filters[0].operator=contains&filters[0].value=a");
        shop.get(&buyer, &format!("/api/products?{field}"))
            .await
            .problem(400);
        shop.get(&buyer, &format!("/api/customers/{encoded}"))
            .await
            .problem(403);
        shop.get(&buyer, &format!("/api/carts/{encoded}"))
            .await
            .problem(404);
    }
    assert!(
        shop.get(&buyer, "/api/products").await.ok(200)["totalRecords"]
            .as_u64()
            .unwrap()
            > 250
    );
    shop.close().await;
}

#[tokio::test]
async fn random_bytes_never_make_a_server_error() {
    let shop = Shop::open().await;
    let buyer = shop.token("acme-buyer").await;
    let cart = shop.cart(&buyer).await;
    // A linear congruential generator is random enough to break JSON, and the same every time.
    let mut state = 20_260_101_u64;
    let mut random = move || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 40) as usize
    };
    let paths = [
        "/api/auth/login".to_owned(),
        "/api/carts/ACME-001".to_owned(),
        format!("/api/carts/ACME-001/{cart}/items"),
        format!("/api/carts/ACME-001/{cart}/complete-checkout"),
    ];
    let valid = json!({
        "customerNumber": "ACME-001", "sku": "WIDGET-RED-M", "quantity": 2, "orderType": "Standard", "channel": "Web",
        "OrgCode": "acme-dist", "ClientId": "x", "ClientSecret": "y"
    })
    .to_string();
    for round in 0..400 {
        let mut body = valid.clone().into_bytes();
        for _ in 0..=round % 4 {
            let place = random() % body.len();
            body[place] = u8::try_from(random() % 256).unwrap();
        }
        let path = &paths[round % paths.len()];
        let answer = raw(&shop, &buyer, path, "application/json", body).await;
        assert!(answer.status < 500, "{path}: {}", answer.text);
    }
    shop.close().await;
}
