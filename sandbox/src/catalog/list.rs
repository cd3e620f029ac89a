//! `GET /api/products`.

use axum::{extract::State as FromState, http::StatusCode, response::Response};
use nymble_wire::{Page, Product};
use rusqlite::{Connection, types::Value};

use crate::{
    auth::{Caller, Tenant},
    catalog::{
        fields::{ProductFields, Sort, unsortable},
        product::Showcase,
        totals::{Selected, Totals},
    },
    http::{Condition, Direction, ImageBase, Listing, Query, conditions, json, page},
    problem::Answer,
    state::State,
};

/// "Number of products per page", when the caller does not say.
const DEFAULT_SIZE: u64 = 25;

/// Lists products, filtered and sorted.
///
/// `sortOn` and `filters` take every plain field and `productAttributes.<name>`.
///
/// Assumption: a filter that no index serves (`contains`, `endswith`, attributes, …) reads the whole catalogue when it
/// is first used, and is remembered until the catalogue changes.
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
    let answer = state
        .store
        .read(move |db| {
            let tenant = caller.tenant(db)?;
            let (keys, total) = find(&shared.totals, db, &caller, &tenant, &listing, &query)?;
            let products = Showcase::new(db, &caller, &tenant, &images)?.products(&keys)?;
            Ok(page(&listing, products, total))
        })
        .await?;
    Ok(json(StatusCode::OK, &answer))
}

/// The keys on the page, and how many there are in all.
fn find(
    totals: &Totals,
    db: &Connection,
    caller: &Caller,
    tenant: &Tenant,
    listing: &Listing,
    query: &Query,
) -> Answer<(Vec<i64>, u64)> {
    let fields = ProductFields::of(db, caller, tenant)?;
    let sort_on = listing.sort_on.as_deref().unwrap_or("Sku");
    let column = fields.sort(sort_on).ok_or_else(|| unsortable(sort_on))?;
    let filters = conditions(
        query,
        |name| fields.filter(name),
        |filter| fields.category(db, filter),
    )?;
    let visible = visible(caller, tenant);
    let order = match column {
        Sort::Sku => totals.by_sku(db, &visible)?,
        Sort::Column(column) => totals.by(db, &visible, &column)?,
    };
    let mut selected: Option<Selected> = None;
    for filter in filters {
        let found = totals.selected(db, &order, &matching(tenant, filter))?;
        match &mut selected {
            Some(selected) => *selected &= &*found,
            None => selected = Some(Selected::clone(&found)),
        }
    }
    let total = selected.as_ref().map_or(order.len(), Selected::len);
    let keys = order.page(
        selected.as_ref(),
        listing.direction == Direction::Descending,
        listing.offset(),
        listing.size,
    );
    Ok((keys, total))
}

/// The products that a caller may see.
pub(super) fn visible(caller: &Caller, tenant: &Tenant) -> Condition {
    let active = if caller.sees_inactive() {
        ""
    } else {
        " AND p.active = 1"
    };
    Condition {
        sql: format!("FROM products p WHERE p.org = ?{active}"),
        values: vec![Value::Integer(tenant.org)],
    }
}

/// The query for the tenant's products that a filter lets through, inactive ones included.
fn matching(tenant: &Tenant, filter: Condition) -> Condition {
    let mut values = vec![Value::Integer(tenant.org)];
    values.extend(filter.values);
    Condition {
        sql: format!(
            "SELECT p.product FROM products p WHERE p.org = ? AND {}",
            filter.sql
        ),
        values,
    }
}
