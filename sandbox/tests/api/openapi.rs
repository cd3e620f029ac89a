//! The `OpenAPI` document is valid, complete, and true: real answers are as it says.

use std::{collections::BTreeSet, path::Path};

use crate::document::Document;
use crate::shop::{Shop, card, shipping};
use serde_json::{Value, json};

#[tokio::test]
async fn the_document_is_a_valid_one() {
    let shop = Shop::open().await;
    let document = Document::of(&shop).await;
    let parsed = oas3::from_json(document.0.to_string()).unwrap();
    assert_eq!(parsed.openapi, "3.1.0");
    for (name, schema) in document.0["components"]["schemas"].as_object().unwrap() {
        jsonschema::draft202012::meta::validate(schema)
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        // Resolves what it refers to.
        document.faults(schema, &Value::Null);
    }
    assert_no_dangling(&document.0, &document.0);
    shop.close().await;
}

/// Asserts that every `$ref` leads somewhere.
fn assert_no_dangling(document: &Value, part: &Value) {
    match part {
        Value::Object(members) => {
            if let Some(Value::String(target)) = members.get("$ref") {
                let found = document.pointer(target.trim_start_matches('#'));
                assert!(found.is_some(), "{target} leads nowhere");
            }
            members
                .values()
                .for_each(|member| assert_no_dangling(document, member));
        }
        Value::Array(items) => items
            .iter()
            .for_each(|item| assert_no_dangling(document, item)),
        _ => {}
    }
}

#[tokio::test]
async fn every_operation_says_what_it_does_takes_and_answers() {
    let shop = Shop::open().await;
    let document = Document::of(&shop).await;
    let mut ids = BTreeSet::new();
    let tags: BTreeSet<&str> = document.0["tags"]
        .as_array()
        .unwrap()
        .iter()
        .map(|tag| tag["name"].as_str().unwrap())
        .collect();
    for operation in document.operations() {
        let (at, path, operation) = (operation.at(), operation.path, operation.value);
        assert!(
            ids.insert(operation["operationId"].as_str().unwrap()),
            "{at}"
        );
        let summary = operation["summary"].as_str().unwrap_or_default();
        assert!(
            !summary.is_empty() && !summary.starts_with('`'),
            "{at}: {summary:?}"
        );
        assert_eq!(operation["tags"].as_array().map(Vec::len), Some(1), "{at}");
        assert!(
            tags.contains(operation["tags"][0].as_str().unwrap()),
            "{at}"
        );
        let responses = operation["responses"].as_object().unwrap();
        let successes: Vec<_> = responses
            .iter()
            .filter(|(status, _)| status.starts_with(['2', '3']))
            .collect();
        assert!(!successes.is_empty(), "{at} never succeeds");
        for (status, response) in responses {
            assert!(
                !response["description"].as_str().unwrap().is_empty(),
                "{at} {status}"
            );
            let bodiless = status == "204" || status.starts_with('3');
            assert_eq!(response["content"].is_null(), bodiless, "{at} {status}");
        }
        let placeholders = path
            .split('/')
            .filter(|segment| segment.starts_with('{'))
            .count();
        let declared = operation["parameters"].as_array().into_iter().flatten();
        assert_eq!(
            declared.filter(|one| one["in"] == "path").count(),
            placeholders,
            "{at}"
        );
        if path == "/api/carts/{customerNumber}/{shoppingCartId}/items" {
            assert_eq!(
                operation["operationId"],
                "postCartsByCustomerNumberByShoppingCartIdItems"
            );
        }
    }
    shop.close().await;
}

#[tokio::test]
async fn a_token_is_needed_exactly_where_the_document_says_so() {
    let shop = Shop::open().await;
    let document = Document::of(&shop).await;
    for operation in document.operations() {
        let request = shop
            .request(
                operation.method.to_uppercase().parse().unwrap(),
                &operation.address(None),
            )
            .header("content-type", "application/json")
            .body("{}");
        let answer = crate::shop::send(request).await;
        let path = operation.path;
        if operation.public() {
            assert_ne!(answer.status, 401, "{path}: {}", answer.text);
        } else {
            answer.problem(401);
        }
    }
    shop.close().await;
}

/// All of the API's routes are made by `routes!`, which also documents them: a plain `.route(` would not be in the document.
#[test]
fn every_route_is_in_the_document() {
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    // What only the sandbox has is no part of the API.
    let beside_the_api = ["routes.rs", "openapi/mod.rs", "control/mod.rs"];
    let mut open = vec![sources.clone()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
                continue;
            }
            let name = path
                .strip_prefix(&sources)
                .unwrap()
                .to_str()
                .unwrap()
                .replace('\\', "/");
            let text = std::fs::read_to_string(&path).unwrap();
            if !beside_the_api.contains(&name.as_str()) {
                assert!(
                    !text.contains(".route("),
                    "{name} has a route that is not in the document"
                );
            }
        }
    }
    let routes = std::fs::read_to_string(sources.join("routes.rs")).unwrap();
    let api = routes
        .split("fn api(")
        .nth(1)
        .unwrap()
        .split("\nfn ")
        .next()
        .unwrap();
    assert!(!api.contains(".route("), "{api}");
}

