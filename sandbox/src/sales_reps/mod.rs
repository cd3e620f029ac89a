//! Sales reps: those who sell for an organization to the customers assigned to them.

mod list;
mod of_rep;
mod record;
mod save;

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::state::State;

/// The routes under `/api/organizations/salesreps` and `/api/salesreps`.
pub(crate) fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new()
        .routes(routes!(list::list, save::save))
        .routes(routes!(of_rep::organizations))
}
