//! The transport to the API: one request out, one answer in, with retries where a retry is safe.

use nymble_wire::{DecodeError, Problem};
use serde::{Serialize, de::DeserializeOwned};
use wasm_bindgen::JsCast;
use web_sys::Blob;

use super::{
    own_host,
    problem::{self, ApiError},
};
use crate::ports::{
    abort::{self, AbortSignal},
    fetch::{self, Headers, Method, RequestBuilder},
    json, page, random,
    task::spawn_local,
    time,
};

/// How long an answer may take, in milliseconds.
const TIMEOUT_MS: u32 = 30_000;
/// How often a safe request is tried in all.
const TRIES: u32 = 3;
/// The longest `Retry-After` that is waited for without asking the buyer, in seconds.
const LONGEST_WAIT_S: u32 = 10;

/// The header that carries the token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TokenHeader {
    /// `Authorization: Bearer …`
    Authorization,
    /// `x-api-key: …`
    ApiKey,
}

/// Where the API is and how it wants its token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Server {
    /// Origin, without a trailing slash.
    pub(crate) base_url: String,
    /// The header that carries the token.
    pub(crate) token_header: TokenHeader,
}

/// A request that has not been sent yet.
#[derive(Clone, Debug)]
pub(crate) struct ApiRequest {
    method: Method,
    path: String,
    body: Option<String>,
    repeatable: bool,
    is_file: bool,
}

impl ApiRequest {
    /// Reads `path` (with its query). Safe to repeat.
    pub(crate) fn get(path: String) -> Self {
        Self {
            method: Method::GET,
            path,
            body: None,
            repeatable: true,
            is_file: false,
        }
    }

    /// Reads a file at `path`; the answer is [`Answer::file`]. Safe to repeat.
    pub(crate) fn file(path: String) -> Self {
        Self {
            is_file: true,
            ..Self::get(path)
        }
    }

    /// Sets something to `body`. Safe to repeat: the second time changes nothing.
    pub(crate) fn put(path: String, body: &impl Serialize) -> Self {
        Self {
            method: Method::PUT,
            path,
            body: serde_json::to_string(body).ok(),
            repeatable: true,
            is_file: false,
        }
    }

    /// Does something. Never repeated by itself.
    pub(crate) fn post(path: String, body: &impl Serialize) -> Self {
        Self {
            method: Method::POST,
            path,
            body: serde_json::to_string(body).ok(),
            repeatable: false,
            is_file: false,
        }
    }

    /// Removes something. Never repeated by itself, as the second answer would be another one (404).
    pub(crate) fn delete(path: String) -> Self {
        Self {
            method: Method::DELETE,
            path,
            body: None,
            repeatable: false,
            is_file: false,
        }
    }

    /// The same, but not tried again by itself.
    #[must_use]
    pub(crate) fn once(mut self) -> Self {
        self.repeatable = false;
        self
    }

    /// Path and query, for use as a key.
    pub(crate) fn path(&self) -> &str {
        &self.path
    }
}

/// A successful answer, not yet read.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    /// Method and path, for error messages.
    endpoint: String,
    /// The body; empty where a file was asked for.
    pub(crate) text: String,
    /// The body of an answer to [`ApiRequest::file`].
    file: Option<Blob>,
}

impl Answer {
    /// Reads the body with one of `nymble_wire`'s decoders.
    pub(crate) fn read<T>(
        &self,
        decoder: fn(&str) -> Result<T, DecodeError>,
    ) -> Result<T, ApiError> {
        decoder(&self.text).map_err(|error| ApiError::Unreadable {
            endpoint: self.endpoint.clone(),
            error,
        })
    }

    /// The file that was asked for; an empty one is none.
    pub(crate) fn file(self) -> Result<Blob, ApiError> {
        let file = self.file.filter(|file| file.size() > 0.0);
        file.ok_or(ApiError::Unreadable {
            endpoint: self.endpoint,
            error: DecodeError::WrongShape("empty file".to_owned()),
        })
    }

    /// Reads one object.
    pub(crate) fn decode<T: DeserializeOwned>(&self) -> Result<T, ApiError> {
        self.read(nymble_wire::decode)
    }
}

