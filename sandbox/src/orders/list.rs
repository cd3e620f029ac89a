//! `GET /api/orders`.

use axum::{extract::State as FromState, http::StatusCode, response::Response};
use nymble_wire::{Filter, FilterOperator, Order, Page};

use super::{
    fields::{field, in_lines},
    record::show,
};
use crate::{
    auth::Caller,
    http::{Kept, Listing, Query, equal, json, ordered_conditions, records, sorted},
    problem::Answer,
    state::State,
};

const DEFAULT_SIZE: u64 = 25;

const KEPT: Kept = Kept {
    key: "o.order_id",
    from: "FROM orders o WHERE o.org = ?",
};

/// Fields that can also be asked for by a query parameter of their own.
const SHORT: [&str; 4] = ["status", "customerNumber", "poNumber", "externalId"];

/// Lists orders, the newest first unless sorted otherwise.
///
/// Assumption: the documents show no order list. A Customer token sees its own orders, a rep those of its customers.
/// `status`, `customerNumber`, `poNumber`, `sku` and `externalId` are parameters that the field must equal; `filters`
/// knows all ten operators on every field, and `sku` in any line. Without `sortOn`, the newest come first.
#[utoipa::path(
    get, path = "/api/orders", tag = "Orders",
    params(
        ("status" = Option<String>, Query),
        ("customerNumber" = Option<String>, Query), ("poNumber" = Option<String>, Query), ("sku" = Option<String>, Query),
        ("externalId" = Option<String>, Query)
    ),
    responses((status = 200, body = Page<Order>, description = "One page of orders"))
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
        "o.ordered_at DESC, o.order_number DESC",
        "o.order_number",
    )?;
    let mut wanted = ordered_conditions(&query, field, in_lines)?;
    wanted.extend(equal(&query, &SHORT, field)?);
    if let Some(sku) = query.get("sku").filter(|sku| !sku.is_empty()) {
        wanted.extend(in_lines(&Filter {
            field: "sku".to_owned(),
            operator: FilterOperator::Equals,
            value: sku.to_owned(),
        })?);
    }
    let answer = state
        .store
        .read(move |db| {
            let tenant = caller.tenant(db)?;
            wanted.extend(caller.own_customers("o.org", "o.customer_number")?);
            let one = |id: &str| show(db, &tenant, id);
            records(db, KEPT, tenant.org, &wanted, &order, &listing, one)
        })
        .await?;
    Ok(json(StatusCode::OK, &answer))
}
