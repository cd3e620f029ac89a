//! One page of the keys of a list, narrowed down by conditions.

use nymble_wire::{Filter, FilterOperator};
use rusqlite::{Connection, params_from_iter, types::Value};

use crate::{
    http::{Condition, Field, Listing, Query, condition},
    problem::Answer,
};

/// Conditions from query parameters that their fields must equal; absent and empty ones narrow nothing.
pub(crate) fn equal(
    query: &Query,
    names: &[&str],
    field: impl Fn(&str) -> Option<Field>,
) -> Answer<Vec<Condition>> {
    let mut conditions = Vec::new();
    for name in names {
        let value = query.get(name).filter(|value| !value.is_empty());
        if let (Some(value), Some(known)) = (value, field(name)) {
            let filter = Filter {
                field: (*name).to_owned(),
                operator: FilterOperator::Equals,
                value: value.to_owned(),
            };
            conditions.push(condition(&known, &filter)?);
        }
    }
    Ok(conditions)
}

/// The keys of one page in that order, and how many records there are on all pages. `from` ends in a condition on the
/// tenant.
pub(crate) fn keys(
    db: &Connection,
    key: &str,
    from: &str,
    org: i64,
    conditions: &[Condition],
    order: &str,
    listing: &Listing,
) -> Answer<(Vec<String>, u64)> {
    let mut from_where = from.to_owned();
    let mut values = vec![Value::Integer(org)];
    for condition in conditions {
        from_where.push_str(" AND ");
        from_where.push_str(&condition.sql);
        values.extend(condition.values.iter().cloned());
    }
    let total = db
        .prepare_cached(&format!("SELECT count(*) {from_where}"))?
        .query_row(params_from_iter(&values), |row| row.get(0))?;
    let (size, offset) = (listing.size, listing.offset());
    let keys = db
        .prepare_cached(&format!(
            "SELECT {key} {from_where} ORDER BY {order} LIMIT {size} OFFSET {offset}"
        ))?
        .query_map(params_from_iter(&values), |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    Ok((keys, total))
}
