//! What was acknowledged survives `kill -9`, and a restart keeps the data.

use std::{
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{Arc, Mutex},
    time::Duration,
};

use nymble_sandbox::{Db, Options, Sandbox};
use serde_json::{Value, json};

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path =
            std::env::temp_dir().join(format!("nymble-sandbox-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn db(&self) -> PathBuf {
        self.0.join("shop.db")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).ok();
    }
}

/// The command, and the address it prints.
fn start(db: &Path) -> (Child, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_nymble-sandbox"))
        .args(["--port", "0", "--products", "40", "--db"])
        .arg(db)
        .env("RUST_LOG", "error")
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.as_mut().unwrap())
        .read_line(&mut line)
        .unwrap();
    let base = line.trim().rsplit_once(' ').unwrap().1.to_owned();
    (child, base)
}

async fn call(client: &reqwest::Client, url: String, token: &str, body: Value) -> Option<Value> {
    let request = client
        .post(url)
        .bearer_auth(token)
        .header("content-type", "application/json")
        .body(body.to_string());
    let response = request.send().await.ok()?;
    let good = response.status().is_success();
    let text = response.text().await.ok()?;
    good.then(|| serde_json::from_str(&text).unwrap())
}

#[tokio::test]
async fn nothing_acknowledged_is_lost_by_kill_9() {
    let folder = Folder::new("kill");
    let (mut child, base) = start(&folder.db());
    let client = reqwest::Client::new();
    let token = call(
        &client,
        format!("{base}/_sandbox/tokens"),
        "",
        json!({ "clientId": "acme-buyer" }),
    )
    .await
    .unwrap();
    let token = token["accessToken"].as_str().unwrap().to_owned();
    let create = json!({ "customerNumber": "ACME-001", "sku": "WIDGET-BLU-L", "quantity": 1, "orderType": "Standard" });
    let cart = call(
        &client,
        format!("{base}/api/carts/ACME-001"),
        &token,
        create,
    )
    .await
    .unwrap();
    let cart = cart["shoppingCartId"].as_str().unwrap().to_owned();

    // The largest quantity that any answer has shown is the least that must be there afterwards.
    let acknowledged = Arc::new(Mutex::new((1, 1)));
    let mut clients = tokio::task::JoinSet::new();
    for _ in 0..8 {
        let (client, base, token, cart) =
            (client.clone(), base.clone(), token.clone(), cart.clone());
        let acknowledged = Arc::clone(&acknowledged);
        clients.spawn(async move {
            let add = json!({ "customerNumber": "ACME-001", "sku": "WIDGET-BLU-L", "quantity": 1 });
            while let Some(cart) = call(
                &client,
                format!("{base}/api/carts/ACME-001/{cart}/items"),
                &token,
                add.clone(),
            )
            .await
            {
                let mut seen = acknowledged.lock().unwrap();
                seen.0 = seen.0.max(cart["items"][0]["quantity"].as_i64().unwrap());
                seen.1 += 1;
            }
        });
    }
    tokio::time::sleep(Duration::from_millis(700)).await;
    // SIGKILL on Unix.
    child.kill().unwrap();
    child.wait().unwrap();
    clients.join_all().await;
    let (quantity, answers) = *acknowledged.lock().unwrap();
    assert!(answers > 20, "there was load: {answers} answers");

    let (mut child, base) = start(&folder.db());
    let response = client
        .get(format!("{base}/api/carts/{cart}"))
        .bearer_auth(&token)
        .send()
        .await
        .unwrap();
    let cart: Value = serde_json::from_str(&response.text().await.unwrap()).unwrap();
    let kept = cart["items"][0]["quantity"].as_i64().unwrap();
    assert!(
        kept >= quantity && kept >= answers,
        "acknowledged {quantity}, {answers} answers, kept {kept}"
    );
    // At most the eight requests under way were done without an answer.
    assert!(kept <= quantity + 8, "acknowledged {quantity}, kept {kept}");
    child.kill().unwrap();
    child.wait().unwrap();
}

/// What one client knows when the server is gone.
#[derive(Default)]
struct Ordered {
    /// Cart and order number of each checkout that was acknowledged.
    placed: Vec<(String, String)>,
    /// The cart whose checkout was sent, and not answered.
    unanswered: Option<String>,
}

