//! Looking up many products by their SKUs, with few requests; see [`crate::domain::sku_search`].

use futures::future::join_all;
use leptos::{prelude::*, task::spawn_local};
use nymble_wire::{Page, Problem, Product};
use std::{
    collections::{HashMap, HashSet},
    rc::Rc,
    sync::Arc,
};
use web_sys::AbortSignal;

use super::catalog::CatalogState;
use crate::{
    api::{http::ApiRequest, problem::ApiError, products},
    domain::{
        pad_line::Likeness,
        sku_search::{Ask, PAGE, SkuSearch, folded},
    },
};

/// How many requests are under way at the same time.
const AT_ONCE: usize = 4;
/// For how many SKUs without a product similar ones are looked for, unasked.
const LIKENESSES: usize = 100;
/// Up to how many barcodes are asked for one by one, unasked whether they are SKUs.
const BARCODES: usize = 20;
/// How many similar products are offered.
const OFFERED: usize = 3;

/// Hears what became of the reading of one SKU.
pub type Heard = Rc<dyn Fn(&str, Result<Arc<Product>, ApiError>)>;

/// What became of a SKU, as it was typed.
#[derive(Clone, Debug)]
pub enum Found {
    /// It is this product.
    Product(Arc<Product>),
    /// There is no such product; these are like it.
    Missing(Vec<Likeness>),
    /// It could not be found out.
    Failed(ApiError),
}

/// Hears what became of some SKUs, as they were typed.
type Tell<'a> = &'a dyn Fn(Vec<(String, Found)>);

/// A look-up under way.
struct LookUp<'a> {
    catalog: CatalogState,
    abort: Option<AbortSignal>,
    tell: Tell<'a>,
    /// The SKUs that nothing is known of yet, as they were typed, by how lists are sorted.
    open: HashMap<String, Vec<String>>,
}

