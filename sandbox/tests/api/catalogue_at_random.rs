//! Whatever is changed in whatever order, lists and searches answer what a look at every product gives.

use crate::shop::Shop;
use proptest::{prelude::*, test_runner::TestRunner};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// What a product is, as far as it is listed, found and filtered.
#[derive(Clone, Debug)]
struct Known {
    sku: String,
    name: String,
    description: String,
    active: bool,
    cents: u32,
}

fn product() -> impl Strategy<Value = Known> {
    let word = || prop::sample::select(vec!["zimt", "Zimtal", "quux", "Quill", "vex"]);
    (0_u8..12, word(), word(), word(), any::<bool>(), 0_u32..40).prop_map(
        |(number, first, second, about, active, cents)| Known {
            sku: format!("{}-{}", if number % 4 == 0 { "qx" } else { "QX" }, number),
            name: format!("{first} {second}"),
            description: format!("{about} thing"),
            active,
            cents,
        },
    )
}

fn words(text: &str) -> Vec<String> {
    text.to_lowercase()
        .split(|letter: char| !letter.is_alphanumeric())
        .map(str::to_owned)
        .collect()
}

fn begins_in(word: &str, text: &str) -> bool {
    words(text).iter().any(|found| found.starts_with(word))
}

/// The search by a look at every product: the SKUs in the order of the documented assumption.
fn search(known: &BTreeMap<String, Known>, all: bool, term: &str) -> Vec<String> {
    let wanted: Vec<String> = term.split(' ').map(str::to_lowercase).collect();
    let mut found: Vec<(u8, String, &Known)> = known
        .values()
        .filter(|one| all || one.active)
        .filter(|one| {
            let text = format!("{} {} {}", one.sku, one.name, one.description);
            wanted.iter().all(|word| begins_in(word, &text))
        })
        .map(|one| {
            let title = format!("{} {}", one.sku, one.name);
            let titled = wanted.iter().all(|word| begins_in(word, &title));
            (if titled { 3 } else { 4 }, one.sku.to_lowercase(), one)
        })
        .collect();
    found.sort_by(|one, other| (one.0, &one.1).cmp(&(other.0, &other.1)));
    found.into_iter().map(|(_, sku, _)| sku).collect()
}

/// The SKUs of a list that consists of the test's own products, in lower case, page by page.
async fn skus(shop: &Shop, token: &str, path: &str) -> Vec<String> {
    let mut all = Vec::new();
    for page in 1.. {
        let answer = shop
            .get(token, &format!("{path}&pageSize=3&pageNumber={page}"))
            .await
            .ok(200);
        let data = answer["data"].as_array().unwrap();
        all.extend(
            data.iter()
                .map(|one| one["sku"].as_str().unwrap().to_lowercase()),
        );
        if page >= answer["totalPages"].as_u64().unwrap() {
            assert_eq!(answer["totalRecords"], all.len(), "{path}");
            break;
        }
    }
    all
}

async fn compare(shop: &Shop, token: &str, all: bool, known: &BTreeMap<String, Known>) {
    let own = "filters[0].field=Sku&filters[0].operator=startswith&filters[0].value=qx-";
    let visible = || known.values().filter(|one| all || one.active);
    let sorted = |by: &dyn Fn(&Known) -> String| {
        let mut list: Vec<(String, String)> = visible()
            .map(|one| (by(one), one.sku.to_lowercase()))
            .collect();
        list.sort();
        list.into_iter().map(|(_, sku)| sku).collect::<Vec<_>>()
    };
    let mut orders = BTreeMap::new();
    orders.insert("Sku", sorted(&|one| one.sku.to_lowercase()));
    orders.insert("Name", sorted(&|one| one.name.to_lowercase()));
    orders.insert("Price", sorted(&|one| format!("{:09}", one.cents)));
    for (name, mut expected) in orders {
        let path = format!("/api/products?{own}&sortOn={name}");
        assert_eq!(skus(shop, token, &path).await, expected, "{name}");
        expected.reverse();
        let path = format!("{path}&sortDirection=desc");
        assert_eq!(skus(shop, token, &path).await, expected, "{name} desc");
    }
    for part in ["imtal", "uu"] {
        let path = format!(
            "/api/products?{own}&filters[1].field=Name&filters[1].operator=contains&filters[1].value={part}"
        );
        let mut expected: Vec<String> = visible()
            .filter(|one| one.name.to_lowercase().contains(part))
            .map(|one| one.sku.to_lowercase())
            .collect();
        expected.sort();
        assert_eq!(skus(shop, token, &path).await, expected, "contains {part}");
    }
    for term in ["zimt", "quu", "quux vex", "zimt qx", "vex thing"] {
        let path = format!("/api/products/search?searchTerm={}", term.replace(' ', "+"));
        assert_eq!(
            skus(shop, token, &path).await,
            search(known, all, term),
            "{term}"
        );
    }
}

#[test]
fn lists_and_searches_stay_right_through_any_changes() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap();
    let changes = prop::collection::vec(product(), 1..10);
    let mut runner = TestRunner::new(ProptestConfig::with_cases(12));
    runner
        .run(&changes, |changes| {
            runtime.block_on(async {
                let shop = Shop::open().await;
                let (admin, buyer) = (
                    shop.token("acme-admin").await,
                    shop.token("acme-buyer").await,
                );
                let mut known: BTreeMap<String, Known> = BTreeMap::new();
                for change in changes {
                    let made: Value = json!({
                        "sku": change.sku, "name": change.name, "description": change.description,
                        "active": change.active, "price": f64::from(change.cents) / 100.0,
                    });
                    let status = if known.contains_key(&change.sku) {
                        200
                    } else {
                        201
                    };
                    shop.put(&admin, "/api/products", &made).await.ok(status);
                    known.insert(change.sku.clone(), change);
                    compare(&shop, &admin, true, &known).await;
                    compare(&shop, &buyer, false, &known).await;
                }
                shop.close().await;
            });
            Ok(())
        })
        .unwrap();
}
