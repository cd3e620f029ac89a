//! What is known of the catalogue: pages read before, products by SKU, the category tree.

use leptos::prelude::*;
use nymble_wire::{Category, Page, Product};
use std::{
    collections::{HashMap, VecDeque},
    sync::Arc,
};

use super::{
    loading::Loading,
    session::{Session, use_session},
    shared,
};
use crate::api::categories;

/// How many pages are remembered.
const PAGES: usize = 40;

/// The catalogue as far as it is known. A copy is a handle.
#[derive(Clone, Copy)]
pub struct CatalogState {
    pub(super) session: Session,
    pages: StoredValue<VecDeque<(String, Arc<Page<Product>>)>>,
    products: RwSignal<HashMap<String, Arc<Product>>>,
    categories: Loading<Vec<Category>>,
}

impl CatalogState {
    /// Nothing is known yet.
    fn new() -> Self {
        Self {
            session: use_session(),
            pages: StoredValue::new(VecDeque::new()),
            products: RwSignal::new(HashMap::new()),
            categories: Loading::new(),
        }
    }

    /// The page that `path` (a request's path with its query) brought before.
    pub fn page(self, path: &str) -> Option<Arc<Page<Product>>> {
        self.pages.with_value(|pages| {
            let (_, page) = pages.iter().find(|(known, _)| known == path)?;
            Some(Arc::clone(page))
        })
    }

    /// Remembers what `path` brought, with its products.
    pub fn remember_page(self, path: String, page: &Arc<Page<Product>>) {
        self.pages.update_value(|pages| {
            pages.retain(|(known, _)| *known != path);
            pages.push_back((path, Arc::clone(page)));
            if pages.len() > PAGES {
                pages.pop_front();
            }
        });
        self.products.update(|products| {
            for product in &page.data {
                // A search answer holds less than what may be known already.
                if !product.prices.is_empty() || !products.contains_key(&product.sku) {
                    products.insert(product.sku.clone(), Arc::new(product.clone()));
                }
            }
        });
    }

    /// What is known of a product (tracked).
    pub fn product(self, sku: &str) -> Option<Arc<Product>> {
        self.products.with(|products| products.get(sku).cloned())
    }

    /// What is known of a product, without tracking.
    pub fn product_now(self, sku: &str) -> Option<Arc<Product>> {
        self.products
            .with_untracked(|products| products.get(sku).cloned())
    }

    /// Remembers a product.
    pub fn remember(self, product: &Arc<Product>) {
        self.products.update(|products| {
            products.insert(product.sku.clone(), Arc::clone(product));
        });
    }

    /// Remembers products.
    pub fn remember_all(self, found: &[Arc<Product>]) {
        self.products.update(|products| {
            for product in found {
                products.insert(product.sku.clone(), Arc::clone(product));
            }
        });
    }

    /// The category tree; asked for once, and again after a failure.
    pub fn categories(self) -> Loading<Vec<Category>> {
        self.categories
    }

    /// Asks for the category tree, if it is neither known nor on its way.
    pub fn load_categories(self) {
        let known = untrack(|| {
            self.categories.value().is_some()
                || (self.categories.is_pending() && self.categories.error().is_none())
        });
        if !known {
            self.categories.load(
                self.session,
                categories::tree(),
                categories::read_tree,
                |_| {},
            );
        }
    }
}

/// The catalogue of the running app.
///
/// # Panics
/// Outside the app's component tree.
pub fn use_catalog() -> CatalogState {
    shared(CatalogState::new)
}
