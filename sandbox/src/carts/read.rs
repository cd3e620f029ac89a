//! Reading carts: by id, and a customer's active ones.

use axum::{extract::State as FromState, http::StatusCode, response::Response};
use nymble_wire::Cart;

use super::record::{active, by_id, show};
use crate::{
    auth::Caller,
    customers::account,
    http::{Segments, json},
    problem::Answer,
    state::State,
};

/// One cart by its id; a closed cart can still be read.
#[utoipa::path(
    get,
    path = "/api/carts/{id}",
    tag = "Carts",
    params(("id" = String, Path, description = "A cart's `shoppingCartId`.")),
    responses((status = 200, body = Cart, description = "The cart, priced anew while it is open."))
)]
pub(crate) async fn get(
    FromState(state): FromState<State>,
    caller: Caller,
    Segments(cart_id): Segments<String>,
) -> Answer<Response> {
    let cart = state
        .store
        .read(move |db| {
            let tenant = caller.tenant(db)?;
            let found = by_id(db, &caller, &tenant, &cart_id)?;
            show(db, &tenant, found)
        })
        .await?;
    Ok(json(StatusCode::OK, &cart))
}

/// A customer's active carts: none or one.
#[utoipa::path(
    get,
    path = "/api/carts/customer/{customerNumber}",
    tag = "Carts",
    responses((status = 200, body = Vec<Cart>, description = "The open cart, if there is one."))
)]
pub(crate) async fn of_customer(
    FromState(state): FromState<State>,
    caller: Caller,
    Segments(customer): Segments<String>,
) -> Answer<Response> {
    let carts = state
        .store
        .read(move |db| {
            let tenant = caller.tenant(db)?;
            caller.require_customer(db, &tenant, &customer)?;
            account(db, &tenant, &customer)?;
            let found = active(db, &tenant, &customer)?;
            found
                .into_iter()
                .map(|record| show(db, &tenant, record))
                .collect::<Answer<Vec<_>>>()
        })
        .await?;
    Ok(json(StatusCode::OK, &carts))
}
