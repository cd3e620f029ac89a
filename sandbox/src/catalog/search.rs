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
        list::visible,
        order::Order,
        product::Showcase,
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
            let products = Showcase::new(db, &caller, &tenant, &images)?.products(&keys)?;
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
    let order = totals.by_sku(db, &visible(caller, tenant))?;
    let (exact, begins) = order.with_sku(db, term)?;
    let places = |range| {
        let mut selected = Selected::new();
        selected.insert_range(range);
        selected
    };
    let words = words(term);
    if words.is_empty() {
        return Ok(pages(&order, &[places(begins)], listing));
    }
    let all = |expressions: &mut dyn Iterator<Item = String>| -> Answer<Selected> {
        let mut found: Option<Selected> = None;
        for expression in expressions {
            let selected = totals.selected(db, &order, &full_text(&expression))?;
            match &mut found {
                Some(found) => *found &= &*selected,
                None => found = Some(Selected::clone(&selected)),
            }
        }
        Ok(found.unwrap_or_default())
    };
    let mut anywhere = all(&mut words.iter().cloned())?;
    let titled = all(&mut words
        .iter()
        .map(|word| format!("{{sku name upc}} : {word}")))?;
    let upc = match words.as_slice() {
        [word] => Selected::clone(&*totals.selected(db, &order, &coded(word, term))?),
        _ => Selected::new(),
    };
    let mut layers = Vec::new();
    for mut layer in [places(exact), upc, places(begins), titled] {
        layer &= &anywhere;
        anywhere -= &layer;
        layers.push(layer);
    }
    layers.push(anywhere);
    Ok(pages(&order, &layers, listing))
}

/// One page through several selections, one after the other; and how many there are in all.
fn pages(order: &Order, layers: &[Selected], listing: &Listing) -> (Vec<i64>, u64) {
    let (mut offset, mut room) = (listing.offset(), listing.size);
    let (mut keys, mut total) = (Vec::new(), 0);
    for layer in layers {
        let count = layer.len();
        total += count;
        if room > 0 && offset < count {
            let more = order.page(Some(layer), false, offset, room);
            room -= more.len() as u64;
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

/// Every tenant's products whose UPC is the term, which is one word.
fn coded(word: &str, term: &str) -> Condition {
    let expression = format!("upc : {}", word.trim_end_matches('*'));
    Condition {
        sql: "SELECT p.product FROM products_text CROSS JOIN products p ON p.product = products_text.rowid
              WHERE products_text MATCH ? AND p.upc = ?"
            .to_owned(),
        values: vec![Value::Text(expression), Value::Text(term.to_owned())],
    }
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
