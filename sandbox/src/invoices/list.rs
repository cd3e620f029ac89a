//! `GET /api/invoices`.

use axum::{extract::State as FromState, http::StatusCode, response::Response};
use nymble_wire::{Invoice, Page};
use rusqlite::types::Value;

use super::{fields::field, record::show};
use crate::{
    auth::{Caller, Role},
    http::{Condition, Kept, Listing, Query, equal, json, ordered_conditions, records, sorted},
    problem::Answer,
    state::State,
};

/// "Page size (default 25)".
const DEFAULT_SIZE: u64 = 25;

const KEPT: Kept = Kept {
    key: "i.invoice_id",
    from: "FROM invoices i WHERE i.org = ?",
};

/// Fields that can also be asked for by a query parameter of their own.
const SHORT: [&str; 5] = [
    "customerNumber",
    "customerId",
    "status",
    "orderNumber",
    "externalId",
];

/// Lists invoices, the newest first unless sorted otherwise.
///
/// Assumption: a Customer token sees its own but for Drafts, a rep those of its customers. A customer's id is its
/// number. `orderId` takes the order's id or its number; `customerNumber`, `customerId`, `status`, `orderNumber` and
/// `externalId` are parameters that the field must equal; `filters` knows all ten operators on every field.
#[utoipa::path(
    get, path = "/api/invoices", tag = "Invoices",
    params(
        ("orderId" = Option<String>, Query),
        ("orderNumber" = Option<String>, Query), ("customerNumber" = Option<String>, Query),
        ("customerId" = Option<String>, Query), ("status" = Option<String>, Query), ("externalId" = Option<String>, Query)
    ),
    responses((status = 200, body = Page<Invoice>, description = "One page of invoices"))
)]
pub(crate) async fn list(
    FromState(state): FromState<State>,
    caller: Caller,
    query: Query,
) -> Answer<Response> {
    let listing = Listing::read(&query, DEFAULT_SIZE)?;
    let order = sorted(
        &listing,
        field,
        "i.invoice_date DESC, i.invoice_number DESC",
        "i.invoice_number",
    )?;
    let mut wanted = ordered_conditions(&query, field, |_| Ok(None))?;
    wanted.extend(equal(&query, &SHORT, field)?);
    if let Some(id) = query.get("orderId").filter(|id| !id.is_empty()) {
        let id = Value::Text(id.to_owned());
        wanted.push(Condition {
            sql: "(i.order_id = ? OR i.order_number = ?)".to_owned(),
            values: vec![id.clone(), id],
        });
    }
    if caller.role == Role::Customer {
        wanted.push(Condition {
            sql: "i.status <> 'Draft'".to_owned(),
            values: Vec::new(),
        });
    }
    let answer = state
        .store
        .read(move |db| {
            let tenant = caller.tenant(db)?;
            wanted.extend(caller.own_customers("i.org", "i.customer_number")?);
            let one = |id: &str| show(db, &tenant, id);
            records(db, KEPT, tenant.org, &wanted, &order, &listing, one)
        })
        .await?;
    Ok(json(StatusCode::OK, &answer))
}
