//! `GET /api/invoices/{id}`.

use axum::{extract::State as FromState, http::StatusCode, response::Response};
use nymble_wire::Invoice;

use super::record::{seen, show};
use crate::{
    auth::Caller,
    http::{Segments, json},
    problem::Answer,
    state::State,
};

/// Reads one invoice.
///
/// Assumption: by its id or its number.
#[utoipa::path(get, path = "/api/invoices/{id}", tag = "Invoices", responses((status = 200, body = Invoice, description = "The invoice")))]
pub(crate) async fn get(
    FromState(state): FromState<State>,
    caller: Caller,
    Segments(key): Segments<String>,
) -> Answer<Response> {
    let invoice: Invoice = state
        .store
        .read(move |db| {
            let tenant = caller.tenant(db)?;
            let stands = seen(db, &caller, &tenant, &key)?;
            Ok(show(db, &tenant, &stands.invoice_id)?)
        })
        .await?;
    Ok(json(StatusCode::OK, &invoice))
}
