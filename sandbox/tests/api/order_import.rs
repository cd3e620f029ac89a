//! Orders from elsewhere: all or none, and as often as one likes.

use crate::shop::{Shop, assert_holds};
use serde_json::{Value, json};

fn record(external_id: &str, status: &str) -> Value {
    json!({
        "externalId": external_id, "customerNumber": "ACME-001", "orderDate": "2023-03-01T10:00:00+02:00",
        "orderStatus": status, "poNumber": "OLD-1",
        "items": [{ "sku": "GONE-1", "name": "No longer made", "quantity": 3, "unitPrice": 2.5 }]
    })
}

#[tokio::test]
async fn importing_twice_makes_one() {
    let shop = Shop::open().await;
    let admin = shop.token("acme-admin").await;
    let mut numbered = record("ERP-2", "Complete");
    numbered["orderNumber"] = json!("ORD-00412");
    let records = json!([record("ERP-1", "Shipped"), numbered]);
    let first = shop
        .post(&admin, "/api/orders/bulk", &records)
        .await
        .ok(200);
    let numbers = json!(["MOM-00482", "ORD-00412"]);
    assert_eq!(
        first,
        json!({ "created": 2, "updated": 0, "orderNumbers": numbers })
    );
    let again = json!([record("ERP-1", "Complete"), records[1]]);
    let second = shop.post(&admin, "/api/orders/bulk", &again).await.ok(200);
    assert_eq!(
        second,
        json!({ "created": 0, "updated": 2, "orderNumbers": numbers })
    );
    let order = shop.get(&admin, "/api/orders/MOM-00482").await.ok(200);
    assert_holds(
        &order,
        &json!({
            "externalId": "ERP-1", "orderDate": "2023-03-01T08:00:00Z", "orderStatus": "Complete", "channel": "Import",
            "items": [{ "sku": "GONE-1", "name": "No longer made", "quantity": 3 }], "orderTotalFormatted": "$7.50",
            "statusHistory": [{ "status": "Shipped", "at": "2023-03-01T08:00:00Z" }, { "status": "Complete" }]
        }),
        "order",
    );
    assert_eq!(shop.orders().await.len(), 2);
    let by_number = json!([{ "orderNumber": "ORD-00412", "customerNumber": "ACME-001",
                             "items": [{ "sku": "WIDGET-BLU-L", "quantity": 1 }] }]);
    shop.post(&admin, "/api/orders/bulk", &by_number)
        .await
        .ok(200);
    let order = shop.get(&admin, "/api/orders/ORD-00412").await.ok(200);
    assert_eq!(
        (&order["externalId"], &order["items"][0]["sku"]),
        (&json!("ERP-2"), &json!("WIDGET-BLU-L"))
    );
    let invoices = shop.get(&admin, "/api/invoices").await.ok(200);
    assert_eq!(invoices["totalRecords"], 0);
    shop.close().await;
}

#[tokio::test]
async fn one_bad_record_refuses_all() {
    let shop = Shop::open().await;
    let admin = shop.token("acme-admin").await;
    for (field, value, named) in [
        ("customerNumber", json!("NOBODY"), "[1].customerNumber"),
        ("orderStatus", json!("Lost"), "[1].orderStatus"),
        (
            "items",
            json!([{ "sku": "GONE-2", "quantity": 1 }]),
            "[1].items[0].unitPrice",
        ),
    ] {
        let mut bad = record("ERP-2", "Complete");
        bad[field] = value;
        let records = json!([record("ERP-1", "Complete"), bad]);
        let answer = shop.post(&admin, "/api/orders/bulk", &records).await;
        assert_eq!(answer.fields(), [named]);
    }
    assert_eq!(shop.orders().await.len(), 0);
    let rep = shop.token("acme-rep").await;
    let records = json!([record("ERP-1", "Complete")]);
    shop.post(&rep, "/api/orders/bulk", &records)
        .await
        .problem(403);
    shop.close().await;
}

#[tokio::test]
async fn an_import_does_not_contradict_an_invoice() {
    let shop = Shop::open().await;
    let admin = shop.token("acme-admin").await;
    let made = json!({ "externalId": "ERP-9", "customerNumber": "ACME-001",
                       "items": [{ "sku": "WIDGET-BLU-L", "quantity": 10 }] });
    shop.post(&admin, "/api/orders", &made).await.ok(201);
    let mut same = made.clone();
    same["notes"] = json!("checked");
    shop.post(&admin, "/api/orders/bulk", &json!([same]))
        .await
        .ok(200);
    let mut other = made.clone();
    other["items"][0]["quantity"] = json!(11);
    shop.post(&admin, "/api/orders/bulk", &json!([other]))
        .await
        .problem(409);
    let mut foreign = made;
    foreign["customerNumber"] = json!("RIV-002");
    shop.post(&admin, "/api/orders/bulk", &json!([foreign]))
        .await
        .problem(409);
    let order = shop.get(&admin, "/api/orders/MOM-00482").await.ok(200);
    assert_eq!(
        (&order["notes"], &order["items"][0]["quantity"]),
        (&json!("checked"), &json!(10))
    );
    shop.close().await;
}
