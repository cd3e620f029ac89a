//! What a SKU costs a customer right now, and whether it may be bought at all.

use rusqlite::{Connection, OptionalExtension};
use rust_decimal::Decimal;

use super::price_book::breaks;
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
    let found: Option<(i64, String, bool, i64, i64)> = db
        .prepare_cached("SELECT product, name, active, minimum, increment FROM products WHERE org = ? AND sku = ?")?
        .query_row((org, sku), |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?)))
        .optional()?;
    let Some((product, name, active, minimum, increment)) = found else {
        return Ok(None);
    };
    let entries = breaks(db, org, product, currency)?;
    Ok(Some(Offer {
        name,
        active,
        minimum,
        increment,
        unit_price: pricing::unit_price(&entries, tier, quantity),
    }))
}
