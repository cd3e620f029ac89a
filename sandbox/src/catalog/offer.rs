//! What a SKU costs a customer right now, and whether it may be bought at all.

use rusqlite::{Connection, OptionalExtension};
use rust_decimal::Decimal;

use super::price_book::{breaks_in, lists, unpack};
use crate::pricing;

/// A SKU as a cart or an order sees it.
#[derive(Debug, Clone)]
pub(crate) struct Offer {
    pub(crate) name: String,
    pub(crate) active: bool,
    pub(crate) minimum: i64,
    pub(crate) increment: i64,
    /// `None` when there is no price in the customer's currency.
    pub(crate) unit_price: Option<Decimal>,
}

/// The tenant's SKU for that tier, currency and quantity; `None` when the catalogue does not have it.
pub(crate) fn offer(
    db: &Connection,
    org: i64,
    sku: &str,
    tier: &str,
    currency: &str,
    quantity: i64,
) -> rusqlite::Result<Option<Offer>> {
    let lists = lists(db, org, currency)?;
    db.prepare_cached(
        "SELECT name, active, minimum, increment, prices FROM products WHERE org = ? AND sku = ?",
    )?
    .query_row((org, sku), |row| {
        let entries = breaks_in(unpack(row.get_ref(4)?.as_blob()?), &lists, currency);
        Ok(Offer {
            name: row.get(0)?,
            active: row.get(1)?,
            minimum: row.get(2)?,
            increment: row.get(3)?,
            unit_price: pricing::unit_price(&entries, tier, quantity),
        })
    })
    .optional()
}
