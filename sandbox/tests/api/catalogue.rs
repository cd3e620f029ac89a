//! Products, search, categories, images.

use crate::shop::{Shop, send};
use reqwest::Method;
use serde_json::{Value, json};

/// Every awkward SKU, percent-encoded as `encodeURIComponent` does.
const AWKWARD: [(&str, &str); 8] = [
    ("A/B 100%", "A%2FB%20100%25"),
    ("HASH#1", "HASH%231"),
    ("MÜLLER-Ø12", "M%C3%9CLLER-%C3%9812"),
    ("東京-ネジ-01", "%E6%9D%B1%E4%BA%AC-%E3%83%8D%E3%82%B8-01"),
    ("SPACE SKU 7", "SPACE%20SKU%207"),
    ("PLUS+1", "PLUS%2B1"),
    ("DOT.v2", "DOT.v2"),
    ("Q?1&x=2", "Q%3F1%26x%3D2"),
];

fn skus(page: &Value) -> Vec<&str> {
    page["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|product| product["sku"].as_str().unwrap())
        .collect()
}

#[tokio::test]
async fn awkward_skus_are_found_and_ordered() {
    let shop = Shop::open().await;
    let buyer = shop.token("acme-buyer").await;
    let cart = shop.cart(&buyer).await;
    for (sku, encoded) in AWKWARD {
        let product = shop
            .get(&buyer, &format!("/api/products/{encoded}"))
            .await
            .ok(200);
        assert_eq!(product["sku"], sku);
        let found = shop
            .get(
                &buyer,
                &format!("/api/products/search?searchTerm={encoded}"),
            )
            .await
            .ok(200);
        assert_eq!(found["data"][0]["sku"], sku);
        let items = format!("/api/carts/ACME-001/{cart}/items");
        let add = json!({ "customerNumber": "ACME-001", "sku": sku, "quantity": 2 });
        shop.post(&buyer, &items, &add).await.ok(200);
        let set = json!({ "customerNumber": "ACME-001", "quantity": 3 });
        shop.put(&buyer, &format!("{items}/{encoded}"), &set)
            .await
            .ok(200);
        shop.delete(&buyer, &format!("{items}/{encoded}"))
            .await
            .ok(200);
    }
    shop.close().await;
}

#[tokio::test]
async fn pages_cover_the_list_once_in_either_casing() {
    let shop = Shop::open().await;
    let buyer = shop.token("acme-buyer").await;
    let first = shop
        .get(
            &buyer,
            "/api/products?PageNumber=1&PageSize=100&SortOn=Sku&SortDirection=asc",
        )
        .await
        .ok(200);
    let total = first["totalRecords"].as_u64().unwrap();
    assert!(
        total > 250 && total < 300,
        "a few of the 300 are inactive: {total}"
    );
    let mut all: Vec<String> = Vec::new();
    for page in 1..=first["totalPages"].as_u64().unwrap() {
        let page = shop
            .get(
                &buyer,
                &format!("/api/products?pageNumber={page}&pageSize=100"),
            )
            .await
            .ok(200);
        all.extend(skus(&page).into_iter().map(str::to_owned));
    }
    let mut sorted = all.clone();
    sorted.sort_by_key(|sku| sku.to_ascii_lowercase());
    assert_eq!(all, sorted);
    sorted.dedup();
    assert_eq!(sorted.len() as u64, total);
    let beyond = shop
        .get(&buyer, "/api/products?pageNumber=99&pageSize=100")
        .await
        .ok(200);
    assert_eq!(beyond["data"], json!([]));
    for bad in [
        "pageNumber=0",
        "pageNumber=x",
        "pageSize=0",
        "pageSize=201",
        "sortDirection=up",
        "sortOn=Colour",
    ] {
        shop.get(&buyer, &format!("/api/products?{bad}"))
            .await
            .problem(400);
    }
    shop.close().await;
}

#[tokio::test]
async fn prices_come_in_the_tokens_tier_and_currency() {
    let shop = Shop::open().await;
    for (client, currency, places) in [
        ("acme-buyer", "USD", 2),
        ("riviera-buyer", "EUR", 2),
        ("tokyo-buyer", "JPY", 0),
    ] {
        let token = shop.token(client).await;
        let page = shop
            .get(
                &token,
                "/api/products?pageSize=200&sortOn=Price&sortDirection=desc",
            )
            .await
            .ok(200);
        let mut last = f64::MAX;
        for product in page["data"].as_array().unwrap() {
            assert_eq!(product["currencyCode"], currency);
            let text = product["price"].to_string();
            assert_eq!(
                text.split_once('.')
                    .map_or(0, |(_, fraction)| fraction.len()),
                places,
                "{text}"
            );
            let price: f64 = text.parse().unwrap();
            assert!(price > 0.0 && price <= last);
            last = price;
        }
    }
    let tokyo = shop.token("tokyo-buyer").await;
    let widget = shop.get(&tokyo, "/api/products/WIDGET-BLU-L").await.ok(200);
    assert!(widget["priceFormatted"].as_str().unwrap().starts_with('¥'));
    shop.close().await;
}

#[tokio::test]
async fn all_six_operators_in_both_encodings() {
    let shop = Shop::open().await;
    let buyer = shop.token("acme-buyer").await;
    for (operator, value, matches) in [
        (
            "startswith",
            "widget-b",
            (|sku: &str| sku.starts_with("WIDGET-B")) as fn(&str) -> bool,
        ),
        ("contains", "blu", |sku| sku.to_lowercase().contains("blu")),
        ("notcontains", "-", |sku| !sku.contains('-')),
        ("endswith", "-s", |sku| sku.to_lowercase().ends_with("-s")),
        ("equals", "widget-blu-l", |sku| sku == "WIDGET-BLU-L"),
        ("notequals", "WIDGET-BLU-L", |sku| sku != "WIDGET-BLU-L"),
    ] {
        let indexed = format!(
            "/api/products?pageSize=200&filters[0].field=Sku&filters[0].operator={operator}&filters[0].value={value}"
        );
        let json = format!(
            "/api/products?pageSize=200&Filters=%5B%7B%22Field%22:%22sku%22,%22Operator%22:%22{operator}%22,%22Value%22:%22{value}%22%7D%5D"
        );
        let (indexed, json) = (
            shop.get(&buyer, &indexed).await.ok(200),
            shop.get(&buyer, &json).await.ok(200),
        );
        assert_eq!(indexed, json);
        assert!(!skus(&indexed).is_empty(), "{operator}");
        assert!(skus(&indexed).into_iter().all(matches), "{operator}");
    }
    for (field, operator) in [
        ("Colour", "equals"),
        ("Sku", "like"),
        ("Sku", "gt"),
        ("productAttributes.'--", "equals"),
    ] {
        let bad = format!(
            "/api/products?filters[0].field={field}&filters[0].operator={operator}&filters[0].value=1"
        );
        let problem = shop.get(&buyer, &bad).await.problem(400);
        let reason = problem["errors"][0]["reason"].as_str().unwrap();
        assert!(
            reason.contains(if field == "Sku" { operator } else { field }),
            "{reason}"
        );
    }
    let steel = "/api/products?filters[0].field=productAttributes.material&filters[0].operator=equals&filters[0].value=STEEL";
    assert_eq!(shop.get(&buyer, steel).await.ok(200)["totalRecords"], 4);
    let stock = "/api/products?filters[0].field=QuantityOnHand&filters[0].operator=equals&filters[0].value=0";
    assert!(
        shop.get(&buyer, stock).await.ok(200)["data"]
            .as_array()
            .unwrap()
            .iter()
            .all(|p| p["quantityOnHand"] == 0)
    );
    shop.close().await;
}

#[tokio::test]
async fn a_category_holds_what_is_below_it() {
    let shop = Shop::open().await;
    let buyer = shop.token("acme-buyer").await;
    let tree = shop.get(&buyer, "/api/categories").await.ok(200);
    let fasteners = tree["categories"]
        .as_array()
        .unwrap()
        .iter()
        .find(|c| c["name"] == "Fasteners")
        .unwrap();
    let bolts = &fasteners["subCategories"][0];
    assert_eq!(bolts["breadcrumb"], "Fasteners Bolts & Screws");
    assert_eq!(bolts["parentId"], fasteners["id"]);
    let leaf = &bolts["subCategories"][0];
    let of = |name: &str| {
        let name: String = form(name);
        format!(
            "/api/products?pageSize=200&filters[0].field=Category&filters[0].operator=equals&filters[0].value={name}"
        )
    };
    let mut counts = Vec::new();
    for name in [
        "Fasteners",
        "Bolts & Screws",
        leaf["name"].as_str().unwrap(),
        "No such category",
    ] {
        counts.push(
            shop.get(&buyer, &of(name)).await.ok(200)["totalRecords"]
                .as_u64()
                .unwrap(),
        );
    }
    assert!(
        counts[0] > counts[1] && counts[1] > counts[2] && counts[2] > 0 && counts[3] == 0,
        "{counts:?}"
    );
    let children = shop
        .get(&buyer, "/api/categories/fasteners/subcategories")
        .await
        .ok(200);
    assert_eq!(children, fasteners["subCategories"]);
    shop.get(&buyer, "/api/categories/Nothing/subcategories")
        .await
        .problem(404);
    let picture = bolts["imageUrl"].as_str().unwrap();
    let picture = picture.strip_prefix(&shop.url("")).unwrap();
    let drawn = send(shop.request(Method::GET, picture)).await;
    assert_eq!(
        (drawn.status, drawn.header("content-type")),
        (200, "image/svg+xml")
    );
    assert_eq!(drawn.header("x-content-type-options"), "nosniff");
    shop.close().await;
}

fn form(text: &str) -> String {
    text.replace('&', "%26").replace(' ', "%20")
}

#[tokio::test]
async fn search_ranks_the_exact_sku_first() {
    let shop = Shop::open().await;
    let buyer = shop.token("acme-buyer").await;
    let first = |term: &str| format!("/api/products/search?searchTerm={term}");
    assert_eq!(
        shop.get(&buyer, &first("widget-blu-m")).await.ok(200)["data"][0]["sku"],
        "WIDGET-BLU-M"
    );
    assert_eq!(
        shop.get(&buyer, &first("012345678905")).await.ok(200)["data"][0]["sku"],
        "WIDGET-BLU-L"
    );
    assert_eq!(
        shop.get(&buyer, &first("0123456789")).await.ok(200)["totalRecords"],
        2
    );
    assert_eq!(
        shop.get(&buyer, &first("muller")).await.ok(200)["data"][0]["sku"],
        "MÜLLER-Ø12"
    );
    assert_eq!(
        shop.get(&buyer, &first("blue+widg")).await.ok(200)["totalRecords"],
        3
    );
    assert_eq!(
        shop.get(&buyer, &first("zzzzzz")).await.ok(200)["totalRecords"],
        0
    );
    for harmless in [
        "%22",
        "*",
        "%22%20OR%20%22",
        "NEAR(a",
        "%27%3B--",
        "%00",
        "-",
        "col:x",
        "a%20AND",
    ] {
        shop.get(&buyer, &first(harmless)).await.ok(200);
    }
    assert_eq!(
        shop.get(&buyer, "/api/products/search").await.fields(),
        ["searchTerm"]
    );
    shop.close().await;
}

#[tokio::test]
async fn an_administrator_changes_products() {
    let shop = Shop::open().await;
    let (admin, buyer) = (
        shop.token("acme-admin").await,
        shop.token("acme-buyer").await,
    );
    let new = json!({
        "Sku": "NEW-1", "Name": "Brand new", "Category": "Novelties", "Price": 10.5,
        "Prices": [{ "Tier": "Wholesale", "Price": 0.0375, "AtQuantity": 1 }], "QuantityOnHand": 3,
        "Images": ["bolt-1", "nut-2"], "ExternalId": "X-1", "ProductAttributes": { "Odd Key": [1, "b"] }
    });
    let made = shop.put(&admin, "/api/products", &new).await.ok(201);
    assert_eq!(made["price"].to_string(), "10.50");
    assert_eq!(made["productAttributes"]["Odd Key"], json!([1, "b"]));
    assert_eq!(made["images"].as_array().unwrap().len(), 2);
    let seen = shop.get(&buyer, "/api/products/NEW-1").await.ok(200);
    assert_eq!(seen["price"].to_string(), "0.0375");
    assert_eq!(
        shop.get(&buyer, "/api/products/search?searchTerm=brand")
            .await
            .ok(200)["totalRecords"],
        1
    );
    // By its external id, under another SKU, with only what changes.
    let changed =
        json!({ "sku": "NEW-2", "externalId": "X-1", "name": "Renamed", "active": false });
    let changed = shop.put(&admin, "/api/products", &changed).await.ok(200);
    assert_eq!(changed["productId"], made["productId"]);
    assert_eq!(changed["quantityOnHand"], 3);
    shop.get(&buyer, "/api/products/NEW-2").await.problem(404);
    shop.get(&admin, "/api/products/NEW-2").await.ok(200);
    assert_eq!(
        shop.get(&buyer, "/api/products/search?searchTerm=renamed")
            .await
            .ok(200)["totalRecords"],
        0
    );
    for (bad, field) in [
        (json!({ "name": "no sku" }), "sku"),
        (json!({ "sku": "B", "price": -1 }), "price"),
        (json!({ "sku": "B", "price": 0.00001 }), "price"),
        (
            json!({ "sku": "B", "quantityIncrement": 0 }),
            "quantityIncrement",
        ),
        (
            json!({ "sku": "B", "prices": [{ "tier": "", "price": 1 }] }),
            "prices[0].tier",
        ),
        (
            json!({ "sku": "B", "prices": [{ "tier": "A", "price": 1 }, { "tier": "A", "price": 2 }] }),
            "prices[1]",
        ),
        (
            json!({ "sku": "B", "images": ["bolt-1", "no-such"] }),
            "images[1]",
        ),
        (
            json!({ "sku": "B", "quantityOnHand": "many" }),
            "quantityOnHand",
        ),
    ] {
        assert_eq!(
            shop.put(&admin, "/api/products", &bad).await.fields(),
            [field],
            "{bad}"
        );
    }
    shop.get(&admin, "/api/products/B").await.problem(404);
    shop.close().await;
}

#[tokio::test]
async fn the_catalogue_is_the_same_for_the_same_seed_and_believable() {
    let (one, two) = (Shop::open().await, Shop::open().await);
    let path = "/api/products?pageSize=200&pageNumber=1";
    let (a, b) = (one.token("acme-admin").await, two.token("acme-admin").await);
    let (first, second) = (
        one.get(&a, path).await.ok(200),
        two.get(&b, path).await.ok(200),
    );
    assert_eq!(skus(&first), skus(&second));
    assert_eq!(first["data"][7]["prices"], second["data"][7]["prices"]);
    for product in first["data"].as_array().unwrap() {
        assert!(
            !product["name"].as_str().unwrap().contains('{'),
            "{}",
            product["name"]
        );
        let upc = product["upc"].as_str().unwrap();
        let sum: u32 = upc
            .bytes()
            .enumerate()
            .map(|(i, b)| u32::from(b - b'0') * if i % 2 == 0 { 3 } else { 1 })
            .sum();
        assert_eq!(sum % 10, 0, "check digit of {upc}");
    }
    one.close().await;
    two.close().await;
}
