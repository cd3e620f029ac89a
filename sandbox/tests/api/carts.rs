//! The rules of carts.

use crate::shop::{Shop, shipping};
use serde_json::{Value, json};

fn item(sku: &str, quantity: impl Into<Value>) -> Value {
    json!({ "customerNumber": "ACME-001", "sku": sku, "quantity": quantity.into() })
}

#[tokio::test]
async fn a_customer_has_one_active_cart() {
    let shop = Shop::open().await;
    let buyer = shop.token("acme-buyer").await;
    let cart = shop.ready_cart(&buyer).await;
    let again = json!({ "customerNumber": "ACME-001", "sku": "WIDGET-RED-M", "quantity": 1, "orderType": "Standard" });
    let refused = shop
        .post(&buyer, "/api/carts/ACME-001", &again)
        .await
        .problem(400);
    assert!(
        refused["errors"][0]["reason"]
            .as_str()
            .unwrap()
            .contains("active cart already exists")
    );
    shop.check_out(&buyer, &cart, "4111111111111111")
        .await
        .ok(200);
    let second = shop
        .post(&buyer, "/api/carts/ACME-001", &again)
        .await
        .ok(201);
    assert_ne!(second["shoppingCartId"], cart.as_str());
    shop.close().await;
}

#[tokio::test]
async fn quantity_breaks_follow_the_quantity() {
    let shop = Shop::open().await;
    let buyer = shop.token("acme-buyer").await;
    let cart = shop.cart(&buyer).await;
    let items = format!("/api/carts/ACME-001/{cart}/items");
    let grown = shop
        .post(&buyer, &items, &item("WIDGET-BLU-L", 39))
        .await
        .ok(200);
    assert_eq!(grown["items"].as_array().unwrap().len(), 1);
    assert_eq!(grown["items"][0]["quantity"], 49);
    assert_eq!(grown["subtotal"].to_string(), "906.50");
    let broken = shop
        .post(&buyer, &items, &item("WIDGET-BLU-L", 1))
        .await
        .ok(200);
    assert_eq!(broken["items"][0]["unitPrice"].to_string(), "16.00");
    assert_eq!(broken["items"][0]["lineTotal"].to_string(), "800.00");
    let back = shop
        .put(&buyer, &format!("{items}/WIDGET-BLU-L"), &item("", 49))
        .await
        .ok(200);
    assert_eq!(back["items"][0]["unitPrice"].to_string(), "18.50");
    let gone = shop
        .put(&buyer, &format!("{items}/WIDGET-BLU-L"), &item("", 0))
        .await
        .ok(200);
    assert_eq!(
        (&gone["items"], &gone["status"]),
        (&json!([]), &json!("PENDING"))
    );
    assert_eq!(gone["subtotal"].to_string(), "0.00");
    let fresh = shop
        .post(&buyer, &items, &item("WIDGET-BLU-L", 1))
        .await
        .ok(200);
    assert_eq!(
        fresh["items"][0]["itemId"], "item_002",
        "a line's id is not used twice"
    );
    shop.close().await;
}

#[tokio::test]
async fn yen_have_no_minor_unit() {
    let shop = Shop::open().await;
    let tokyo = shop.token("tokyo-buyer").await;
    let create = json!({ "customerNumber": "TYO-003", "sku": "WIDGET-BLU-L", "quantity": 3, "orderType": "Standard" });
    let cart = shop
        .post(&tokyo, "/api/carts/TYO-003", &create)
        .await
        .ok(201);
    assert_eq!(
        (&cart["currencyCode"], &cart["pricingTier"]),
        (&json!("JPY"), &json!("Premium"))
    );
    assert!(!cart["subtotal"].to_string().contains('.'));
    shop.close().await;
}

