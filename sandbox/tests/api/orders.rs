//! Orders: read, listed, made without a cart, moved on.

use crate::shop::{Shop, assert_holds};
use serde_json::{Value, json};

/// JSON with amounts exactly as they are written; `json!` would make floats of them.
fn document(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

/// The body of an order of ten blue widgets.
fn widgets(customer: &str) -> Value {
    json!({ "customerNumber": customer, "poNumber": "PO-77", "channel": "Phone", "orderType": "Direct",
            "items": [{ "sku": "WIDGET-BLU-L", "quantity": 10 }] })
}

async fn place(shop: &Shop, token: &str, body: &Value) -> Value {
    shop.post(token, "/api/orders", body).await.ok(201)
}

/// The numbers on a page.
fn numbers(page: &Value) -> Vec<&str> {
    let orders = page["data"].as_array().unwrap();
    orders
        .iter()
        .map(|order| order["orderNumber"].as_str().unwrap())
        .collect()
}

#[tokio::test]
async fn a_checkout_leaves_an_order_with_everything_the_documents_name() {
    let shop = Shop::open().await;
    let buyer = shop.token("acme-buyer").await;
    let cart = shop.ready_cart(&buyer).await;
    let po_number = json!({ "customerNumber": "ACME-001", "poNumber": "PO-2024-88412" });
    let here = format!("/api/carts/ACME-001/{cart}");
    shop.put(&buyer, &format!("{here}/po-number"), &po_number)
        .await
        .ok(200);
    shop.check_out(&buyer, &cart, "4111111111111111")
        .await
        .ok(200);
    let order = shop.get(&buyer, "/api/orders/MOM-00482").await.ok(200);
    let expected = document(
        r#"{
        "organizationId": "org_4e9b7f22", "orderNumber": "MOM-00482", "confirmationId": "conf_a3f91bc2",
        "orderStatus": "Pending", "orderType": "Standard", "poNumber": "PO-2024-88412", "priceTier": "Wholesale",
        "currencyCode": "USD", "terms": "NET30", "channel": "Web", "originationCartId": "cart_8f3a2c1d",
        "customer": {
            "customerNumber": "ACME-001", "companyName": "Acme Industrial Supply",
            "companyEmail": "orders@acme-industrial.example", "companyPhone": "555-800-1000",
            "billingAddress": { "line1": "500 Commerce Drive", "line2": "Suite 200", "city": "Austin", "state": "TX" },
            "shippingAddress": { "line1": "500 Commerce Drive", "line2": "Dock B", "postalCode": "78701" }
        },
        "primarySalesRep": {
            "repNumber": "SR-019", "firstName": "Dana", "lastName": "Whitfield", "fullName": "Dana Whitfield",
            "email": "dana.whitfield@acme-dist.example", "phoneNumber": "555-800-1190"
        },
        "items": [{
            "lineNumber": 1, "sku": "WIDGET-BLU-L", "name": "Blue Widget — Large", "quantity": 10, "unitPrice": 18.50,
            "unitPriceFormatted": "$18.50", "lineTotal": 185.00, "lineTotalFormatted": "$185.00"
        }],
        "shippingDetails": { "total": 0.00, "totalFormatted": "$0.00" },
        "paymentMethod": "card", "subtotal": 185.00, "subtotalFormatted": "$185.00", "tax": 0.00,
        "taxFormatted": "$0.00", "orderTotal": 185.00, "orderTotalFormatted": "$185.00",
        "statusHistory": [{ "status": "Pending" }]
    }"#,
    );
    assert_holds(&order, &expected, "order");
    assert_eq!(order["orderDate"], order["statusHistory"][0]["at"]);
    assert!(order["takenBySalesRep"].is_null());
    shop.close().await;
}

