//! Customers: creating, changing in part, activating, deleting, and who may do which.

use crate::customer_lists::listed;
use crate::shop::{Shop, assert_holds};
use serde_json::{Value, json};

/// The documents' example of creating a customer.
fn documented() -> Value {
    json!({
        "customerNumber": "ACME-001", "companyName": "Acme Industrial Supply", "companyEmail": "[email protected]",
        "companyPhone": "555-800-1000", "pricing": "Wholesale", "active": true, "repNumber": "SR-019",
        "terms": "NET30", "externalId": "ERP-CUST-10042",
        "addresses": [{
            "externalId": "ADDR-001", "line1": "500 Commerce Drive", "line2": "Suite 200", "city": "Austin",
            "state": "TX", "postalCode": "78701", "country": "US", "addressType": "Shipping",
            "phone": "555-800-1000", "isPrimary": true
        }],
        "contacts": [{
            "externalId": "CON-001", "title": "Ms.", "firstName": "Jane", "lastName": "Smith",
            "email": "[email protected]", "phone": "555-800-1002", "isPrimary": true, "contactType": "Purchasing"
        }]
    })
}

/// The same under another number.
fn newcomer() -> Value {
    let mut new = documented();
    new["customerNumber"] = "NEW-100".into();
    new["externalId"] = "ERP-CUST-NEW".into();
    new
}

#[tokio::test]
async fn the_customers_page_in_order() {
    let shop = Shop::open().await;
    let admin = shop.token("acme-admin").await;
    let page = shop
        .get(
            &admin,
            "/api/customers?pageNumber=1&pageSize=25&sortOn=Name&sortDirection=asc",
        )
        .await
        .ok(200);
    let example = json!({
        "data": [{
            "customerNumber": "ACME-001", "companyName": "Acme Industrial Supply", "companyPhone": "555-800-1000",
            "pricing": "Wholesale", "active": true, "repNumber": "SR-019", "terms": "NET30", "currencyCode": "USD"
        }],
        "totalRecords": 4, "currentPage": 1, "totalPages": 1
    });
    assert_holds(&page, &example, "page");
    let path = "/api/customers/ACME-001";
    let kept = shop.get(&admin, path).await.ok(200);
    let updated = shop
        .put(&admin, "/api/customers", &documented())
        .await
        .ok(200);
    assert_holds(&updated, &documented(), "customer");
    // Left out in the example, so kept.
    assert_eq!(updated["companyFax"], kept["companyFax"]);
    assert_eq!(updated["customerAttributes"], kept["customerAttributes"]);
    let partial =
        json!({ "companyPhone": "555-800-2000", "pricing": "Premium", "repNumber": "SR-022" });
    let changed = shop.put(&admin, path, &partial).await.ok(200);
    let mut expected = updated.clone();
    for (name, value) in partial.as_object().unwrap() {
        expected[name] = value.clone();
    }
    assert_eq!(changed, expected);
    let activated = shop
        .post(&admin, &format!("{path}/activate"), &json!({}))
        .await;
    assert_eq!((activated.status, activated.text.as_str()), (204, ""));
    let deleted = shop.delete(&admin, path).await;
    assert_eq!((deleted.status, deleted.text.as_str()), (204, ""));
    shop.get(&admin, path).await.problem(404);
    shop.close().await;
}

#[tokio::test]
async fn a_customer_is_created_once_however_often_it_is_sent() {
    let shop = Shop::open().await;
    let admin = shop.token("acme-admin").await;
    let made = shop
        .put(&admin, "/api/customers", &newcomer())
        .await
        .ok(201);
    assert_holds(&made, &newcomer(), "customer");
    assert_holds(
        &made,
        &json!({ "organizationId": "org_4e9b7f22", "currencyCode": "USD" }),
        "customer",
    );
    let again = shop
        .put(&admin, "/api/customers", &newcomer())
        .await
        .ok(200);
    assert_eq!(again, made);
    assert_eq!(listed(&shop, &admin, "").await.len(), 5);
    let mut other = newcomer();
    other["customerNumber"] = "NEW-101".into();
    let refused = shop
        .put(&admin, "/api/customers", &other)
        .await
        .problem(409);
    assert_eq!(refused["errors"][0]["name"], "externalId");
    shop.get(&admin, "/api/customers/NEW-101")
        .await
        .problem(404);
    // The same number and external id in another organization are another customer.
    let globex = shop.token("globex-admin").await;
    shop.put(&globex, "/api/customers", &newcomer())
        .await
        .ok(201);
    shop.close().await;
}