#[tokio::test]
async fn impossible_quantities_and_skus_change_nothing() {
    let shop = Shop::open().await;
    let buyer = shop.token("acme-buyer").await;
    let cart = shop.cart(&buyer).await;
    let items = format!("/api/carts/ACME-001/{cart}/items");
    for bad in [
        json!(-1),
        json!(0),
        json!(1_000_001),
        json!(1e9),
        json!(1.5),
        json!("abc"),
        json!([]),
        json!(true),
        json!(1e30),
    ] {
        assert_eq!(
            shop.post(&buyer, &items, &item("WIDGET-BLU-L", bad.clone()))
                .await
                .fields(),
            ["quantity"],
            "{bad}"
        );
    }
    let put = format!("{items}/WIDGET-BLU-L");
    assert_eq!(
        shop.put(&buyer, &put, &item("", -5)).await.fields(),
        ["quantity"]
    );
    assert_eq!(
        shop.post(&buyer, &items, &item("WIDGET-BLU-L", 999_995))
            .await
            .fields(),
        ["quantity"]
    );
    assert_eq!(
        shop.post(
            &buyer,
            &items,
            &json!({ "customerNumber": "ACME-001", "sku": "X" })
        )
        .await
        .fields(),
        ["quantity"]
    );
    shop.post(&buyer, &items, &item("NO-SUCH", 1))
        .await
        .problem(404);
    shop.post(&buyer, &items, &item("RETIRED-1", 1))
        .await
        .problem(404);
    shop.put(&buyer, &format!("{items}/WIDGET-RED-M"), &item("", 1))
        .await
        .problem(404);
    shop.delete(&buyer, &format!("{items}/WIDGET-RED-M"))
        .await
        .problem(404);
    let mismatch = json!({ "customerNumber": "RIV-002", "sku": "WIDGET-RED-M", "quantity": 1 });
    assert_eq!(
        shop.post(&buyer, &items, &mismatch).await.fields(),
        ["customerNumber"]
    );
    shop.post(
        &buyer,
        "/api/carts/ACME-001/cart_nope/items",
        &item("WIDGET-RED-M", 1),
    )
    .await
    .problem(404);
    let whole = shop
        .post(&buyer, &items, &item("WIDGET-RED-M", json!(2.0)))
        .await
        .ok(200);
    assert_eq!(whole["items"][0]["quantity"], 10);
    assert_eq!(whole["items"][1]["quantity"], 2);
    shop.close().await;
}

#[tokio::test]
async fn details_are_kept_and_bounded() {
    let shop = Shop::open().await;
    let buyer = shop.token("acme-buyer").await;
    let cart = shop.cart(&buyer).await;
    let here = format!("/api/carts/ACME-001/{cart}");
    let po = |text: &str| json!({ "CustomerNumber": "ACME-001", "PONumber": text });
    assert_eq!(
        shop.put(&buyer, &format!("{here}/po-number"), &po("  PO 7 "))
            .await
            .ok(200)["poNumber"],
        "PO 7"
    );
    for bad in ["", "   ", &"9".repeat(51), &"9".repeat(10_000)] {
        assert_eq!(
            shop.put(&buyer, &format!("{here}/po-number"), &po(bad))
                .await
                .fields(),
            ["poNumber"]
        );
    }
    let cleared = shop
        .put(&buyer, &here, &json!({ "cart": { "poNumber": "" } }))
        .await
        .ok(200);
    assert!(cleared["poNumber"].is_null());
    let script = "<script>alert(1)</script>";
    let kept = shop
        .put(
            &buyer,
            &here,
            &json!({ "cart": { "specialInstructions": script } }),
        )
        .await
        .ok(200);
    assert_eq!(kept["specialInstructions"], script);
    let long = json!({ "cart": { "specialInstructions": "x".repeat(2_001) } });
    assert_eq!(
        shop.put(&buyer, &here, &long).await.fields(),
        ["specialInstructions"]
    );
    let typed = json!({ "cart": { "orderType": "" } });
    assert_eq!(
        shop.put(&buyer, &here, &typed).await.fields(),
        ["orderType"]
    );
    assert_eq!(shop.put(&buyer, &here, &json!({})).await.fields(), ["cart"]);
    let mut half = shipping();
    half["shippingAddress"]["city"] = json!(" ");
    half["shippingAddress"]["postalCode"] = Value::Null;
    let fields = shop
        .put(&buyer, &format!("{here}/shipping"), &half)
        .await
        .fields();
    assert_eq!(
        fields,
        ["shippingAddress.city", "shippingAddress.postalCode"]
    );
    let other = json!({ "customerNumber": "ACME-001", "shippingAddress": {
        "address1": "12 Quai", "city": "Nice", "country": "FR", "zipPostalCode": "06300" } });
    let set = shop
        .put(&buyer, &format!("{here}/shipping"), &other)
        .await
        .ok(200);
    assert_eq!(set["shippingAddress"]["postalCode"], "06300");
    shop.close().await;
}