/// Sends `request`. A request that is safe to repeat is tried up to three times when the fault may
/// pass, with growing and jittered pauses or as long as `Retry-After` says. `abort` gives it up.
pub(crate) async fn send(
    server: &Server,
    token: Option<&str>,
    request: &ApiRequest,
    abort: Option<&AbortSignal>,
) -> Result<Answer, ApiError> {
    let mut tries = 1;
    loop {
        let error = match send_once(server, token, request, abort).await {
            Ok(answer) => return Ok(answer),
            Err(error) => error,
        };
        let last =
            tries >= TRIES || !request.repeatable || !error.is_transient() || !page::online();
        let Some(pause) = pause_ms(&error, tries).filter(|_| !last) else {
            return Err(error);
        };
        time::sleep(pause).await;
        if abort.is_some_and(AbortSignal::aborted) {
            return Err(ApiError::Aborted);
        }
        tries += 1;
    }
}

/// How long to wait after the `tries`-th failure; none when it would be too long to wait unasked.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    reason = "pauses are a few seconds"
)]
fn pause_ms(error: &ApiError, tries: u32) -> Option<i32> {
    if let ApiError::Refused {
        retry_after: Some(seconds),
        ..
    } = error
    {
        return (*seconds <= LONGEST_WAIT_S).then_some((*seconds * 1000) as i32);
    }
    let jitter = (random::fraction() * 200.0) as i32;
    Some(250 * (1 << tries) + jitter)
}

async fn send_once(
    server: &Server,
    token: Option<&str>,
    request: &ApiRequest,
    abort: Option<&AbortSignal>,
) -> Result<Answer, ApiError> {
    let headers = Headers::new();
    headers.set(
        "Accept",
        if request.is_file {
            "*/*"
        } else {
            "application/json"
        },
    );
    match (token, server.token_header) {
        (Some(token), TokenHeader::Authorization) => {
            headers.set("Authorization", &format!("Bearer {token}"));
        }
        (Some(token), TokenHeader::ApiKey) => headers.set("x-api-key", token),
        (None, _) => {}
    }
    let timeout = AbortSignal::timeout_with_u32(TIMEOUT_MS);
    let signal = match abort {
        Some(abort) => abort::either(abort, &timeout),
        None => timeout,
    };
    let mut url = server.base_url.clone();
    url.push_str(&request.path);
    let builder = RequestBuilder::new(&url)
        .method(request.method.clone())
        .abort_signal(Some(&signal));
    let given_up = |_| match abort {
        Some(abort) if abort.aborted() => ApiError::Aborted,
        _ => ApiError::Unreachable,
    };
    let prepared = match &request.body {
        Some(body) => {
            headers.set("Content-Type", "application/json");
            builder.headers(headers).body(body.as_str())
        }
        None => builder.headers(headers).build(),
    };
    let response = prepared.map_err(given_up)?.send().await.map_err(given_up)?;
    let status = response.status();
    match response.headers().get("Date") {
        Some(date) => time::hear_server_date(&date),
        // Most APIs do not let other origins read it; then the storefront's own host is asked.
        None if time::server_time_is_doubtful() => spawn_local(own_host::ask_the_time()),
        None => {}
    }
    let answer = |text: String, file: Option<Blob>| {
        let mut endpoint = request.method.to_string();
        endpoint.push(' ');
        endpoint.push_str(request.path.split('?').next().unwrap_or_default());
        Ok(Answer {
            endpoint,
            text,
            file,
        })
    };
    let is_good = (200..300).contains(&status);
    if is_good && request.is_file {
        let body = fetch::file(response).map_err(|_| ApiError::Unreachable)?;
        let body = body.await;
        let body = body.map_err(|_| match abort {
            Some(abort) if abort.aborted() => ApiError::Aborted,
            _ => ApiError::Unreachable,
        })?;
        return answer(String::new(), body.dyn_into().ok());
    }
    let text = response.text().await.map_err(given_up)?;
    if is_good {
        return answer(text, None);
    }
    let retry_after = response
        .headers()
        .get("Retry-After")
        .and_then(|seconds| seconds.trim().parse().ok());
    Err(ApiError::Refused {
        status,
        problem: Box::new(
            json::parse(&text).map_or_else(Problem::default, |json| problem::read(&json)),
        ),
        retry_after,
    })
}
