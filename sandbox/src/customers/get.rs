//! `GET /api/customers/{customerNumber}`.

use axum::{extract::State as FromState, http::StatusCode, response::Response};

use crate::{
    auth::Caller,
    customers::account,
    http::{Segments, json},
    problem::Answer,
    state::State,
};

/// `GET /api/customers/{customerNumber}`: a Customer token reads only its own.
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
