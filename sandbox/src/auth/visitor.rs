//! Callers without a token: at most ten calls a minute per endpoint and address.

use std::{
    future::{Future, ready},
    net::{IpAddr, Ipv4Addr},
    time::Instant,
};

use axum::{
    extract::{ConnectInfo, FromRequestParts, MatchedPath},
    http::{StatusCode, request::Parts},
};

use crate::{connection::Link, problem::Problem, state::State};

/// One who may call without a token; a handler that takes it is limited.
///
/// Assumption: each public endpoint counts for itself, and an address is the one the connection comes from, whatever
/// `X-Forwarded-For` says.
pub(crate) struct Visitor;

impl FromRequestParts<State> for Visitor {
    type Rejection = Problem;

    fn from_request_parts(
        parts: &mut Parts,
        state: &State,
    ) -> impl Future<Output = Result<Self, Problem>> + Send {
        let peer = parts
            .extensions
            .get::<ConnectInfo<Link>>()
            .map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |link| link.0.peer);
        let path = parts
            .extensions
            .get::<MatchedPath>()
            .map_or("", MatchedPath::as_str);
        let allowed = state
            .visits
            .attempt(&format!("{path} {peer}"), Instant::now());
        ready(allowed.map(|()| Self).map_err(|seconds| {
            Problem::new(StatusCode::TOO_MANY_REQUESTS)
                .detail("Too many requests from this address.")
                .retry_after(seconds)
        }))
    }
}