#[tokio::test]
async fn an_open_cart_follows_the_catalogue() {
    let shop = Shop::open().await;
    let (buyer, admin) = (
        shop.token("acme-buyer").await,
        shop.token("acme-admin").await,
    );
    let cart = shop.ready_cart(&buyer).await;
    let dearer = json!({ "sku": "WIDGET-BLU-L", "prices": [{ "tier": "Wholesale", "price": 20, "atQuantity": 1 }] });
    shop.put(&admin, "/api/products", &dearer).await.ok(200);
    assert_eq!(
        shop.get(&buyer, &format!("/api/carts/{cart}"))
            .await
            .ok(200)["subtotal"]
            .to_string(),
        "200.00"
    );
    shop.put(
        &admin,
        "/api/products",
        &json!({ "sku": "WIDGET-BLU-L", "active": false }),
    )
    .await
    .ok(200);
    let fields = shop
        .check_out(&buyer, &cart, "4111111111111111")
        .await
        .fields();
    assert_eq!(fields, ["items[WIDGET-BLU-L]"]);
    shop.put(
        &admin,
        "/api/products",
        &json!({ "sku": "WIDGET-BLU-L", "active": true }),
    )
    .await
    .ok(200);
    shop.check_out(&buyer, &cart, "4111111111111111")
        .await
        .ok(200);
    let cheap = json!({ "sku": "WIDGET-BLU-L", "name": "Other", "prices": [{ "tier": "Wholesale", "price": 1 }] });
    shop.put(&admin, "/api/products", &cheap).await.ok(200);
    let closed = shop
        .get(&buyer, &format!("/api/carts/{cart}"))
        .await
        .ok(200);
    assert_eq!(closed["subtotal"].to_string(), "200.00");
    assert_eq!(closed["items"][0]["name"], "Blue Widget — Large");
    shop.close().await;
}

#[tokio::test]
async fn administrators_list_all_carts() {
    let shop = Shop::open().await;
    let (buyer, admin) = (
        shop.token("acme-buyer").await,
        shop.token("acme-admin").await,
    );
    shop.cart(&buyer).await;
    for (customer, client) in [("RIV-002", "riviera-buyer"), ("TYO-003", "tokyo-buyer")] {
        let token = shop.token(client).await;
        let body = json!({ "customerNumber": customer, "sku": "WIDGET-RED-M", "quantity": 1, "orderType": "Quote" });
        shop.post(&token, &format!("/api/carts/{customer}"), &body)
            .await
            .ok(201);
    }
    let numbers = |page: &Value| -> Vec<String> {
        page["data"]
            .as_array()
            .unwrap()
            .iter()
            .map(|c| c["customerNumber"].as_str().unwrap().to_owned())
            .collect()
    };
    let all = shop
        .get(&admin, "/api/carts?sortDirection=desc&pageSize=2")
        .await
        .ok(200);
    assert_eq!(numbers(&all), ["TYO-003", "RIV-002"]);
    assert_eq!(
        (&all["totalRecords"], &all["totalPages"]),
        (&json!(3), &json!(2))
    );
    let one = shop.get(&admin, "/api/carts?filters[0].field=CompanyName&filters[0].operator=contains&filters[0].value=outillage").await;
    assert_eq!(numbers(&one.ok(200)), ["RIV-002"]);
    shop.get(
        &admin,
        "/api/carts?filters[0].field=OrderType&filters[0].operator=equals&filters[0].value=x",
    )
    .await
    .problem(400);
    shop.get(&admin, "/api/carts?sortOn=items")
        .await
        .problem(400);
    shop.close().await;
}

#[tokio::test]
async fn thirty_two_clients_on_one_cart_lose_nothing() {
    let shop = Shop::open().await;
    let buyer = shop.token("acme-buyer").await;
    let cart = shop.cart(&buyer).await;
    let items = format!("/api/carts/ACME-001/{cart}/items");
    let work = (0..32).map(|client| {
        let (shop, buyer, items) = (&shop, &buyer, &items);
        async move {
            let sku = if client % 2 == 0 {
                "WIDGET-BLU-L"
            } else {
                "WIDGET-RED-M"
            };
            for _ in 0..5 {
                shop.post(buyer, items, &item(sku, 1)).await.ok(200);
            }
        }
    });
    join_all(work).await;
    let after = shop
        .get(&buyer, &format!("/api/carts/{cart}"))
        .await
        .ok(200);
    assert_eq!(after["items"].as_array().unwrap().len(), 2);
    assert_eq!(after["items"][0]["quantity"], 10 + 80);
    assert_eq!(after["items"][1]["quantity"], 80);
    shop.close().await;
}

/// Runs all at the same time.
async fn join_all(work: impl Iterator<Item = impl Future<Output = ()>>) {
    let mut open: Vec<_> = work.map(Box::pin).collect();
    std::future::poll_fn(|cx| {
        open.retain_mut(|one| one.as_mut().poll(cx).is_pending());
        if open.is_empty() {
            std::task::Poll::Ready(())
        } else {
            std::task::Poll::Pending
        }
    })
    .await;
}
