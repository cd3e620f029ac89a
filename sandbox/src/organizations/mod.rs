//! Organizations: the merchants, each a tenant of its own.

mod admins;
mod api_access;
mod create;
mod get;

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::state::State;

/// The routes under `/api/organization` and `/api/organizations`.
pub(crate) fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new()
        .routes(routes!(get::get))
        .routes(routes!(create::create))
        .routes(routes!(admins::list))
        .routes(routes!(api_access::list, api_access::create))
        .routes(routes!(api_access::revoke))
}
