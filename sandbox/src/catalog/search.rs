//! `GET /api/products/search`: by SKU, name, description and UPC.
//!
//! Assumption: every word must match, each by its beginning; the exact SKU or UPC comes first, then SKUs that begin
//! with what was typed, then products with every word in SKU, name or UPC, then the rest; each of these by SKU.

use axum::{extract::State as FromState, http::StatusCode, response::Response};
use nymble_wire::{Page, Product};
use rusqlite::{Connection, types::Value};

use crate::{
    auth::{Caller, Tenant},
    catalog::{
        list::{matching, place, visible},
        product,
        totals::{Selected, Totals},
    },
    http::{Condition, ImageBase, Listing, Query, json, page},
    problem::{Answer, Problem},
    state::State,
};

/// The reference's default page size of a search.
const DEFAULT_SIZE: u64 = 50;
const LONGEST_TERM: usize = 200;
const MOST_WORDS: usize = 16;

/// Searches products by SKU, name, description and UPC.
///
/// Every word must match, each by its beginning.
#[utoipa::path(
    get,
    path = "/api/products/search",
    tag = "Products",
    params(("searchTerm" = String, Query, min_length = 1, max_length = 200, description = "What was typed.")),
    responses((status = 200, body = Page<Product>, description = "One page, the best match first."))
)]
pub(crate) async fn search(
    FromState(state): FromState<State>,
    caller: Caller,
    images: ImageBase,
    query: Query,
) -> Answer<Response> {
    let listing = Listing::read(&query, DEFAULT_SIZE)?;
    let term = query
        .get("searchTerm")
        .unwrap_or_default()
        .trim()
        .to_owned();
    if term.is_empty() {
        return Err(Problem::field(
            "searchTerm",
            "'searchTerm' must not be empty.",
        ));
    }
    if term.chars().count() > LONGEST_TERM {
        return Err(Problem::field(
            "searchTerm",
            format!("'searchTerm' must not be longer than {LONGEST_TERM} letters."),
        ));
    }
    let shared = state.clone();
    let answer = state
        .store
        .read(move |db| {
            let tenant = caller.tenant(db)?;
            let (keys, total) = find(&shared.totals, db, &caller, &tenant, &listing, &term)?;
            let products: Vec<Product> = keys
                .into_iter()
                .map(|key| product::load(db, &caller, &tenant, &images, key))
                .collect::<rusqlite::Result<_>>()?;
            Ok(page(&listing, products, total))
        })
        .await?;
    Ok(json(StatusCode::OK, &answer))
}

/// The keys on the page, and how many there are in all.
fn find(
    totals: &Totals,
    db: &Connection,
    caller: &Caller,
    tenant: &Tenant,
    listing: &Listing,
    term: &str,
) -> Answer<(Vec<i64>, u64)> {
    let order = totals.order(db, &visible(caller, tenant), "p.sku COLLATE NOCASE")?;
    let text = || Value::Text(term.to_owned());
    let with = |sql: &str, values: Vec<Value>| {
        let sql = sql.to_owned();
        totals.selected(db, &matching(tenant, Condition { sql, values }))
    };
    let begins = with(
        "(p.sku >= ? COLLATE NOCASE AND p.sku < ? COLLATE NOCASE)",
        vec![text(), Value::Text(format!("{term}\u{10ffff}"))],
    )?;
    let words = words(term);
    if words.is_empty() {
        let mut found = order.members().clone();
        found.intersect_with(&begins);
        return Ok(pages(
            &[found],
            |layer, offset, size| order.page(Some(layer), false, offset, size),
            listing,
        ));
    }
    let (mut anywhere, mut titled) = (order.members().clone(), order.members().clone());
    for word in &words {
        anywhere.intersect_with(&*totals.selected(db, &full_text(word))?);
        titled.intersect_with(
            &*totals.selected(db, &full_text(&format!("{{sku name upc}} : {word}")))?,
        );
    }
    let exact = with("p.sku = ? COLLATE NOCASE", vec![text()])?;
    let mut upc = Selected::new();
    for key in coded(db, &words, term)? {
        upc.grow_and_insert(key);
    }
    let mut layers = Vec::new();
    for layer in [&*exact, &upc, &*begins, &titled] {
        let mut layer = layer.clone();
        layer.intersect_with(&anywhere);
        anywhere.difference_with(&layer);
        layers.push(layer);
    }
    layers.push(anywhere);
    Ok(pages(
        &layers,
        |layer, offset, size| order.page(Some(layer), false, offset, size),
        listing,
    ))
}

/// One page through several selections, one after the other; and how many there are in all.
fn pages(
    layers: &[Selected],
    within: impl Fn(&Selected, usize, usize) -> Vec<i64>,
    listing: &Listing,
) -> (Vec<i64>, u64) {
    let (mut offset, size) = (place(listing.offset()), place(listing.size));
    let (mut keys, mut total) = (Vec::new(), 0);
    for layer in layers {
        let count = layer.count_ones(..);
        total += count as u64;
        if keys.len() < size && offset < count {
            let more = within(layer, offset, size - keys.len());
            keys.extend(more);
        }
        offset = offset.saturating_sub(count);
    }
    (keys, total)
}

/// Every tenant's products that match an expression of the full-text index.
fn full_text(expression: &str) -> Condition {
    Condition {
        sql: "SELECT rowid FROM products_text WHERE products_text MATCH ?".to_owned(),
        values: vec![Value::Text(expression.to_owned())],
    }
}

/// Products whose UPC is the term.
fn coded(db: &Connection, words: &[String], term: &str) -> Answer<Vec<usize>> {
    let [word] = words else {
        return Ok(Vec::new());
    };
    let found = db
        .prepare_cached(
            "SELECT p.product FROM products_text CROSS JOIN products p ON p.product = products_text.rowid
             WHERE products_text MATCH ? AND p.upc = ?",
        )?
        .query_map((format!("upc : {}", word.trim_end_matches('*')), term), |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    Ok(found)
}

/// The term's words in the full-text index's own language: each a phrase whose last part is a beginning. None when
/// there is no letter or digit in it.
fn words(term: &str) -> Vec<String> {
    term.split_whitespace()
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .take(MOST_WORDS)
        .map(|word| {
            let word: String = word.chars().filter(|letter| !letter.is_control()).collect();
            format!("\"{}\"*", word.replace('"', "\"\""))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_become_quoted_beginnings() {
        assert_eq!(words("blue widget"), ["\"blue\"*", "\"widget\"*"]);
        assert_eq!(words("a\"b NEAR("), ["\"a\"\"b\"*", "\"NEAR(\"*"]);
        assert_eq!(words("% -- *"), Vec::<String>::new());
    }
}
