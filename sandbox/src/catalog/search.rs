//! `GET /api/products/search`: by SKU, name, description and UPC.
//!
//! Assumption: every word must match, each by its beginning; the exact SKU or UPC comes first, then SKUs that begin
//! with what was typed, then by how well the text fits (names weigh more than descriptions).

use axum::{extract::State as FromState, http::StatusCode, response::Response};
use nymble_wire::{Page, Product};
use rusqlite::types::Value;

use crate::{
    auth::{Caller, Tenant},
    catalog::{
        list::{Selection, select},
        product,
    },
    http::{ImageBase, Listing, Query, json, page},
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
    let (wanted, products, total) = state
        .store
        .read(move |db| {
            let tenant = caller.tenant(db)?;
            let selection = selection(&caller, &tenant, &term);
            let (products, total) = select(&shared, db, &selection, &listing, |product| {
                Ok(product::load(db, &caller, &tenant, &images, product)?)
            })?;
            Ok((listing, products, total))
        })
        .await?;
    Ok(json(StatusCode::OK, &page(&wanted, products, total)))
}

fn selection(caller: &Caller, tenant: &Tenant, term: &str) -> Selection {
    let active = if caller.sees_inactive() {
        ""
    } else {
        " AND p.active = 1"
    };
    // ?1 organization, ?2 the term, ?3 the end of the SKUs that begin with it, ?4 the full-text expression. The count
    // has no order and so no use for ?2 and ?3, but must know as many places: hence the two comparisons below.
    let mut values = vec![
        Value::Integer(tenant.org),
        Value::Text(term.to_owned()),
        Value::Text(format!("{term}\u{10ffff}")),
    ];
    let begins = "(p.sku >= ?2 COLLATE NOCASE AND p.sku < ?3 COLLATE NOCASE)";
    let Some(expression) = expression(term) else {
        return Selection {
            from_where: format!("FROM products p WHERE p.org = ?1{active} AND {begins}"),
            values,
            order: "p.sku COLLATE NOCASE".to_owned(),
        };
    };
    values.push(Value::Text(expression));
    Selection {
        from_where: format!(
            "FROM products_text CROSS JOIN products p ON p.product = products_text.rowid
             WHERE products_text MATCH ?4 AND p.org = ?1{active} AND ?2 = ?2 AND ?3 = ?3"
        ),
        values,
        order: format!(
            "p.sku = ?2 COLLATE NOCASE DESC, p.upc IS ?2 DESC, {begins} DESC,
             bm25(products_text, 8.0, 6.0, 1.0, 8.0), p.sku COLLATE NOCASE"
        ),
    }
}

/// The term in the full-text index's own language: each word a phrase whose last part is a beginning. `None` when
/// there is no letter or digit in it.
fn expression(term: &str) -> Option<String> {
    let words: Vec<String> = term
        .split_whitespace()
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .take(MOST_WORDS)
        .map(|word| {
            let word: String = word.chars().filter(|letter| !letter.is_control()).collect();
            format!("\"{}\"*", word.replace('"', "\"\""))
        })
        .collect();
    (!words.is_empty()).then(|| words.join(" AND "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_become_quoted_beginnings() {
        assert_eq!(
            expression("blue widget").as_deref(),
            Some("\"blue\"* AND \"widget\"*")
        );
        assert_eq!(
            expression("a\"b NEAR(").as_deref(),
            Some("\"a\"\"b\"* AND \"NEAR(\"*")
        );
        assert_eq!(expression("% -- *"), None);
    }
}
