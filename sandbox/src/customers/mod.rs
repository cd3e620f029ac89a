//! Customers: the business accounts of an organization.

pub(crate) mod address;
mod check;
mod get;
mod list;
mod record;
mod save;
mod standing;

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::state::State;

pub(crate) use record::{Account, account, exists, may_order};

/// The routes under `/api/customers`.
pub(crate) fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new()
        .routes(routes!(list::list, save::upsert))
        .routes(routes!(get::get, save::update, standing::delete))
        .routes(routes!(standing::activate))
        .routes(routes!(standing::deactivate))
}
