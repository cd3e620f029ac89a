//! The reference documents' example calls, made in order on a fresh database and compared field by field.

use crate::shop::{Shop, assert_holds, card, shipping};
use serde_json::{Value, json};

fn document(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

const PRODUCT: &str = r#"{
  "productId": "prod_a1b2c3d4", "organizationId": "org_4e9b7f22", "sku": "WIDGET-BLU-L", "name": "Blue Widget — Large",
  "description": "Heavy-duty blue widget, large format.", "category": "Widgets", "price": 24.99,
  "priceFormatted": "$24.99", "currencyCode": "USD",
  "prices": [
    { "tier": "Wholesale", "price": 18.50, "priceFormatted": "$18.50", "atQuantity": 1 },
    { "tier": "Wholesale", "price": 16.00, "priceFormatted": "$16.00", "atQuantity": 50 },
    { "tier": "Retail",    "price": 24.99, "priceFormatted": "$24.99", "atQuantity": 1 }
  ],
  "quantityOnHand": 240, "minimumOrderQuantity": 1, "quantityIncrement": 1, "weight": 1.2, "weightUnit": "lb",
  "dimensions": "10x8x4", "dimensionsUnit": "in", "upc": "012345678905", "active": true,
  "externalId": "ERP-SKU-00421", "createdAt": "2024-01-15T09:00:00Z", "updatedAt": "2024-05-20T14:32:00Z"
}"#;

const CUSTOMER: &str = r#"{
  "customerNumber": "ACME-001", "companyName": "Acme Industrial Supply", "companyPhone": "555-800-1000",
  "companyFax": "555-800-1001", "pricing": "Wholesale", "active": true, "repNumber": "SR-019", "terms": "NET30",
  "currencyCode": "USD", "externalId": "ERP-CUST-10042",
  "addresses": [ {
    "externalId": "ADDR-001", "line1": "500 Commerce Drive", "line2": "Suite 200", "city": "Austin", "state": "TX",
    "postalCode": "78701", "country": "US", "addressType": "Shipping", "phone": "555-800-1000", "isPrimary": true
  } ],
  "contacts": [ {
    "externalId": "CON-001", "title": "Ms.", "firstName": "Jane", "lastName": "Smith", "phone": "555-800-1002",
    "fax": "", "isPrimary": true, "contactType": "Purchasing"
  } ]
}"#;

const CART: &str = r#"{
  "shoppingCartId": "cart_8f3a2c1d", "customerNumber": "ACME-001", "organizationId": "org_4e9b7f22",
  "companyName": "Acme Industrial Supply", "status": "PENDING", "pricingTier": "Wholesale", "currencyCode": "USD",
  "orderType": "Standard",
  "items": [ {
    "itemId": "item_001", "sku": "WIDGET-BLU-L", "name": "Blue Widget — Large", "quantity": 10, "unitPrice": 18.50,
    "lineTotal": 185.00
  } ],
  "subtotal": 185.00
}"#;

#[tokio::test]
async fn the_products_page() {
    let shop = Shop::open().await;
    let admin = shop.token("acme-admin").await;
    let listed = shop.get(&admin, "/api/products?pageNumber=1&pageSize=25&sortOn=Name&filters=%5B%7B%22field%22%3A%22Sku%22%2C%22operator%22%3A%22equals%22%2C%22value%22%3A%22WIDGET-BLU-L%22%7D%5D").await;
    let listed = listed.ok(200);
    assert_holds(&listed["data"][0], &document(PRODUCT), "product");
    assert_holds(
        &listed,
        &json!({ "totalRecords": 1, "currentPage": 1, "totalPages": 1 }),
        "page",
    );
    assert_holds(
        &shop.get(&admin, "/api/products/WIDGET-BLU-L").await.ok(200),
        &document(PRODUCT),
        "product",
    );
    let found = shop
        .get(
            &admin,
            "/api/products/search?searchTerm=blue+widget&pageNumber=1&pageSize=25",
        )
        .await
        .ok(200);
    assert_holds(
        &found,
        &json!({ "totalRecords": 3, "currentPage": 1, "totalPages": 1 }),
        "page",
    );
    assert_eq!(
        found["data"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|p| p["sku"] == "WIDGET-BLU-L")
            .count(),
        1
    );
    let put = json!({
        "sku": "WIDGET-BLU-L", "name": "Blue Widget — Large", "description": "Heavy-duty blue widget, large format.",
        "category": "Widgets", "price": 24.99,
        "prices": [
            { "tier": "Wholesale", "price": 18.50, "atQuantity": 1 }, { "tier": "Wholesale", "price": 16.00, "atQuantity": 50 },
            { "tier": "Retail", "price": 24.99, "atQuantity": 1 }
        ],
        "quantityOnHand": 240, "minimumOrderQuantity": 1, "quantityIncrement": 1, "weight": 1.2, "weightUnit": "lb",
        "dimensions": "10x8x4", "dimensionsUnit": "in", "upc": "012345678905", "active": true,
        "externalId": "ERP-SKU-00421", "productAttributes": { "color": "blue", "material": "steel" }
    });
    let mut answered = document(PRODUCT);
    answered.as_object_mut().unwrap().remove("updatedAt");
    assert_holds(
        &shop.put(&admin, "/api/products", &put).await.ok(200),
        &answered,
        "product",
    );
    shop.close().await;
}

