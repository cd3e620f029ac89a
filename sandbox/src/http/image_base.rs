//! The addresses of pictures.

use std::{
    convert::Infallible,
    future::{Future, ready},
};

use axum::{extract::FromRequestParts, http::request::Parts};

use crate::{http::PublicOrigin, state::State};

/// The address that an image's name is added to.
#[derive(Clone, Debug)]
pub(crate) struct ImageBase(PublicOrigin);

impl ImageBase {
    /// An image's address, without the size.
    pub(crate) fn url(&self, name: &str) -> String {
        self.0.address(&["images", name])
    }
}

impl FromRequestParts<State> for ImageBase {
    type Rejection = Infallible;

    fn from_request_parts(
        parts: &mut Parts,
        state: &State,
    ) -> impl Future<Output = Result<Self, Infallible>> + Send {
        ready(Ok(Self(PublicOrigin::of(parts, state))))
    }
}
