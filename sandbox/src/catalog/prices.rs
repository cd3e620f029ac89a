//! Price entries as callers send them: what can be wrong with them, and how they replace those of a product.

use std::collections::BTreeSet;

use rusqlite::Connection;
use rust_decimal::Decimal;
use serde::Deserialize;

use crate::{
    auth::Tenant,
    catalog::{list_id, price_book},
    money,
    problem::Answer,
};

const MOST_PRICES: usize = 500;

/// One price; `currencyCode` is the token's when left out.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[schema(as = ProductUpsertPrice)]
#[serde(rename_all = "camelCase")]
pub(crate) struct GivenPrice {
    pub(super) tier: String,
    price: Decimal,
    at_quantity: Option<i64>,
    pub(super) currency_code: Option<String>,
}

/// A price entry that can be kept.
pub(super) struct Entry {
    currency: String,
    tier: String,
    at_quantity: i64,
    amount: i64,
}

/// The entries that can be kept, the default base price among them; what is wrong with the others is told to `wrong`.
pub(super) fn check(
    base: Option<Decimal>,
    given: &[GivenPrice],
    default_currency: &str,
    mut wrong: impl FnMut(&str, String),
) -> Vec<Entry> {
    let mut entries = Vec::new();
    if let Some(price) = base {
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
                format!(
                    "'atQuantity' must be from 1 to {}.",
                    crate::quantity::LARGEST
                ),
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

/// Keeps entries of a product; when they are `all` there are, those of every tier in the same currencies go.
pub(super) fn keep(
    db: &Connection,
    tenant: &Tenant,
    product: i64,
    all: bool,
    entries: &[Entry],
    currency: &str,
) -> Answer<()> {
    let mut book = price_book::entries(db, product)?;
    if all {
        let mut currencies: BTreeSet<&str> = entries
            .iter()
            .filter(|entry| !entry.tier.is_empty())
            .map(|entry| entry.currency.as_str())
            .collect();
        // An empty array clears the token's own currency.
        if currencies.is_empty() {
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
