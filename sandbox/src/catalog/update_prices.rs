//! `PUT /api/products/prices`: all price entries of many products at once.

use std::collections::BTreeSet;

use axum::{extract::State as FromState, response::Response};
use nymble_wire::FieldProblem;
use rusqlite::OptionalExtension;
use serde::Deserialize;

use crate::{
    auth::Caller,
    catalog::prices::{self, GivenPrice},
    clock,
    http::{Body, no_content},
    problem::{Answer, Problem},
    state::State,
};

/// New prices of products.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PriceUpdates {
    /// One entry for each product.
    product_updates: Vec<PriceUpdate>,
}

/// New prices of one product.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PriceUpdate {
    /// The product.
    sku: String,
    /// All of its entries in a currency.
    prices: Vec<GivenPrice>,
}

/// Replaces every price entry of the given products, of all of them or of none.
///
/// Assumption: answered 204. Entries are replaced in the currencies that are given, as by `PUT /api/products`, and
/// the default base price stays. Other than there, a tier must be one there are prices for already: a misspelt one
/// would be a price nobody gets. The same SKU twice, or one that is not in the catalogue, is a 400.
#[utoipa::path(
    put,
    path = "/api/products/prices",
    tag = "Products",
    request_body = PriceUpdates,
    responses((status = 204, description = "The prices are as given."))
)]
pub(crate) async fn update(
    FromState(state): FromState<State>,
    caller: Caller,
    Body(given): Body<PriceUpdates>,
) -> Answer<Response> {
    caller.require_admin()?;
    state
        .store
        .write(move |db| {
            let tenant = caller.tenant(db)?;
            let currency = caller.currency(&tenant);
            let tiers: BTreeSet<String> = db
                .prepare_cached("SELECT DISTINCT tier FROM price_lists WHERE org = ?")?
                .query_map([tenant.org], |row| row.get(0))?
                .collect::<rusqlite::Result<_>>()?;
            let mut product =
                db.prepare_cached("SELECT product FROM products WHERE org = ? AND sku = ?")?;
            let mut touch =
                db.prepare_cached("UPDATE products SET updated_at = ? WHERE product = ?")?;
            let (mut errors, mut seen, now) = (Vec::new(), BTreeSet::new(), clock::now());
            for (place, update) in given.product_updates.iter().enumerate() {
                let mut wrong = |name: &str, reason: String| {
                    let name = format!("productUpdates[{place}].{name}");
                    errors.push(FieldProblem { name, reason });
                };
                if !seen.insert(update.sku.as_str()) {
                    wrong("sku", format!("'{}' is given twice.", update.sku));
                }
                let entries = prices::check(None, &update.prices, currency, &mut wrong);
                for (place, price) in update.prices.iter().enumerate() {
                    if !price.tier.trim().is_empty() && !tiers.contains(&price.tier) {
                        let reason = format!("'{}' is not a configured price tier.", price.tier);
                        wrong(&format!("prices[{place}].tier"), reason);
                    }
                }
                let key: Option<i64> = product
                    .query_row((tenant.org, &update.sku), |row| row.get(0))
                    .optional()?;
                match key {
                    // What is written before a fault is found is rolled back with it.
                    Some(key) => {
                        prices::keep(db, &tenant, key, true, &entries, currency)?;
                        touch.execute((&now, key))?;
                    }
                    None => wrong("sku", format!("There is no product '{}'.", update.sku)),
                }
            }
            Problem::check(errors)
        })
        .await?;
    Ok(no_content())
}
