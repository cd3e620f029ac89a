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

/// An organization's SKUs in one tier and currency. The price lists are read once, for all lines of a cart.
pub(crate) struct Offers<'a> {
    db: &'a Connection,
    org: i64,
    tier: &'a str,
    currency: &'a str,
    lists: Vec<(i64, String)>,
}

impl<'a> Offers<'a> {
    /// What customers of that tier and currency are offered.
    pub(crate) fn new(
        db: &'a Connection,
        org: i64,
        tier: &'a str,
        currency: &'a str,
    ) -> rusqlite::Result<Self> {
        Ok(Self {
            db,
            org,
            tier,
            currency,
            lists: lists(db, org, currency)?,
        })
    }

    /// The SKU at that quantity; `None` when the catalogue does not have it.
    pub(crate) fn of(&self, sku: &str, quantity: i64) -> rusqlite::Result<Option<Offer>> {
        self.db
            .prepare_cached(
                "SELECT name, active, minimum, increment, prices FROM products WHERE org = ? AND sku = ?",
            )?
            .query_row((self.org, sku), |row| {
                let book = unpack(row.get_ref(4)?.as_blob()?);
                let entries = breaks_in(book, &self.lists, self.currency);
                Ok(Offer {
                    name: row.get(0)?,
                    active: row.get(1)?,
                    minimum: row.get(2)?,
                    increment: row.get(3)?,
                    unit_price: pricing::unit_price(&entries, self.tier, quantity),
                })
            })
            .optional()
    }
}
