//! What is known of the catalogue: pages read before, products by SKU, the category tree.

use futures::future::join_all;
use leptos::{prelude::*, task::spawn_local};
use nymble_wire::{Category, Page, Product};
use std::{
    cell::RefCell,
    collections::{HashMap, VecDeque},
    rc::Rc,
    sync::Arc,
};

use super::{
    loading::Loading,
    session::{Session, use_session},
    shared,
};
use crate::api::{categories, problem::ApiError, products};

/// How many products are asked for at the same time.
const AT_ONCE: usize = 4;
/// How many pages are remembered.
const PAGES: usize = 40;

/// Hears what became of the reading of one SKU.
pub type Heard = Rc<dyn Fn(&str, Result<Arc<Product>, ApiError>)>;

/// The catalogue as far as it is known. A copy is a handle.
#[derive(Clone, Copy)]
pub struct CatalogState {
    session: Session,
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

    /// Reads these products, a few at the same time, and remembers them; `heard` hears of each. It ends
    /// when the present owner is gone.
    pub fn read_products(self, skus: Vec<String>, heard: &Heard) {
        let wanted = StoredValue::new(VecDeque::from(skus));
        for _ in 0..AT_ONCE {
            let heard = Rc::clone(heard);
            spawn_local(async move {
                while let Some(Some(sku)) = wanted.try_update_value(VecDeque::pop_front) {
                    let answer = self.session.send(products::one(&sku)).await;
                    let read = answer.and_then(|answer| products::read_one(&answer));
                    let read = read.map(Arc::new);
                    if let Ok(product) = &read {
                        self.remember(product);
                    }
                    if wanted.try_with_value(|_| ()).is_some() {
                        heard(&sku, read);
                    }
                }
            });
        }
    }

    /// Reads products as they are today, a few at a time; those that cannot be read are returned, with the
    /// reason.
    pub async fn learn(self, skus: Vec<String>) -> Vec<(String, ApiError)> {
        let wanted = RefCell::new(skus.into_iter());
        let failed = RefCell::new(Vec::new());
        let read = || async {
            loop {
                let next = wanted.borrow_mut().next();
                let Some(sku) = next else { return };
                let answer = self.session.send(products::one(&sku)).await;
                match answer.and_then(|answer| products::read_one(&answer)) {
                    Ok(product) => self.remember(&Arc::new(product)),
                    Err(error) => failed.borrow_mut().push((sku, error)),
                }
            }
        };
        join_all((0..AT_ONCE).map(|_| read())).await;
        failed.into_inner()
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
