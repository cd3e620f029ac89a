//! Every field that a list can be sorted on, both ways; and the list of carts with every operator of its filters.

use std::{cmp::Ordering, collections::BTreeSet};

use crate::shop::Shop;
use nymble_sandbox::Options;
use serde_json::{Value, json};

/// The operators that lists of carts know.
const OPERATORS: [&str; 6] = [
    "startswith",
    "contains",
    "notcontains",
    "endswith",
    "equals",
    "notequals",
];

/// The query that filters a list by one condition.
fn filtered_by(field: &str, operator: &str, value: &str) -> String {
    let filter = json!([{ "field": field, "operator": operator, "value": value }]).to_string();
    let encoded: String = form_urlencoded::byte_serialize(filter.as_bytes()).collect();
    format!("filters={encoded}")
}

async fn with_past() -> (Shop, String) {
    let options = Options {
        products: 300,
        orders: 60,
        ..Options::default()
    };
    let shop = Shop::with(options).await;
    let admin = shop.token("acme-admin").await;
    (shop, admin)
}

/// All records of a list of no more than a thousand.
async fn all(shop: &Shop, token: &str, path: &str, query: &str) -> Vec<Value> {
    let mut found = Vec::new();
    for number in 1..=5 {
        let page = format!("{path}?pageSize=200&pageNumber={number}&{query}");
        let page = shop.get(token, &page).await.ok(200);
        found.extend(page["data"].as_array().unwrap().clone());
        if number >= page["totalPages"].as_u64().unwrap() {
            assert_eq!(page["totalRecords"], found.len());
            return found;
        }
    }
    panic!("{path} has more than a thousand records");
}

/// Nothing first, then numbers, then text without regard to the case of ASCII letters.
fn compare(one: &Value, other: &Value) -> Ordering {
    let number = |value: &Value| match value {
        Value::Number(number) => number.to_string().parse::<f64>().ok(),
        Value::Bool(flag) => Some(f64::from(u8::from(*flag))),
        _ => None,
    };
    let text = |value: &Value| value.as_str().map(str::to_ascii_lowercase);
    number(one)
        .partial_cmp(&number(other))
        .unwrap()
        .then_with(|| text(one).cmp(&text(other)))
}

/// Sorts by each field (its name and where it stands in a record), both ways; `id` tells records apart.
async fn assert_sorted(shop: &Shop, token: &str, path: &str, id: &str, fields: &[(&str, &str)]) {
    let key = |record: &Value| record[id].as_str().unwrap().to_owned();
    let every: BTreeSet<String> = all(shop, token, path, "").await.iter().map(key).collect();
    assert!(every.len() > 1, "{path} has something to sort");
    for (name, place) in fields {
        let mut backwards = Vec::new();
        for direction in ["asc", "desc"] {
            let query = format!("sortOn={name}&sortDirection={direction}");
            let found = all(shop, token, path, &query).await;
            assert_eq!(
                found.iter().map(key).collect::<BTreeSet<_>>(),
                every,
                "{path} by {name}"
            );
            for pair in found.windows(2) {
                let value = |record: &Value| record.pointer(place).cloned().unwrap_or(Value::Null);
                let (one, next) = (value(&pair[0]), value(&pair[1]));
                let order = if direction == "asc" {
                    compare(&one, &next)
                } else {
                    compare(&next, &one)
                };
                assert_ne!(
                    order,
                    Ordering::Greater,
                    "{path} by {name} {direction}: {one}, {next}"
                );
            }
            let keys: Vec<String> = found.iter().map(key).collect();
            if direction == "asc" {
                backwards = keys.into_iter().rev().collect();
            } else {
                assert_eq!(
                    keys, backwards,
                    "{path} by {name}: one way is the other, reversed"
                );
            }
        }
    }
}

#[tokio::test]
async fn products_are_sorted_on_every_field() {
    let (shop, admin) = with_past().await;
    let fields = [
        ("Sku", "/sku"),
        ("Name", "/name"),
        ("Price", "/price"),
        ("Category", "/category"),
        ("Description", "/description"),
        ("productId", "/productId"),
        ("upc", "/upc"),
        ("externalId", "/externalId"),
        ("active", "/active"),
        ("quantityOnHand", "/quantityOnHand"),
        ("minimumOrderQuantity", "/minimumOrderQuantity"),
        ("quantityIncrement", "/quantityIncrement"),
        ("weight", "/weight"),
        ("weightUnit", "/weightUnit"),
        ("dimensions", "/dimensions"),
        ("dimensionsUnit", "/dimensionsUnit"),
        ("createdAt", "/createdAt"),
        ("updatedAt", "/updatedAt"),
    ];
    assert_sorted(&shop, &admin, "/api/products", "sku", &fields).await;
    // Resolved for each buyer: another tier, another currency.
    for buyer in ["riviera-buyer", "tokyo-buyer"] {
        let token = shop.token(buyer).await;
        assert_sorted(
            &shop,
            &token,
            "/api/products",
            "sku",
            &[("Price", "/price")],
        )
        .await;
    }
    shop.close().await;
}

#[tokio::test]
async fn customers_are_sorted_on_every_field() {
    let (shop, admin) = with_past().await;
    let fields = [
        ("Name", "/companyName"),
        ("CustomerNumber", "/customerNumber"),
        ("CompanyEmail", "/companyEmail"),
        ("companyPhone", "/companyPhone"),
        ("companyFax", "/companyFax"),
        ("pricing", "/pricing"),
        ("active", "/active"),
        ("repNumber", "/repNumber"),
        ("terms", "/terms"),
        ("currencyCode", "/currencyCode"),
        ("externalId", "/externalId"),
        ("customerAttributes.region", "/customerAttributes/region"),
    ];
    assert_sorted(&shop, &admin, "/api/customers", "customerNumber", &fields).await;
    shop.close().await;
}