/// Fills carts and checks them out, one after the other, until nothing answers any more.
async fn order_on(client: reqwest::Client, base: String, admin: String, number: String) -> Ordered {
    let mut ordered = Ordered::default();
    let carts = format!("{base}/api/carts/{number}");
    let create = json!({ "customerNumber": number, "sku": "WIDGET-BLU-L", "quantity": 10, "orderType": "Standard" });
    while let Some(cart) = call(&client, carts.clone(), &admin, create.clone()).await {
        let id = cart["shoppingCartId"].as_str().unwrap().to_owned();
        let mut shipping = crate::shop::shipping();
        shipping["customerNumber"] = json!(number);
        let shipped = client
            .put(format!("{carts}/{id}/shipping"))
            .bearer_auth(&admin)
            .header("content-type", "application/json")
            .body(shipping.to_string())
            .send()
            .await;
        if shipped.is_err() {
            break;
        }
        let checkout = checkout_of(&number);
        let path = format!("{carts}/{id}/complete-checkout");
        let Some(answer) = call(&client, path, &admin, checkout).await else {
            ordered.unanswered = Some(id);
            break;
        };
        let number = answer["orderNumber"].as_str().unwrap();
        ordered.placed.push((id, number.to_owned()));
    }
    ordered
}

fn checkout_of(number: &str) -> Value {
    let mut checkout = crate::shop::card("4111111111111111");
    checkout["customerNumber"] = json!(number);
    checkout
}

