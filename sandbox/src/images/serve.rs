//! `GET /_sandbox/images/{name}/{size}`: anybody may see a picture; its address is stable and never runs out.

use axum::{
    extract::State as FromState,
    http::{HeaderName, HeaderValue, header},
    response::{IntoResponse, Response},
};

use super::{draw::svg, record::file};
use crate::{
    http::Segments,
    problem::{Answer, Problem},
    state::State,
};

/// A drawn picture, or an uploaded one: those have a slash in their names.
pub(crate) async fn serve(
    FromState(state): FromState<State>,
    Segments((name, size)): Segments<(String, String)>,
) -> Answer<Response> {
    let (size, pixels) = match size.as_str() {
        "small" => ("small", 160),
        "medium" => ("medium", 480),
        "large" => ("large", 1_200),
        _ => {
            return Err(Problem::not_found(
                "An image's size is 'small', 'medium' or 'large'.",
            ));
        }
    };
    if !name.contains('/') {
        let mut response = svg(&name, pixels).into_response();
        label(
            &mut response,
            "image/svg+xml",
            "public, max-age=86400, immutable",
        );
        return Ok(response);
    }
    let (content_type, content) = state
        .store
        .read(move |db| {
            file(db, &name, size)?
                .ok_or_else(|| Problem::not_found(format!("There is no image '{name}'.")))
        })
        .await?;
    let mut response = content.into_response();
    // It may be replaced under the same address.
    label(&mut response, &content_type, "public, max-age=60");
    Ok(response)
}

fn label(response: &mut Response, content_type: &str, cache: &'static str) {
    let content_type = HeaderValue::from_str(content_type)
        .unwrap_or(HeaderValue::from_static("application/octet-stream"));
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_TYPE, content_type),
        (header::CACHE_CONTROL, HeaderValue::from_static(cache)),
        (
            header::X_CONTENT_TYPE_OPTIONS,
            HeaderValue::from_static("nosniff"),
        ),
        (
            header::CONTENT_SECURITY_POLICY,
            HeaderValue::from_static("default-src 'none'; style-src 'unsafe-inline'"),
        ),
        // Shown on pages of another origin, which may demand that it is allowed.
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            HeaderValue::from_static("cross-origin"),
        ),
    ] {
        headers.insert(name, value);
    }
}