#[tokio::test]
async fn both_spellings_of_an_address_say_the_same() {
    let shop = Shop::open().await;
    let admin = shop.token("acme-admin").await;
    let pascal = json!({
        "CustomerNumber": "NEW-100", "CompanyName": "Newcomer", "CompanyEmail": "a@new.example", "Pricing": "Retail",
        "Addresses": [{
            "Address1": "500 Commerce Drive", "Address2": "Suite 200", "City": "Austin", "StateProvince": "TX",
            "ZipPostalCode": "78701", "Country": "US", "AddressType": "Billing", "Code": "HQ", "Default": true
        }],
        "CustomerAttributes": { "Region": "Southwest" }
    });
    let made = shop.put(&admin, "/api/customers", &pascal).await.ok(201);
    let address = json!({
        "line1": "500 Commerce Drive", "line2": "Suite 200", "city": "Austin", "state": "TX", "postalCode": "78701",
        "country": "US", "addressType": "Billing", "code": "HQ", "isPrimary": true
    });
    assert_eq!(made["addresses"], json!([address]));
    assert_eq!(made["customerAttributes"], json!({ "Region": "Southwest" }));
    shop.close().await;
}

#[tokio::test]
async fn what_is_wrong_is_named_and_nothing_is_written() {
    let shop = Shop::open().await;
    let admin = shop.token("acme-admin").await;
    let empty = shop.put(&admin, "/api/customers", &json!({})).await;
    assert_eq!(
        empty.fields(),
        ["customerNumber", "companyName", "companyEmail", "pricing"]
    );
    let path = "/api/customers/RIV-002";
    let before = shop.get(&admin, path).await.ok(200);
    let place = json!({ "line1": "1 Quai", "city": "Nice", "country": "FR", "isPrimary": true });
    for (bad, fields) in [
        (json!({ "pricing": "Gold" }), vec!["pricing"]),
        (json!({ "pricing": null }), vec!["pricing"]),
        (json!({ "companyName": " " }), vec!["companyName"]),
        (json!({ "companyEmail": null }), vec!["companyEmail"]),
        (json!({ "active": null }), vec!["active"]),
        (json!({ "active": "yes" }), vec!["active"]),
        (json!({ "currencyCode": "euro" }), vec!["currencyCode"]),
        (
            json!({ "customerNumber": "RIV-003" }),
            vec!["customerNumber"],
        ),
        (json!({ "terms": "x".repeat(51) }), vec!["terms"]),
        (json!({ "addresses": "none" }), vec!["addresses"]),
        (
            json!({ "companyPhone": "1", "addresses": [{ "line1": "1 Main St", "city": "Austin", "country": "US" }] }),
            vec!["addresses[0].state", "addresses[0].postalCode"],
        ),
        (
            json!({ "addresses": [{ "line1": "1", "city": "N", "country": "FR", "addressType": "Home" }] }),
            vec!["addresses[0].addressType"],
        ),
        (
            json!({ "addresses": [place, place] }),
            vec!["addresses[1].isPrimary"],
        ),
        (
            json!({ "contacts": [{ "externalId": "A" }, { "externalId": "A" }] }),
            vec!["contacts[1].externalId"],
        ),
        (
            json!({ "customerAttributes": { "long": "x".repeat(30_000) } }),
            vec!["customerAttributes"],
        ),
    ] {
        assert_eq!(shop.put(&admin, path, &bad).await.fields(), fields, "{bad}");
    }
    shop.put(&admin, path, &json!([])).await.problem(400);
    assert_eq!(shop.get(&admin, path).await.ok(200), before);
    shop.put(
        &admin,
        "/api/customers/NONE-1",
        &json!({ "terms": "NET30" }),
    )
    .await
    .problem(404);
    shop.close().await;
}

