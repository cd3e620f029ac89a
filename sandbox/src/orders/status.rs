//! `PUT /api/orders/{orderNumber}/status`: an order moves on, or is cancelled.

use axum::{extract::State as FromState, http::StatusCode, response::Response};
use nymble_wire::{Order, OrderStatus, SetOrderStatus};

use super::{
    new::note_status,
    record::{by_number, show},
    request::LONGEST_NAME,
};
use crate::{
    auth::Caller,
    clock,
    http::{Body, Segments, json, text},
    invoices,
    problem::{Answer, Problem},
    state::State,
};

/// Whether an order that stands at `from` may become `to`.
///
/// Assumption: the documents list the states, not the ways between them.
fn legal(from: &OrderStatus, to: &OrderStatus) -> bool {
    use OrderStatus::{Cancelled, Complete, Pending, Processing, Shipped};
    matches!(
        (from, to),
        (Pending, Processing | Cancelled) | (Processing, Shipped | Cancelled) | (Shipped, Complete)
    )
}

/// Moves an order on.
///
/// Assumption: the path is ours; only Admin and `SalesRep` tokens may; an illegal step is 409. Cancelling an order voids
/// its invoices that nothing was paid on; what was paid is refunded by its own call.
#[utoipa::path(put, path = "/api/orders/{orderNumber}/status", tag = "Orders", request_body = SetOrderStatus, responses((status = 200, body = Order, description = "The order as it is now")))]
pub(crate) async fn set(
    FromState(state): FromState<State>,
    caller: Caller,
    Segments(order_number): Segments<String>,
    Body(wanted): Body<SetOrderStatus>,
) -> Answer<Response> {
    let order = state
        .store
        .write(move |db| {
            let tenant = caller.tenant(db)?;
            let order = by_number(db, &caller, &tenant, &order_number)?;
            caller.require_seller()?;
            if let OrderStatus::Other(name) = &wanted.order_status {
                return Err(Problem::field(
                    "orderStatus",
                    format!("'{name}' is not a status of orders."),
                ));
            }
            let carrier = text("carrier", wanted.carrier.as_deref(), LONGEST_NAME)?;
            let tracking = text("trackingNumber", wanted.tracking_number.as_deref(), LONGEST_NAME)?;
            let note = text("note", wanted.note.as_deref(), LONGEST_NAME)?;
            if wanted.order_status != OrderStatus::Shipped && (carrier.is_some() || tracking.is_some()) {
                return Err(Problem::field(
                    if carrier.is_some() { "carrier" } else { "trackingNumber" },
                    "Only an order that is shipped has a carrier and a tracking number.",
                ));
            }
            if !legal(&order.order_status, &wanted.order_status) {
                return Err(Problem::new(StatusCode::CONFLICT).detail(format!(
                    "The order {order_number} is {} and cannot become {}.",
                    order.order_status.as_str(),
                    wanted.order_status.as_str()
                )));
            }
            let now = clock::now();
            db.execute(
                "UPDATE orders SET status = ?, carrier = coalesce(?, carrier),
                   tracking_number = coalesce(?, tracking_number), updated_at = ? WHERE order_id = ?",
                (wanted.order_status.as_str(), carrier, tracking, &now, &order.id),
            )?;
            note_status(db, &order.id, &wanted.order_status, &now, note)?;
            if wanted.order_status == OrderStatus::Cancelled {
                invoices::void_unpaid(db, &order.id)?;
            }
            Ok(show(db, &tenant, &order.id)?)
        })
        .await?;
    Ok(json(StatusCode::OK, &order))
}
