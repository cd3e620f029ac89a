//! Query parameters, by name without regard to case (`pageNumber` and `PageNumber` are both documented).

use std::{
    convert::Infallible,
    future::{Future, ready},
};

use axum::{extract::FromRequestParts, http::request::Parts};

/// The query's parameters in their order.
pub(crate) struct Query(Vec<(String, String)>);

impl Query {
    /// The first parameter of that name.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// All parameters.
    pub(crate) fn all(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(key, value)| (key.as_str(), value.as_str()))
    }

    /// Reads a raw query string.
    pub(crate) fn parse(raw: &str) -> Self {
        Self(
            form_urlencoded::parse(raw.as_bytes())
                .into_owned()
                .collect(),
        )
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Query {
    type Rejection = Infallible;

    fn from_request_parts(
        parts: &mut Parts,
        _: &S,
    ) -> impl Future<Output = Result<Self, Infallible>> + Send {
        ready(Ok(Self::parse(parts.uri.query().unwrap_or_default())))
    }
}