#[tokio::test]
async fn null_and_empty_clear_what_is_not_required() {
    let shop = Shop::open().await;
    let admin = shop.token("acme-admin").await;
    let path = "/api/customers/ACME-001";
    let before = shop.get(&admin, path).await.ok(200);
    let unchanged = shop.put(&admin, path, &json!({})).await.ok(200);
    assert_eq!(unchanged, before);
    let clear = json!({
        "companyPhone": null, "CompanyFax": "", "repNumber": null, "terms": "", "externalId": null, "contacts": null,
        "addresses": [], "customerAttributes": null
    });
    let cleared = shop.put(&admin, path, &clear).await.ok(200);
    for (name, value) in before.as_object().unwrap() {
        let gone = clear.get(name).is_some() || name == "companyFax";
        let expected = if gone { &Value::Null } else { value };
        assert_eq!(&cleared[name], expected, "{name}");
    }
    shop.close().await;
}

#[tokio::test]
async fn a_buyer_changes_its_people_and_places_only() {
    let shop = Shop::open().await;
    let (admin, buyer, rep) = (
        shop.token("acme-admin").await,
        shop.token("acme-buyer").await,
        shop.token("acme-rep").await,
    );
    let path = "/api/customers/ACME-001";
    let before = shop.get(&buyer, path).await.ok(200);
    for (name, value) in [
        ("companyName", json!("Other")),
        ("pricing", json!("Premium")),
        ("active", json!(false)),
        ("repNumber", json!(null)),
        ("terms", json!("NET90")),
        ("currencyCode", json!("JPY")),
        ("externalId", json!("")),
        ("customerAttributes", json!({ "accountTier": "Platinum" })),
    ] {
        for token in [&buyer, &rep] {
            let mut body = json!({ "companyPhone": "000" });
            body[name] = value.clone();
            let refused = shop.put(token, path, &body).await.problem(403);
            assert_eq!(refused["errors"][0]["name"], name);
            assert_eq!(refused["errors"].as_array().unwrap().len(), 1);
        }
    }
    assert_eq!(shop.get(&admin, path).await.ok(200), before);
    // The whole record sent back with another phone and contact changes just these.
    let mut own = before.clone();
    own["companyPhone"] = "555-800-7777".into();
    own["contacts"] = json!([{ "firstName": "Ada", "lastName": "Byron", "isPrimary": true }]);
    assert_eq!(shop.put(&buyer, path, &own).await.ok(200), own);
    shop.put(&rep, path, &json!({ "companyFax": "1" }))
        .await
        .ok(200);
    for token in [&buyer, &rep] {
        shop.put(token, "/api/customers/RIV-002", &json!({}))
            .await
            .problem(403);
        shop.put(token, "/api/customers", &newcomer())
            .await
            .problem(403);
        shop.delete(token, path).await.problem(403);
        for call in ["activate", "deactivate"] {
            shop.post(token, &format!("{path}/{call}"), &json!({}))
                .await
                .problem(403);
        }
    }
    shop.close().await;
}

#[tokio::test]
async fn another_organization_and_a_stranger_see_nothing() {
    let shop = Shop::open().await;
    let globex = shop.token("globex-admin").await;
    assert_eq!(listed(&shop, &globex, "").await, ["GLX-001"]);
    let path = "/api/customers/ACME-001";
    for (token, status) in [(globex.as_str(), 404), ("", 401)] {
        shop.get(token, path).await.problem(status);
        shop.put(token, path, &json!({})).await.problem(status);
        shop.delete(token, path).await.problem(status);
        for call in ["activate", "deactivate"] {
            shop.post(token, &format!("{path}/{call}"), &json!({}))
                .await
                .problem(status);
        }
    }
    shop.get("", "/api/customers").await.problem(401);
    shop.put("", "/api/customers", &newcomer())
        .await
        .problem(401);
    shop.close().await;
}

async fn sign_in(shop: &Shop, client: &str) -> crate::shop::Answer {
    let body = json!({ "OrgCode": "acme-dist", "ClientId": client, "ClientSecret": "sandbox" });
    shop.post("", "/api/auth/login", &body).await
}

