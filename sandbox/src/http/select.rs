//! One page of a list's records, narrowed down by conditions.

use nymble_wire::{Filter, FilterOperator, Page};
use rusqlite::{Connection, params_from_iter, types::Value};

use crate::{
    http::{Condition, Field, Listing, Query, condition, page},
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

/// Where a list's records are kept.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Kept {
    /// The column of their keys.
    pub(crate) key: &'static str,
    /// `FROM … WHERE …`, ending in a condition on the tenant.
    pub(crate) from: &'static str,
}

/// One page of the records that the conditions hold for, in that order, each as `show` makes it of its key.
pub(crate) fn records<T>(
    db: &Connection,
    kept: Kept,
    org: i64,
    conditions: &[Condition],
    order: &str,
    listing: &Listing,
    show: impl Fn(&str) -> rusqlite::Result<T>,
) -> Answer<Page<T>> {
    let mut from_where = kept.from.to_owned();
    let mut values = vec![Value::Integer(org)];
    for condition in conditions {
        from_where.push_str(" AND ");
        from_where.push_str(&condition.sql);
        values.extend(condition.values.iter().cloned());
    }
    let total = db
        .prepare_cached(&format!("SELECT count(*) {from_where}"))?
        .query_row(params_from_iter(&values), |row| row.get(0))?;
    let (key, size, offset) = (kept.key, listing.size, listing.offset());
    let keys: Vec<String> = db
        .prepare_cached(&format!(
            "SELECT {key} {from_where} ORDER BY {order} LIMIT {size} OFFSET {offset}"
        ))?
        .query_map(params_from_iter(&values), |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let data = keys
        .iter()
        .map(|key| show(key))
        .collect::<rusqlite::Result<_>>()?;
    Ok(page(listing, data, total))
}