#[tokio::test]
async fn only_those_concerned_see_an_order() {
    let shop = Shop::open().await;
    let admin = shop.token("acme-admin").await;
    let acme = place(&shop, &admin, &widgets("ACME-001")).await;
    let riviera = place(&shop, &admin, &widgets("RIV-002")).await;
    let path = format!("/api/orders/{}", acme["orderNumber"].as_str().unwrap());
    for (client, status, listed) in [
        ("acme-admin", 200, 2),
        ("acme-rep", 200, 1),
        ("acme-buyer", 200, 1),
        ("riviera-buyer", 403, 1),
        ("tokyo-buyer", 403, 0),
        ("globex-buyer", 404, 0),
        ("globex-admin", 404, 0),
    ] {
        let token = shop.token(client).await;
        assert_eq!(shop.get(&token, &path).await.status, status, "{client}");
        let page = shop.get(&token, "/api/orders").await.ok(200);
        assert_eq!(page["totalRecords"], listed, "{client}");
        assert_eq!(page["data"].as_array().unwrap().len(), listed, "{client}");
    }
    let theirs = shop.token("riviera-buyer").await;
    let page = shop.get(&theirs, "/api/orders").await.ok(200);
    assert_eq!(page["data"][0]["orderNumber"], riviera["orderNumber"]);
    assert_eq!(page["data"][0]["currencyCode"], "EUR");
    shop.get("", &path).await.problem(401);
    shop.get(&admin, "/api/orders/MOM-99999").await.problem(404);
    shop.close().await;
}

#[tokio::test]
async fn orders_are_found_by_their_fields() {
    let shop = Shop::open().await;
    let admin = shop.token("acme-admin").await;
    for (quantity, po_number, sku) in [
        (10, "PO-1", "WIDGET-BLU-L"),
        (20, "PO-2", "WIDGET-BLU-L"),
        (30, "X-3", "WIDGET-RED-M"),
    ] {
        let body = json!({ "customerNumber": "ACME-001", "poNumber": po_number, "tax": 1,
                           "items": [{ "sku": sku, "quantity": quantity, "unitPrice": 10 }] });
        place(&shop, &admin, &body).await;
    }
    place(&shop, &admin, &widgets("RIV-002")).await;
    let filter = |field: &str, operator: &str, value: &str| {
        let filters = json!([{ "field": field, "operator": operator, "value": value }]).to_string();
        let encoded: String = form_urlencoded::byte_serialize(filters.as_bytes()).collect();
        format!("/api/orders?sortOn=orderNumber&filters={encoded}")
    };
    let (first, second, third, other) = ("MOM-00482", "MOM-00483", "MOM-00484", "MOM-00485");
    for (path, expected) in [
        ("/api/orders".to_owned(), vec![other, third, second, first]),
        (
            "/api/orders?pageSize=2&pageNumber=2".to_owned(),
            vec![second, first],
        ),
        ("/api/orders?pageSize=2&pageNumber=9".to_owned(), vec![]),
        (
            "/api/orders?sortOn=OrderTotal&sortDirection=desc&pageSize=2".to_owned(),
            vec![third, other],
        ),
        ("/api/orders?customerNumber=RIV-002".to_owned(), vec![other]),
        ("/api/orders?poNumber=po-2".to_owned(), vec![second]),
        ("/api/orders?sku=WIDGET-RED-M".to_owned(), vec![third]),
        ("/api/orders?status=Shipped".to_owned(), vec![]),
        (
            filter("poNumber", "startswith", "po-"),
            vec![first, second, other],
        ),
        (filter("PONumber", "notcontains", "PO"), vec![third]),
        (filter("sku", "contains", "red"), vec![third]),
        (
            filter("sku", "notequals", "WIDGET-RED-M"),
            vec![first, second, other],
        ),
        (
            filter("orderTotal", "gt", "101"),
            vec![second, third, other],
        ),
        (
            filter("orderTotal", "gte", "101.0"),
            vec![first, second, third, other],
        ),
        (filter("orderTotal", "lt", "201"), vec![first]),
        (filter("orderTotal", "equals", "301"), vec![third]),
        (
            filter("orderDate", "gte", "2020-01-01"),
            vec![first, second, third, other],
        ),
        (filter("orderDate", "lt", "2020-01-01T00:00:00Z"), vec![]),
        (
            filter("customer.companyName", "endswith", "SARL"),
            vec![other],
        ),
    ] {
        let page = shop.get(&admin, &path).await.ok(200);
        assert_eq!(numbers(&page), expected, "{path}");
    }
    for bad in [
        "/api/orders?sortOn=password".to_owned(),
        "/api/orders?pageSize=0".to_owned(),
        filter("cvv", "equals", "1"),
        filter("orderTotal", "gt", "much"),
        filter("orderDate", "lte", "soon"),
        filter("poNumber", "like", "%"),
    ] {
        shop.get(&admin, &bad).await.problem(400);
    }
    shop.close().await;
}

