//! A server that knows the reference documents' examples and nothing else.

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::{Request, State},
    http::{Method, Response, StatusCode, header},
};
use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine as _};
use serde_json::{Map, Value, json};
use std::{
    net::{Ipv4Addr, SocketAddr, TcpListener},
    sync::{Arc, Mutex},
    thread,
};
use tokio::sync::oneshot;

use super::{examples, reference};

/// How keys are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Casing {
    /// `poNumber`.
    Camel,
    /// `PoNumber`.
    Pascal,
}

/// What a page of records is wrapped in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Envelope {
    /// `{data, totalCount}`.
    TotalCount,
    /// `{data, totalCount, pageNumber, pageSize}`.
    PageNumber,
    /// `{data, totalRecords, currentPage, totalPages}`.
    TotalRecords,
}

#[derive(Debug)]
struct Shared {
    casing: Casing,
    envelope: Envelope,
    has_cart: Mutex<bool>,
    checkouts: Mutex<Vec<Value>>,
}

/// The server, until it is dropped.
pub(super) struct Documents {
    address: SocketAddr,
    shared: Arc<Shared>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<thread::JoinHandle<()>>,
}

impl Documents {
    /// Starts one on a free port.
    pub(super) fn start(casing: Casing, envelope: Envelope) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        listener.set_nonblocking(true).expect("a tokio listener");
        let address = listener.local_addr().expect("an address");
        let shared = Arc::new(Shared {
            casing,
            envelope,
            has_cart: Mutex::new(false),
            checkouts: Mutex::default(),
        });
        let app = Router::new()
            .fallback(answer)
            .with_state(Arc::clone(&shared));
        let (stop, stopped) = oneshot::channel::<()>();
        let thread = thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .expect("a runtime");
            runtime.block_on(async {
                let listener = tokio::net::TcpListener::from_std(listener).expect("a listener");
                tokio::select! {
                    _ = axum::serve(listener, app) => {}
                    _ = stopped => {}
                }
            });
        });
        Self {
            address,
            shared,
            stop: Some(stop),
            thread: Some(thread),
        }
    }

    /// Its origin.
    pub(super) fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The bodies of all checkouts so far.
    pub(super) fn checkouts(&self) -> Vec<Value> {
        self.shared.checkouts.lock().expect("not poisoned").clone()
    }
}

impl Drop for Documents {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

async fn answer(State(shared): State<Arc<Shared>>, request: Request) -> Response<Body> {
    let method = request.method().clone();
    let path = request.uri().path().to_owned();
    let body = to_bytes(request.into_body(), usize::MAX).await;
    let body = serde_json::from_slice(&body.unwrap_or_default()).unwrap_or(Value::Null);
    let (status, text) = if method == Method::OPTIONS {
        (StatusCode::NO_CONTENT, String::new())
    } else {
        shared.document(method.as_str(), &path, body)
    };
    Response::builder()
        .status(status)
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*")
        .header(
            header::ACCESS_CONTROL_ALLOW_METHODS,
            "GET, POST, PUT, DELETE",
        )
        .header(
            header::ACCESS_CONTROL_ALLOW_HEADERS,
            "authorization, content-type, accept",
        )
        .body(Body::from(text))
        .expect("an answer")
}

impl Shared {
    /// The documented answer.
    fn document(&self, method: &str, path: &str, body: Value) -> (StatusCode, String) {
        let example = |text: &str| serde_json::from_str::<Value>(text).expect("an example");
        let ok = |value: Value| (StatusCode::OK, value);
        let mut has_cart = self.has_cart.lock().expect("not poisoned");
        let mut cart = example(reference::CART);
        let mut checkouts = self.checkouts.lock().expect("not poisoned");
        if !checkouts.is_empty() {
            cart["status"] = "CLOSED".into();
        }
        let (status, value) = match (method, path) {
            ("POST", "/api/auth/login") => return (StatusCode::OK, login()),
            ("GET", "/api/products") => ok(self.page(&example(reference::PRODUCT_PAGE))),
            ("GET", "/api/products/search") => ok(self.page(&example(reference::PRODUCT_SEARCH))),
            ("GET", "/api/products/WIDGET-BLU-L") => ok(example(reference::PRODUCT)),
            ("GET", "/api/categories") => ok(example(examples::CATEGORIES)),
            ("GET", "/api/customers/ACME-001") => ok(example(reference::CUSTOMER)),
            ("GET", "/api/carts/customer/ACME-001") if *has_cart => ok(json!([cart])),
            ("GET", "/api/carts/customer/ACME-001") => ok(json!([])),
            ("POST", "/api/carts/ACME-001") => {
                *has_cart = true;
                (StatusCode::CREATED, cart)
            }
            ("GET", "/api/carts/cart_8f3a2c1d") => ok(cart),
            ("POST", path) if path.ends_with("/complete-checkout") => {
                checkouts.push(body);
                ok(example(reference::CHECKOUT_ANSWER))
            }
            // No answer is shown for setting the address and the PO number.
            ("PUT", path) if path.starts_with("/api/carts/ACME-001/cart_8f3a2c1d") => {
                return (StatusCode::NO_CONTENT, String::new());
            }
            _ => (
                StatusCode::NOT_FOUND,
                json!({ "title": "Not Found", "status": 404 }),
            ),
        };
        let value = match self.casing {
            Casing::Camel => value,
            Casing::Pascal => in_pascal_case(value),
        };
        (status, value.to_string())
    }

    /// The reference's page in this server's envelope.
    fn page(&self, page: &Value) -> Value {
        let (data, total) = (&page["data"], &page["totalRecords"]);
        match self.envelope {
            Envelope::TotalCount => json!({ "data": data, "totalCount": total }),
            Envelope::PageNumber => json!({
                "data": data, "totalCount": total, "pageNumber": 1, "pageSize": 25,
            }),
            Envelope::TotalRecords => page.clone(),
        }
    }
}

/// The answer to a sign-in; its token is signed by nobody.
fn login() -> String {
    let part = |text: &str| BASE64_URL_SAFE_NO_PAD.encode(text);
    let token = [part(r#"{"alg":"none"}"#), part(examples::CLAIMS), part("-")];
    json!({ "AccessToken": token.join("."), "TokenType": "api-key", "ExpiresIn": 86400 })
        .to_string()
}

/// The same with every key in `PascalCase`.
fn in_pascal_case(value: Value) -> Value {
    match value {
        Value::Array(values) => values.into_iter().map(in_pascal_case).collect(),
        Value::Object(members) => {
            let members = members.into_iter().map(|(key, value)| {
                let mut letters = key.chars();
                let first = letters.next().map(|first| first.to_ascii_uppercase());
                let key: String = first.into_iter().chain(letters).collect();
                (key, in_pascal_case(value))
            });
            Value::Object(members.collect::<Map<_, _>>())
        }
        other => other,
    }
}