#[tokio::test]
async fn answers_are_as_the_document_says() {
    let shop = Shop::open().await;
    let document = Document::of(&shop).await;
    let admin = shop.token("acme-admin").await;
    let buyer = shop.token("acme-buyer").await;
    let credentials =
        json!({ "OrgCode": "acme-dist", "ClientId": "acme-buyer", "ClientSecret": "sandbox" });
    let login = "/api/auth/login";
    document.assert_true("post", login, &shop.post("", login, &credentials).await);
    let reads = [
        ("/api/products", "?pageSize=200"),
        ("/api/products/search", "?searchTerm=widget"),
        ("/api/categories", ""),
        ("/api/carts", ""),
    ];
    for (path, query) in reads {
        let answer = shop.get(&admin, &format!("{path}{query}")).await;
        answer.ok(200);
        document.assert_true("get", path, &answer);
    }
    let named = [
        ("/api/products/{sku}", "/api/products/WIDGET-BLU-L"),
        (
            "/api/categories/{name}/subcategories",
            "/api/categories/Fasteners/subcategories",
        ),
        ("/api/customers/{customerNumber}", "/api/customers/ACME-001"),
        (
            "/api/payments/profiles/{customerNumber}",
            "/api/payments/profiles/ACME-001",
        ),
    ];
    for (path, address) in named {
        for (token, status) in [(&admin, 200), (&String::new(), 401)] {
            let answer = shop.get(token, address).await;
            assert_eq!(answer.status, status, "{address}");
            document.assert_true("get", path, &answer);
        }
    }
    let create = json!({ "customerNumber": "ACME-001", "sku": "WIDGET-BLU-L", "quantity": 10, "orderType": "Standard" });
    for status in [201, 400] {
        let answer = shop.post(&buyer, "/api/carts/ACME-001", &create).await;
        assert_eq!(answer.status, status, "{}", answer.text);
        document.assert_true("post", "/api/carts/{id}", &answer);
    }
    let template = "/api/carts/{customerNumber}/{shoppingCartId}";
    let cart = "/api/carts/ACME-001/cart_8f3a2c1d";
    let add = json!({ "customerNumber": "ACME-001", "sku": "WIDGET-RED-M", "quantity": 2 });
    let set = json!({ "customerNumber": "ACME-001", "quantity": 3 });
    let po_number = json!({ "customerNumber": "ACME-001", "poNumber": "PO-2024-0612" });
    let update =
        json!({ "customerNumber": "ACME-001", "cart": { "specialInstructions": "Dock B" } });
    let steps = [
        ("post", "/items", "/items", add),
        ("put", "/items/{sku}", "/items/WIDGET-RED-M", set),
        ("delete", "/items/{sku}", "/items/WIDGET-RED-M", Value::Null),
        ("put", "/shipping", "/shipping", shipping()),
        ("put", "/po-number", "/po-number", po_number),
        ("put", "", "", update),
        (
            "post",
            "/complete-checkout",
            "/complete-checkout",
            card("4111111111111111"),
        ),
    ];
    for (method, path, address, body) in steps {
        let request = shop
            .request(
                method.to_uppercase().parse().unwrap(),
                &format!("{cart}{address}"),
            )
            .bearer_auth(&buyer);
        let request = match body {
            Value::Null => request,
            body => request
                .header("content-type", "application/json")
                .body(body.to_string()),
        };
        let answer = crate::shop::send(request).await;
        assert_eq!(answer.status, 200, "{method} {path}: {}", answer.text);
        document.assert_true(method, &format!("{template}{path}"), &answer);
    }
    for (path, address) in [
        ("/api/carts/{id}", "/api/carts/cart_8f3a2c1d"),
        (
            "/api/carts/customer/{customerNumber}",
            "/api/carts/customer/ACME-001",
        ),
    ] {
        let answer = shop.get(&buyer, address).await;
        answer.ok(200);
        document.assert_true("get", path, &answer);
    }
    shop.close().await;
}

#[tokio::test]
async fn the_page_lists_every_operation_and_loads_nothing_from_elsewhere() {
    let shop = Shop::open().await;
    let document = Document::of(&shop).await;
    let page = shop.get("", "/_sandbox/docs").await;
    assert_eq!(page.status, 200);
    assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
    assert!(
        page.header("content-security-policy")
            .starts_with("default-src 'none'")
    );
    for operation in document.operations() {
        let id = operation.value["operationId"].as_str().unwrap();
        assert!(
            page.text.contains(&format!("<article id=\"{id}\">")),
            "{}",
            operation.at()
        );
    }
    for name in document.0["components"]["schemas"]
        .as_object()
        .unwrap()
        .keys()
    {
        assert!(
            page.text.contains(&format!("id=\"schema-{name}\"")),
            "{name}"
        );
    }
    for reference in ["href=\"", "src=\""] {
        for target in page.text.split(reference).skip(1) {
            assert!(
                target.starts_with(['#', '/']),
                "{}",
                target.split('"').next().unwrap()
            );
        }
    }
    assert_eq!(
        shop.get("", "/_sandbox/docs.css")
            .await
            .header("content-type"),
        "text/css; charset=utf-8"
    );
    shop.close().await;
}
