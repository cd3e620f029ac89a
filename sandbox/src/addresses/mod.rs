//! The public address lookup.

mod lookup;
mod table;

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::state::State;

/// The route under `/api/addresses`.
pub(crate) fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new().routes(routes!(lookup::lookup))
}
