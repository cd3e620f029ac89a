//! `GET /api/products`.

use axum::{extract::State as FromState, http::StatusCode, response::Response};
use nymble_wire::{Page, Product};
use rusqlite::{Connection, params_from_iter, types::Value};

use crate::{
    auth::{Caller, Tenant},
    catalog::{
        fields::{ProductFields, unsortable},
        product,
    },
    http::{ImageBase, Listing, Query, conditions, json, page},
    problem::{Answer, Problem},
    state::State,
};

/// "Number of products per page", when the caller does not say.
const DEFAULT_SIZE: u64 = 25;

/// The two halves of a product query: what is selected from (with its values), and in which order.
pub(crate) struct Selection {
    pub(crate) from_where: String,
    pub(crate) values: Vec<Value>,
    pub(crate) order: String,
}

/// Lists products, filtered and sorted.
///
/// `sortOn` and `filters` take every plain field and `productAttributes.<name>`.
#[utoipa::path(
    get,
    path = "/api/products",
    tag = "Products",
    responses((status = 200, body = Page<Product>, description = "One page."))
)]
pub(crate) async fn list(
    FromState(state): FromState<State>,
    caller: Caller,
    images: ImageBase,
    query: Query,
) -> Answer<Response> {
    let listing = Listing::read(&query, DEFAULT_SIZE)?;
    let shared = state.clone();
    let (wanted, answer) = state
        .store
        .read(move |db| {
            let tenant = caller.tenant(db)?;
            let selection = selection(db, &caller, &tenant, &listing, &query)?;
            let found = select(&shared, db, &selection, &listing, |product| {
                Ok(product::load(db, &caller, &tenant, &images, product)?)
            })?;
            Ok((listing, found))
        })
        .await?;
    let (products, total): (Vec<Product>, u64) = answer;
    Ok(json(StatusCode::OK, &page(&wanted, products, total)))
}

fn selection(
    db: &Connection,
    caller: &Caller,
    tenant: &Tenant,
    listing: &Listing,
    query: &Query,
) -> Answer<Selection> {
    let fields = ProductFields::of(db, caller, tenant)?;
    let sort_on = listing.sort_on.as_deref().unwrap_or("Sku");
    let column = fields.sort(sort_on).ok_or_else(|| unsortable(sort_on))?;
    let direction = listing.direction.sql();
    let mut from_where = "FROM products p WHERE p.org = ?".to_owned();
    let mut values = vec![Value::Integer(tenant.org)];
    if !caller.sees_inactive() {
        from_where.push_str(" AND p.active = 1");
    }
    for condition in conditions(
        query,
        |name| fields.filter(name),
        |filter| fields.category(db, filter),
    )? {
        from_where.push_str(" AND ");
        from_where.push_str(&condition.sql);
        values.extend(condition.values);
    }
    // SKUs are unique but for their casing; a tie is broken by them, in the order an index can give.
    let by_sku = if column.starts_with("p.sku") {
        String::new()
    } else {
        format!(", p.sku COLLATE NOCASE {direction}")
    };
    let order = format!("{column} {direction}{by_sku}, p.product {direction}");
    Ok(Selection {
        from_where,
        values,
        order,
    })
}

/// One page of a selection, each product turned into what `load` makes of its key, and the total.
pub(crate) fn select<T>(
    state: &State,
    db: &Connection,
    selection: &Selection,
    listing: &Listing,
    load: impl FnMut(i64) -> Answer<T>,
) -> Answer<(Vec<T>, u64)> {
    let Selection {
        from_where,
        values,
        order,
    } = selection;
    let key = format!("{from_where} {values:?}");
    let (known, generation) = state.totals.known(&key);
    let total = if let Some(total) = known {
        total
    } else {
        let total = db
            .prepare_cached(&format!("SELECT count(*) {from_where}"))?
            .query_row(params_from_iter(values), |row| row.get(0))?;
        state.totals.keep(key, total, generation);
        total
    };
    let number = |value: u64| {
        i64::try_from(value)
            .map(Value::Integer)
            .map_err(|_| Problem::bad_request("out of range"))
    };
    let mut bound = values.clone();
    bound.extend([number(listing.size)?, number(listing.offset())?]);
    let keys: Vec<i64> = db
        .prepare_cached(&format!(
            "SELECT p.product {from_where} ORDER BY {order} LIMIT ? OFFSET ?"
        ))?
        .query_map(params_from_iter(bound), |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    Ok((keys.into_iter().map(load).collect::<Answer<_>>()?, total))
}
