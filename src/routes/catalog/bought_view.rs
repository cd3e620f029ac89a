//! What was bought before: read once the products are there, and shown as a view of the catalogue.

use leptos::prelude::*;
use nymble_wire::{Page, Product};
use std::sync::Arc;

use super::{context::CatalogContext, query::PAGE_SIZE};
use crate::{
    api::problem::ApiError,
    domain::catalog::bought::matching,
    state::catalog::{
        CatalogState,
        bought::{BoughtBefore, use_bought},
        use_catalog,
    },
};

/// Reads it for the badges, and follows the address when it asks for the view.
pub(crate) fn follow(shelf: CatalogContext) {
    let (bought, catalog) = (use_bought(), use_catalog());
    bought.learn();
    let wanted = Memo::new(move |_| {
        shelf.shown.with(|view| {
            view.bought
                .then(|| (view.search.clone(), view.page, shelf.asked.get()))
        })
    });
    Effect::new(move |_| {
        if let Some((search, page, _)) = wanted.get() {
            shelf.loading.run(
                async move |_| one_page(bought, catalog, &search, page).await,
                |page| Ok(Arc::new(page)),
            );
        }
    });
}

/// A page of the products that were bought before and fit `search`, as they are today; those that are not
/// offered any more are left out.
async fn one_page(
    bought: BoughtBefore,
    catalog: CatalogState,
    search: &str,
    page: u64,
) -> Result<Page<Product>, ApiError> {
    if untrack(|| bought.is_offered()) {
        bought.read().await?;
    }
    let all = untrack(|| bought.found());
    let found = matching(&all, search);
    let size = usize::try_from(PAGE_SIZE).unwrap_or(usize::MAX);
    let first = usize::try_from(page - 1)
        .unwrap_or(usize::MAX)
        .saturating_mul(size);
    let here: Vec<String> = found
        .iter()
        .skip(first)
        .take(size)
        .map(|known| known.sku.clone())
        .collect();
    let unread = here.iter().filter(|sku| catalog.product_now(sku).is_none());
    let failed = catalog.learn(unread.cloned().collect()).await;
    let data: Vec<Product> = here
        .iter()
        .filter_map(|sku| catalog.product_now(sku))
        .map(|product| Product::clone(&product))
        .collect();
    let gone = |(_, error): &&(String, ApiError)| error.status() == Some(404);
    let left_out = failed.iter().filter(gone).count();
    if let Some((_, error)) = failed.into_iter().find(|failed| !gone(&failed)) {
        return Err(error);
    }
    let total = found.len().saturating_sub(left_out) as u64;
    Ok(Page {
        data,
        total_records: total,
        current_page: page,
        total_pages: Some(found.len().div_ceil(size).max(1) as u64),
        page_size: Some(PAGE_SIZE),
    })
}