impl LookUp<'_> {
    fn is_given_up(&self) -> bool {
        self.abort.as_ref().is_some_and(AbortSignal::aborted)
    }

    async fn send(&self, request: ApiRequest) -> Result<crate::api::http::Answer, ApiError> {
        let session = self.catalog.session;
        session.send_abortable(request, self.abort.clone()).await
    }

    async fn page(&self, request: ApiRequest) -> Result<Page<Product>, ApiError> {
        products::read_page(&self.send(request).await?)
    }

    async fn one(&self, sku: &str) -> Result<Product, ApiError> {
        products::read_one(&self.send(products::one(sku)).await?)
    }

    /// Takes in the products of an answer.
    fn take(&mut self, products: Vec<Product>) {
        let products: Vec<Arc<Product>> = products.into_iter().map(Arc::new).collect();
        self.catalog.remember_all(&products);
        let mut told = Vec::new();
        for product in products {
            let key = folded(&product.sku);
            let Some(typed) = self.open.get_mut(&key) else {
                continue;
            };
            // Two products whose SKUs differ in the case of letters only: each is its own spelling's.
            let several = typed.len() > 1;
            let (mine, others) = std::mem::take(typed)
                .into_iter()
                .partition(|typed| *typed == product.sku || !several);
            *typed = others;
            if typed.is_empty() {
                self.open.remove(&key);
            }
            let mine: Vec<String> = mine;
            told.extend(
                mine.into_iter()
                    .map(|sku| (sku, Found::Product(Arc::clone(&product)))),
            );
        }
        if !told.is_empty() {
            (self.tell)(told);
        }
    }

    /// Takes a SKU out of the search.
    fn close(&mut self, sku: &str) {
        let key = folded(sku);
        if let Some(typed) = self.open.get_mut(&key) {
            typed.retain(|typed| typed != sku);
            if typed.is_empty() {
                self.open.remove(&key);
            }
        }
    }

    /// Says that nothing can be found out at present.
    fn fail(&mut self, error: &ApiError) {
        let open = std::mem::take(&mut self.open);
        let failed = open.into_values().flatten();
        (self.tell)(
            failed
                .map(|sku| (sku, Found::Failed(error.clone())))
                .collect(),
        );
    }

    /// Asks for pages and single products until nothing is left to ask; those that do not exist stay open, and
    /// a few barcodes too when they are to be guessed.
    async fn search(&mut self, guess: bool) -> Result<(), ApiError> {
        let mut wanted: Vec<String> = self.open.values().flatten().cloned().collect();
        if guess && wanted.iter().filter(|sku| is_barcode(sku)).count() <= BARCODES {
            // A search finds them either way.
            wanted.retain(|sku| !is_barcode(sku));
        }
        let mut search = SkuSearch::new(wanted);
        loop {
            let asks: Vec<Ask> = search.by_ref().take(AT_ONCE).collect();
            if asks.is_empty() || self.is_given_up() {
                return Ok(());
            }
            let answers = join_all(asks.iter().map(async |ask| match ask {
                Ask::Page { prefix, page } => {
                    let request = products::by_sku(prefix, *page, PAGE);
                    self.page(request)
                        .await
                        .map(|page| (page.data, page.total_records))
                }
                Ask::One(key) => {
                    // A single product is asked for as it was typed: that call may tell letters apart.
                    let typed = self.open.get(key).and_then(|typed| typed.first());
                    let one = self.one(typed.unwrap_or(key)).await;
                    one.map(|product| (vec![product], 1))
                }
            }))
            .await;
            for (ask, answer) in asks.into_iter().zip(answers) {
                match (ask, answer) {
                    (Ask::Page { prefix, page }, Ok((products, total))) => {
                        let skus: Vec<&str> = products.iter().map(|it| it.sku.as_str()).collect();
                        search.came(&prefix, page, &skus, total);
                        self.take(products);
                    }
                    (Ask::One(_), Ok((products, _))) => self.take(products),
                    (Ask::One(_), Err(ApiError::Refused { status: 404, .. })) => {}
                    // Lists are not for everybody, or not of this kind.
                    (
                        Ask::Page { prefix, .. },
                        Err(ApiError::Refused {
                            status: 400..=405, ..
                        }),
                    ) => {
                        search.refused(&prefix);
                    }
                    (Ask::One(key), Err(error)) if !error.is_passing() => {
                        let typed = self.open.remove(&key).unwrap_or_default();
                        let failed = typed.into_iter();
                        (self.tell)(
                            failed
                                .map(|sku| (sku, Found::Failed(error.clone())))
                                .collect(),
                        );
                    }
                    (_, Err(error)) => return Err(error),
                }
            }
        }
    }

    /// Looks for what else may be meant by the SKUs that do not exist: a barcode, other letters, a product
    /// whose name begins so.
    async fn guess(&mut self) -> Result<(), ApiError> {
        let mut open: Vec<String> = self.open.values().flatten().cloned().collect();
        open.sort_unstable();
        // Barcodes first: with them it is no guess.
        open.sort_by_key(|sku| !is_barcode(sku));
        let barcodes = open.iter().take_while(|sku| is_barcode(sku)).count();
        let rest = open.split_off(open.len().min(barcodes.max(LIKENESSES)));
        for few in open.chunks(AT_ONCE) {
            if self.is_given_up() {
                return Ok(());
            }
            let answers = join_all(few.iter().map(async |sku| self.similar(sku).await)).await;
            for (sku, answer) in few.iter().zip(answers) {
                self.close(sku);
                (self.tell)(vec![(sku.clone(), answer?)]);
            }
        }
        let rest = rest.into_iter();
        self.open.clear();
        (self.tell)(rest.map(|sku| (sku, Found::Missing(Vec::new()))).collect());
        Ok(())
    }

    async fn similar(&self, sku: &str) -> Result<Found, ApiError> {
        let found = self.page(products::search(sku, 1, 6)).await?;
        let meant = found.data.iter().find(|product| {
            product.upc.as_deref() == Some(sku) || product.sku.eq_ignore_ascii_case(sku)
        });
        if let Some(meant) = meant {
            // A search's answer may hold less than ordering needs.
            let product = Arc::new(self.one(&meant.sku).await?);
            self.catalog.remember(&product);
            return Ok(Found::Product(product));
        }
        let mut like = found.data;
        if like.is_empty()
            && let Some((begin, _)) = sku.rsplit_once(['-', '/', '.', ' ', '_'])
            && begin.len() > 2
        {
            like = self.page(products::search(begin, 1, 6)).await?.data;
        }
        let like = like.into_iter().take(OFFERED);
        Ok(Found::Missing(
            like.map(|product| Likeness {
                sku: product.sku,
                name: product.name,
            })
            .collect(),
        ))
    }
}

