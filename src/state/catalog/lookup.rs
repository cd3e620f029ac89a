//! Looking up many products by their SKUs, with few requests; see [`crate::domain::catalog::sku_search`].

use crate::ports::abort::AbortSignal;
use futures::future::join_all;
use leptos::{prelude::*, task::spawn_local};
use nymble_wire::{Problem, Product};
use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    rc::Rc,
    sync::Arc,
};

use crate::state::catalog::{
    CatalogState,
    search::{Found, likenesses},
};
use crate::{
    api::{problem::ApiError, products},
    domain::catalog::{
        gtin, sku,
        sku_search::{Ask, PAGE, SkuSearch, folded},
    },
};

/// How many requests are under way at the same time.
pub(in crate::state) const AT_ONCE: usize = 4;
/// Up to how many SKUs are looked up one by one, so that what is not found is also searched for.
const FEW: usize = 2;
/// Up to how many barcodes are not asked for as SKUs before they are searched for.
const BARCODES: usize = 20;
/// Products on the page of those that begin with one SKU.
const BEGINNING_SO: u64 = 6;

/// Hears what became of the reading of one SKU.
pub(crate) type Heard = Rc<dyn Fn(&str, Result<Arc<Product>, ApiError>)>;

/// Hears what became of some SKUs, as they were typed.
type Tell<'a> = &'a dyn Fn(Vec<(String, Found)>);

/// A look-up under way.
struct LookUp<'a> {
    catalog: CatalogState,
    abort: Option<AbortSignal>,
    tell: Tell<'a>,
    /// The SKUs that nothing is known of yet, as they were typed.
    open: BTreeSet<String>,
    /// Those that a product's SKU may be a spelling of, by its key.
    by_key: HashMap<String, Vec<String>>,
    /// Products whose SKUs are other spellings of what was typed: they count where its own is not found.
    otherwise: HashMap<String, Vec<Arc<Product>>>,
}