#[tokio::test]
async fn the_customers_page() {
    let shop = Shop::open().await;
    let buyer = shop.token("acme-buyer").await;
    assert_holds(
        &shop.get(&buyer, "/api/customers/ACME-001").await.ok(200),
        &document(CUSTOMER),
        "customer",
    );
    shop.close().await;
}

#[tokio::test]
async fn the_carts_page_in_order() {
    let shop = Shop::open().await;
    let buyer = shop.token("acme-buyer").await;
    let create = json!({ "customerNumber": "ACME-001", "sku": "WIDGET-BLU-L", "quantity": 10, "orderType": "Standard" });
    assert_holds(
        &shop
            .post(&buyer, "/api/carts/ACME-001", &create)
            .await
            .ok(201),
        &document(CART),
        "cart",
    );
    assert_holds(
        &shop.get(&buyer, "/api/carts/cart_8f3a2c1d").await.ok(200),
        &document(CART),
        "cart",
    );
    let of_customer = shop
        .get(&buyer, "/api/carts/customer/ACME-001")
        .await
        .ok(200);
    assert_holds(&of_customer[0], &document(CART), "cart");

    let here = "/api/carts/ACME-001/cart_8f3a2c1d";
    let update = json!({ "cart": { "orderType": "Quote", "specialInstructions": "Ship to dock B. Call before delivery." } });
    let cart = shop.put(&buyer, here, &update).await.ok(200);
    assert_holds(&cart, &update["cart"], "cart");
    let add = json!({ "customerNumber": "ACME-001", "sku": "WIDGET-RED-M", "quantity": 5 });
    let cart = shop
        .post(&buyer, &format!("{here}/items"), &add)
        .await
        .ok(200);
    assert_holds(
        &cart["items"][1],
        &json!({ "itemId": "item_002", "sku": "WIDGET-RED-M", "quantity": 5 }),
        "line",
    );
    let red = format!("{here}/items/WIDGET-RED-M");
    let cart = shop
        .put(
            &buyer,
            &red,
            &json!({ "customerNumber": "ACME-001", "quantity": 12 }),
        )
        .await
        .ok(200);
    assert_eq!(cart["items"][1]["quantity"], 12);
    let cart = shop.delete(&buyer, &red).await.ok(200);
    assert_eq!(cart["items"].as_array().unwrap().len(), 1);
    let cart = shop
        .put(&buyer, &format!("{here}/shipping"), &shipping())
        .await
        .ok(200);
    assert_holds(
        &cart["shippingAddress"],
        &shipping()["shippingAddress"],
        "address",
    );
    let po_number = json!({ "customerNumber": "ACME-001", "poNumber": "PO-2024-88412" });
    let cart = shop
        .put(&buyer, &format!("{here}/po-number"), &po_number)
        .await
        .ok(200);
    assert_eq!(cart["poNumber"], "PO-2024-88412");
    let placed = shop
        .post(
            &buyer,
            &format!("{here}/complete-checkout"),
            &card("4111111111111111"),
        )
        .await
        .ok(200);
    assert_eq!(
        placed,
        json!({ "orderNumber": "MOM-00482", "confirmationId": "conf_a3f91bc2" })
    );
    assert_eq!(
        shop.get(&buyer, "/api/carts/cart_8f3a2c1d").await.ok(200)["status"],
        "CLOSED"
    );
    assert_eq!(
        shop.get(&buyer, "/api/carts/customer/ACME-001")
            .await
            .ok(200),
        json!([])
    );
    let admin = shop.token("acme-admin").await;
    let all = shop
        .get(&admin, "/api/carts?pageNumber=1&pageSize=25")
        .await
        .ok(200);
    assert_holds(
        &all,
        &json!({ "totalRecords": 1, "currentPage": 1, "totalPages": 1 }),
        "page",
    );
    shop.close().await;
}

#[tokio::test]
async fn an_error_has_the_overviews_shape() {
    let shop = Shop::open().await;
    let answer = shop
        .post(
            "",
            "/api/auth/login",
            &json!({ "OrgCode": "acme-dist", "ClientSecret": "x" }),
        )
        .await;
    let expected = json!({
        "type": "https://httpstatuses.com/400", "title": "Bad Request", "status": 400,
        "errors": [ { "name": "ClientId", "reason": "'ClientId' must not be empty." } ]
    });
    assert_eq!(answer.problem(400), expected);
    shop.close().await;
}
