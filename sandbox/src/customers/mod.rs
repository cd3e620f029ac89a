//! Customers: the business accounts of an organization.

mod get;
mod record;

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::state::State;

pub(crate) use record::{Account, account};

/// The routes under `/api/customers`.
pub(crate) fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new().routes(routes!(get::get))
}
