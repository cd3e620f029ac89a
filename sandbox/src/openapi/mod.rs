//! The API described by itself: an `OpenAPI` 3.1 document made from the handlers' annotations, and a page to read it.

mod complete;
mod lists;
mod page;
mod problems;

use axum::{
    Router,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
    routing::get,
};
use utoipa::openapi::OpenApi;

use crate::state::State;

/// What the page may load: its own style sheet.
const POLICY: &str = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// The routes that show `api`, under `/_sandbox`.
pub(crate) fn routes(api: OpenApi) -> Router<State> {
    let complete = complete::completed(api);
    let value = serde_json::to_value(&complete).unwrap_or_default();
    let document = value.to_string();
    let read = page::page(&value);
    Router::new()
        .route(
            "/openapi.json",
            get(|| async move { typed("application/json; charset=utf-8", document) }),
        )
        .route("/docs", get(|| async move { html(read) }))
        .route(
            "/docs.css",
            get(|| async { typed("text/css; charset=utf-8", include_str!("docs.css")) }),
        )
}

fn typed(content_type: &'static str, text: impl IntoResponse) -> Response {
    ([(header::CONTENT_TYPE, content_type)], text).into_response()
}

fn html(text: String) -> Response {
    let mut response = typed("text/html; charset=utf-8", text);
    response.headers_mut().insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(POLICY),
    );
    response
}
