//! `PUT /api/products`: creates a product, or updates the one with that SKU (or that `externalId`).
//!
//! Assumption: on an update, omitted fields keep their value; `prices` replaces every tier's entries in one currency
//! (the entry's own `currencyCode`, which the documents do not have, else the token's, else the organization's);
//! a category name that does not exist yet becomes a root category.

use std::collections::BTreeSet;

use axum::{extract::State as FromState, http::StatusCode, response::Response};
use nymble_wire::{Attributes, FieldProblem, Product, ProductImage};
use rusqlite::{Connection, OptionalExtension};
use rust_decimal::Decimal;
use serde::Deserialize;
use uuid::Uuid;

use crate::{
    auth::{Caller, Tenant},
    catalog::{list_id, price_book, product},
    clock,
    http::{Body, ImageBase, json},
    money,
    problem::{Answer, Problem},
    state::State,
};

const LONGEST_SKU: usize = 100;
const LONGEST_TEXT: usize = 20_000;
const MOST_PRICES: usize = 500;

/// What a product is to be; what is left out keeps its value.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[schema(as = ProductUpsert)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Given {
    sku: String,
    name: Option<String>,
    description: Option<String>,
    category: Option<String>,
    price: Option<Decimal>,
    prices: Option<Vec<GivenPrice>>,
    quantity_on_hand: Option<i64>,
    minimum_order_quantity: Option<i64>,
    quantity_increment: Option<i64>,
    weight: Option<Decimal>,
    weight_unit: Option<String>,
    dimensions: Option<String>,
    dimensions_unit: Option<String>,
    upc: Option<String>,
    active: Option<bool>,
    images: Option<Vec<ProductImage>>,
    external_id: Option<String>,
    #[schema(value_type = Option<Object>)]
    product_attributes: Option<Attributes>,
}

/// One price; `currencyCode` is the token's when left out.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[schema(as = ProductUpsertPrice)]
#[serde(rename_all = "camelCase")]
struct GivenPrice {
    tier: String,
    price: Decimal,
    at_quantity: Option<i64>,
    currency_code: Option<String>,
}

/// A price entry that can be kept.
struct Entry {
    currency: String,
    tier: String,
    at_quantity: i64,
    amount: i64,
}

impl Given {
    /// The entries to keep, after a look at everything that can be wrong.
    fn check(&self, default_currency: &str) -> Answer<Vec<Entry>> {
        let mut errors = Vec::new();
        let mut wrong = |name: &str, reason: String| {
            errors.push(FieldProblem {
                name: name.to_owned(),
                reason,
            });
        };
        if self.sku.trim().is_empty() || self.sku.chars().count() > LONGEST_SKU {
            wrong(
                "sku",
                format!("'sku' must be 1 to {LONGEST_SKU} letters long."),
            );
        }
        for (name, text) in [
            ("name", &self.name),
            ("description", &self.description),
            ("category", &self.category),
        ] {
            if text.as_ref().is_some_and(|text| text.len() > LONGEST_TEXT) {
                wrong(
                    name,
                    format!("'{name}' must not be longer than {LONGEST_TEXT} bytes."),
                );
            }
        }
        let least = [
            ("quantityOnHand", self.quantity_on_hand, 0),
            ("minimumOrderQuantity", self.minimum_order_quantity, 1),
            ("quantityIncrement", self.quantity_increment, 1),
        ];
        for (name, value, least) in least {
            if value.is_some_and(|value| value < least || value > 1_000_000_000) {
                wrong(
                    name,
                    format!("'{name}' must be from {least} to 1000000000."),
                );
            }
        }
        if self
            .weight
            .is_some_and(|weight| weight.is_sign_negative() && !weight.is_zero())
        {
            wrong("weight", "'weight' must not be negative.".to_owned());
        }
        let entries = self.check_prices(default_currency, &mut wrong);
        Problem::check(errors)?;
        Ok(entries)
    }

