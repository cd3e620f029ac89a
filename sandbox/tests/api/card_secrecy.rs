//! Of a card only the provider's token, brand, last four digits and expiry stay: its number is looked for everywhere.

use std::{
    fs::File,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use reqwest::Client;
use serde_json::{Value, json};

const NUMBERS: [&str; 4] = [
    "4111111111111111",
    "5555555555554444",
    "4000000000000002",
    "4000000000009995",
];
const CODE: &str = "7391";

struct Sandbox {
    child: Child,
    base: String,
    folder: PathBuf,
    client: Client,
}

impl Sandbox {
    fn start() -> Self {
        let folder =
            std::env::temp_dir().join(format!("nymble-sandbox-secrecy-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let mut child = Command::new(env!("CARGO_BIN_EXE_nymble-sandbox"))
            .args(["--port", "0", "--products", "40", "--db"])
            .arg(folder.join("shop.db"))
            .env("RUST_LOG", "trace")
            .stdout(Stdio::piped())
            .stderr(File::create(folder.join("log")).unwrap())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap())
            .read_line(&mut line)
            .unwrap();
        let base = line.trim().rsplit_once(' ').unwrap().1.to_owned();
        let client = Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .unwrap();
        Self {
            child,
            base,
            folder,
            client,
        }
    }

    async fn call(&self, token: &str, path: &str, body: &Value) -> (u16, Value) {
        let response = self
            .client
            .post(format!("{}{path}", self.base))
            .bearer_auth(token)
            .header("content-type", "application/json")
            .body(body.to_string())
            .send()
            .await
            .unwrap();
        let status = response.status().as_u16();
        let text = response.text().await.unwrap();
        (status, serde_json::from_str(&text).unwrap())
    }

    /// Checks out with a card; whatever comes of it.
    async fn check_out(&self, token: &str, number: &str) -> u16 {
        let create = json!({ "customerNumber": "ACME-001", "sku": "WIDGET-BLU-L", "quantity": 1, "orderType": "Standard" });
        let (_, cart) = self.call(token, "/api/carts/ACME-001", &create).await;
        let Some(cart) = cart["shoppingCartId"].as_str() else {
            return 0;
        };
        let shipping = json!({ "customerNumber": "ACME-001", "shippingAddress": {
            "line1": "500 Commerce Drive", "city": "Austin", "state": "TX", "postalCode": "78701", "country": "US" } });
        let cart = format!("{}/api/carts/ACME-001/{cart}", self.base);
        let sent = self
            .client
            .put(format!("{cart}/shipping"))
            .bearer_auth(token)
            .header("content-type", "application/json")
            .body(shipping.to_string());
        assert_eq!(sent.send().await.unwrap().status(), 200);
        let body = json!({ "customerNumber": "ACME-001", "channel": "Web", "payment": { "creditCard": typed(number) } });
        let path = cart.strip_prefix(&self.base).unwrap();
        self.call(token, &format!("{path}/complete-checkout"), &body)
            .await
            .0
    }

    async fn fill(&self, page: &str, number: &str) -> u16 {
        let form: String = form_urlencoded::Serializer::new(String::new())
            .extend_pairs([
                ("cardNumber", number),
                ("expiry", "09/31"),
                ("cvv", CODE),
                ("cardholderName", "Jane Smith"),
                ("action", "pay"),
            ])
            .finish();
        let sent = self
            .client
            .post(page)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(form);
        sent.send().await.unwrap().status().as_u16()
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
        std::fs::remove_dir_all(&self.folder).ok();
    }
}

fn typed(number: &str) -> Value {
    json!({ "cardNumber": number, "cardholderName": "Jane Smith", "expiryMonth": "09", "expiryYear": 2031, "cvv": CODE })
}

/// The number as people, forms and programs write it.
fn spellings(number: &str) -> Vec<String> {
    let groups: Vec<&str> = (0..4).map(|at| &number[at * 4..at * 4 + 4]).collect();
    ["", " ", "-", "+", "%20"]
        .iter()
        .map(|between| groups.join(between))
        .collect()
}

fn assert_secret(what: &str, bytes: &[u8]) {
    // Whatever is no text becomes other letters than those looked for.
    let words = String::from_utf8_lossy(bytes);
    let holds = |text: &str| words.contains(text);
    for number in NUMBERS {
        for spelling in spellings(number) {
            assert!(!holds(&spelling), "{spelling} is in {what}");
        }
    }
    // The code is too short to be looked for by itself: a price or an id may have the same digits.
    for text in [
        format!("\"{CODE}\""),
        format!("={CODE}"),
        format!(": {CODE}"),
    ] {
        assert!(!holds(&text), "{text} is in {what}");
    }
}

/// Every text in the tables that know of payments, one by one: none is the code.
fn assert_no_code(db: &Path) {
    let db = rusqlite::Connection::open(db).unwrap();
    let mut rows_seen = 0;
    for table in [
        "payment_profiles",
        "card_tokens",
        "transaction_setups",
        "orders",
        "invoice_payments",
    ] {
        let mut all = db.prepare(&format!("SELECT * FROM {table}")).unwrap();
        let columns = all.column_count();
        let mut rows = all.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            rows_seen += 1;
            for column in 0..columns {
                let text = match row.get_ref(column).unwrap() {
                    rusqlite::types::ValueRef::Integer(number) => number.to_string(),
                    rusqlite::types::ValueRef::Text(text) => {
                        String::from_utf8(text.to_vec()).unwrap()
                    }
                    _ => continue,
                };
                assert_ne!(text, CODE, "{table}");
            }
        }
    }
    assert!(rows_seen > 10, "{rows_seen} rows");
}

#[tokio::test]
async fn no_card_number_stays_anywhere() {
    let sandbox = Sandbox::start();
    let (_, issued) = sandbox
        .call("", "/_sandbox/tokens", &json!({ "clientId": "acme-buyer" }))
        .await;
    let token = issued["accessToken"].as_str().unwrap().to_owned();
    let mut done = Vec::new();
    for number in NUMBERS {
        let spaced = spellings(number)[1].clone();
        done.push(sandbox.check_out(&token, &spaced).await);
        let methods = "/api/payments/payment-methods";
        let mut body = json!({ "customerNumber": "ACME-001", "creditCard": typed(number) });
        done.push(sandbox.call(&token, methods, &body).await.0);
        // Typed where it does not belong, and as a number instead of a text.
        body["creditCard"]["cardholderName"] = json!(number);
        assert_eq!(sandbox.call(&token, methods, &body).await.0, 400);
        body["creditCard"]["cardNumber"] = json!(number.parse::<u64>().unwrap());
        assert_eq!(sandbox.call(&token, methods, &body).await.0, 400);
        let made = sandbox
            .call("", "/_sandbox/provider/tokens", &typed(number))
            .await;
        assert_eq!(made.0, 201);
        for amount in [0, 25] {
            let setup = json!({
                "customerNumber": "ACME-001", "transactionAmount": amount,
                "applicationReturnUrl": "http://localhost:8080/back?state=1"
            });
            let (_, setup) = sandbox
                .call(&token, "/api/payments/worldpay/transaction-setup", &setup)
                .await;
            let page = setup["hostedPaymentUrl"].as_str().unwrap();
            assert_eq!(sandbox.fill(page, "4111 1111 1111 1112").await, 422);
            assert_eq!(sandbox.fill(page, &spaced).await, 303);
        }
    }
    assert!(
        done.contains(&200) && done.contains(&201) && done.contains(&400),
        "{done:?}"
    );

    for file in ["shop.db", "shop.db-wal", "shop.db-shm", "log"] {
        let bytes = std::fs::read(sandbox.folder.join(file)).unwrap();
        assert!(!bytes.is_empty(), "{file} is empty");
        assert_secret(file, &bytes);
    }
    let requests = sandbox
        .client
        .get(format!("{}/_sandbox/requests", sandbox.base));
    let requests = requests.send().await.unwrap().text().await.unwrap();
    assert!(requests.contains("/api/payments/worldpay/callback"));
    assert_secret("the request log", requests.as_bytes());
    assert_no_code(&sandbox.folder.join("shop.db"));
}
