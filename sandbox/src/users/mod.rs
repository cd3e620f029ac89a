//! People: one account each on the whole platform, and a membership in every organization they belong to.

mod account;
mod create;
mod exists;
mod profile;

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::state::State;

pub(crate) use account::{Person, enrol, join, role};

/// The routes under `/api/users`.
pub(crate) fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new()
        .routes(routes!(create::create))
        .routes(routes!(profile::profile))
        .routes(routes!(exists::exists))
}
