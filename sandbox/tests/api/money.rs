//! What carts show, against an arithmetic of its own: exact to the smallest coin of each currency.

use crate::shop::Shop;
use proptest::{prelude::*, test_runner::TestRunner};
use serde_json::{Value, json};

/// Currencies with none, two and three decimal places, and a customer for each.
const CURRENCIES: [(&str, u32, &str); 3] = [
    ("JPY", 0, "M-JPY"),
    ("USD", 2, "M-USD"),
    ("KWD", 3, "M-KWD"),
];

/// A price list: from each quantity on, a price in ten-thousandths.
type Breaks = Vec<(i64, i64)>;

/// An amount in ten-thousandths, from the digits that were sent.
fn ten_thousandths(amount: &Value) -> i128 {
    let text = amount.to_string();
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    assert!(fraction.len() <= 4 && !text.contains('e'), "{text}");
    format!("{whole}{fraction:0<4}").parse().unwrap()
}

/// How a price in ten-thousandths is written.
fn written(price: i64) -> Value {
    serde_json::from_str(&format!("{}.{:04}", price / 10_000, price % 10_000)).unwrap()
}

/// Half-even to the currency's smallest coin, in ten-thousandths.
fn rounded(exact: i128, places: u32) -> i128 {
    let coin = 10_i128.pow(4 - places);
    let (coins, rest) = (exact / coin, exact % coin);
    let up = rest * 2 > coin || rest * 2 == coin && coins % 2 == 1;
    (coins + i128::from(up)) * coin
}

/// The highest break reached, else the first.
fn price_at(breaks: &Breaks, quantity: i64) -> i64 {
    let reached = breaks
        .iter()
        .filter(|(at, _)| *at <= quantity)
        .max_by_key(|(at, _)| *at);
    reached
        .or(breaks.iter().min_by_key(|(at, _)| *at))
        .unwrap()
        .1
}

/// Three products' breaks and the quantity of each.
fn carts() -> impl Strategy<Value = Vec<(Breaks, i64)>> {
    let breaks = prop::collection::btree_map(1_i64..200, 0_i64..50_000_000, 1..4)
        .prop_map(|breaks| breaks.into_iter().collect::<Breaks>());
    prop::collection::vec((breaks, 1_i64..400), 1..4)
}

async fn customers(shop: &Shop, admin: &str) {
    for (currency, _, number) in CURRENCIES {
        let customer = json!({
            "customerNumber": number, "companyName": number, "companyEmail": "buyer@example.com", "currencyCode": currency, "pricing": "Wholesale", "active": true
        });
        shop.put(admin, "/api/customers", &customer).await.ok(201);
    }
}

/// Prices three products anew, fills a cart with them in each currency, and compares every amount.
async fn check(shop: &Shop, admin: &str, lines: &[(Breaks, i64)]) {
    for (currency, places, number) in CURRENCIES {
        let mut expected = 0;
        let mut cart = None;
        for (place, (breaks, quantity)) in lines.iter().enumerate() {
            let sku = format!("MONEY-{place}");
            let prices: Vec<Value> = breaks
                .iter()
                .map(|(at, price)| json!({ "tier": "Wholesale", "atQuantity": at, "price": written(*price), "currencyCode": currency }))
                .collect();
            let product = json!({ "sku": sku, "name": sku, "prices": prices });
            let answer = shop.put(admin, "/api/products", &product).await;
            assert!([200, 201].contains(&answer.status), "{}", answer.text);
            let line = json!({ "customerNumber": number, "sku": sku, "quantity": quantity, "orderType": "Standard" });
            let address = match &cart {
                None => format!("/api/carts/{number}"),
                Some(cart) => format!("/api/carts/{number}/{cart}/items"),
            };
            let answer = shop.post(admin, &address, &line).await;
            assert!([200, 201].contains(&answer.status), "{}", answer.text);
            let shown = answer.json();
            let line = &shown["items"][place];
            let unit = price_at(breaks, *quantity);
            let total = rounded(i128::from(unit) * i128::from(*quantity), places);
            assert_eq!(
                ten_thousandths(&line["unitPrice"]),
                i128::from(unit),
                "{currency} {shown}"
            );
            assert_eq!(
                ten_thousandths(&line["lineTotal"]),
                total,
                "{currency} {shown}"
            );
            expected += total;
            assert_eq!(
                ten_thousandths(&shown["subtotal"]),
                expected,
                "{currency} {shown}"
            );
            let decimals = shown["subtotal"]
                .to_string()
                .split_once('.')
                .map_or(0, |(_, decimals)| decimals.len());
            assert!(decimals <= places as usize, "{currency} {shown}");
            cart = shown["shoppingCartId"].as_str().map(str::to_owned);
        }
    }
}

#[test]
fn carts_add_up_to_the_smallest_coin_in_yen_dollars_and_dinars() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let mut runner = TestRunner::new_with_rng(
        ProptestConfig {
            cases: 24,
            failure_persistence: None,
            ..ProptestConfig::default()
        },
        proptest::test_runner::TestRng::deterministic_rng(
            proptest::test_runner::RngAlgorithm::ChaCha,
        ),
    );
    runner
        .run(&carts(), |lines| {
            // A fresh sandbox for each case: a customer's cart stays open.
            runtime.block_on(async {
                let shop = Shop::with(nymble_sandbox::Options {
                    products: 1,
                    ..nymble_sandbox::Options::default()
                })
                .await;
                let admin = shop.token("acme-admin").await;
                customers(&shop, &admin).await;
                check(&shop, &admin, &lines).await;
                shop.close().await;
            });
            Ok(())
        })
        .unwrap();
}

#[test]
fn the_test_itself_rounds_half_to_even() {
    assert_eq!(rounded(5_000, 0), 0);
    assert_eq!(rounded(15_000, 0), 20_000);
    assert_eq!(rounded(23_450, 2), 23_400);
    assert_eq!(rounded(23_451, 2), 23_500);
    assert_eq!(rounded(10_005, 3), 10_000);
    assert_eq!(rounded(10_015, 3), 10_020);
}
