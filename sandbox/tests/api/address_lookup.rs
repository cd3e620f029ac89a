//! The public address lookup.

use crate::shop::{Shop, send};
use reqwest::Method;
use serde_json::{Value, json};

const PATH: &str = "/api/addresses/lookup";

async fn look(shop: &Shop, query: &str) -> crate::shop::Answer {
    send(shop.request(Method::GET, &format!("{PATH}?{query}"))).await
}

#[tokio::test]
async fn a_postal_code_or_a_name_finds_its_places_without_a_token() {
    let shop = Shop::open().await;
    assert_eq!(
        look(&shop, "country=US&postalCode=78701").await.ok(200),
        json!({ "data": [ { "city": "Austin", "state": "TX", "postalCode": "78701", "country": "US" } ] })
    );
    let found = |answer: Value| -> Vec<String> {
        let places = answer["data"].as_array().unwrap().iter();
        places
            .map(|place| format!("{} {}", place["city"], place["postalCode"]).replace('"', ""))
            .collect()
    };
    for (query, expected) in [
        ("country=gb&postalCode=sw1a%201aa", vec!["London SW1A"]),
        ("Country=CA&PostalCode=M5V3L9", vec!["Toronto M5V"]),
        ("country=JP&postalCode=1440034", vec!["大田区 144-0034"]),
        (
            "country=FR&city=nic",
            vec!["Nice 06000", "Nice 06100", "Nice 06200", "Nice 06300"],
        ),
        ("city=M%C3%9CNST", vec!["Münster 48143"]),
        ("country=DE&postalCode=78701", vec![]),
        ("country=ZZ&city=Nice", vec![]),
    ] {
        assert_eq!(found(look(&shop, query).await.ok(200)), expected, "{query}");
    }
    shop.close().await;
}

#[tokio::test]
async fn a_lookup_of_nothing_is_refused_and_the_eleventh_of_a_minute_waits() {
    let shop = Shop::open().await;
    for query in ["", "country=US", "postalCode=%20&city="] {
        assert_eq!(look(&shop, query).await.fields(), ["postalCode"]);
    }
    assert_eq!(look(&shop, "city=a%00b").await.fields(), ["city"]);
    let long = format!("postalCode={}", "7".repeat(201));
    assert_eq!(look(&shop, &long).await.fields(), ["postalCode"]);
    for odd in [
        "postalCode=---",
        "postalCode=%FF%FE",
        "city=%27%3B--",
        "postalCode=%C3%A9%C3%A9%C3%A9%C3%A9%C3%A9",
    ] {
        assert_eq!(look(&shop, odd).await.ok(200)["data"], json!([]));
    }
    // "e" begins many, of which twenty come.
    let many = look(&shop, "country=FR&postalCode=75").await.ok(200);
    assert_eq!(many["data"].as_array().unwrap().len(), 20);
    let refused = look(&shop, "country=US&postalCode=78701").await;
    refused.problem(429);
    assert!((1..=61).contains(&refused.header("retry-after").parse::<u64>().unwrap()));
    // Another public call counts for itself.
    shop.get("", "/api/users/exists?email=a@b.example")
        .await
        .ok(200);
    shop.close().await;
}
