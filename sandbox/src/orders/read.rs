//! `GET /api/orders/{orderNumber}`.

use axum::{extract::State as FromState, http::StatusCode, response::Response};
use nymble_wire::Order;

use super::record::by_number;
use crate::{
    auth::Caller,
    http::{Segments, json},
    problem::Answer,
    state::State,
};

/// Reads one order.
///
/// Assumption: by its number; ids appear in no documented path.
#[utoipa::path(get, path = "/api/orders/{orderNumber}", tag = "Orders", responses((status = 200, body = Order, description = "The order")))]
pub(crate) async fn get(
    FromState(state): FromState<State>,
    caller: Caller,
    Segments(order_number): Segments<String>,
) -> Answer<Response> {
    let order = state
        .store
        .read(move |db| {
            let tenant = caller.tenant(db)?;
            by_number(db, &caller, &tenant, &order_number)
        })
        .await?;
    Ok(json(StatusCode::OK, &order))
}
