//! The origin that addresses of the sandbox's own begin with: `--public-url`, or the host the caller itself used.

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

/// What is escaped in a path's segment: all but what addresses leave alone.
const SEGMENT: AsciiSet = NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~');

/// Where the sandbox is, as its caller sees it.
#[derive(Clone, Debug)]
pub(crate) struct PublicOrigin(String);

impl PublicOrigin {
    /// The address of what lies below `/_sandbox/` under these names, which are escaped.
    pub(crate) fn address(&self, segments: &[&str]) -> String {
        let mut address = format!("{}/_sandbox", self.0);
        for segment in segments {
            address.push('/');
            address.extend(utf8_percent_encode(segment, &SEGMENT));
        }
        address
    }
}

impl FromRequestParts<State> for PublicOrigin {
    type Rejection = Infallible;

    fn from_request_parts(
        parts: &mut Parts,
        state: &State,
    ) -> impl Future<Output = Result<Self, Infallible>> + Send {
        ready(Ok(Self::of(parts, state)))
    }
}

impl PublicOrigin {
    pub(super) fn of(parts: &Parts, state: &State) -> Self {
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
