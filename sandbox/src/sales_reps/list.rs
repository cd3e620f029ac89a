//! `GET /api/organizations/salesreps`.

use axum::{extract::State as FromState, http::StatusCode, response::Response};
use nymble_wire::{OrganizationSalesRep, Page};
use rusqlite::{params_from_iter, types::Value};

use super::record::{COLUMNS, TABLES, read};
use crate::{
    auth::Caller,
    http::{Field, FieldKind, Listing, Query, conditions, json, page},
    problem::{Answer, Problem},
    state::State,
};

const DEFAULT_SIZE: u64 = 25;

fn field(name: &str) -> Option<Field> {
    let (sql, kind) = match name.to_ascii_lowercase().as_str() {
        "repnumber" => ("r.rep_number", FieldKind::Text),
        "firstname" => ("r.first_name", FieldKind::Text),
        "lastname" => ("r.last_name", FieldKind::Text),
        "email" => ("r.email", FieldKind::Text),
        "phonenumber" => ("r.phone", FieldKind::Text),
        "active" => ("r.active", FieldKind::Flag),
        _ => return None,
    };
    Some(Field {
        sql: sql.to_owned(),
        kind,
    })
}

/// The organization's sales reps, active or not.
///
/// Assumption: in the envelope of the other lists; sorted and filtered on any plain field.
#[utoipa::path(
    get,
    path = "/api/organizations/salesreps",
    tag = "Organization",
    responses((status = 200, body = Page<OrganizationSalesRep>, description = "One page, by `RepNumber` if not told otherwise."))
)]
pub(crate) async fn list(
    FromState(state): FromState<State>,
    caller: Caller,
    query: Query,
) -> Answer<Response> {
    caller.require_admin()?;
    let listing = Listing::read(&query, DEFAULT_SIZE)?;
    let sort_on = listing.sort_on.as_deref().unwrap_or("RepNumber");
    let column = field(sort_on).map(|field| field.sql).ok_or_else(|| {
        Problem::field(
            "sortOn",
            format!("'{sort_on}' is not a field that can be sorted on."),
        )
    })?;
    let direction = listing.direction.sql();
    let found = conditions(&query, field, |_| Ok(None))?;
    let (size, offset) = (listing.size, listing.offset());
    let (reps, total) = state
        .store
        .read(move |db| {
            let tenant = caller.tenant(db)?;
            let mut from_where = format!("FROM {TABLES} WHERE r.org = ?");
            let mut values = vec![Value::Integer(tenant.org)];
            for condition in found {
                from_where.push_str(" AND ");
                from_where.push_str(&condition.sql);
                values.extend(condition.values);
            }
            let total: u64 = db.query_row(
                &format!("SELECT count(*) {from_where}"),
                params_from_iter(&values),
                |row| row.get(0),
            )?;
            let reps: Vec<OrganizationSalesRep> = db
                .prepare(&format!(
                    "SELECT {COLUMNS} {from_where}
                     ORDER BY {column} COLLATE NOCASE {direction}, r.rep_number {direction}
                     LIMIT {size} OFFSET {offset}"
                ))?
                .query_map(params_from_iter(&values), read)?
                .collect::<rusqlite::Result<_>>()?;
            Ok((reps, total))
        })
        .await?;
    Ok(json(StatusCode::OK, &page(&listing, reps, total)))
}
