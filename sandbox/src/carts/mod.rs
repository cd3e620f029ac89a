//! Carts: one active cart per customer, changed freely until it is checked out, then immutable.

mod checkout;
mod create;
mod details;
mod items;
mod list;
mod order;
mod read;
mod record;

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::state::State;

/// The routes under `/api/carts`.
pub(crate) fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new()
        .routes(routes!(list::list))
        // GET takes a cart's id here, POST a customer's number: the router knows one name for both.
        .routes(routes!(read::get, create::create))
        .routes(routes!(read::of_customer))
        .routes(routes!(details::update))
        .routes(routes!(items::add))
        .routes(routes!(items::set, items::remove))
        .routes(routes!(details::set_shipping))
        .routes(routes!(details::set_po_number))
        .routes(routes!(checkout::complete))
}
