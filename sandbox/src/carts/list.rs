//! `GET /api/carts`: every cart of the organization, for administrators.

use axum::{extract::State as FromState, http::StatusCode, response::Response};
use nymble_wire::{Cart, Page};
use rusqlite::{params_from_iter, types::Value};

use super::record::{by_id, show};
use crate::{
    auth::Caller,
    http::{Field, FieldKind, Listing, Query, conditions, json, page},
    problem::{Answer, Problem},
    state::State,
};

const DEFAULT_SIZE: u64 = 25;

fn column(name: &str) -> Option<&'static str> {
    Some(match name.to_ascii_lowercase().as_str() {
        "companyname" => "k.company_name",
        "customernumber" => "c.customer_number",
        "status" => "c.status",
        "shoppingcartid" => "c.cart_id",
        "ordertype" => "c.order_type",
        "createdat" => "c.created_at",
        "updatedat" => "c.updated_at",
        _ => return None,
    })
}

fn filterable(name: &str) -> Option<Field> {
    let documented = ["customernumber", "companyname", "status"];
    let known = documented.contains(&name.to_ascii_lowercase().as_str());
    let sql = column(name).filter(|_| known)?;
    Some(Field {
        sql: sql.to_owned(),
        kind: FieldKind::Text,
    })
}

/// Lists the organization's carts, open and closed, for administrators.
///
/// Filters: `customerNumber`, `companyName`, `status`.
#[utoipa::path(
    get,
    path = "/api/carts",
    tag = "Carts",
    responses((status = 200, body = Page<Cart>, description = "One page."))
)]
pub(crate) async fn list(
    FromState(state): FromState<State>,
    caller: Caller,
    query: Query,
) -> Answer<Response> {
    caller.require_admin()?;
    let listing = Listing::read(&query, DEFAULT_SIZE)?;
    let sort_on = listing.sort_on.as_deref().unwrap_or("CompanyName");
    let column = column(sort_on).ok_or_else(|| {
        Problem::field(
            "sortOn",
            format!("'{sort_on}' is not a field that can be sorted on."),
        )
    })?;
    let direction = listing.direction.sql();
    let mut from_where = "FROM carts c LEFT JOIN customers k ON k.org = c.org AND k.customer_number = c.customer_number
         WHERE c.org = ?"
        .to_owned();
    let found = conditions(&query, filterable, |_| Ok(None))?;
    let (size, offset) = (listing.size, listing.offset());
    let (carts, total) = state
        .store
        .read(move |db| {
            let tenant = caller.tenant(db)?;
            let mut values = vec![Value::Integer(tenant.org)];
            for condition in found {
                from_where.push_str(" AND ");
                from_where.push_str(&condition.sql);
                values.extend(condition.values);
            }
            let total: u64 =
                db.query_row(&format!("SELECT count(*) {from_where}"), params_from_iter(&values), |row| row.get(0))?;
            let ids: Vec<String> = db
                .prepare(&format!(
                    "SELECT c.cart_id {from_where}
                     ORDER BY {column} COLLATE NOCASE {direction}, c.created_at {direction}, c.cart_id {direction}
                     LIMIT {size} OFFSET {offset}"
                ))?
                .query_map(params_from_iter(&values), |row| row.get(0))?
                .collect::<rusqlite::Result<_>>()?;
            let carts = ids
                .iter()
                .map(|id| show(db, &tenant, by_id(db, &caller, &tenant, id)?))
                .collect::<Answer<Vec<_>>>()?;
            Ok((carts, total))
        })
        .await?;
    Ok(json(StatusCode::OK, &page(&listing, carts, total)))
}
