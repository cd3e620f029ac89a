//! Paying: cards, saved payment profiles, and the gateway that says yes, no or nothing.

mod card;
mod gateway;
mod profiles;
pub(crate) mod tender;

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::state::State;

pub(crate) use tender::Paid;

/// The routes under `/api/payments`.
pub(crate) fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new().routes(routes!(profiles::list))
}
