//! One product as the API shows it to its caller: `GET /api/products/{sku}`.

use axum::{extract::State as FromState, http::StatusCode, response::Response};
use nymble_wire::{PriceEntry, Product, ProductImage, Timestamp};
use rusqlite::{CachedStatement, Connection, OptionalExtension, Row};

use crate::{
    auth::{Caller, Tenant},
    catalog::price_book,
    http::{ImageBase, Segments, json},
    images::image_name,
    money, pricing,
    problem::{Answer, Problem},
    state::State,
};

/// What a product is shown from.
const COLUMNS: &str =
    "p.product_id, p.sku, p.name, d.text, c.name, p.on_hand, p.minimum, p.increment, p.weight, p.weight_unit,
     p.dimensions, p.dimensions_unit, p.upc, p.active, p.images, a.text, p.external_id, p.created_at, p.updated_at,
     p.prices";

/// Products as a caller sees them, with prices resolved for its tier and currency; made once for a request.
pub(crate) struct Showcase<'a> {
    db: &'a Connection,
    tenant: &'a Tenant,
    images: &'a ImageBase,
    tier: &'a str,
    currency: &'a str,
    /// Of that currency.
    lists: Vec<(i64, String)>,
}

impl<'a> Showcase<'a> {
    pub(crate) fn new(
        db: &'a Connection,
        caller: &'a Caller,
        tenant: &'a Tenant,
        images: &'a ImageBase,
    ) -> rusqlite::Result<Self> {
        let currency = caller.currency(tenant);
        Ok(Self {
            db,
            tenant,
            images,
            tier: caller.tier(),
            currency,
            lists: price_book::lists(db, tenant.org, currency)?,
        })
    }

    /// The product of that key in the database.
    pub(crate) fn product(&self, key: i64) -> rusqlite::Result<Product> {
        self.statement()?
            .query_row((key, self.tenant.org), |row| self.read(row))
    }

    /// The products of these keys.
    pub(crate) fn products(&self, keys: &[i64]) -> rusqlite::Result<Vec<Product>> {
        let mut statement = self.statement()?;
        keys.iter()
            .map(|key| statement.query_row((*key, self.tenant.org), |row| self.read(row)))
            .collect()
    }

    fn statement(&self) -> rusqlite::Result<CachedStatement<'_>> {
        self.db.prepare_cached(&format!(
            "SELECT {COLUMNS} FROM products p LEFT JOIN categories c ON c.category = p.category
               LEFT JOIN texts d ON d.text_key = p.description LEFT JOIN texts a ON a.text_key = p.attributes
             WHERE p.product = ? AND p.org = ?"
        ))
    }

    fn read(&self, row: &Row<'_>) -> rusqlite::Result<Product> {
        let text = |column: usize| -> rusqlite::Result<Option<&str>> {
            Ok(row.get_ref(column)?.as_str_or_null()?)
        };
        let instant = |column: usize| text(column).map(|text| text.and_then(Timestamp::parse));
        let currency = self.currency;
        let book = price_book::unpack(row.get_ref(19)?.as_blob()?);
        let entries = price_book::breaks_in(book, &self.lists, currency);
        let price = pricing::unit_price(&entries, self.tier, 1);
        Ok(Product {
            product_id: row.get(0)?,
            organization_id: Some(self.tenant.organization_id.clone()),
            sku: row.get(1)?,
            name: row.get(2)?,
            description: row.get(3)?,
            category: row.get(4)?,
            product_type: None,
            price,
            price_formatted: price.map(|price| money::formatted(price, currency)),
            currency_code: Some(currency.to_owned()),
            prices: entries
                .into_iter()
                .filter(|entry| !entry.tier.is_empty())
                .map(|entry| PriceEntry {
                    price_formatted: Some(money::formatted(entry.price, currency)),
                    tier: entry.tier.to_owned(),
                    price: entry.price,
                    at_quantity: entry.at_quantity,
                })
                .collect(),
            quantity_on_hand: row.get(5)?,
            minimum_order_quantity: row.get(6)?,
            quantity_increment: row.get(7)?,
            weight: text(8)?.and_then(|text| text.parse().ok()),
            weight_unit: row.get(9)?,
            dimensions: row.get(10)?,
            dimensions_unit: row.get(11)?,
            upc: row.get(12)?,
            active: row.get(13)?,
            images: text(14)?
                .into_iter()
                .flat_map(str::lines)
                .map(|name| image(self.images, name))
                .collect(),
            product_attributes: text(15)?
                .and_then(|text| serde_json::from_str(text).ok())
                .unwrap_or_default(),
            external_id: row.get(16)?,
            created_at: instant(17)?,
            updated_at: instant(18)?,
        })
    }
}

fn image(base: &ImageBase, name: &str) -> ProductImage {
    ProductImage {
        name: Some(image_name(name).to_owned()),
        url: Some(base.url(name)),
    }
}

/// The key of a SKU that the caller may see.
///
/// Assumption: SKUs are compared letter by letter, case included.
pub(crate) fn find(
    db: &Connection,
    caller: &Caller,
    tenant: &Tenant,
    sku: &str,
) -> Answer<Option<i64>> {
    let found: Option<(i64, bool)> = db
        .prepare_cached("SELECT product, active FROM products WHERE org = ? AND sku = ?")?
        .query_row((tenant.org, sku), |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    Ok(found
        .filter(|(_, active)| *active || caller.sees_inactive())
        .map(|(product, _)| product))
}

/// One product by its SKU.
#[utoipa::path(
    get,
    path = "/api/products/{sku}",
    tag = "Products",
    responses((status = 200, body = Product, description = "The product."))
)]
pub(crate) async fn get(
    FromState(state): FromState<State>,
    caller: Caller,
    images: ImageBase,
    Segments(sku): Segments<String>,
) -> Answer<Response> {
    let product = state
        .store
        .read(move |db| {
            let tenant = caller.tenant(db)?;
            let product = find(db, &caller, &tenant, &sku)?
                .ok_or_else(|| Problem::not_found(format!("There is no product '{sku}'.")))?;
            Ok(Showcase::new(db, &caller, &tenant, &images)?.product(product)?)
        })
        .await?;
    Ok(json(StatusCode::OK, &product))
}