#[tokio::test]
async fn a_deactivated_customer_can_neither_sign_in_nor_order_until_it_is_activated() {
    let shop = Shop::open().await;
    let (admin, buyer) = (
        shop.token("acme-admin").await,
        shop.token("acme-buyer").await,
    );
    let path = "/api/customers/ACME-001";
    for _ in 0..2 {
        let done = shop
            .post(&admin, &format!("{path}/deactivate"), &json!({}))
            .await;
        assert_eq!(done.status, 204);
    }
    assert_eq!(shop.get(&admin, path).await.ok(200)["active"], false);
    sign_in(&shop, "acme-buyer").await.problem(401);
    let cart = json!({ "customerNumber": "ACME-001", "sku": "WIDGET-RED-M", "quantity": 1, "orderType": "Standard" });
    let refused = shop.post(&buyer, "/api/carts/ACME-001", &cart).await;
    assert!((401..=403).contains(&refused.status), "{}", refused.text);
    let done = shop
        .post(&admin, &format!("{path}/activate"), &json!({}))
        .await;
    assert_eq!(done.status, 204);
    sign_in(&shop, "acme-buyer").await.ok(200);
    let buyer = shop.token("acme-buyer").await;
    shop.post(&buyer, "/api/carts/ACME-001", &cart)
        .await
        .ok(201);
    shop.close().await;
}

#[tokio::test]
async fn a_deleted_customer_leaves_its_history_and_nothing_else() {
    let shop = Shop::open().await;
    let (admin, buyer) = (
        shop.token("acme-admin").await,
        shop.token("acme-buyer").await,
    );
    let closed = shop.ready_cart(&buyer).await;
    let paid = shop.check_out(&buyer, &closed, "4111111111111111").await;
    let order = paid.ok(200)["orderNumber"].clone();
    let open = shop.cart(&buyer).await;
    assert_eq!(
        shop.delete(&admin, "/api/customers/ACME-001").await.status,
        204
    );
    shop.delete(&admin, "/api/customers/ACME-001")
        .await
        .problem(404);
    let orders = shop.orders().await;
    assert_eq!(orders.len(), 1);
    assert_holds(
        &orders[0],
        &json!({ "orderNumber": order, "customerNumber": "ACME-001" }),
        "order",
    );
    let history = shop
        .get(&admin, &format!("/api/carts/{closed}"))
        .await
        .ok(200);
    assert_eq!(history["status"], "CLOSED");
    shop.get(&admin, &format!("/api/carts/{open}"))
        .await
        .problem(404);
    shop.get(&admin, "/api/payments/profiles/ACME-001")
        .await
        .problem(404);
    sign_in(&shop, "acme-buyer").await.problem(401);
    // The number is free again, and the new account starts with nothing saved.
    shop.put(&admin, "/api/customers", &documented())
        .await
        .ok(201);
    let saved = shop.get(&admin, "/api/payments/profiles/ACME-001").await;
    assert_eq!(saved.ok(200), json!([]));
    let carts = shop.get(&admin, "/api/carts/customer/ACME-001").await;
    assert_eq!(carts.ok(200), json!([]));
    shop.close().await;
}

#[tokio::test]
async fn updates_at_once_are_each_kept_whole() {
    let shop = Shop::open().await;
    let admin = shop.token("acme-admin").await;
    let path = "/api/customers/TYO-003";
    let mut open = tokio::task::JoinSet::new();
    for writer in 0..24 {
        let value = format!("W{writer}");
        let body =
            json!({ "companyPhone": value, "companyFax": value, "terms": value }).to_string();
        let request = shop
            .request(reqwest::Method::PUT, path)
            .bearer_auth(&admin)
            .header("content-type", "application/json")
            .body(body);
        open.spawn(async move { crate::shop::send(request).await.status });
    }
    assert!(open.join_all().await.iter().all(|status| *status == 200));
    let after = shop.get(&admin, path).await.ok(200);
    assert!(after["terms"].as_str().unwrap().starts_with('W'));
    assert_eq!(after["terms"], after["companyPhone"]);
    assert_eq!(after["terms"], after["companyFax"]);
    shop.close().await;
}
