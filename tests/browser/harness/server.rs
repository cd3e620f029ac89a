//! The sandbox as a test sees it from outside: faults, tokens, orders, requests.

use nymble_sandbox::{Options, Running, Sandbox};
use reqwest::{Client, Method};
use serde_json::{Value, json};

/// A running sandbox with a client.
pub(crate) struct Server {
    running: Running,
    client: Client,
}

impl Server {
    /// Starts one with its own data, in memory.
    pub(crate) async fn start(options: Options) -> Self {
        Self {
            running: Sandbox::start(options).await.expect("the sandbox starts"),
            client: Client::new(),
        }
    }

    /// Its origin.
    pub(crate) fn origin(&self) -> String {
        self.running.base_url()
    }

    /// Calls it; the answer's body as JSON, or null where there is none. Anything but success fails.
    pub(crate) async fn call(&self, method: &str, path: &str, token: &str, body: &Value) -> Value {
        let (status, text) = self.answer(method, path, token, body).await;
        assert!((200..300).contains(&status), "{path}: {status} {text}");
        serde_json::from_str(&text).unwrap_or(Value::Null)
    }

    /// Signs in, or tries to; the answer's status.
    pub(crate) async fn try_login(&self, credentials: &Value) -> u16 {
        self.answer("POST", "/api/auth/login", "", credentials)
            .await
            .0
    }