#[tokio::test]
async fn a_rep_orders_for_its_customers_and_is_named_on_the_order() {
    let shop = Shop::open().await;
    let rep = shop.token("acme-rep").await;
    let order = place(&shop, &rep, &widgets("TYO-003")).await;
    assert_holds(
        &order,
        &json!({
            "orderStatus": "Pending", "orderType": "Direct", "channel": "Phone", "priceTier": "Premium",
            "currencyCode": "JPY", "terms": "NET60", "takenBySalesRep": { "repNumber": "SR-019" },
            "customer": { "shippingAddress": { "line1": "大田区西糀谷 2-14-7" } }
        }),
        "order",
    );
    shop.post(&rep, "/api/orders", &widgets("RIV-002"))
        .await
        .problem(403);
    let cart = json!({ "customerNumber": "ACME-001", "sku": "WIDGET-BLU-L", "quantity": 10, "orderType": "Standard" });
    shop.post(&rep, "/api/carts/ACME-001", &cart).await.ok(201);
    shop.put(
        &rep,
        "/api/carts/ACME-001/cart_8f3a2c1d/shipping",
        &crate::shop::shipping(),
    )
    .await
    .ok(200);
    let placed = shop
        .check_out(&rep, "cart_8f3a2c1d", "4111111111111111")
        .await
        .ok(200);
    let path = format!("/api/orders/{}", placed["orderNumber"].as_str().unwrap());
    let assisted = shop.get(&rep, &path).await.ok(200);
    assert_eq!(assisted["takenBySalesRep"]["fullName"], "Dana Whitfield");
    shop.close().await;
}

#[tokio::test]
async fn only_an_administrator_says_what_things_cost() {
    let shop = Shop::open().await;
    let admin = shop.token("acme-admin").await;
    let rep = shop.token("acme-rep").await;
    let mut body = widgets("ACME-001");
    body["items"][0]["unitPrice"] = json!(17.25);
    body["tax"] = json!(14.23);
    body["priceTier"] = json!("Retail");
    body["terms"] = json!("COD");
    body["takenByRepNumber"] = json!("SR-022");
    body["shippingDetails"] = json!({ "shippingMethod": "Ground", "total": 9.5 });
    let order = place(&shop, &admin, &body).await;
    assert_holds(
        &order,
        &document(
            r#"{
            "priceTier": "Retail", "terms": "COD", "subtotal": 172.50, "tax": 14.23, "orderTotal": 196.23,
            "orderTotalFormatted": "$196.23", "takenBySalesRep": { "repNumber": "SR-022" },
            "shippingDetails": { "shippingMethod": "Ground", "total": 9.50, "totalFormatted": "$9.50" }
        }"#,
        ),
        "order",
    );
    for (field, value) in [
        ("tax", json!(1)),
        ("priceTier", json!("Premium")),
        ("terms", json!("NET90")),
        ("takenByRepNumber", json!("SR-022")),
        ("shippingDetails", json!({ "total": 1 })),
        (
            "items",
            json!([{ "sku": "WIDGET-BLU-L", "quantity": 10, "unitPrice": 1 }]),
        ),
    ] {
        let mut body = widgets("ACME-001");
        body[field] = value;
        shop.post(&rep, "/api/orders", &body).await.problem(403);
    }
    assert_eq!(shop.orders().await.len(), 1);
    shop.close().await;
}

