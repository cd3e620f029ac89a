//! A product's prices in one currency, as the database keeps them.

use rusqlite::{Connection, OptionalExtension};

use crate::{money, pricing::Break};

/// All price entries of a product in a currency: tiers in the order the organization made them, breaks ascending.
pub(crate) fn breaks(
    db: &Connection,
    org: i64,
    product: i64,
    currency: &str,
) -> rusqlite::Result<Vec<Break>> {
    db.prepare_cached(
        "SELECT l.tier, p.at_quantity, p.amount FROM prices p JOIN price_lists l ON l.list = p.list
         WHERE p.product = ? AND l.org = ? AND l.currency = ? ORDER BY l.list, p.at_quantity",
    )?
    .query_map((product, org, currency), |row| {
        Ok(Break {
            tier: row.get(0)?,
            at_quantity: row.get(1)?,
            price: money::from_stored(row.get(2)?, currency),
        })
    })?
    .collect()
}

/// The price list of a tier in a currency, if there is one.
pub(crate) fn list_id(
    db: &Connection,
    org: i64,
    currency: &str,
    tier: &str,
) -> rusqlite::Result<Option<i64>> {
    db.prepare_cached("SELECT list FROM price_lists WHERE org = ? AND currency = ? AND tier = ?")?
        .query_row((org, currency, tier), |row| row.get(0))
        .optional()
}
