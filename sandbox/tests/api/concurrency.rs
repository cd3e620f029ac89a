//! Many clients at once: no lost update, no double order, no deadlock.

use std::{sync::Arc, time::Duration};

use crate::shop::Shop;
use nymble_sandbox::{Db, Options};
use serde_json::{Value, json};
use tokio::task::JoinSet;

/// Longer than any of this takes on a slow machine; a deadlock takes forever.
const LIMIT: Duration = Duration::from_secs(120);

/// A sandbox on a file, as the command has it: readers and the writer are connections of their own.
async fn on_a_file(name: &str) -> (Arc<Shop>, std::path::PathBuf) {
    let folder = std::env::temp_dir().join(format!("nymble-sandbox-{name}-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let options = Options {
        db: Db::File(folder.join("shop.db")),
        products: 60,
        ..Options::default()
    };
    (Arc::new(Shop::with(options).await), folder)
}

async fn within<T>(work: impl Future<Output = T>) -> T {
    tokio::time::timeout(LIMIT, work).await.expect("a deadlock")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn thirty_two_clients_add_to_one_cart_and_nothing_is_lost() {
    const CLIENTS: i64 = 32;
    const ADDS: i64 = 8;
    let (shop, folder) = on_a_file("one-cart").await;
    let buyer = shop.token("acme-buyer").await;
    let cart = shop.cart(&buyer).await;
    let items = format!("/api/carts/ACME-001/{cart}/items");
    let mut clients = JoinSet::new();
    for client in 0..CLIENTS {
        let (shop, buyer, items, cart) = (
            Arc::clone(&shop),
            buyer.clone(),
            items.clone(),
            cart.clone(),
        );
        clients.spawn(async move {
            for round in 0..ADDS {
                // Half go to the line that is there, half to one that the first of them makes.
                let sku = if (client + round) % 2 == 0 {
                    "WIDGET-BLU-L"
                } else {
                    "WIDGET-RED-M"
                };
                let add =
                    json!({ "customerNumber": "ACME-001", "sku": sku, "quantity": client + 1 });
                shop.post(&buyer, &items, &add).await.ok(200);
                if round % 4 == 0 {
                    shop.get(&buyer, &format!("/api/carts/{cart}"))
                        .await
                        .ok(200);
                }
            }
        });
    }
    within(clients.join_all()).await;
    let cart = shop
        .get(&buyer, &format!("/api/carts/{cart}"))
        .await
        .ok(200);
    let lines = cart["items"].as_array().unwrap();
    assert_eq!(lines.len(), 2, "one line a product: {cart}");
    let units: i64 = lines
        .iter()
        .map(|line| line["quantity"].as_i64().unwrap())
        .sum();
    assert_eq!(units, 10 + ADDS * CLIENTS * (CLIENTS + 1) / 2);
    std::fs::remove_dir_all(folder).ok();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_checkout_raced_by_sixteen_clients_is_one_order() {
    let (shop, folder) = on_a_file("race").await;
    let buyer = shop.token("acme-buyer").await;
    let mut seen = Vec::new();
    for _ in 0..5 {
        let cart = shop.ready_cart(&buyer).await;
        let mut clients = JoinSet::new();
        for _ in 0..16 {
            let (shop, buyer, cart) = (Arc::clone(&shop), buyer.clone(), cart.clone());
            clients.spawn(async move { shop.check_out(&buyer, &cart, "4111111111111111").await });
        }
        let answers = within(clients.join_all()).await;
        let placed: Vec<Value> = answers
            .iter()
            .filter(|answer| answer.status == 200)
            .map(crate::shop::Answer::json)
            .collect();
        assert_eq!(placed.len(), 1, "{placed:?}");
        for refused in answers.iter().filter(|answer| answer.status != 200) {
            refused.problem(400);
        }
        seen.push(placed[0]["orderNumber"].clone());
    }
    let orders = shop.orders().await;
    let numbers: Vec<&Value> = orders.iter().map(|order| &order["orderNumber"]).collect();
    assert_eq!(numbers, seen.iter().collect::<Vec<_>>());
    std::fs::remove_dir_all(folder).ok();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn only_one_of_sixteen_clients_opens_a_customers_cart() {
    let (shop, folder) = on_a_file("open").await;
    let buyer = shop.token("acme-buyer").await;
    let create = json!({ "customerNumber": "ACME-001", "sku": "WIDGET-BLU-L", "quantity": 1, "orderType": "Standard" });
    let mut clients = JoinSet::new();
    for _ in 0..16 {
        let (shop, buyer, create) = (Arc::clone(&shop), buyer.clone(), create.clone());
        clients.spawn(async move {
            shop.post(&buyer, "/api/carts/ACME-001", &create)
                .await
                .status
        });
    }
    let mut statuses = within(clients.join_all()).await;
    statuses.sort_unstable();
    assert_eq!((statuses[0], &statuses[1..]), (201, &[400; 15][..]));
    let open = shop
        .get(&buyer, "/api/carts/customer/ACME-001")
        .await
        .ok(200);
    assert_eq!(open.as_array().unwrap().len(), 1);
    std::fs::remove_dir_all(folder).ok();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_hundred_customers_fill_their_carts_at_once() {
    const CUSTOMERS: usize = 200;
    let (shop, folder) = on_a_file("many-carts").await;
    let admin = shop.token("acme-admin").await;
    let mut clients = JoinSet::new();
    for customer in 0..CUSTOMERS {
        let (shop, admin) = (Arc::clone(&shop), admin.clone());
        clients.spawn(async move {
            let number = format!("C-{customer:03}");
            let account = json!({
                "customerNumber": number, "companyName": number, "companyEmail": "buyer@example.com", "pricing": "Wholesale", "currencyCode": "USD", "active": true
            });
            shop.put(&admin, "/api/customers", &account).await.ok(201);
            let create = json!({ "customerNumber": number, "sku": "WIDGET-BLU-L", "quantity": customer + 1, "orderType": "Standard" });
            let cart = shop.post(&admin, &format!("/api/carts/{number}"), &create).await.ok(201);
            let id = cart["shoppingCartId"].as_str().unwrap().to_owned();
            let add = json!({ "customerNumber": number, "sku": "WIDGET-BLU-L", "quantity": 1 });
            shop.post(&admin, &format!("/api/carts/{number}/{id}/items"), &add).await.ok(200);
            (id, number, customer + 2)
        });
    }
    let made = within(clients.join_all()).await;
    let ids: std::collections::BTreeSet<&String> = made.iter().map(|(id, ..)| id).collect();
    assert_eq!(ids.len(), CUSTOMERS);
    for (id, number, quantity) in &made {
        let cart = shop.get(&admin, &format!("/api/carts/{id}")).await.ok(200);
        assert_eq!(cart["customerNumber"], **number);
        assert_eq!(cart["items"][0]["quantity"], *quantity);
    }
    std::fs::remove_dir_all(folder).ok();
}
