//! Replacing the price entries of many products at once.

use crate::shop::Shop;
use serde_json::{Value, json};

const PATH: &str = "/api/products/prices";

/// The documents' example.
fn documented() -> Value {
    json!({ "productUpdates": [
        { "sku": "WIDGET-BLU-L", "prices": [
            { "tier": "Wholesale", "price": 17.00, "atQuantity": 1 },
            { "tier": "Wholesale", "price": 14.50, "atQuantity": 100 },
            { "tier": "Retail",    "price": 25.99, "atQuantity": 1 }
        ] },
        { "sku": "WIDGET-RED-M", "prices": [
            { "tier": "Wholesale", "price": 15.00, "atQuantity": 1 },
            { "tier": "Retail",    "price": 22.99, "atQuantity": 1 }
        ] }
    ] })
}

/// Tier, price and quantity of each entry a token sees.
async fn entries(shop: &Shop, token: &str, sku: &str) -> Vec<(String, String, u64)> {
    let product = shop
        .get(token, &format!("/api/products/{sku}"))
        .await
        .ok(200);
    let entries = product["prices"].as_array().unwrap();
    entries
        .iter()
        .map(|entry| {
            (
                entry["tier"].as_str().unwrap().to_owned(),
                entry["price"].to_string(),
                entry["atQuantity"].as_u64().unwrap(),
            )
        })
        .collect()
}

#[tokio::test]
async fn the_documents_call_replaces_every_entry_of_both_products() {
    let shop = Shop::open().await;
    let (admin, buyer, riviera) = (
        shop.token("acme-admin").await,
        shop.token("acme-buyer").await,
        shop.token("riviera-buyer").await,
    );
    let cart = shop.cart(&buyer).await;
    let euros = entries(&shop, &riviera, "WIDGET-BLU-L").await;
    for _ in 0..2 {
        let done = shop.put(&admin, PATH, &documented()).await;
        assert_eq!((done.status, done.text.as_str()), (204, ""));
        let expected = [
            ("Wholesale", "17.00", 1),
            ("Wholesale", "14.50", 100),
            ("Retail", "25.99", 1),
        ]
        .map(|(tier, price, at)| (tier.to_owned(), price.to_owned(), at));
        assert_eq!(entries(&shop, &admin, "WIDGET-BLU-L").await, expected);
        assert_eq!(entries(&shop, &admin, "WIDGET-RED-M").await.len(), 2);
    }
    let own = shop.get(&buyer, "/api/products/WIDGET-BLU-L").await.ok(200);
    assert_eq!(own["price"].to_string(), "17.00");
    // The default base price and other currencies stay.
    let base = shop.get(&admin, "/api/products/WIDGET-BLU-L").await.ok(200);
    assert_eq!(base["price"].to_string(), "24.99");
    assert_ne!(base["updatedAt"], "2024-05-20T14:32:00Z");
    assert_eq!(entries(&shop, &riviera, "WIDGET-BLU-L").await, euros);
    // An open cart is priced anew.
    let cart = shop
        .get(&buyer, &format!("/api/carts/{cart}"))
        .await
        .ok(200);
    assert_eq!(cart["subtotal"].to_string(), "170.00");
    // So are lists sorted by price.
    let sorted = "/api/products?sortOn=Price&filters[0].field=Price&filters[0].operator=equals&filters[0].value=17";
    let found = shop.get(&buyer, sorted).await.ok(200);
    let skus: Vec<&Value> = found["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|p| &p["sku"])
        .collect();
    assert!(skus.contains(&&json!("WIDGET-BLU-L")), "{skus:?}");
    // An empty array clears a product's entries in the token's currency.
    let clear = json!({ "productUpdates": [{ "sku": "WIDGET-RED-M", "prices": [] }] });
    assert_eq!(shop.put(&admin, PATH, &clear).await.status, 204);
    let cleared = shop.get(&admin, "/api/products/WIDGET-RED-M").await.ok(200);
    assert!(cleared["prices"].is_null());
    shop.close().await;
}

#[tokio::test]
async fn one_fault_keeps_every_price_as_it_was() {
    let shop = Shop::open().await;
    let admin = shop.token("acme-admin").await;
    let before = entries(&shop, &admin, "WIDGET-BLU-L").await;
    for (part, value, field) in [
        ("/sku", json!("NO-SUCH"), "productUpdates[1].sku"),
        ("/sku", json!("WIDGET-BLU-L"), "productUpdates[1].sku"),
        ("/sku", json!(7), "productUpdates[1].sku"),
        ("/sku", Value::Null, "productUpdates[1].sku"),
        ("/prices", Value::Null, "productUpdates[1].prices"),
        (
            "/prices/1/tier",
            json!(""),
            "productUpdates[1].prices[1].tier",
        ),
        (
            "/prices/1/tier",
            json!("Wholesle"),
            "productUpdates[1].prices[1].tier",
        ),
        (
            "/prices/1/price",
            json!(-0.01),
            "productUpdates[1].prices[1].price",
        ),
        (
            "/prices/1/price",
            json!(0.00001),
            "productUpdates[1].prices[1].price",
        ),
        (
            "/prices/1/price",
            json!("dear"),
            "productUpdates[1].prices[1].price",
        ),
        (
            "/prices/1/atQuantity",
            json!(0),
            "productUpdates[1].prices[1].atQuantity",
        ),
        (
            "/prices/1/tier",
            json!("Wholesale"),
            "productUpdates[1].prices[1]",
        ),
    ] {
        let mut bad = documented();
        *bad.pointer_mut(&format!("/productUpdates/1{part}"))
            .unwrap() = value;
        assert_eq!(
            shop.put(&admin, PATH, &bad).await.fields(),
            [field],
            "{bad}"
        );
    }
    assert_eq!(
        shop.put(&admin, PATH, &json!({})).await.fields(),
        ["productUpdates"]
    );
    assert_eq!(entries(&shop, &admin, "WIDGET-BLU-L").await, before);
    shop.close().await;
}

#[tokio::test]
async fn only_the_merchants_own_administrator_sets_prices() {
    let shop = Shop::open().await;
    for client in ["acme-buyer", "acme-rep"] {
        let token = shop.token(client).await;
        shop.put(&token, PATH, &documented()).await.problem(403);
    }
    shop.put("", PATH, &documented()).await.problem(401);
    // A SKU of another organization is not in the catalogue.
    let admin = shop.token("acme-admin").await;
    let new = json!({ "sku": "ACME-ONLY", "price": 1 });
    shop.put(&admin, "/api/products", &new).await.ok(201);
    let globex = shop.token("globex-admin").await;
    let update = json!({ "productUpdates": [{ "sku": "ACME-ONLY", "prices": [] }] });
    assert_eq!(
        shop.put(&globex, PATH, &update).await.fields(),
        ["productUpdates[0].sku"]
    );
    shop.close().await;
}
