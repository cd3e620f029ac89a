//! The API's recent requests: `GET`, `DELETE /_sandbox/requests`, and one structured log line each.

use std::{
    collections::VecDeque,
    sync::{Mutex, PoisonError},
    time::Instant,
};

use axum::{
    extract::{MatchedPath, Request, State as FromState},
    http::StatusCode,
    middleware::Next,
    response::Response,
};
use serde::Serialize;

use crate::{
    clock,
    http::{RequestId, json, no_content},
    state::State,
};

const KEPT: usize = 1_000;

/// One request, without headers and bodies: no secret can be in it.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Entry {
    at: String,
    method: String,
    path: String,
    query: Option<String>,
    route: Option<String>,
    status: u16,
    milliseconds: u64,
    request_id: String,
}

/// The last requests, newest last.
#[derive(Default)]
pub(crate) struct RequestLog(Mutex<VecDeque<Entry>>);

impl RequestLog {
    fn push(&self, entry: Entry) {
        let mut entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if entries.len() == KEPT {
            entries.pop_front();
        }
        entries.push_back(entry);
    }

    /// Forgets all of them.
    pub(crate) fn clear(&self) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clear();
    }
}

/// Notes every request to the API when it has been answered.
pub(crate) async fn record(
    FromState(state): FromState<State>,
    request: Request,
    next: Next,
) -> Response {
    let began = Instant::now();
    let extensions = request.extensions();
    let mut entry = Entry {
        at: clock::now(),
        method: request.method().to_string(),
        path: request.uri().path().to_owned(),
        query: request.uri().query().map(str::to_owned),
        route: extensions
            .get::<MatchedPath>()
            .map(|path| path.as_str().to_owned()),
        status: 0,
        milliseconds: 0,
        request_id: extensions
            .get::<RequestId>()
            .map(|id| id.0.clone())
            .unwrap_or_default(),
    };
    let response = next.run(request).await;
    entry.status = response.status().as_u16();
    entry.milliseconds = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
    tracing::info!(
        method = entry.method,
        path = entry.path,
        status = entry.status,
        milliseconds = entry.milliseconds,
        request_id = entry.request_id,
        "request"
    );
    state.requests.push(entry);
    response
}

/// `GET /_sandbox/requests`.
pub(crate) async fn list(FromState(state): FromState<State>) -> Response {
    let entries: Vec<Entry> = state
        .requests
        .0
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .iter()
        .cloned()
        .collect();
    json(StatusCode::OK, &entries)
}

/// `DELETE /_sandbox/requests`.
pub(crate) async fn clear(FromState(state): FromState<State>) -> Response {
    state.requests.clear();
    no_content()
}
