//! The sandbox without a socket and without the wall's clock: a simulation calls its router straight, sets its time, and
//! has it begin anew for each of thousands of sessions.

use std::sync::{Arc, atomic::Ordering};

use axum::{
    Router,
    body::{Body, to_bytes},
    http::Request,
};
use rusqlite::Connection;
use tokio::runtime::{Builder, Runtime};
use tower::ServiceExt;

use crate::{
    Db, Options, StartError,
    clock::{self, SetClock},
    demo,
    routes::router,
    server,
    state::State,
    store::Store,
};

/// What the sandbox answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    /// The HTTP status.
    pub status: u16,
    /// Names (in small letters) and values.
    pub headers: Vec<(String, String)>,
    /// The body; empty when it is no text.
    pub text: String,
}

/// A sandbox in this process, and for this thread: it answers one request at a time.
pub struct InProcess {
    runtime: Runtime,
    router: Router,
    state: State,
    clock: SetClock,
    /// What the database holds at the beginning.
    original: Connection,
}

impl InProcess {
    /// Makes one with a database in memory, whose clock stands at `unix_seconds` until it is set.
    pub fn new(options: Options, unix_seconds: i64) -> Result<Self, StartError> {
        let clock = SetClock::default();
        clock.store(unix_seconds, Ordering::Relaxed);
        clock::follow(Arc::clone(&clock));
        let followed = Arc::clone(&clock);
        let runtime = Builder::new_current_thread()
            .enable_time()
            .max_blocking_threads(1)
            .on_thread_start(move || clock::follow(Arc::clone(&followed)))
            .build()
            .map_err(|_| StartError::Interrupted)?;
        let plan = demo::Plan::of(&options);
        let filled = Store::open(&Db::Memory, move |db, fresh| demo::seed(db, fresh, plan));
        let state = filled
            .and_then(|store| server::over(store, options))
            .map_err(StartError::Database)?;
        let original = state.store.copy().map_err(StartError::Database)?;
        Ok(Self {
            router: router(&state),
            runtime,
            state,
            clock,
            original,
        })
    }

    /// Sets the sandbox's clock.
    pub fn set_time(&self, unix_seconds: i64) {
        self.clock.store(unix_seconds, Ordering::Relaxed);
    }

    /// Takes back everything that was done since [`InProcess::new`].
    pub fn begin_anew(&self) -> Result<(), StartError> {
        let restored = self.state.store.restore(&self.original);
        restored.map_err(StartError::Database)?;
        self.state.faults.clear();
        self.state.logins.clear();
        self.state.visits.clear();
        self.state.requests.clear();
        self.state.totals.forget();
        Ok(())
    }

    /// Answers a request. The address is path and query.
    pub fn call(
        &self,
        method: &str,
        address: &str,
        headers: &[(String, String)],
        body: Option<&str>,
    ) -> Answered {
        let mut request = Request::builder().method(method).uri(address);
        for (name, value) in headers {
            request = request.header(name, value);
        }
        let body = body.map_or_else(Body::empty, |text| Body::from(text.to_owned()));
        let Ok(request) = request.body(body) else {
            return Answered::refused();
        };
        self.runtime.block_on(async {
            let Ok(response) = self.router.clone().oneshot(request).await;
            let (parts, body) = response.into_parts();
            let Ok(bytes) = to_bytes(body, usize::MAX).await else {
                return Answered::refused();
            };
            let header = |(name, value): (&axum::http::HeaderName, &axum::http::HeaderValue)| {
                Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned()))
            };
            Answered {
                status: parts.status.as_u16(),
                headers: parts.headers.iter().filter_map(header).collect(),
                text: String::from_utf8(bytes.into()).unwrap_or_default(),
            }
        })
    }
}

impl Answered {
    /// To what is no request at all.
    fn refused() -> Self {
        Self {
            status: 400,
            headers: Vec::new(),
            text: String::new(),
        }
    }

    /// The value of the header called `name` (in small letters).
    pub fn header(&self, name: &str) -> Option<&str> {
        let named = self.headers.iter().find(|(known, _)| known == name);
        named.map(|(_, value)| value.as_str())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    const NOW: i64 = 1_900_000_000;

    fn sandbox() -> InProcess {
        let options = Options {
            products: 30,
            ..Options::default()
        };
        InProcess::new(options, NOW).unwrap()
    }

    fn token(sandbox: &InProcess) -> String {
        let json = [("content-type".to_owned(), "application/json".to_owned())];
        let body = Some(r#"{"clientId":"acme-buyer"}"#);
        let answer = sandbox.call("POST", "/_sandbox/tokens", &json, body);
        assert_eq!(answer.status, 201, "{answer:?}");
        let answer: serde_json::Value = serde_json::from_str(&answer.text).unwrap();
        format!("Bearer {}", answer["accessToken"].as_str().unwrap())
    }

    #[test]
    fn its_time_is_what_it_is_set_to() {
        let sandbox = sandbox();
        let headers = [("authorization".to_owned(), token(&sandbox))];
        let status = || {
            let address = "/api/carts/customer/ACME-001";
            sandbox.call("GET", address, &headers, None).status
        };
        assert_eq!(status(), 200);
        sandbox.set_time(NOW + crate::auth::TOKEN_LIFE + 1);
        assert_eq!(status(), 401);
        sandbox.set_time(NOW);
        assert_eq!(status(), 200);
    }

    #[test]
    fn it_begins_anew_with_the_same_data() {
        let sandbox = sandbox();
        let headers = [
            ("authorization".to_owned(), token(&sandbox)),
            ("content-type".to_owned(), "application/json".to_owned()),
        ];
        let carts = || {
            sandbox
                .call("GET", "/api/carts/customer/ACME-001", &headers, None)
                .text
        };
        let before = carts();
        let products = sandbox.call("GET", "/api/products?pageSize=5", &headers, None);
        let products: serde_json::Value = serde_json::from_str(&products.text).unwrap();
        let sku = products["data"][0]["sku"].as_str().unwrap();
        let body = format!(
            r#"{{"customerNumber":"ACME-001","sku":"{sku}","quantity":100,"orderType":"Standard"}}"#
        );
        let made = sandbox.call("POST", "/api/carts/ACME-001", &headers, Some(&body));
        assert!((200..300).contains(&made.status), "{made:?}");
        assert_ne!(carts(), before);
        sandbox.begin_anew().unwrap();
        assert_eq!(carts(), before);
    }
}
