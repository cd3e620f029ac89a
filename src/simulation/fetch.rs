//! Requests, with the names that `gloo_net` gives them.

use std::{
    cell::RefCell,
    fmt,
    future::{Ready, poll_fn, ready},
    rc::Rc,
    task::{Poll, Waker},
};

use wasm_bindgen::JsValue;
use web_sys::RequestCache;

use super::{abort::AbortSignal, network};

#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(
    clippy::upper_case_acronyms,
    reason = "named as in the browser's implementation"
)]
pub(crate) enum Method {
    GET,
    HEAD,
    POST,
    PUT,
    DELETE,
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

/// There is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Error;

#[derive(Clone, Debug, Default)]
pub(crate) struct Headers(Rc<RefCell<Vec<(String, String)>>>);

impl Headers {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    pub(crate) fn set(&self, name: &str, value: &str) {
        let entry = (name.to_ascii_lowercase(), value.to_owned());
        self.0.borrow_mut().push(entry);
    }

    pub(crate) fn get(&self, name: &str) -> Option<String> {
        let all = self.0.borrow();
        let named = all
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name));
        named.map(|(_, value)| value.clone())
    }
}

pub(crate) struct RequestBuilder {
    method: Method,
    address: String,
    headers: Headers,
    signal: Option<AbortSignal>,
}

pub(crate) struct Request {
    pub(super) method: Method,
    pub(super) address: String,
    pub(super) headers: Vec<(String, String)>,
    pub(super) body: Option<String>,
    signal: Option<AbortSignal>,
}

impl RequestBuilder {
    pub(crate) fn new(address: &str) -> Self {
        Self {
            method: Method::GET,
            address: address.to_owned(),
            headers: Headers::new(),
            signal: None,
        }
    }

    pub(crate) fn method(mut self, method: Method) -> Self {
        self.method = method;
        self
    }

    pub(crate) fn headers(mut self, headers: Headers) -> Self {
        self.headers = headers;
        self
    }

    pub(crate) fn abort_signal(mut self, signal: Option<&AbortSignal>) -> Self {
        self.signal = signal.cloned();
        self
    }

    pub(crate) fn cache(self, _: RequestCache) -> Self {
        self
    }

    pub(crate) fn body(self, text: &str) -> Result<Request, Error> {
        Ok(self.with(Some(text.to_owned())))
    }

    pub(crate) fn build(self) -> Result<Request, Error> {
        Ok(self.with(None))
    }

    fn with(self, body: Option<String>) -> Request {
        Request {
            method: self.method,
            address: self.address,
            headers: self.headers.0.take(),
            body,
            signal: self.signal,
        }
    }

    pub(crate) async fn send(self) -> Result<Response, Error> {
        self.with(None).send().await
    }
}

impl Request {
    pub(crate) fn get(address: &str) -> RequestBuilder {
        RequestBuilder::new(address)
    }

    pub(crate) async fn send(self) -> Result<Response, Error> {
        let signal = self.signal.clone();
        if signal.as_ref().is_some_and(AbortSignal::aborted) {
            return Err(Error);
        }
        let coming = Coming::default();
        network::send(self, coming.clone());
        poll_fn(|context| {
            if signal.as_ref().is_some_and(AbortSignal::aborted) {
                return Poll::Ready(Err(Error));
            }
            let mut slot = coming.0.borrow_mut();
            if let Some(outcome) = slot.outcome.take() {
                return Poll::Ready(outcome);
            }
            slot.waker = Some(context.waker().clone());
            if let Some(signal) = &signal {
                signal.wake_when_aborted(context.waker());
            }
            Poll::Pending
        })
        .await
    }
}

/// An answer that is on its way.
#[derive(Clone, Default)]
pub(super) struct Coming(Rc<RefCell<Slot>>);

#[derive(Default)]
struct Slot {
    outcome: Option<Result<Response, Error>>,
    waker: Option<Waker>,
}

impl Coming {
    pub(super) fn arrive(&self, outcome: Result<Response, Error>) {
        let mut slot = self.0.borrow_mut();
        slot.outcome = Some(outcome);
        if let Some(waker) = slot.waker.take() {
            waker.wake();
        }
    }
}

#[derive(Clone, Debug)]
pub(crate) struct Response {
    status: u16,
    headers: Headers,
    text: String,
}

impl Response {
    pub(super) fn new(status: u16, headers: &[(String, String)], text: String) -> Self {
        let named = Headers::new();
        for (name, value) in headers {
            named.set(name, value);
        }
        Self {
            status,
            headers: named,
            text,
        }
    }

    pub(crate) fn status(&self) -> u16 {
        self.status
    }

    pub(crate) fn ok(&self) -> bool {
        (200..300).contains(&self.status)
    }

    pub(crate) fn headers(&self) -> Headers {
        self.headers.clone()
    }

    pub(crate) async fn text(&self) -> Result<String, Error> {
        Ok(self.text.clone())
    }
}

/// The body as a file. There are none without a browser: it never comes.
pub(crate) fn file(_: Response) -> Result<Ready<Result<JsValue, JsValue>>, JsValue> {
    Ok(ready(Err(JsValue::UNDEFINED)))
}
