//! The list of customers: who sees whom, every operator, sorted and paged.

use crate::shop::{Shop, assert_holds};
use serde_json::{Value, json};

fn numbers(page: &Value) -> Vec<&str> {
    let data = page["data"].as_array().unwrap();
    data.iter()
        .map(|customer| customer["customerNumber"].as_str().unwrap())
        .collect()
}

/// The numbers on the first page, which holds all there are.
pub(crate) async fn listed(shop: &Shop, token: &str, query: &str) -> Vec<String> {
    let page = shop.get(token, &format!("/api/customers?{query}")).await;
    let page = page.ok(200);
    let found = numbers(&page);
    assert_eq!(page["totalRecords"], found.len());
    found.into_iter().map(str::to_owned).collect()
}

#[tokio::test]
async fn each_role_lists_those_it_may_see() {
    let shop = Shop::open().await;
    for (client, expected) in [
        (
            "acme-admin",
            vec!["ACME-001", "DORM-004", "RIV-002", "TYO-003"],
        ),
        ("acme-rep", vec!["ACME-001", "TYO-003"]),
        ("riviera-buyer", vec!["RIV-002"]),
    ] {
        let token = shop.token(client).await;
        assert_eq!(listed(&shop, &token, "").await, expected, "{client}");
        // A filter never widens what is seen.
        let all =
            "filters[0].field=CustomerNumber&filters[0].operator=notequals&filters[0].value=x";
        assert_eq!(listed(&shop, &token, all).await, expected, "{client}");
    }
    shop.close().await;
}

#[tokio::test]
async fn all_ten_operators_hold_on_text_numbers_dates_and_flags() {
    let shop = Shop::open().await;
    let admin = shop.token("acme-admin").await;
    for (number, limit) in [
        ("ACME-001", json!(9)),
        ("RIV-002", json!(1000)),
        ("TYO-003", json!("many")),
    ] {
        let attributes = json!({ "customerAttributes": { "credit limit": limit } });
        let path = format!("/api/customers/{number}");
        shop.put(&admin, &path, &attributes).await.ok(200);
    }
    let (acme, dorm, riv, tyo) = ("ACME-001", "DORM-004", "RIV-002", "TYO-003");
    for (field, operator, value, expected) in [
        ("Name", "startswith", "riv", vec![riv]),
        ("companyName", "contains", "精", vec![tyo]),
        ("CompanyName", "notcontains", "A", vec![tyo]),
        ("CompanyEmail", "endswith", "SARL.example", vec![]),
        ("CompanyEmail", "endswith", "OUTILLAGE.example", vec![riv]),
        ("Pricing", "equals", "retail", vec![dorm, riv]),
        ("Pricing", "notequals", "Retail", vec![acme, tyo]),
        ("CustomerNumber", "gt", "dorm-004", vec![riv, tyo]),
        ("CustomerNumber", "GTE", "DORM-004", vec![dorm, riv, tyo]),
        ("CustomerNumber", "lt", "DORM-004", vec![acme]),
        ("CustomerNumber", "lte", "DORM-004", vec![acme, dorm]),
        // No rep and no terms are neither more nor less than any.
        ("RepNumber", "gte", "", vec![acme, riv, tyo]),
        ("Terms", "lt", "ZZZ", vec![acme, dorm, tyo]),
        ("customerAttributes.credit limit", "gt", "9", vec![riv]),
        ("customerAttributes.credit limit", "lte", "9.0", vec![acme]),
        (
            "customerAttributes.credit limit",
            "equals",
            "1000",
            vec![riv],
        ),
        ("customerAttributes.credit limit", "gte", "m", vec![tyo]),
        (
            "CreatedAt",
            "gte",
            "2023-11-06T08:00:00Z",
            vec![acme, dorm, riv, tyo],
        ),
        ("CreatedAt", "gt", "2023-11-06T08:00:00Z", vec![]),
        (
            "CreatedAt",
            "lt",
            "2023-11-06T10:00:01%2B02:00",
            vec![acme, dorm, riv, tyo],
        ),
        ("UpdatedAt", "lte", "2023-11-06", vec![dorm]),
        ("Active", "equals", "false", vec![dorm]),
        ("CurrencyCode", "startswith", "e", vec![riv]),
        ("ExternalId", "contains", "cust-3", vec![tyo]),
    ] {
        let query = format!(
            "filters[0].field={field}&filters[0].operator={operator}&filters[0].value={value}"
        );
        assert_eq!(listed(&shop, &admin, &query).await, expected, "{query}");
    }
    for (field, operator, value) in [
        ("Active", "gt", "true"),
        ("CreatedAt", "gt", "yesterday"),
        ("Addresses", "equals", "1"),
        ("customerAttributes.", "equals", "1"),
        ("customerAttributes.a'b", "equals", "1"),
        ("Name", "between", "1"),
    ] {
        let bad = format!(
            "/api/customers?filters[0].field={field}&filters[0].operator={operator}&filters[0].value={value}"
        );
        assert_eq!(shop.get(&admin, &bad).await.fields(), ["filters"], "{bad}");
    }
    shop.close().await;
}

#[tokio::test]
async fn customers_are_sorted_and_paged() {
    let shop = Shop::open().await;
    let admin = shop.token("acme-admin").await;
    for (query, expected) in [
        (
            "sortDirection=desc",
            ["TYO-003", "RIV-002", "DORM-004", "ACME-001"],
        ),
        (
            "sortOn=companyEmail",
            ["RIV-002", "TYO-003", "DORM-004", "ACME-001"],
        ),
        (
            "sortOn=Pricing",
            ["TYO-003", "DORM-004", "RIV-002", "ACME-001"],
        ),
        (
            "sortOn=externalId",
            ["DORM-004", "ACME-001", "RIV-002", "TYO-003"],
        ),
        (
            "sortOn=customerAttributes.region&sortDirection=desc",
            ["ACME-001", "TYO-003", "RIV-002", "DORM-004"],
        ),
    ] {
        assert_eq!(listed(&shop, &admin, query).await, expected, "{query}");
    }
    let second = shop
        .get(
            &admin,
            "/api/customers?sortOn=CustomerNumber&pageSize=3&pageNumber=2",
        )
        .await
        .ok(200);
    assert_eq!(numbers(&second), ["TYO-003"]);
    assert_holds(
        &second,
        &json!({ "totalRecords": 4, "currentPage": 2, "totalPages": 2 }),
        "page",
    );
    let bad = shop.get(&admin, "/api/customers?sortOn=Addresses").await;
    assert_eq!(bad.fields(), ["sortOn"]);
    shop.close().await;
}
