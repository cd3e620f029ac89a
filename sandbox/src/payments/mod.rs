//! Paying: cards, saved payment methods, the provider's page, and the gateway that says yes, no or nothing.

mod callback;
mod card;
mod gateway;
mod hosted;
mod methods;
mod page;
mod profiles;
mod provider;
mod return_address;
mod saving;
mod setup;
pub(crate) mod tender;
mod tokenize;

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::state::State;

pub(crate) use hosted::{show as show_hosted_page, submit as submit_hosted_page};
pub(crate) use page::style as hosted_page_style;
pub(crate) use tender::Paid;
pub(crate) use tokenize::tokenize;

/// The routes under `/api/payments`.
pub(crate) fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new()
        .routes(routes!(profiles::list))
        .routes(routes!(methods::list, methods::add))
        .routes(routes!(methods::remove))
        .routes(routes!(methods::set_default))
        .routes(routes!(setup::create))
        .routes(routes!(setup::get))
        .routes(routes!(callback::callback))
}