async fn list(client: &reqwest::Client, url: String, token: &str) -> Vec<Value> {
    let text = client
        .get(url)
        .bearer_auth(token)
        .send()
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    let list: Value = serde_json::from_str(&text).unwrap();
    let records = list.get("data").unwrap_or(&list);
    records
        .as_array()
        .unwrap_or_else(|| panic!("no list: {text}"))
        .clone()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_order_is_lost_or_made_twice_by_kill_9() {
    const CLIENTS: usize = 6;
    let folder = Folder::new("kill-orders");
    let (mut child, base) = start(&folder.db());
    let client = reqwest::Client::new();
    let body = json!({ "clientId": "acme-admin" });
    let admin = call(&client, format!("{base}/_sandbox/tokens"), "", body)
        .await
        .unwrap();
    let admin = admin["accessToken"].as_str().unwrap().to_owned();
    let mut clients = tokio::task::JoinSet::new();
    for place in 0..CLIENTS {
        let number = format!("KILL-{place}");
        let account = json!({
            "customerNumber": number, "companyName": number, "companyEmail": "buyer@example.com",
            "pricing": "Wholesale", "currencyCode": "USD", "active": true
        });
        let made = client
            .put(format!("{base}/api/customers"))
            .bearer_auth(&admin)
            .header("content-type", "application/json")
            .body(account.to_string());
        assert_eq!(made.send().await.unwrap().status(), 201);
        let (client, base, admin) = (client.clone(), base.clone(), admin.clone());
        clients.spawn(async move { (number.clone(), order_on(client, base, admin, number).await) });
    }
    tokio::time::sleep(Duration::from_millis(1_500)).await;
    // SIGKILL on Unix.
    child.kill().unwrap();
    child.wait().unwrap();
    let ordered = clients.join_all().await;
    let placed: usize = ordered
        .iter()
        .map(|(_, ordered)| ordered.placed.len())
        .sum();
    assert!(placed > CLIENTS, "there was load: {placed} orders");

    let (mut child, base) = start(&folder.db());
    // Whoever got no answer asks again, as a storefront does: the cart is ordered now, or was before.
    for (number, ordered) in &ordered {
        let Some(cart) = &ordered.unanswered else {
            continue;
        };
        let again = client
            .post(format!(
                "{base}/api/carts/{number}/{cart}/complete-checkout"
            ))
            .bearer_auth(&admin)
            .header("content-type", "application/json")
            .body(checkout_of(number).to_string());
        let status = again.send().await.unwrap().status();
        assert!(status == 200 || status == 400, "{status}");
    }
    let orders = list(&client, format!("{base}/_sandbox/orders"), &admin).await;
    let mut expected = 0;
    for (number, ordered) in &ordered {
        let carts = ordered
            .placed
            .iter()
            .map(|(cart, order)| (cart, Some(order)));
        for (cart, order) in carts.chain(ordered.unanswered.iter().map(|cart| (cart, None))) {
            expected += 1;
            let made: Vec<&Value> = orders
                .iter()
                .filter(|order| order["originationCartId"] == **cart)
                .collect();
            assert_eq!(made.len(), 1, "one order for {cart} of {number}: {made:?}");
            if let Some(order) = order {
                assert_eq!(made[0]["orderNumber"], **order);
            }
            let made = made[0]["orderNumber"].as_str().unwrap();
            let invoices = format!("{base}/api/invoices?orderNumber={made}");
            let invoices = list(&client, invoices, &admin).await;
            assert_eq!(invoices.len(), 1, "one invoice for {made}");
            assert_eq!(invoices[0]["status"], "Paid");
            assert_eq!(invoices[0]["payments"].as_array().map(Vec::len), Some(1));
        }
    }
    let of_these = |order: &&Value| {
        order["customerNumber"]
            .as_str()
            .unwrap()
            .starts_with("KILL-")
    };
    assert_eq!(
        orders.iter().filter(of_these).count(),
        expected,
        "and no others"
    );
    child.kill().unwrap();
    child.wait().unwrap();
}

#[tokio::test]
async fn a_restart_keeps_orders_and_tokens_and_a_reset_does_not() {
    let folder = Folder::new("restart");
    let options = || Options {
        db: Db::File(folder.db()),
        products: 40,
        ..Options::default()
    };
    let client = reqwest::Client::new();
    let first = Sandbox::start(options()).await.unwrap();
    let base = first.base_url();
    let token = call(
        &client,
        format!("{base}/_sandbox/tokens"),
        "",
        json!({ "clientId": "acme-buyer" }),
    )
    .await
    .unwrap();
    let token = token["accessToken"].as_str().unwrap().to_owned();
    let create = json!({ "customerNumber": "ACME-001", "sku": "WIDGET-BLU-L", "quantity": 7, "orderType": "Standard" });
    call(
        &client,
        format!("{base}/api/carts/ACME-001"),
        &token,
        create,
    )
    .await
    .unwrap();
    first.stop().await;

    // Another size does not throw the data away: only a reset does.
    for (again, carts) in [
        (options(), 1),
        (
            Options {
                products: 50,
                ..options()
            },
            1,
        ),
        (
            Options {
                reset: true,
                ..options()
            },
            0,
        ),
    ] {
        let running = Sandbox::start(again).await.unwrap();
        let url = format!("{}/api/carts/customer/ACME-001", running.base_url());
        let response = client.get(url).bearer_auth(&token).send().await.unwrap();
        if carts == 1 {
            let found: Value = serde_json::from_str(&response.text().await.unwrap()).unwrap();
            assert_eq!(found[0]["items"][0]["quantity"], 7);
        } else {
            // A reset makes a new key, too: the old database is gone whole.
            assert_eq!(response.status(), 401);
        }
        running.stop().await;
    }
}

#[cfg(unix)]
#[tokio::test]
async fn sigterm_lets_open_requests_end() {
    let folder = Folder::new("term");
    let (mut child, base) = start(&folder.db());
    let client = reqwest::Client::new();
    call(
        &client,
        format!("{base}/_sandbox/faults"),
        "",
        json!({ "effect": "delay", "delayMs": 400, "count": 1 }),
    )
    .await
    .unwrap();
    let token = call(
        &client,
        format!("{base}/_sandbox/tokens"),
        "",
        json!({ "clientId": "acme-buyer" }),
    )
    .await
    .unwrap();
    let token = token["accessToken"].as_str().unwrap().to_owned();
    let slow = tokio::spawn({
        let (client, url) = (client.clone(), format!("{base}/api/categories"));
        async move {
            client
                .get(url)
                .bearer_auth(token)
                .send()
                .await
                .unwrap()
                .status()
        }
    });
    tokio::time::sleep(Duration::from_millis(150)).await;
    assert!(
        Command::new("kill")
            .args(["-TERM", &child.id().to_string()])
            .status()
            .unwrap()
            .success()
    );
    assert_eq!(slow.await.unwrap(), 200);
    assert!(child.wait().unwrap().success());
}
