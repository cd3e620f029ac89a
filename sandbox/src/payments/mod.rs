//! Paying: cards, saved payment profiles, and the gateway that says yes, no or nothing.

pub(crate) mod card;
mod gateway;
mod profiles;

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::state::State;

pub(crate) use gateway::{Outcome, charge};
pub(crate) use profiles::profile;

/// The routes under `/api/payments`.
pub(crate) fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new().routes(routes!(profiles::list))
}
