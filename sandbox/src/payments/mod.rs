//! Paying: cards, saved payment profiles, and the gateway that says yes, no or nothing.

pub(crate) mod card;
mod gateway;
mod profiles;

use axum::routing::get;
use utoipa_axum::router::OpenApiRouter;

use crate::state::State;

pub(crate) use gateway::{Outcome, charge};
pub(crate) use profiles::profile;

/// The routes under `/api/payments`.
pub(crate) fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new().route(
        "/api/payments/profiles/{customerNumber}",
        get(profiles::list),
    )
}