    /// The price entries that can be kept; what is wrong with the others is told to `wrong`.
    fn check_prices(
        &self,
        default_currency: &str,
        mut wrong: impl FnMut(&str, String),
    ) -> Vec<Entry> {
        let mut entries = Vec::new();
        if let Some(price) = self.price {
            match money::to_stored(price) {
                Ok(amount) => entries.push(Entry {
                    currency: default_currency.to_owned(),
                    tier: String::new(),
                    at_quantity: 1,
                    amount,
                }),
                Err(why) => wrong("price", format!("'price' {why}")),
            }
        }
        let given = self.prices.as_deref().unwrap_or_default();
        if given.len() > MOST_PRICES {
            wrong(
                "prices",
                format!("'prices' must not have more than {MOST_PRICES} entries."),
            );
        }
        let mut seen = BTreeSet::new();
        for (position, price) in given.iter().take(MOST_PRICES).enumerate() {
            let currency = price.currency_code.as_deref().unwrap_or(default_currency);
            let at_quantity = price.at_quantity.unwrap_or(1);
            if price.tier.trim().is_empty() || price.tier.chars().count() > 50 {
                wrong(
                    &format!("prices[{position}].tier"),
                    "'tier' must be 1 to 50 letters long.".to_owned(),
                );
            }
            if currency.len() != 3 || !currency.bytes().all(|byte| byte.is_ascii_uppercase()) {
                wrong(
                    &format!("prices[{position}].currencyCode"),
                    "'currencyCode' must be an ISO 4217 code.".to_owned(),
                );
            }
            if !(1..=crate::quantity::LARGEST).contains(&at_quantity) {
                wrong(
                    &format!("prices[{position}].atQuantity"),
                    "'atQuantity' must be 1 or more.".to_owned(),
                );
            }
            if !seen.insert((currency, price.tier.as_str(), at_quantity)) {
                wrong(
                    &format!("prices[{position}]"),
                    "the same tier and quantity is given twice.".to_owned(),
                );
            }
            match money::to_stored(price.price) {
                Ok(amount) => entries.push(Entry {
                    currency: currency.to_owned(),
                    tier: price.tier.clone(),
                    at_quantity,
                    amount,
                }),
                Err(why) => wrong(
                    &format!("prices[{position}].price"),
                    format!("'price' {why}"),
                ),
            }
        }
        entries
    }
}

/// Creates a product, or updates the one with that SKU or `externalId`.
#[utoipa::path(
    put,
    path = "/api/products",
    tag = "Products",
    request_body = Given,
    responses(
        (status = 200, body = Product, description = "The product, updated."),
        (status = 201, body = Product, description = "The product, created.")
    )
)]
pub(crate) async fn upsert(
    FromState(state): FromState<State>,
    caller: Caller,
    images: ImageBase,
    Body(given): Body<Given>,
) -> Answer<Response> {
    caller.require_admin()?;
    let (created, product) = state
        .store
        .write(move |db| {
            let tenant = caller.tenant(db)?;
            let entries = given.check(caller.currency(&tenant))?;
            let (created, key) = save(db, &tenant, &given)?;
            save_prices(db, &tenant, key, &given, &entries, caller.currency(&tenant))?;
            Ok((created, product::load(db, &caller, &tenant, &images, key)?))
        })
        .await?;
    Ok(json(
        if created {
            StatusCode::CREATED
        } else {
            StatusCode::OK
        },
        &product,
    ))
}

