//! The origin that image addresses begin with: `--public-url`, or the host the caller itself used.

use std::{
    convert::Infallible,
    future::{Future, ready},
};

use axum::{
    extract::FromRequestParts,
    http::{header, request::Parts},
};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::state::State;

/// What is escaped in an image's name: all but what addresses leave alone.
const NAME: AsciiSet = NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~');

/// The address that an image's name is added to.
#[derive(Clone, Debug)]
pub(crate) struct ImageBase(String);

impl ImageBase {
    /// An image's address, without the size.
    pub(crate) fn url(&self, name: &str) -> String {
        let name = utf8_percent_encode(name, &NAME);
        format!("{}/_sandbox/images/{name}", self.0)
    }
}

impl FromRequestParts<State> for ImageBase {
    type Rejection = Infallible;

    fn from_request_parts(
        parts: &mut Parts,
        state: &State,
    ) -> impl Future<Output = Result<Self, Infallible>> + Send {
        ready(Ok(Self::of(parts, state)))
    }
}

impl ImageBase {
    fn of(parts: &Parts, state: &State) -> Self {
        if let Some(origin) = &state.options.public_url {
            return Self(origin.trim_end_matches('/').to_owned());
        }
        let host = parts
            .headers
            .get(header::HOST)
            .and_then(|value| value.to_str().ok());
        // A host is copied into answers, so only what can be one is.
        let decent = |host: &&str| {
            !host.is_empty()
                && host
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || b".-:[]_".contains(&byte))
        };
        let host = host
            .filter(decent)
            .map_or_else(|| state.options.listen.to_string(), str::to_owned);
        Self(format!("http://{host}"))
    }
}
