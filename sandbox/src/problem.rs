//! Refusals: problem details after RFC 9457, in exactly the shape of the overview's example.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use nymble_wire::{DecodeError, FieldProblem};

/// Why a request is refused.
#[derive(Debug, Clone)]
pub(crate) struct Problem {
    status: StatusCode,
    title: Option<&'static str>,
    detail: Option<String>,
    errors: Vec<FieldProblem>,
    retry_after: Option<u64>,
}

/// What handlers answer.
pub(crate) type Answer<T> = Result<T, Problem>;

impl Problem {
    /// A refusal with nothing but its status.
    pub(crate) fn new(status: StatusCode) -> Self {
        Self {
            status,
            title: None,
            detail: None,
            errors: Vec::new(),
            retry_after: None,
        }
    }

    /// 400 with one field's fault.
    pub(crate) fn field(name: impl Into<String>, reason: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST).and_field(name, reason)
    }

    /// 400 with a sentence.
    pub(crate) fn bad_request(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST).detail(detail)
    }

    /// 401 with a sentence.
    pub(crate) fn unauthorized(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::UNAUTHORIZED).detail(detail)
    }

    /// 403 with a sentence.
    pub(crate) fn forbidden(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::FORBIDDEN).detail(detail)
    }

    /// 404 with a sentence.
    pub(crate) fn not_found(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND).detail(detail)
    }

    /// Whether it has that status.
    pub(crate) fn is(&self, status: StatusCode) -> bool {
        self.status == status
    }

    /// Another short summary than the status's own name.
    pub(crate) fn title(mut self, title: &'static str) -> Self {
        self.title = Some(title);
        self
    }

    /// A sentence about this occurrence.
    pub(crate) fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }

    /// One more field's fault.
    pub(crate) fn and_field(mut self, name: impl Into<String>, reason: impl Into<String>) -> Self {
        self.errors.push(FieldProblem {
            name: name.into(),
            reason: reason.into(),
        });
        self
    }

    /// Says when to try again.
    pub(crate) fn retry_after(mut self, seconds: u64) -> Self {
        self.retry_after = Some(seconds);
        self
    }

    /// The same, its fields being parts of something larger: `sku` within `items[0]` is `items[0].sku`.
    pub(crate) fn within(mut self, whole: &str) -> Self {
        for error in &mut self.errors {
            error.name = format!("{whole}.{}", error.name);
        }
        self
    }

    /// 400 naming all these fields, or nothing when there are none.
    pub(crate) fn check(errors: Vec<FieldProblem>) -> Answer<()> {
        if errors.is_empty() {
            return Ok(());
        }
        Err(Self {
            errors,
            ..Self::new(StatusCode::BAD_REQUEST)
        })
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = self.status;
        let body = nymble_wire::Problem {
            kind: Some(format!("https://httpstatuses.com/{}", status.as_u16())),
            title: Some(
                self.title
                    .or(status.canonical_reason())
                    .unwrap_or("Error")
                    .to_owned(),
            ),
            status: Some(status.as_u16()),
            detail: self.detail,
            errors: self.errors,
        };
        let text = serde_json::to_string(&body).unwrap_or_default();
        let mut response = (
            status,
            [(header::CONTENT_TYPE, "application/problem+json")],
            text,
        )
            .into_response();
        if let Some(seconds) = self.retry_after {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if status == StatusCode::UNAUTHORIZED {
            response
                .headers_mut()
                .insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}

impl From<rusqlite::Error> for Problem {
    fn from(error: rusqlite::Error) -> Self {
        tracing::error!(%error, "the database refused");
        Self::new(StatusCode::INTERNAL_SERVER_ERROR)
    }
}

impl From<DecodeError> for Problem {
    fn from(error: DecodeError) -> Self {
        match error {
            DecodeError::NotJson => Self::bad_request("The request body is not valid JSON."),
            DecodeError::MissingField(field) => {
                let reason = format!("'{field}' must not be empty.");
                Self::field(field, reason)
            }
            DecodeError::WrongShape(what) => Self::field("body", what),
        }
    }
}
