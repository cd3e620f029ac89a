//! Importing many products at once.

use crate::shop::{Shop, assert_holds};
use serde_json::{Value, json};

const PATH: &str = "/api/products/bulk";

fn records() -> Value {
    json!([
        { "sku": "IMP-1", "name": "First", "externalId": "PIM-1", "price": 10,
          "prices": [{ "tier": "Wholesale", "price": 7.5 }], "category": "Imports" },
        { "sku": "IMP-2", "externalId": "PIM-2" },
        { "sku": "WIDGET-RED-M", "quantityOnHand": 7 }
    ])
}

async fn count(shop: &Shop, token: &str) -> u64 {
    shop.get(token, "/api/products").await.ok(200)["totalRecords"]
        .as_u64()
        .unwrap()
}

#[tokio::test]
async fn an_import_can_be_sent_again_wrapped_or_bare() {
    let shop = Shop::open().await;
    let admin = shop.token("acme-admin").await;
    let before = count(&shop, &admin).await;
    let first = shop.post(&admin, PATH, &records()).await.ok(200);
    let expected = json!({ "created": 2, "updated": 1, "products": [
        { "sku": "IMP-1", "externalId": "PIM-1", "created": true },
        { "sku": "IMP-2", "externalId": "PIM-2", "created": true },
        { "sku": "WIDGET-RED-M", "externalId": "ERP-SKU-00422", "created": false }
    ] });
    assert_holds(&first, &expected, "import");
    assert_eq!(count(&shop, &admin).await, before + 2);
    for body in [
        records(),
        json!({ "products": records() }),
        json!({ "Products": records() }),
    ] {
        let again = shop.post(&admin, PATH, &body).await.ok(200);
        assert_holds(&again, &json!({ "created": 0, "updated": 3 }), "import");
        assert_eq!(
            again["products"][0]["productId"],
            first["products"][0]["productId"]
        );
    }
    assert_eq!(count(&shop, &admin).await, before + 2);
    let made = shop.get(&admin, "/api/products/IMP-1").await.ok(200);
    assert_holds(
        &made,
        &json!({ "name": "First", "category": "Imports", "priceFormatted": "$10.00", "prices": [{ "tier": "Wholesale" }] }),
        "product",
    );
    // The external id finds the product under its new SKU.
    let renamed = json!([{ "sku": "IMP-1b", "externalId": "PIM-1" }]);
    let answer = shop.post(&admin, PATH, &renamed).await.ok(200);
    assert_eq!(answer["products"][0]["productId"], made["productId"]);
    shop.get(&admin, "/api/products/IMP-1").await.problem(404);
    let found = shop
        .get(&admin, "/api/products/search?searchTerm=imp-1b")
        .await
        .ok(200);
    assert_eq!(found["data"][0]["name"], "First");
    shop.close().await;
}

#[tokio::test]
async fn one_fault_keeps_all_records_out() {
    let shop = Shop::open().await;
    let admin = shop.token("acme-admin").await;
    let before = count(&shop, &admin).await;
    for (part, value, field) in [
        ("/1/sku", json!(""), "products[1].sku"),
        ("/1/sku", Value::Null, "products[1].sku"),
        ("/1/externalId", json!(5), "products[1].externalId"),
        ("/2/quantityOnHand", json!(-1), "products[2].quantityOnHand"),
        (
            "/0/prices/0/price",
            json!(-1),
            "products[0].prices[0].price",
        ),
    ] {
        let mut bad = records();
        *bad.pointer_mut(part).unwrap() = value;
        assert_eq!(
            shop.post(&admin, PATH, &bad).await.fields(),
            [field],
            "{bad}"
        );
        let wrapped = json!({ "products": bad });
        assert_eq!(
            shop.post(&admin, PATH, &wrapped).await.fields(),
            [field],
            "{bad}"
        );
    }
    let mut stolen = records();
    stolen[2]["externalId"] = "PIM-1".into();
    let refused = shop.post(&admin, PATH, &stolen).await.problem(409);
    assert_eq!(refused["errors"][0]["name"], "products[2].externalId");
    assert_eq!(
        shop.post(&admin, PATH, &json!({})).await.fields(),
        ["products"]
    );
    shop.post(&admin, PATH, &json!(7)).await.problem(400);
    let many: Vec<Value> = (0..1_001)
        .map(|n| json!({ "sku": format!("M-{n}") }))
        .collect();
    shop.post(&admin, PATH, &json!(many)).await.problem(413);
    assert_eq!(count(&shop, &admin).await, before);
    let red = shop.get(&admin, "/api/products/WIDGET-RED-M").await.ok(200);
    assert_eq!(red["quantityOnHand"], 85);
    shop.close().await;
}

#[tokio::test]
async fn a_thousand_products_are_one_import() {
    let shop = Shop::open().await;
    let admin = shop.token("acme-admin").await;
    let before = count(&shop, &admin).await;
    let many: Vec<Value> = (0..1_000)
        .map(|n| json!({ "sku": format!("M-{n}") }))
        .collect();
    let answer = shop.post(&admin, PATH, &json!(many)).await.ok(200);
    assert_eq!(answer["created"], 1_000);
    assert_eq!(count(&shop, &admin).await, before + 1_000);
    shop.close().await;
}

#[tokio::test]
async fn only_administrators_import_and_only_into_their_own_catalogue() {
    let shop = Shop::open().await;
    for client in ["acme-buyer", "acme-rep"] {
        let token = shop.token(client).await;
        shop.post(&token, PATH, &records()).await.problem(403);
    }
    shop.post("", PATH, &records()).await.problem(401);
    let globex = shop.token("globex-admin").await;
    shop.post(
        &globex,
        PATH,
        &json!([{ "sku": "GX-1", "externalId": "ERP-SKU-00422" }]),
    )
    .await
    .ok(200);
    let admin = shop.token("acme-admin").await;
    shop.get(&admin, "/api/products/GX-1").await.problem(404);
    shop.get(&admin, "/api/products/WIDGET-RED-M").await.ok(200);
    shop.close().await;
}
