//! `PUT /api/products`: creates a product, or updates the one with that SKU (or that `externalId`).
//!
//! Assumption: on an update, omitted fields keep their value; `prices` replaces every tier's entries in one currency
//! (the entry's own `currencyCode`, which the documents do not have, else the token's, else the organization's);
//! a category name that does not exist yet becomes a root category.

use axum::{extract::State as FromState, http::StatusCode, response::Response};
use nymble_wire::{Attributes, FieldProblem, Product, ProductImage};
use rusqlite::{Connection, OptionalExtension};
use rust_decimal::Decimal;
use serde::Deserialize;
use uuid::Uuid;

use crate::{
    auth::{Caller, Tenant},
    catalog::{
        prices::{self, Entry, GivenPrice},
        product::Showcase,
        text_key,
    },
    clock,
    http::{Body, ImageBase, json},
    images,
    problem::{Answer, Problem},
    state::State,
};

const LONGEST_SKU: usize = 100;
const LONGEST_TEXT: usize = 20_000;

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

impl Given {
    /// The entries to keep, and everything that is wrong, each name led by `prefix`.
    fn check(&self, default_currency: &str, prefix: &str) -> (Vec<Entry>, Vec<FieldProblem>) {
        let mut errors = Vec::new();
        let mut wrong = |name: &str, reason: String| {
            errors.push(FieldProblem {
                name: format!("{prefix}{name}"),
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
        let entries = prices::check(
            self.price,
            self.prices.as_deref().unwrap_or_default(),
            default_currency,
            &mut wrong,
        );
        (entries, errors)
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
            let (created, key) = put(db, &caller, &tenant, &given, "")?;
            let showcase = Showcase::new(db, &caller, &tenant, &images)?;
            Ok((created, showcase.product(key)?))
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

/// Creates or updates one product; says whether it is new, and its key. What is wrong is named, led by `prefix`.
pub(super) fn put(
    db: &Connection,
    caller: &Caller,
    tenant: &Tenant,
    given: &Given,
    prefix: &str,
) -> Answer<(bool, i64)> {
    let currency = caller.currency(tenant);
    let (entries, errors) = given.check(currency, prefix);
    Problem::check(errors)?;
    let (created, key) = save(db, tenant, given, prefix)?;
    prices::keep(db, tenant, key, given.prices.is_some(), &entries, currency)?;
    Ok((created, key))
}

/// Writes all but the prices; says whether the product is new, and its key.
///
/// Assumption: an `externalId` finds its product under another SKU, which it then takes; one that belongs to another
/// product than the SKU is a 409.
fn save(db: &Connection, tenant: &Tenant, given: &Given, prefix: &str) -> Answer<(bool, i64)> {
    let by_sku = db
        .query_row(
            "SELECT product FROM products WHERE org = ? AND sku = ?",
            (tenant.org, &given.sku),
            |row| row.get(0),
        )
        .optional()?;
    let external_id = given.external_id.as_deref().filter(|id| !id.is_empty());
    let by_external_id: Option<i64> = match external_id {
        Some(id) => db
            .query_row(
                "SELECT product FROM products WHERE org = ? AND external_id = ?",
                (tenant.org, id),
                |row| row.get(0),
            )
            .optional()?,
        None => None,
    };
    let known: Option<i64> = by_sku.or(by_external_id);
    if by_external_id.is_some() && known != by_external_id {
        let name = format!("{prefix}externalId");
        return Err(Problem::new(StatusCode::CONFLICT)
            .and_field(name, "'externalId' belongs to another product."));
    }
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
    let image_names = match &given.images {
        Some(images) => Some(image_names(db, tenant, images, prefix)?),
        None => None,
    };
    let attributes = given
        .product_attributes
        .as_ref()
        .and_then(|map| serde_json::to_string(map).ok());
    let key_of = |text: Option<&String>| text.map(|text| text_key(db, text)).transpose();
    let (description, attributes) = (
        key_of(given.description.as_ref())?,
        key_of(attributes.as_ref())?,
    );
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
            description,
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

/// What the database calls the images; 400 for one that was not uploaded.
///
/// Assumption: the names of the drawn demo pictures (`bolt-1`) count as uploaded.
fn image_names(
    db: &Connection,
    tenant: &Tenant,
    given: &[ProductImage],
    prefix: &str,
) -> Answer<String> {
    let (mut names, mut errors) = (Vec::new(), Vec::new());
    for (place, image) in given.iter().enumerate() {
        let name = image.name.as_deref().unwrap_or_default();
        match images::named(db, tenant, name)? {
            Some(known) => names.push(known),
            None => errors.push(FieldProblem {
                name: format!("{prefix}images[{place}]"),
                reason: format!("There is no image '{name}'; upload it first."),
            }),
        }
    }
    Problem::check(errors)?;
    Ok(names.join("\n"))
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
