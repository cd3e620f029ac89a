//! A sandbox of its own for one test, and short ways to call it.

mod truth;

use nymble_sandbox::{Options, Running, Sandbox};
use reqwest::{Client, Method, RequestBuilder};
use serde_json::{Value, json};

/// A running sandbox with a client.
pub(crate) struct Shop {
    running: Running,
    client: Client,
}

/// An answer: status, headers, body.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: reqwest::header::HeaderMap,
    pub(crate) text: String,
}

impl Answer {
    /// The body as JSON.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text)
            .unwrap_or_else(|_| panic!("not JSON ({}): {}", self.status, self.text))
    }

    /// The body, after a look at the status.
    pub(crate) fn ok(&self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", self.text);
        self.json()
    }

    /// A header's text.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    /// Asserts a problem of that status in the documented shape, and gives it back.
    pub(crate) fn problem(&self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", self.text);
        assert_eq!(self.header("content-type"), "application/problem+json");
        let problem = self.json();
        assert_eq!(
            problem["type"],
            format!("https://httpstatuses.com/{status}")
        );
        assert_eq!(problem["status"], status);
        assert!(problem["title"].is_string());
        problem
    }

    /// The names in a 400's `errors`.
    pub(crate) fn fields(&self) -> Vec<String> {
        let problem = self.problem(400);
        let errors = problem["errors"].as_array().cloned().unwrap_or_default();
        errors
            .iter()
            .map(|error| error["name"].as_str().unwrap().to_owned())
            .collect()
    }
}

impl Shop {
    pub(crate) async fn open() -> Self {
        Self::with(Options::default()).await
    }

    pub(crate) async fn with(options: Options) -> Self {
        let faulty = !options.faults.is_empty();
        let running = Sandbox::start(options).await.unwrap();
        if faulty {
            truth::expect_faults(running.addr().port());
        }
        Self {
            running,
            client: Client::new(),
        }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.running.base_url())
    }

    pub(crate) async fn close(self) {
        self.running.stop().await;
    }

    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, self.url(path))
    }

    /// A token, without signing in.
    pub(crate) async fn token(&self, client_id: &str) -> String {
        let answer = self
            .post("", "/_sandbox/tokens", &json!({ "clientId": client_id }))
            .await;
        answer.ok(201)["accessToken"].as_str().unwrap().to_owned()
    }

    pub(crate) async fn get(&self, token: &str, path: &str) -> Answer {
        send(self.request(Method::GET, path).bearer_auth(token)).await
    }

    pub(crate) async fn delete(&self, token: &str, path: &str) -> Answer {
        send(self.request(Method::DELETE, path).bearer_auth(token)).await
    }

    pub(crate) async fn post(&self, token: &str, path: &str, body: &Value) -> Answer {
        self.body(Method::POST, token, path, body).await
    }

    pub(crate) async fn put(&self, token: &str, path: &str, body: &Value) -> Answer {
        self.body(Method::PUT, token, path, body).await
    }

    async fn body(&self, method: Method, token: &str, path: &str, body: &Value) -> Answer {
        send(
            self.request(method, path)
                .bearer_auth(token)
                .header("content-type", "application/json")
                .body(body.to_string()),
        )
        .await
    }

    /// A cart of ACME-001 with ten blue widgets; its id.
    pub(crate) async fn cart(&self, token: &str) -> String {
        let body = json!({ "customerNumber": "ACME-001", "sku": "WIDGET-BLU-L", "quantity": 10, "orderType": "Standard" });
        let cart = self.post(token, "/api/carts/ACME-001", &body).await.ok(201);
        cart["shoppingCartId"].as_str().unwrap().to_owned()
    }

    /// The same, ready to be checked out.
    pub(crate) async fn ready_cart(&self, token: &str) -> String {
        let cart = self.cart(token).await;
        self.put(
            token,
            &format!("/api/carts/ACME-001/{cart}/shipping"),
            &shipping(),
        )
        .await
        .ok(200);
        cart
    }

    pub(crate) async fn check_out(&self, token: &str, cart: &str, number: &str) -> Answer {
        self.post(
            token,
            &format!("/api/carts/ACME-001/{cart}/complete-checkout"),
            &card(number),
        )
        .await
    }

    pub(crate) async fn orders(&self) -> Vec<Value> {
        self.get("", "/_sandbox/orders")
            .await
            .ok(200)
            .as_array()
            .unwrap()
            .clone()
    }
}

/// Sends a request, reads the whole answer, and asserts that it is one the document tells of.
pub(crate) async fn send(request: RequestBuilder) -> Answer {
    let (client, request) = request.build_split();
    let request = request.unwrap();
    let (method, url) = (request.method().clone(), request.url().clone());
    let response = client.execute(request).await.unwrap();
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    let answer = Answer {
        status,
        headers,
        text: response.text().await.unwrap(),
    };
    truth::check(&client, &method, &url, &answer).await;
    answer
}

/// The documents' shipping call.
pub(crate) fn shipping() -> Value {
    json!({
        "customerNumber": "ACME-001",
        "shippingAddress": {
            "line1": "500 Commerce Drive", "line2": "Dock B", "city": "Austin", "state": "TX", "postalCode": "78701",
            "country": "US", "phone": "555-800-1000", "addressType": "Shipping", "isPrimary": true
        }
    })
}

/// The documents' checkout call, with another card number.
pub(crate) fn card(number: &str) -> Value {
    json!({
        "customerNumber": "ACME-001",
        "channel": "Web",
        "payment": {
            "billingAddress": {
                "address1": "500 Commerce Drive", "address2": "Suite 200", "city": "Austin", "stateProvince": "TX",
                "zipPostalCode": "78701", "country": "US"
            },
            "creditCard": {
                "cardNumber": number, "cardholderName": "Jane Smith", "expiryMonth": "10", "expiryYear": 2028, "cvv": "123"
            }
        }
    })
}

/// Asserts that `actual` holds everything `expected` does, field by field.
pub(crate) fn assert_holds(actual: &Value, expected: &Value, at: &str) {
    match expected {
        Value::Object(fields) => {
            for (name, value) in fields {
                assert!(
                    !actual[name].is_null() || value.is_null(),
                    "{at}.{name} is missing in {actual}"
                );
                assert_holds(&actual[name], value, &format!("{at}.{name}"));
            }
        }
        Value::Array(items) => {
            for (place, value) in items.iter().enumerate() {
                assert_holds(&actual[place], value, &format!("{at}[{place}]"));
            }
        }
        _ => assert_eq!(actual, expected, "{at}"),
    }
}
