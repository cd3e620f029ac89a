//! Request bodies in, JSON answers out.

use axum::{
    body::{Bytes, HttpBody},
    extract::{FromRequest, OptionalFromRequest, Request},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use nymble_wire::DecodeError;
use serde::{Serialize, de::DeserializeOwned};

use crate::problem::{Answer, Problem};

/// A JSON request body, in camelCase or `PascalCase`.
pub(crate) struct Body<T>(pub(crate) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let text = text(request, state).await?;
        typed(nymble_wire::decode_value(&text)?).map(Self)
    }
}

/// The JSON body of a partial update: what is given, and the names of the members that are `null` and so to be cleared.
pub(crate) struct Patch<T> {
    pub(crate) given: T,
    pub(crate) cleared: Vec<String>,
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Patch<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let text = text(request, state).await?;
        let (value, cleared) = nymble_wire::decode_patch(&text)?;
        // An empty array would otherwise pass for an object of which nothing is given.
        if !value.is_object() {
            return Err(Problem::field("body", "The body must be an object."));
        }
        let given = typed(value)?;
        Ok(Self { given, cleared })
    }
}

/// The text of a body that says it is JSON.
async fn text<S: Send + Sync>(request: Request, state: &S) -> Answer<String> {
    let content_type = request
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let essence = content_type
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    if essence != "application/json"
        && !(essence.starts_with("application/") && essence.ends_with("+json"))
    {
        return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE)
            .detail("Send the request body as JSON with 'Content-Type: application/json'."));
    }
    let bytes = Bytes::from_request(request, state)
        .await
        .map_err(|rejection| match rejection.status() {
            StatusCode::PAYLOAD_TOO_LARGE => Problem::new(StatusCode::PAYLOAD_TOO_LARGE)
                .detail("The request body is larger than 2 MB."),
            _ => Problem::bad_request("The request body could not be read."),
        })?;
    String::from_utf8(bytes.into())
        .map_err(|_| Problem::bad_request("The request body is not valid UTF-8."))
}

/// A body that may be left out, with its content type.
impl<T: DeserializeOwned, S: Send + Sync> OptionalFromRequest<S> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Option<Self>, Problem> {
        if request.body().is_end_stream() && !request.headers().contains_key(header::CONTENT_TYPE) {
            return Ok(None);
        }
        <Self as FromRequest<S>>::from_request(request, state)
            .await
            .map(Some)
    }
}

/// The value as a `T`, or a problem that names the field which is not as it must be.
pub(crate) fn typed<T: DeserializeOwned>(value: serde_json::Value) -> Answer<T> {
    serde_path_to_error::deserialize(value).map_err(|error| {
        let parent = error.path().to_string();
        let within = |name: &str| {
            if parent == "." {
                name.to_owned()
            } else {
                format!("{parent}.{name}")
            }
        };
        match DecodeError::from(error.into_inner()) {
            DecodeError::MissingField(name) => {
                Problem::field(within(&name), format!("'{name}' must not be empty."))
            }
            other => Problem::field(
                if parent == "." { "body" } else { &parent },
                sentence(&other.to_string()),
            ),
        }
    })
}

/// A reader's message as a sentence.
fn sentence(message: &str) -> String {
    let mut letters = message.chars();
    let first = letters
        .next()
        .map(|letter| letter.to_uppercase().to_string())
        .unwrap_or_default();
    format!("{first}{}.", letters.as_str().trim_end_matches('.'))
}

/// A JSON answer.
pub(crate) fn json(status: StatusCode, value: &impl Serialize) -> Response {
    match serde_json::to_string(value) {
        Ok(text) => (
            status,
            [(header::CONTENT_TYPE, "application/json; charset=utf-8")],
            text,
        )
            .into_response(),
        Err(error) => {
            tracing::error!(%error, "an answer could not be encoded");
            Problem::new(StatusCode::INTERNAL_SERVER_ERROR).into_response()
        }
    }
}

/// 204.
pub(crate) fn no_content() -> Response {
    StatusCode::NO_CONTENT.into_response()
}
