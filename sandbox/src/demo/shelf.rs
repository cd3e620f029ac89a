//! Where demo products are put: the database, row by row with prepared statements.

use std::collections::HashMap;

use rusqlite::{Connection, Statement};

use super::organizations::list;
use crate::catalog::{
    price_book::{Entry, pack},
    text_key,
};

/// A product to put on the shelf.
#[derive(Default)]
pub(super) struct Article<'a> {
    pub(super) product_id: String,
    pub(super) sku: String,
    pub(super) name: String,
    pub(super) description: String,
    pub(super) category: i64,
    pub(super) on_hand: i64,
    pub(super) minimum: i64,
    pub(super) increment: i64,
    pub(super) weight: String,
    pub(super) weight_unit: &'a str,
    pub(super) dimensions: String,
    pub(super) dimensions_unit: &'a str,
    pub(super) upc: String,
    pub(super) inactive: bool,
    pub(super) images: String,
    pub(super) attributes: String,
    pub(super) external_id: String,
    pub(super) created_at: &'a str,
    pub(super) updated_at: &'a str,
    pub(super) prices: Vec<Price>,
}

/// A price: places in the lists of currencies and tiers, quantity, ten-thousandths.
#[derive(Clone, Copy, Debug)]
pub(super) struct Price {
    pub(super) currency: usize,
    pub(super) tier: usize,
    pub(super) at_quantity: i64,
    pub(super) amount: i64,
}

/// Puts products on the shelf of one organization.
pub(super) struct Shelf<'db> {
    db: &'db Connection,
    texts: HashMap<String, i64>,
    org: i64,
    next: i64,
    product: Statement<'db>,
}

impl<'db> Shelf<'db> {
    pub(super) fn of(db: &'db Connection, org: i64) -> rusqlite::Result<Self> {
        let next = db.query_row(
            "SELECT coalesce(max(product), 0) + 1 FROM products",
            [],
            |row| row.get(0),
        )?;
        let product = db.prepare(
            "INSERT INTO products (product, org, product_id, sku, name, description, category, on_hand, minimum, increment,
               weight, weight_unit, dimensions, dimensions_unit, upc, active, images, attributes, external_id,
               created_at, updated_at, prices)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22)",
        )?;
        Ok(Self {
            db,
            texts: HashMap::new(),
            org,
            next,
            product,
        })
    }

    /// Puts one there.
    pub(super) fn put(&mut self, article: &Article<'_>) -> rusqlite::Result<()> {
        let description = self.text(&article.description)?;
        let attributes = self.text(&article.attributes)?;
        let key = self.next;
        self.next += 1;
        let entries: Vec<Entry> = article
            .prices
            .iter()
            .map(|price| Entry {
                list: list(self.org, price.currency, price.tier),
                at_quantity: price.at_quantity,
                amount: price.amount,
            })
            .collect();
        self.product.execute(rusqlite::params![
            key,
            self.org,
            article.product_id,
            article.sku,
            article.name,
            description,
            article.category,
            article.on_hand,
            article.minimum,
            article.increment,
            article.weight,
            article.weight_unit,
            article.dimensions,
            article.dimensions_unit,
            article.upc,
            !article.inactive,
            article.images,
            attributes,
            article.external_id,
            article.created_at,
            article.updated_at,
            pack(&entries),
        ])?;
        Ok(())
    }

    fn text(&mut self, text: &str) -> rusqlite::Result<i64> {
        if let Some(key) = self.texts.get(text) {
            return Ok(*key);
        }
        let key = text_key(self.db, text)?;
        self.texts.insert(text.to_owned(), key);
        Ok(key)
    }
}
