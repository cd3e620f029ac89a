//! What is known of the catalogue: pages read before, products by SKU, the category tree.

pub(crate) mod bought;
pub(crate) mod bulk_quantities;
pub(crate) mod comparing;
pub(crate) mod lookup;
pub(crate) mod recently_viewed;
pub(crate) mod search;
pub(crate) mod shelf;

use leptos::{prelude::*, task::spawn_local};
use nymble_wire::{Category, Page, Product};
use std::{
    collections::{HashMap, VecDeque},
    sync::Arc,
};

use super::{
    session::{Session, use_session},
    shared,
};
use crate::state::app::loading::Loading;
use crate::{
    api::{
        categories,
        http::{self, Answer, ApiRequest},
        problem::ApiError,
        products,
    },
    domain::{catalog::bulk_quantities::is_whole, values::clocks::Reading},
    ports::{page, time},
};

/// How many pages are remembered.
const PAGES: usize = 40;

/// How much is read ahead of a visit in one session, at most.
const PREFETCHED: usize = 100;
/// For how long a page that was read ahead need not be read again, in milliseconds.
const FRESH_MS: i64 = 15_000;

/// The catalogue as far as it is known. A copy is a handle.
#[derive(Clone, Copy)]
pub(crate) struct CatalogState {
    session: Session,
    pages: StoredValue<VecDeque<(String, Arc<Page<Product>>)>>,
    products: RwSignal<HashMap<String, Arc<Product>>>,
    categories: Loading<Vec<Category>>,
    /// What was read ahead of a visit.
    prefetched: StoredValue<Vec<String>>,
    /// The page that was read ahead last, and when.
    fresh: StoredValue<Option<(String, Reading)>>,
}

impl CatalogState {
    /// Nothing is known yet.
    fn new() -> Self {
        Self {
            session: use_session(),
            pages: StoredValue::new(VecDeque::new()),
            products: RwSignal::new(HashMap::new()),
            categories: Loading::new(),
            prefetched: StoredValue::new(Vec::new()),
            fresh: StoredValue::new(None),
        }
    }

    /// The page that `path` (a request's path with its query) brought before.
    pub(crate) fn page(self, path: &str) -> Option<Arc<Page<Product>>> {
        self.pages.with_value(|pages| {
            let (_, page) = pages.iter().find(|(known, _)| known == path)?;
            Some(Arc::clone(page))
        })
    }

    /// Remembers what `path` brought, with its products.
    pub(crate) fn remember_page(self, path: String, page: &Arc<Page<Product>>) {
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
                if is_whole(product) || !products.contains_key(&product.sku) {
                    products.insert(product.sku.clone(), Arc::new(product.clone()));
                }
            }
        });
    }

    /// What is known of a product (tracked).
    pub(crate) fn product(self, sku: &str) -> Option<Arc<Product>> {
        self.products.with(|products| products.get(sku).cloned())
    }

    /// What is known of a product, without tracking.
    pub(crate) fn product_now(self, sku: &str) -> Option<Arc<Product>> {
        self.products
            .with_untracked(|products| products.get(sku).cloned())
    }

    /// Remembers a product.
    pub(crate) fn remember(self, product: &Arc<Product>) {
        self.products.update(|products| {
            products.insert(product.sku.clone(), Arc::clone(product));
        });
    }

    /// Remembers products.
    pub(crate) fn remember_all(self, found: &[Arc<Product>]) {
        self.products.update(|products| {
            for product in found {
                products.insert(product.sku.clone(), Arc::clone(product));
            }
        });
    }

    /// The category tree; asked for once, and again after a failure.
    pub(crate) fn categories(self) -> Loading<Vec<Category>> {
        self.categories
    }

    /// Asks for the category tree, if it is neither known nor on its way.
    pub(crate) fn load_categories(self) {
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

    /// Reads a page ahead of a visit, and remembers it; its pictures come when it is shown.
    pub(crate) fn prefetch_page(self, request: ApiRequest) {
        let path = request.path().to_owned();
        if page::saves_data() || self.page(&path).is_some() || !self.may_prefetch(&path) {
            return;
        }
        spawn_local(async move {
            let answer = self.send_unasked(request).await;
            if let Ok(page) = answer.and_then(|answer| products::read_page(&answer)) {
                self.fresh.set_value(Some((path.clone(), time::reading())));
                self.remember_page(path, &Arc::new(page));
            }
        });
    }

    /// Whether `path` brought its page just now, ahead of the visit: then it need not be read again at once.
    pub(crate) fn is_fresh(self, path: &str) -> bool {
        self.fresh.with_value(|fresh| {
            let read_at = fresh.as_ref().filter(|(known, _)| known == path);
            read_at.is_some_and(|(_, at)| time::since(*at) < FRESH_MS)
        })
    }

    /// Reads a product ahead of a visit, unless all of it is known.
    pub(crate) fn prefetch(self, sku: &str) {
        let known = self.product_now(sku).is_some_and(|known| is_whole(&known));
        if known || page::saves_data() || !self.may_prefetch(sku) {
            return;
        }
        let sku = sku.to_owned();
        spawn_local(async move {
            let answer = self.send_unasked(products::one(&sku)).await;
            if let Ok(product) = answer.and_then(|answer| products::read_one(&answer)) {
                self.remember(&Arc::new(product));
            }
        });
    }

    /// Sends what nobody has asked for: once, and without asking anybody to sign in for it.
    async fn send_unasked(self, request: ApiRequest) -> Result<Answer, ApiError> {
        let token = self.session.token();
        http::send(
            &self.session.server(),
            token.as_deref(),
            &request.once(),
            None,
        )
        .await
    }

    /// Whether to read `what` ahead: once a session each, and not without end.
    fn may_prefetch(self, what: &str) -> bool {
        let more = self.prefetched.try_update_value(|prefetched| {
            let more =
                prefetched.len() < PREFETCHED && !prefetched.iter().any(|known| known == what);
            if more {
                prefetched.push(what.to_owned());
            }
            more
        });
        more.unwrap_or_default()
    }
}

/// The catalogue of the running app.
///
/// # Panics
/// Outside the app's component tree.
pub(crate) fn use_catalog() -> CatalogState {
    shared(CatalogState::new)
}