    async fn answer(&self, method: &str, path: &str, token: &str, body: &Value) -> (u16, String) {
        let method = Method::from_bytes(method.as_bytes()).expect("a method");
        let mut request = self
            .client
            .request(method, format!("{}{path}", self.origin()));
        if !token.is_empty() {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        if !body.is_null() {
            request = request
                .header("content-type", "application/json")
                .body(body.to_string());
        }
        let answer = request.send().await.expect("the sandbox answers");
        let status = answer.status().as_u16();
        (status, answer.text().await.expect("the whole answer"))
    }

    /// Switches a fault on.
    pub(crate) async fn fault(&self, fault: Value) {
        self.call("POST", "/_sandbox/faults", "", &fault).await;
    }

    /// Switches all faults off.
    pub(crate) async fn clear_faults(&self) {
        self.call("DELETE", "/_sandbox/faults", "", &Value::Null)
            .await;
    }

    /// Every order there is.
    pub(crate) async fn orders(&self) -> Vec<Value> {
        let orders = self.call("GET", "/_sandbox/orders", "", &Value::Null).await;
        orders.as_array().cloned().unwrap_or_default()
    }

    /// The only order there is.
    pub(crate) async fn the_order(&self) -> Value {
        let mut orders = self.orders().await;
        assert_eq!(orders.len(), 1, "exactly one order: {orders:#?}");
        orders.remove(0)
    }

    /// The API's requests so far, oldest first.
    pub(crate) async fn requests(&self) -> Vec<Value> {
        let requests = self
            .call("GET", "/_sandbox/requests", "", &Value::Null)
            .await;
        requests.as_array().cloned().unwrap_or_default()
    }

    /// How many requests of `method` there were whose path contains `part`.
    pub(crate) async fn count(&self, method: &str, part: &str) -> usize {
        let requests = self.requests().await;
        let fits = |request: &&Value| {
            request["method"] == method
                && request["path"]
                    .as_str()
                    .is_some_and(|path| path.contains(part))
        };
        requests.iter().filter(fits).count()
    }

    /// A token of `client_id`, without signing in.
    pub(crate) async fn token(&self, client_id: &str) -> String {
        self.token_of(json!({ "clientId": client_id })).await
    }

    /// A token made to measure (`/_sandbox/tokens`).
    pub(crate) async fn token_of(&self, wanted: Value) -> String {
        let issued = self.call("POST", "/_sandbox/tokens", "", &wanted).await;
        issued["accessToken"].as_str().expect("a token").to_owned()
    }

    /// Makes every token so far worthless.
    pub(crate) async fn revoke_tokens(&self) {
        self.call("POST", "/_sandbox/tokens/revoke", "", &Value::Null)
            .await;
    }

    /// The open cart of `client_id`'s customer; null when there is none.
    pub(crate) async fn cart(&self, client_id: &str, customer: &str) -> Value {
        let token = self.token(client_id).await;
        let carts = self
            .call(
                "GET",
                &format!("/api/carts/customer/{customer}"),
                &token,
                &Value::Null,
            )
            .await;
        carts[0].clone()
    }

    /// The open cart of `ACME-001`; null when there is none.
    pub(crate) async fn acme_cart(&self) -> Value {
        self.cart("acme-buyer", "ACME-001").await
    }

    /// The quantity of `sku` in the open cart of `ACME-001`; 0 without such a line.
    pub(crate) async fn quantity_of(&self, sku: &str) -> i64 {
        let cart = self.acme_cart().await;
        let lines = cart["items"].as_array().cloned().unwrap_or_default();
        let line = lines.iter().find(|line| line["sku"] == sku);
        line.and_then(|line| line["quantity"].as_i64()).unwrap_or(0)
    }

    /// Gives `ACME-001` an open cart with these lines, as another of its buyers might.
    pub(crate) async fn fill_cart(&self, lines: &[(&str, u32)]) -> String {
        let token = self.token("acme-buyer").await;
        let mut cart_id = None;
        for (sku, quantity) in lines {
            let mut path = "/api/carts/ACME-001".to_owned();
            if let Some(id) = &cart_id {
                path = format!("{path}/{id}/items");
            }
            let body = json!({
                "customerNumber": "ACME-001", "sku": sku, "quantity": quantity, "orderType": "Standard",
            });
            let cart = self.call("POST", &path, &token, &body).await;
            cart_id = cart["shoppingCartId"].as_str().map(str::to_owned);
        }
        cart_id.expect("at least one line")
    }

    /// The SKUs of the first products of the catalogue, so many of them.
    pub(crate) async fn some_skus(&self, count: usize) -> Vec<String> {
        let token = self.token("acme-buyer").await;
        let mut skus = Vec::new();
        let mut page = 1;
        while skus.len() < count {
            let path = format!("/api/products?pageNumber={page}&pageSize=100");
            let answer = self.call("GET", &path, &token, &Value::Null).await;
            let products = answer["data"].as_array().cloned().unwrap_or_default();
            assert!(!products.is_empty(), "fewer than {count} products");
            let sku = |product: &Value| product["sku"].as_str().map(str::to_owned);
            skus.extend(products.iter().filter_map(sku));
            page += 1;
        }
        skus.truncate(count);
        skus
    }

    /// Uploads a document, as the organization's administrator; its id.
    pub(crate) async fn upload(&self, folder_id: &str, name: &str, content: &[u8]) -> String {
        let token = self.token("acme-admin").await;
        let mut form = format!(
            "--edge\r\nContent-Disposition: form-data; name=\"folderId\"\r\n\r\n{folder_id}\r\n\
             --edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n"
        )
        .into_bytes();
        form.extend_from_slice(content);
        form.extend_from_slice(b"\r\n--edge--\r\n");
        let address = format!("{}/api/companydocs/documents/upload", self.origin());
        let request = self.client.post(address).body(form);
        let request = request.header("authorization", format!("Bearer {token}"));
        let request = request.header("content-type", "multipart/form-data; boundary=edge");
        let answer = request.send().await.expect("the sandbox answers");
        assert_eq!(answer.status(), 201, "{name}");
        let document = answer.text().await.expect("the whole answer");
        let document: Value = serde_json::from_str(&document).expect("a document");
        document["documentId"].as_str().expect("an id").to_owned()
    }

    /// Writes a product, as the organization's administrator.
    pub(crate) async fn put_product(&self, product: &Value) {
        let token = self.token("acme-admin").await;
        self.call("PUT", "/api/products", &token, product).await;
    }
}