#[tokio::test]
async fn an_order_that_cannot_be_is_refused_with_its_field() {
    let shop = Shop::open().await;
    let admin = shop.token("acme-admin").await;
    for (field, value, named) in [
        ("items", json!([]), "items"),
        (
            "items",
            json!([{ "sku": "NO-SUCH", "quantity": 1 }]),
            "items[0].sku",
        ),
        (
            "items",
            json!([{ "sku": "WIDGET-BLU-L", "quantity": 0 }]),
            "items[0].quantity",
        ),
        (
            "items",
            json!([{ "sku": "WIDGET-BLU-M", "quantity": 7 }]),
            "items[0].quantity",
        ),
        (
            "items",
            json!([{ "sku": "WIDGET-BLU-L", "quantity": 1, "unitPrice": -1 }]),
            "items[0].unitPrice",
        ),
        ("tax", json!(1.005), "tax"),
        ("tax", json!(-1), "tax"),
        ("priceTier", json!("Platinum"), "priceTier"),
        ("takenByRepNumber", json!("SR-000"), "takenByRepNumber"),
        ("poNumber", json!("P".repeat(51)), "poNumber"),
        (
            "shippingAddress",
            json!({ "line1": "1 Main", "city": "Austin", "country": "US" }),
            "shippingAddress.state",
        ),
        ("orderStatus", json!("Complete"), "orderStatus"),
        ("orderNumber", json!("MOM-1"), "orderNumber"),
    ] {
        let mut body = widgets("ACME-001");
        body[field] = value;
        let answer = shop.post(&admin, "/api/orders", &body).await;
        assert!(
            answer.fields().contains(&named.to_owned()),
            "{named}: {}",
            answer.text
        );
    }
    shop.post(&admin, "/api/orders", &widgets("NOBODY"))
        .await
        .problem(404);
    shop.post(&admin, "/api/orders", &widgets("DORM-004"))
        .await
        .problem(403);
    let mut once = widgets("ACME-001");
    once["externalId"] = json!("ERP-1");
    place(&shop, &admin, &once).await;
    shop.post(&admin, "/api/orders", &once).await.problem(409);
    assert_eq!(shop.orders().await.len(), 1);
    shop.close().await;
}

#[tokio::test]
async fn an_order_moves_on_step_by_step() {
    let shop = Shop::open().await;
    let admin = shop.token("acme-admin").await;
    let buyer = shop.token("acme-buyer").await;
    let order = place(&shop, &buyer, &widgets("ACME-001")).await;
    let path = format!(
        "/api/orders/{}/status",
        order["orderNumber"].as_str().unwrap()
    );
    let to = |status: &str| json!({ "orderStatus": status });
    shop.put(&buyer, &path, &to("Processing"))
        .await
        .problem(403);
    for illegal in ["Pending", "Shipped", "Complete"] {
        shop.put(&admin, &path, &to(illegal)).await.problem(409);
    }
    assert_eq!(
        shop.put(&admin, &path, &to("Lost")).await.fields(),
        ["orderStatus"]
    );
    let early = json!({ "orderStatus": "Processing", "carrier": "UPS" });
    assert_eq!(shop.put(&admin, &path, &early).await.fields(), ["carrier"]);
    shop.put(&admin, &path, &to("Processing")).await.ok(200);
    let shipped = json!({ "OrderStatus": "Shipped", "Carrier": "UPS", "TrackingNumber": "1Z999", "Note": "2 parcels" });
    let order = shop.put(&admin, &path, &shipped).await.ok(200);
    assert_holds(
        &order,
        &json!({ "orderStatus": "Shipped", "shippingDetails": { "carrier": "UPS", "trackingNumber": "1Z999" } }),
        "order",
    );
    assert_eq!(
        order["shippingDetails"]["shippedAt"],
        order["statusHistory"][2]["at"]
    );
    shop.put(&admin, &path, &to("Cancelled")).await.problem(409);
    let order = shop.put(&admin, &path, &to("Completed")).await.ok(200);
    let steps: Vec<&str> = order["statusHistory"]
        .as_array()
        .unwrap()
        .iter()
        .map(|step| step["status"].as_str().unwrap())
        .collect();
    assert_eq!(steps, ["Pending", "Processing", "Shipped", "Complete"]);
    assert_eq!(order["statusHistory"][2]["note"], "2 parcels");
    shop.put(&admin, &path, &to("Pending")).await.problem(409);
    let globex = shop.token("globex-admin").await;
    shop.put(&globex, &path, &to("Cancelled"))
        .await
        .problem(404);
    shop.close().await;
}
