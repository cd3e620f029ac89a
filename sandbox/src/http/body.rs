//! Request bodies in, JSON answers out.

use axum::{
    body::{Bytes, HttpBody},
    extract::{FromRequest, OptionalFromRequest, Request},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use nymble_wire::DecodeError;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

use crate::problem::{Answer, Problem};

/// Bytes that most answers fit in, so that writing one need not move it.
const USUAL_ANSWER: usize = 16 * 1024;

/// A JSON request body, in camelCase or `PascalCase`.
pub(crate) struct Body<T>(pub(crate) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let text = text(request, state).await?;
        let value = nymble_wire::decode_value(&text)?;
        check_places(&text)?;
        typed(value).map(Self)
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
        check_places(&text)?;
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

/// The most decimal places of a number: what a decimal of 96 bits can hold at best.
const MOST_PLACES: usize = 28;

/// 400 for a number that could only be read rounded, wherever it is.
///
/// Assumption: a number has at most 28 decimal places.
fn check_places(text: &str) -> Answer<()> {
    let digits = text.as_bytes().split(|byte| !byte.is_ascii_digit());
    if digits.map(<[u8]>::len).all(|run| run <= MOST_PLACES) {
        return Ok(());
    }
    // As it came: what types are read from holds such numbers as texts.
    serde_json::from_str(text).map_or(Ok(()), |value| exact(&value, &mut String::new()))
}

fn exact(value: &Value, at: &mut String) -> Answer<()> {
    let mut within = |name: &str, value: &Value| {
        let before = at.len();
        at.push_str(name);
        exact(value, at)?;
        at.truncate(before);
        Ok(())
    };
    match value {
        Value::Number(number) => {
            let digits = number.to_string();
            let fraction = digits.split_once('.').map_or("", |(_, fraction)| fraction);
            let fraction = fraction.split(['e', 'E']).next().unwrap_or_default();
            if fraction.trim_end_matches('0').len() > MOST_PLACES {
                let name = at.trim_start_matches('.');
                return Err(Problem::field(
                    if name.is_empty() { "body" } else { name },
                    format!("must not have more than {MOST_PLACES} decimal places."),
                ));
            }
            Ok(())
        }
        Value::Array(items) => items
            .iter()
            .enumerate()
            .try_for_each(|(place, item)| within(&format!("[{place}]"), item)),
        Value::Object(members) => members
            .iter()
            .try_for_each(|(name, member)| within(&format!(".{name}"), member)),
        _ => Ok(()),
    }
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
pub(crate) fn typed<T: DeserializeOwned>(value: Value) -> Answer<T> {
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
    let mut text = Vec::with_capacity(USUAL_ANSWER);
    match serde_json::to_writer(&mut text, value) {
        Ok(()) => (
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