#[tokio::test]
async fn orders_and_invoices_are_sorted_on_every_field() {
    let (shop, admin) = with_past().await;
    let orders = [
        ("orderNumber", "/orderNumber"),
        ("orderDate", "/orderDate"),
        ("updatedAt", "/updatedAt"),
        ("orderStatus", "/orderStatus"),
        ("orderType", "/orderType"),
        ("poNumber", "/poNumber"),
        ("priceTier", "/priceTier"),
        ("currencyCode", "/currencyCode"),
        ("terms", "/terms"),
        ("channel", "/channel"),
        ("trackingNumber", "/shippingDetails/trackingNumber"),
        ("customer.customerNumber", "/customer/customerNumber"),
        ("customer.companyName", "/customer/companyName"),
        ("primarySalesRep.repNumber", "/primarySalesRep/repNumber"),
        ("subtotal", "/subtotal"),
        ("tax", "/tax"),
        ("orderTotal", "/orderTotal"),
    ];
    assert_sorted(&shop, &admin, "/api/orders", "orderNumber", &orders).await;
    let invoices = [
        ("invoiceNumber", "/invoiceNumber"),
        ("invoiceDate", "/invoiceDate"),
        ("dueDate", "/dueDate"),
        ("updatedAt", "/updatedAt"),
        ("status", "/status"),
        ("orderNumber", "/orderNumber"),
        ("terms", "/terms"),
        ("currencyCode", "/currencyCode"),
        ("poNumber", "/poNumber"),
        ("customer.customerNumber", "/customer/customerNumber"),
        ("customer.companyName", "/customer/companyName"),
        ("subtotal", "/subtotal"),
        ("discount", "/discount"),
        ("tax", "/tax"),
        ("shipping", "/shipping"),
        ("total", "/total"),
        ("amountPaid", "/amountPaid"),
        ("amountRefunded", "/amountRefunded"),
        ("balance", "/balance"),
    ];
    assert_sorted(&shop, &admin, "/api/invoices", "invoiceNumber", &invoices).await;
    shop.close().await;
}

/// Open carts of three customers, and two closed ones of the first.
async fn carts(shop: &Shop, admin: &str) {
    let buyer = shop.token("acme-buyer").await;
    for _ in 0..2 {
        let cart = shop.ready_cart(&buyer).await;
        shop.check_out(&buyer, &cart, "4111111111111111")
            .await
            .ok(200);
    }
    for (number, order_type) in [
        ("ACME-001", "Standard"),
        ("RIV-002", "Quote"),
        ("TYO-003", "Standard"),
    ] {
        let body = json!({ "customerNumber": number, "sku": "WIDGET-BLU-L", "quantity": 1, "orderType": order_type });
        shop.post(admin, &format!("/api/carts/{number}"), &body)
            .await
            .ok(201);
    }
}

#[tokio::test]
async fn carts_are_sorted_on_every_field() {
    let (shop, admin) = with_past().await;
    carts(&shop, &admin).await;
    let fields = [
        ("CompanyName", "/companyName"),
        ("CustomerNumber", "/customerNumber"),
        ("Status", "/status"),
        ("shoppingCartId", "/shoppingCartId"),
        ("orderType", "/orderType"),
        ("createdAt", "/createdAt"),
        ("updatedAt", "/updatedAt"),
    ];
    assert_sorted(&shop, &admin, "/api/carts", "shoppingCartId", &fields).await;
    shop.close().await;
}

#[tokio::test]
async fn carts_are_filtered_with_every_operator() {
    let (shop, admin) = with_past().await;
    carts(&shop, &admin).await;
    let every = all(&shop, &admin, "/api/carts", "").await;
    assert_eq!(every.len(), 5);
    let mut told_apart = BTreeSet::new();
    for (field, values) in [
        (
            "customerNumber",
            ["ACME-001", "riv", "00", "-003", "nobody"],
        ),
        (
            "companyName",
            ["acme industrial supply", "Tokyo", "SUPPLY", "東京精密", "é"],
        ),
        ("status", ["closed", "PEND", "ING", "osed", "OPEN"]),
    ] {
        for value in values {
            for operator in OPERATORS {
                let wanted = value.to_lowercase();
                let holds = |cart: &&Value| {
                    let text = cart[field].as_str().unwrap().to_lowercase();
                    match operator {
                        "startswith" => text.starts_with(&wanted),
                        "contains" => text.contains(&wanted),
                        "notcontains" => !text.contains(&wanted),
                        "endswith" => text.ends_with(&wanted),
                        "equals" => text == wanted,
                        _ => text != wanted,
                    }
                };
                let ids = |carts: &mut dyn Iterator<Item = &Value>| -> BTreeSet<String> {
                    carts
                        .map(|cart| cart["shoppingCartId"].to_string())
                        .collect()
                };
                let query = filtered_by(field, operator, value);
                let found = all(&shop, &admin, "/api/carts", &query).await;
                let expected = ids(&mut every.iter().filter(holds));
                assert_eq!(
                    ids(&mut found.iter()),
                    expected,
                    "{field} {operator} {value}"
                );
                told_apart.insert((operator, expected.len()));
            }
        }
    }
    // Each operator had something to find and something to leave out.
    for operator in OPERATORS {
        let counts = told_apart
            .iter()
            .filter(|(name, count)| *name == operator && (1..5).contains(count));
        assert!(counts.count() > 0, "{operator}");
    }
    let unordered = filtered_by("status", "gt", "A");
    let refused = shop.get(&admin, &format!("/api/carts?{unordered}")).await;
    assert_eq!(refused.fields(), ["filters"]);
    shop.close().await;
}