/// Writes all but the prices; says whether the product is new, and its key.
fn save(db: &Connection, tenant: &Tenant, given: &Given) -> Answer<(bool, i64)> {
    let by_sku = db
        .query_row(
            "SELECT product FROM products WHERE org = ? AND sku = ?",
            (tenant.org, &given.sku),
            |row| row.get(0),
        )
        .optional()?;
    let known: Option<i64> = match (by_sku, &given.external_id) {
        (None, Some(external_id)) => db
            .query_row(
                "SELECT product FROM products WHERE org = ? AND external_id = ?",
                (tenant.org, external_id),
                |row| row.get(0),
            )
            .optional()?,
        (by_sku, _) => by_sku,
    };
    let now = clock::now();
    let key = match known {
        Some(key) => key,
        None => db.query_row(
            "INSERT INTO products (org, product_id, sku, name, created_at, updated_at)
             VALUES (?, ?, ?, ?, ?, ?) RETURNING product",
            (
                tenant.org,
                format!("prod_{}", Uuid::new_v4().simple()),
                &given.sku,
                given.name.as_deref().unwrap_or(&given.sku),
                &now,
                &now,
            ),
            |row| row.get(0),
        )?,
    };
    let category = match given
        .category
        .as_deref()
        .map(str::trim)
        .filter(|name| !name.is_empty())
    {
        Some(name) => Some(category(db, tenant, name)?),
        None => None,
    };
    let image_names = given.images.as_ref().map(|images| {
        let names: Vec<&str> = images
            .iter()
            .filter_map(|image| image.name.as_deref().or(image.url.as_deref()))
            .collect();
        names.join("\n")
    });
    let attributes = given
        .product_attributes
        .as_ref()
        .and_then(|map| serde_json::to_string(map).ok());
    db.execute(
        "UPDATE products SET sku = ?2, name = coalesce(?3, name), description = coalesce(?4, description),
           category = coalesce(?5, category), on_hand = coalesce(?6, on_hand), minimum = coalesce(?7, minimum),
           increment = coalesce(?8, increment), weight = coalesce(?9, weight), weight_unit = coalesce(?10, weight_unit),
           dimensions = coalesce(?11, dimensions), dimensions_unit = coalesce(?12, dimensions_unit),
           upc = coalesce(?13, upc), active = coalesce(?14, active), images = coalesce(?15, images),
           attributes = coalesce(?16, attributes), external_id = coalesce(?17, external_id), updated_at = ?18
         WHERE product = ?1",
        rusqlite::params![
            key,
            given.sku,
            given.name,
            given.description,
            category,
            given.quantity_on_hand,
            given.minimum_order_quantity,
            given.quantity_increment,
            given.weight.map(|weight| weight.to_string()),
            given.weight_unit,
            given.dimensions,
            given.dimensions_unit,
            given.upc,
            given.active,
            image_names,
            attributes,
            given.external_id,
            now,
        ],
    )?;
    Ok((known.is_none(), key))
}

fn category(db: &Connection, tenant: &Tenant, name: &str) -> Answer<i64> {
    let known = db
        .query_row(
            "SELECT category FROM categories WHERE org = ? AND name = ?",
            (tenant.org, name),
            |row| row.get(0),
        )
        .optional()?;
    match known {
        Some(key) => Ok(key),
        None => Ok(db.query_row(
            "INSERT INTO categories (org, category_id, name, breadcrumb, glyph) VALUES (?, ?, ?, ?, 'crate')
             RETURNING category",
            (tenant.org, format!("cat_{}", Uuid::new_v4().simple()), name, name),
            |row| row.get(0),
        )?),
    }
}

fn save_prices(
    db: &Connection,
    tenant: &Tenant,
    product: i64,
    given: &Given,
    entries: &[Entry],
    currency: &str,
) -> Answer<()> {
    let mut book = price_book::entries(db, product)?;
    if given.prices.is_some() {
        let mut currencies: BTreeSet<&str> = entries
            .iter()
            .filter(|entry| !entry.tier.is_empty())
            .map(|entry| entry.currency.as_str())
            .collect();
        // An empty array clears the token's own currency.
        if entries.iter().all(|entry| entry.tier.is_empty()) {
            currencies.insert(currency);
        }
        for currency in currencies {
            let tiers = price_book::lists(db, tenant.org, currency)?;
            let replaced = |list: i64| {
                tiers
                    .iter()
                    .any(|(key, tier)| *key == list && !tier.is_empty())
            };
            book.retain(|entry| !replaced(entry.list));
        }
    }
    for entry in entries {
        let list = match list_id(db, tenant.org, &entry.currency, &entry.tier)? {
            Some(list) => list,
            None => db.query_row(
                "INSERT INTO price_lists (org, currency, tier) VALUES (?, ?, ?) RETURNING list",
                (tenant.org, &entry.currency, &entry.tier),
                |row| row.get(0),
            )?,
        };
        book.push(price_book::Entry {
            list,
            at_quantity: entry.at_quantity,
            amount: entry.amount,
        });
    }
    Ok(price_book::keep(db, product, &book)?)
}
