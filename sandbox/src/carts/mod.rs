//! Carts: one active cart per customer, changed freely until it is checked out, then immutable.

mod address;
mod checkout;
mod create;
mod details;
mod items;
mod list;
mod order;
mod pricing;
mod read;
mod record;

use axum::routing::{get, post, put};
use utoipa_axum::router::OpenApiRouter;

use crate::state::State;

/// The routes under `/api/carts`.
pub(crate) fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new()
        .route("/api/carts", get(list::list))
        // GET takes a cart's id here, POST a customer's number: the router knows one name for both.
        .route("/api/carts/{id}", get(read::get).post(create::create))
        .route(
            "/api/carts/customer/{customerNumber}",
            get(read::of_customer),
        )
        .route(
            "/api/carts/{customerNumber}/{shoppingCartId}",
            put(details::update),
        )
        .route(
            "/api/carts/{customerNumber}/{shoppingCartId}/items",
            post(items::add),
        )
        .route(
            "/api/carts/{customerNumber}/{shoppingCartId}/items/{sku}",
            put(items::set).delete(items::remove),
        )
        .route(
            "/api/carts/{customerNumber}/{shoppingCartId}/shipping",
            put(details::set_shipping),
        )
        .route(
            "/api/carts/{customerNumber}/{shoppingCartId}/po-number",
            put(details::set_po_number),
        )
        .route(
            "/api/carts/{customerNumber}/{shoppingCartId}/complete-checkout",
            post(checkout::complete),
        )
}
