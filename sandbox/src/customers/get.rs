//! `GET /api/customers/{customerNumber}`.

use axum::{extract::State as FromState, http::StatusCode, response::Response};
use nymble_wire::Customer;

use crate::{
    auth::Caller,
    customers::account,
    http::{Segments, json},
    problem::Answer,
    state::State,
};

/// One customer by its number; a Customer token reads only its own.
#[utoipa::path(
    get,
    path = "/api/customers/{customerNumber}",
    tag = "Customers",
    responses((status = 200, body = Customer, description = "The customer."))
)]
pub(crate) async fn get(
    FromState(state): FromState<State>,
    caller: Caller,
    Segments(number): Segments<String>,
) -> Answer<Response> {
    let found = state
        .store
        .read(move |db| {
            let tenant = caller.tenant(db)?;
            caller.require_customer(db, &tenant, &number)?;
            account(db, &tenant, &number)
        })
        .await?;
    Ok(json(StatusCode::OK, &found.customer))
}