impl LookUp<'_> {
    fn is_given_up(&self) -> bool {
        self.abort.as_ref().is_some_and(AbortSignal::aborted)
    }

    /// Takes in the products of an answer.
    fn take(&mut self, products: Vec<Product>) {
        let products: Vec<Arc<Product>> = products.into_iter().map(Arc::new).collect();
        self.catalog.remember_all(&products);
        let mut told = Vec::new();
        for product in products {
            for typed in self
                .by_key
                .get(&sku::key(&product.sku))
                .into_iter()
                .flatten()
            {
                if *typed == product.sku {
                    if self.open.remove(typed) {
                        told.push((typed.clone(), Found::Product(Arc::clone(&product))));
                    }
                } else if self.open.contains(typed) {
                    let known = self.otherwise.entry(typed.clone()).or_default();
                    if known.iter().all(|known| known.sku != product.sku) {
                        known.push(Arc::clone(&product));
                    }
                }
            }
        }
        if !told.is_empty() {
            (self.tell)(told);
        }
    }

    /// Once everything was asked for: what is spelled otherwise than typed is meant, where there is one such product.
    fn take_otherwise(&mut self) {
        let mut told = Vec::new();
        for (typed, mut products) in std::mem::take(&mut self.otherwise) {
            if !self.open.remove(&typed) {
                continue;
            }
            let found = match (products.pop(), products.is_empty()) {
                (Some(product), true) => Found::Product(product),
                (last, _) => {
                    let all = products.into_iter().chain(last);
                    let all = all.map(|product| Product::clone(&product));
                    Found::Missing(Some(likenesses(all.collect())))
                }
            };
            told.push((typed, found));
        }
        if !told.is_empty() {
            (self.tell)(told);
        }
    }

    /// Says of all that is open that nothing can be found out at present.
    fn fail(&mut self, error: &ApiError) {
        let open = std::mem::take(&mut self.open).into_iter();
        (self.tell)(
            open.map(|sku| (sku, Found::Failed(error.clone())))
                .collect(),
        );
    }

    /// Asks for pages and single products until nothing is left to ask; those that do not exist stay open, and a few
    /// barcodes too when they are to be searched for.
    async fn ask(&mut self, guess: bool) -> Result<(), ApiError> {
        let mut wanted: Vec<String> = self.open.iter().cloned().collect();
        if guess && wanted.iter().filter(|sku| is_barcode(sku)).count() <= BARCODES {
            // A search finds them either way.
            wanted.retain(|sku| !is_barcode(sku));
        }
        let few = wanted.len() <= FEW;
        // What is asked for, as it is written, by how lists are sorted. A few are asked for as they were typed.
        let mut spelled: BTreeMap<String, String> = BTreeMap::new();
        for typed in &wanted {
            let spellings = if few {
                vec![typed.clone()]
            } else {
                sku::spellings(typed)
            };
            for spelling in spellings {
                spelled.entry(folded(&spelling)).or_insert(spelling);
            }
        }
        let mut search = if few {
            SkuSearch::new(wanted)
        } else {
            SkuSearch::new(spelled.values().cloned())
        };
        loop {
            let asks: Vec<Ask> = search.by_ref().take(AT_ONCE).collect();
            if asks.is_empty() || self.is_given_up() {
                return Ok(());
            }
            let answers = join_all(asks.iter().map(async |ask| match ask {
                Ask::Page { prefix, page } => {
                    let prefix = as_written(&spelled, prefix);
                    let request = products::by_sku(&prefix, *page, PAGE);
                    let page = self.catalog.read_page(request, self.abort.as_ref()).await?;
                    Ok((page.data, page.total_records))
                }
                Ask::One(sku) => {
                    let sku = spelled.get(&folded(sku)).unwrap_or(sku);
                    self.one(sku, few).await
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
                    (Ask::One(sku), Err(error)) if !error.is_transient() => {
                        let key = sku::key(&sku);
                        let typed = self.by_key.get(&key).cloned().unwrap_or_default();
                        let open = typed.into_iter().filter(|typed| self.open.remove(typed));
                        let failed = open.map(|typed| (typed, Found::Failed(error.clone())));
                        (self.tell)(failed.collect());
                    }
                    (_, Err(error)) => return Err(error),
                }
            }
        }
    }

    /// One product by its SKU. Among many it is asked for by what its SKU begins with, which finds it in other letters,
    /// too.
    async fn one(&self, sku: &str, few: bool) -> Result<(Vec<Product>, u64), ApiError> {
        let abort = self.abort.as_ref();
        if !few {
            let request = products::by_sku(sku, 1, BEGINNING_SO);
            match self.catalog.read_page(request, abort).await {
                Err(ApiError::Refused {
                    status: 400..=405, ..
                }) => {}
                other => return other.map(|page| (page.data, page.total_records)),
            }
        }
        let product = self.catalog.read_one(sku, abort).await?;
        Ok((vec![product], 1))
    }

    /// Searches for what else may be meant by what does not exist as it was typed: a barcode, or one of a few SKUs in
    /// another spelling. Of many it is said at once that they do not exist.
    async fn search(&mut self, few: bool, guess: bool) -> Result<(), ApiError> {
        let barcodes = self.open.iter().filter(|sku| is_barcode(sku)).count();
        let all_barcodes = guess || barcodes <= BARCODES;
        let searched = self.open.iter();
        let searched = searched.filter(|sku| few || (all_barcodes && is_barcode(sku)));
        let searched: Vec<String> = searched.cloned().collect();
        for few in searched.chunks(AT_ONCE) {
            if self.is_given_up() {
                return Ok(());
            }
            let abort = self.abort.as_ref();
            let similar = async |sku: &String| self.catalog.similar(sku, guess, abort).await;
            let answers = join_all(few.iter().map(similar)).await;
            let mut told = Vec::new();
            let mut failed = None;
            for (sku, answer) in few.iter().zip(answers) {
                match answer {
                    Ok(found) => {
                        self.open.remove(sku);
                        told.push((sku.clone(), found));
                    }
                    Err(error) => failed = Some(error),
                }
            }
            (self.tell)(told);
            if let Some(error) = failed {
                return Err(error);
            }
        }
        Ok(())
    }
}

/// The beginning of a wanted SKU that `prefix` is, in the letters in which it is written: lists may tell letters apart.
fn as_written(spelled: &BTreeMap<String, String>, prefix: &str) -> String {
    let first = spelled.range(prefix.to_owned()..).next();
    let fitting = first.filter(|(key, _)| key.starts_with(prefix));
    let written = fitting.and_then(|(_, sku)| sku.get(..prefix.len()));
    written.unwrap_or(prefix).to_owned()
}

fn is_barcode(text: &str) -> bool {
    gtin::read(text).is_some_and(|code| code.is_certain())
}

impl CatalogState {
    /// Looks up products by their SKUs as they are today, and remembers them. `tell` hears of each SKU once,
    /// of many at a time; with `guess` it is said of a few that do not exist what may have been meant. Given up by
    /// `abort`, it tells no more.
    pub(crate) async fn look_up(
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
            open: skus.into_iter().collect(),
            by_key: HashMap::new(),
            otherwise: HashMap::new(),
        };
        for typed in &look_up.open {
            for key in sku::keys(typed) {
                look_up.by_key.entry(key).or_default().push(typed.clone());
            }
        }
        let few = look_up.open.len() <= FEW;
        let mut asked = look_up.ask(guess).await;
        if asked.is_ok() && !look_up.is_given_up() {
            look_up.take_otherwise();
            asked = look_up.search(few, guess).await;
        }
        if look_up.is_given_up() {
            return;
        }
        if let Err(error) = asked {
            return look_up.fail(&error);
        }
        let missing = std::mem::take(&mut look_up.open).into_iter();
        tell(missing.map(|sku| (sku, Found::Missing(None))).collect());
    }

    /// Reads products as they are today; those that cannot be read are returned, with the reason.
    pub(crate) async fn learn(self, skus: Vec<String>) -> Vec<(String, ApiError)> {
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
    pub(crate) fn read_products(self, skus: Vec<String>, heard: &Heard) {
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
