//! A document's content, by its signed address: `GET /_sandbox/documents/{documentId}/{name}?signature=…`.

use axum::{
    extract::State as FromState,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use rusqlite::OptionalExtension;

use super::{address::Grant, documents::absent};
use crate::{
    auth::Purpose,
    http::{Query, Segments},
    problem::{Answer, Problem},
    state::State,
};

/// The content; 403 when the address was changed or has run out, 404 when the document is gone.
///
/// Uploads are other people's files on the sandbox's own origin: nothing in one can run, and only pictures are shown
/// in place.
pub(crate) async fn download(
    FromState(state): FromState<State>,
    Segments((id, _)): Segments<(String, String)>,
    query: Query,
) -> Answer<Response> {
    let grant = query
        .get("signature")
        .and_then(|sealed| state.keys.unseal::<Grant>(Purpose::DocumentAddress, sealed))
        .filter(|grant| grant.document == id)
        .ok_or_else(|| {
            Problem::forbidden(
                "The address is not one we signed, or has expired: ask for a new one.",
            )
        })?;
    let (name, content_type, content): (String, String, Vec<u8>) = state
        .store
        .read(move |db| {
            db.prepare_cached(
                "SELECT name, content_type, content FROM documents WHERE org = ? AND document_id = ?",
            )?
            .query_row((grant.org, &grant.document), |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?))
            })
            .optional()?
            .ok_or_else(|| absent(&grant.document))
        })
        .await?;
    let octets = HeaderValue::from_static("application/octet-stream");
    let shown = content_type.starts_with("image/");
    let headers = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_str(&content_type).unwrap_or(octets),
        ),
        (header::CONTENT_DISPOSITION, disposition(shown, &name)),
        (
            header::X_CONTENT_TYPE_OPTIONS,
            HeaderValue::from_static("nosniff"),
        ),
        (
            header::CONTENT_SECURITY_POLICY,
            HeaderValue::from_static("default-src 'none'; sandbox"),
        ),
        (
            header::CACHE_CONTROL,
            HeaderValue::from_static("private, no-store"),
        ),
        (
            header::REFERRER_POLICY,
            HeaderValue::from_static("no-referrer"),
        ),
    ];
    Ok((StatusCode::OK, headers, content).into_response())
}

/// The name twice: in ASCII for old programs, and as it is.
fn disposition(shown: bool, name: &str) -> HeaderValue {
    let kind = if shown { "inline" } else { "attachment" };
    let plain: String = name
        .chars()
        .map(|letter| match letter {
            '"' | '\\' | '%' => '_',
            ' '..='~' => letter,
            _ => '_',
        })
        .collect();
    let exact = utf8_percent_encode(name, NON_ALPHANUMERIC);
    HeaderValue::from_str(&format!(
        "{kind}; filename=\"{plain}\"; filename*=UTF-8''{exact}"
    ))
    .unwrap_or_else(|_| HeaderValue::from_static("attachment"))
}
