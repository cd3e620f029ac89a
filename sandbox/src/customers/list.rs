//! `GET /api/customers`: all an administrator's, a rep's own, or the one a Customer token belongs to.

use axum::{extract::State as FromState, http::StatusCode, response::Response};
use nymble_wire::{Customer, Page};
use rusqlite::{Connection, params_from_iter, types::Value};

use super::record::{COLUMNS, read};
use crate::{
    auth::{Caller, Role, Tenant},
    http::{Condition, Field, FieldKind, Listing, Query, json, ordered_conditions, page},
    problem::{Answer, Problem},
    state::State,
};

/// "Number of customers per page", when the caller does not say.
const DEFAULT_SIZE: u64 = 25;

/// A field of the customer object, by which lists can be sorted and filtered.
///
/// Assumption: besides the documented `Name` (which is `companyName`), `CustomerNumber` and `CompanyEmail`, that is
/// every plain field, when the customer was made and changed, and an attribute by its name
/// (`customerAttributes.region`).
fn field(name: &str) -> Option<Field> {
    let lower = name.to_ascii_lowercase();
    let (sql, kind) = match lower.as_str() {
        "customernumber" => ("customer_number", FieldKind::Text),
        "name" | "companyname" => ("company_name", FieldKind::Text),
        "companyemail" => ("company_email", FieldKind::Text),
        "companyphone" => ("company_phone", FieldKind::Text),
        "companyfax" => ("company_fax", FieldKind::Text),
        "pricing" => ("pricing", FieldKind::Text),
        "active" => ("active", FieldKind::Flag),
        "repnumber" => ("rep_number", FieldKind::Text),
        "terms" => ("terms", FieldKind::Text),
        "currencycode" => ("currency", FieldKind::Text),
        "externalid" => ("external_id", FieldKind::Text),
        "createdat" => ("created_at", FieldKind::Instant),
        "updatedat" => ("updated_at", FieldKind::Instant),
        _ => {
            let key = name.get("customerattributes.".len()..)?;
            let known = lower.starts_with("customerattributes.");
            return attribute("attributes", key).filter(|_| known);
        }
    };
    Some(Field {
        sql: sql.to_owned(),
        kind,
    })
}

/// A member of a column that holds a JSON object; its name becomes part of a JSON path, so only harmless ones are taken.
fn attribute(column: &str, key: &str) -> Option<Field> {
    let harmless = |letter: char| letter.is_alphanumeric() || " -_".contains(letter);
    let sql = format!("json_extract({column}, '$.\"{key}\"')");
    (!key.is_empty() && key.chars().all(harmless)).then_some(Field {
        sql,
        kind: FieldKind::Attribute,
    })
}

/// Whom the caller may see, as a condition.
///
/// Assumption: a Customer token gets a list of one, itself, rather than a 403.
fn scope(caller: &Caller) -> Answer<Option<Condition>> {
    let bound = |sql: &str, value: Option<&String>| {
        Ok(Some(Condition {
            sql: sql.to_owned(),
            values: vec![Value::Text(value.cloned().unwrap_or_default())],
        }))
    };
    match caller.role {
        Role::Admin | Role::Super => Ok(None),
        Role::Customer => bound(
            "customer_number = ?",
            caller.claims.customer_number.as_ref(),
        ),
        Role::SalesRep => bound(
            "rep_number IN (SELECT r.rep_number FROM sales_reps r
               WHERE r.org = customers.org AND r.user_id = ? AND r.active = 1)",
            caller.claims.user_id.as_ref(),
        ),
        Role::Other => Err(Problem::forbidden(
            "The access token's role may not see customers.",
        )),
    }
}

/// Lists customers, filtered with any of the ten operators and sorted, by company name when the caller does not say.
#[utoipa::path(
    get,
    path = "/api/customers",
    tag = "Customers",
    responses((status = 200, body = Page<Customer>, description = "One page."))
)]
pub(crate) async fn list(
    FromState(state): FromState<State>,
    caller: Caller,
    query: Query,
) -> Answer<Response> {
    let listing = Listing::read(&query, DEFAULT_SIZE)?;
    let sort_on = listing.sort_on.as_deref().unwrap_or("Name");
    let order = field(sort_on).ok_or_else(|| {
        Problem::field(
            "sortOn",
            format!("'{sort_on}' is not a field that can be sorted on."),
        )
    })?;
    let mut found = ordered_conditions(&query, field, |_| Ok(None))?;
    found.extend(scope(&caller)?);
    let order = format!(
        "{} COLLATE NOCASE {direction}, customer_number {direction}",
        order.sql,
        direction = listing.direction.sql()
    );
    let (listing, (customers, total)) = state
        .store
        .read(move |db| {
            let tenant = caller.tenant(db)?;
            let answer = select(db, &tenant, &listing, found, &order)?;
            Ok((listing, answer))
        })
        .await?;
    Ok(json(StatusCode::OK, &page(&listing, customers, total)))
}

fn select(
    db: &Connection,
    tenant: &Tenant,
    listing: &Listing,
    found: Vec<Condition>,
    order: &str,
) -> Answer<(Vec<Customer>, u64)> {
    let mut from_where = "FROM customers WHERE org = ?".to_owned();
    let mut values = vec![Value::Integer(tenant.org)];
    for condition in found {
        from_where.push_str(" AND ");
        from_where.push_str(&condition.sql);
        values.extend(condition.values);
    }
    let total = db.query_row(
        &format!("SELECT count(*) {from_where}"),
        params_from_iter(&values),
        |row| row.get(0),
    )?;
    let customers = db
        .prepare(&format!(
            "SELECT {COLUMNS} {from_where} ORDER BY {order} LIMIT {} OFFSET {}",
            listing.size,
            listing.offset()
        ))?
        .query_map(params_from_iter(&values), |row| {
            read(tenant, row).map(|account| account.customer)
        })?
        .collect::<rusqlite::Result<_>>()?;
    Ok((customers, total))
}