/// Whether a text has the digits of a UPC, an EAN or a GTIN.
fn is_barcode(text: &str) -> bool {
    matches!(text.len(), 8 | 12 | 13 | 14) && text.bytes().all(|byte| byte.is_ascii_digit())
}

impl CatalogState {
    /// Looks up products by their SKUs as they are today, and remembers them. `tell` hears of each SKU once,
    /// of many at a time; with `guess` it is said of those that do not exist what may have been meant. Given up
    /// by `abort`, it tells no more.
    pub async fn look_up(
        self,
        skus: Vec<String>,
        guess: bool,
        abort: Option<AbortSignal>,
        tell: Tell<'_>,
    ) {
        let mut look_up = LookUp {
            catalog: self,
            abort,
            tell,
            open: HashMap::new(),
        };
        let mut seen = HashSet::new();
        for sku in skus {
            if seen.insert(sku.clone()) {
                look_up.open.entry(folded(&sku)).or_default().push(sku);
            }
        }
        let mut searched = look_up.search(guess).await;
        if searched.is_ok() && guess && !look_up.is_given_up() {
            searched = look_up.guess().await;
        }
        if look_up.is_given_up() {
            return;
        }
        if let Err(error) = searched {
            return look_up.fail(&error);
        }
        let missing = std::mem::take(&mut look_up.open);
        let missing = missing.into_values().flatten();
        tell(
            missing
                .map(|sku| (sku, Found::Missing(Vec::new())))
                .collect(),
        );
    }

    /// Reads products as they are today; those that cannot be read are returned, with the reason.
    pub async fn learn(self, skus: Vec<String>) -> Vec<(String, ApiError)> {
        let failed = std::cell::RefCell::new(Vec::new());
        let tell = |told: Vec<(String, Found)>| {
            let mut failed = failed.borrow_mut();
            for (sku, found) in told {
                if let Err(error) = read(found) {
                    failed.push((sku, error));
                }
            }
        };
        self.look_up(skus, false, None, &tell).await;
        failed.into_inner()
    }

    /// Reads these products as they are today, and remembers them; `heard` hears of each, one that does not
    /// exist being a 404. It ends when the present owner is gone.
    pub fn read_products(self, skus: Vec<String>, heard: &Heard) {
        let heard = Rc::clone(heard);
        let here = StoredValue::new(());
        spawn_local(async move {
            let tell = |told: Vec<(String, Found)>| {
                for (sku, found) in told {
                    if here.try_with_value(|()| ()).is_some() {
                        heard(&sku, read(found));
                    }
                }
            };
            self.look_up(skus, false, None, &tell).await;
        });
    }
}

/// What was found as the answer to a single request.
fn read(found: Found) -> Result<Arc<Product>, ApiError> {
    match found {
        Found::Product(product) => Ok(product),
        Found::Failed(error) => Err(error),
        Found::Missing(_) => Err(ApiError::Refused {
            status: 404,
            problem: Box::new(Problem::default()),
            retry_after: None,
        }),
    }
}
