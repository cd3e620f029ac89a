//! One product as the API shows it to its caller: `GET /api/products/{sku}`.

use axum::{extract::State as FromState, http::StatusCode, response::Response};
use nymble_wire::{PriceEntry, Product, ProductImage, Timestamp};
use rusqlite::{Connection, OptionalExtension};

use crate::{
    auth::{Caller, Tenant},
    catalog::price_book,
    http::{ImageBase, Segments, json},
    images::image_name,
    money, pricing,
    problem::{Answer, Problem},
    state::State,
};

/// A product by its key in the database, with prices resolved for the caller's tier and currency.
pub(crate) fn load(
    db: &Connection,
    caller: &Caller,
    tenant: &Tenant,
    images: &ImageBase,
    product: i64,
) -> rusqlite::Result<Product> {
    let (mut found, book) = db
        .prepare_cached(
            "SELECT p.product_id, p.sku, p.name, p.description, c.name, p.on_hand, p.minimum, p.increment, p.weight,
                    p.weight_unit, p.dimensions, p.dimensions_unit, p.upc, p.active, p.images, p.attributes,
                    p.external_id, p.created_at, p.updated_at, p.prices
             FROM products p LEFT JOIN categories c ON c.category = p.category WHERE p.product = ? AND p.org = ?",
        )?
        .query_row((product, tenant.org), |row| {
            let weight: Option<String> = row.get(8)?;
            let image_names: Option<String> = row.get(14)?;
            let attributes: Option<String> = row.get(15)?;
            let created: String = row.get(17)?;
            let updated: String = row.get(18)?;
            let book: Vec<u8> = row.get(19)?;
            let found = Product {
                product_id: row.get(0)?,
                organization_id: Some(tenant.organization_id.clone()),
                sku: row.get(1)?,
                name: row.get(2)?,
                description: row.get(3)?,
                category: row.get(4)?,
                product_type: None,
                price: None,
                price_formatted: None,
                currency_code: None,
                prices: Vec::new(),
                quantity_on_hand: row.get(5)?,
                minimum_order_quantity: row.get(6)?,
                quantity_increment: row.get(7)?,
                weight: weight.and_then(|text| text.parse().ok()),
                weight_unit: row.get(9)?,
                dimensions: row.get(10)?,
                dimensions_unit: row.get(11)?,
                upc: row.get(12)?,
                active: row.get(13)?,
                images: image_names.iter().flat_map(|names| names.lines()).map(|name| image(images, name)).collect(),
                product_attributes: attributes.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default(),
                external_id: row.get(16)?,
                created_at: Timestamp::parse(&created),
                updated_at: Timestamp::parse(&updated),
            };
            Ok((found, book))
        })?;
    let currency = caller.currency(tenant);
    let lists = price_book::lists(db, tenant.org, currency)?;
    let entries = price_book::breaks_in(price_book::unpack(&book), &lists, currency);
    found.price = pricing::unit_price(&entries, caller.tier(), 1);
    found.price_formatted = found.price.map(|price| money::formatted(price, currency));
    found.currency_code = Some(currency.to_owned());
    found.prices = entries
        .into_iter()
        .filter(|entry| !entry.tier.is_empty())
        .map(|entry| PriceEntry {
            price_formatted: Some(money::formatted(entry.price, currency)),
            tier: entry.tier,
            price: entry.price,
            at_quantity: entry.at_quantity,
        })
        .collect();
    Ok(found)
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
            Ok(load(db, &caller, &tenant, &images, product)?)
        })
        .await?;
    Ok(json(StatusCode::OK, &product))
}
