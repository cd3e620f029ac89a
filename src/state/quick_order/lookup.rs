//! What is known of the order pad's products: looking them up, those that are like a SKU of which there is none, and
//! SKUs in the product's own letters.

use crate::ports::abort::{AbortController, AbortSignal};
use futures::future::join_all;
use leptos::{prelude::*, task::spawn_local};
use std::{
    cell::{Cell, RefCell},
    collections::{BTreeMap, BTreeSet, HashSet},
    rc::Rc,
};

use crate::state::{
    catalog::{lookup::AT_ONCE, search::Found, shelf},
    quick_order::pad::{PadState, Progress},
};
use crate::{
    domain::{
        catalog::{gtin, sku},
        quick_order::{
            line::Known,
            line_import::{TypedLine, divided},
            sums::Sums,
        },
    },
    ports::time::Debounce,
};

/// How long lines stay in sight before anything is looked for because of that, in milliseconds.
const LOOKED_AT_MS: u64 = 150;

/// A search for products like some SKUs, and what gives it up.
type UnderWay = (Vec<String>, Option<AbortController>);

/// The lines in sight. A copy is a handle.
#[derive(Clone, Copy)]
pub(crate) struct Sight {
    /// Their places.
    lines: StoredValue<Vec<usize>>,
    /// The SKUs for which similar ones were looked for.
    looked_for: StoredValue<HashSet<String>>,
    under_way: StoredValue<Option<UnderWay>, LocalStorage>,
    soon: StoredValue<Debounce, LocalStorage>,
}

impl Sight {
    pub(super) fn new() -> Self {
        Self {
            lines: StoredValue::new(Vec::new()),
            looked_for: StoredValue::new(HashSet::new()),
            under_way: StoredValue::new_local(None),
            soon: StoredValue::new_local(Debounce::default()),
        }
    }

    fn looked_for(self, sku: &str) {
        self.looked_for
            .update_value(|all| _ = all.insert(sku.to_owned()));
    }

    fn forget(self) {
        self.looked_for.update_value(HashSet::clear);
    }
}

impl PadState {
    /// Takes up what is known of SKUs now.
    fn learn(self, learn: impl FnOnce(&mut BTreeMap<String, Known>)) {
        self.known.update(learn);
        self.sums.update_value(Sums::learn);
    }

    /// Looks up what nothing is known of yet; does nothing while that is happening already.
    pub(crate) fn look_up(self) {
        if self.looking.get_untracked().is_some() {
            self.again.set_value(true);
            return;
        }
        let skus = self.unknown();
        if skus.is_empty() {
            self.respell();
            return;
        }
        let all = skus.len();
        self.looking.set(Some(Progress { done: 0, all }));
        let abort = AbortController::new().ok();
        let signal = abort.as_ref().map(AbortController::signal);
        self.abort.set_value(abort);
        spawn_local(async move {
            let done = Rc::new(Cell::new(0));
            let heard = Rc::clone(&done);
            let told_of = Rc::new(RefCell::new(BTreeSet::new()));
            let all_told = Rc::clone(&told_of);
            let tell = move |told: Vec<(String, Found)>| {
                heard.set(heard.get() + told.len());
                let skus = told.iter().map(|(sku, _)| sku.clone());
                all_told.borrow_mut().extend(skus);
                self.take(told);
                let done = heard.get();
                self.looking.set(Some(Progress { done, all }));
            };
            let skus: Vec<String> = skus.into_iter().collect();
            self.catalog
                .look_up(skus, true, signal.clone(), &tell)
                .await;
            self.looking.set(None);
            self.divide(&told_of.borrow());
            self.respell();
            self.sum_up();
            self.suggest();
            self.read_shelf().await;
            if signal.is_some_and(|signal| signal.aborted()) {
                return;
            }
            if self.again.try_update_value(std::mem::take) == Some(true) {
                self.look_up();
            }
        });
    }

    /// Gives a look-up up; what was found stays.
    pub(crate) fn stop_looking(self) {
        self.again.set_value(false);
        if let Some(abort) = self.abort.try_update_value(Option::take).flatten() {
            abort.abort();
        }
    }

    /// Looks up again what comes from the device, or could not be looked up.
    pub(crate) fn refresh(self) {
        let old: Vec<String> = self
            .seen
            .with_untracked(|seen| seen.keys().cloned().collect());
        self.learn(|known| {
            for sku in &old {
                known.remove(sku);
            }
            known.retain(|_, known| !matches!(known, Known::Unread(_)));
        });
        self.seen.set(BTreeMap::new());
        self.sight.forget();
        self.look_up();
    }

    /// Whether products could not be looked up, or come from the device (tracked).
    pub(crate) fn is_behind(self) -> bool {
        self.seen.with(|seen| !seen.is_empty())
            || self.known.with(|known| {
                known
                    .values()
                    .any(|known| matches!(known, Known::Unread(_)))
            })
    }

    fn take(self, told: Vec<(String, Found)>) {
        let mut fresh = Vec::new();
        self.learn(|known| {
            for (sku, found) in told {
                let found = match found {
                    Found::Product(product) => {
                        fresh.push(product.clone());
                        Known::Product(product)
                    }
                    Found::Missing(similar) => {
                        if similar.is_some() {
                            self.sight.looked_for(&sku);
                        }
                        Known::Missing(similar.unwrap_or_default())
                    }
                    Found::Failed(error) => Known::Unread(self.locale.error(&error)),
                };
                known.insert(sku, found);
            }
        });
        self.sum_up_soon();
        if !fresh.is_empty() {
            spawn_local(async move { shelf::keep(self.session, &fresh).await });
        }
    }

    /// What could not be looked up is shown as it was last seen on this device.
    async fn read_shelf(self) {
        let unread: Vec<String> = self.known.with_untracked(|known| {
            let unread = known
                .iter()
                .filter(|(_, it)| matches!(it, Known::Unread(_)));
            unread.map(|(sku, _)| sku.clone()).collect()
        });
        if unread.is_empty() {
            return;
        }
        let found = shelf::look(self.session, &unread).await;
        let mut seen = self.seen.get_untracked();
        self.learn(|known| {
            for (sku, found) in unread.into_iter().zip(found) {
                if let Some((product, at)) = found {
                    known.insert(sku.clone(), Known::Product(product));
                    seen.insert(sku, at);
                }
            }
        });
        self.seen.set(seen);
        self.sum_up();
    }

    /// The SKUs of the lines that nothing is known of yet, and those that stand in one cell with a quantity.
    fn unknown(self) -> BTreeSet<String> {
        let mut unknown = BTreeSet::new();
        self.known.with_untracked(|known| {
            self.pad.with_untracked(|pad| {
                for line in pad.lines() {
                    let sku = line.sku.trim();
                    let open = |sku: &str| {
                        matches!(known.get(sku), None | Some(Known::Unread(_))) && !sku.is_empty()
                    };
                    if !open(sku) {
                        continue;
                    }
                    unknown.insert(sku.to_owned());
                    if let Some(part) = divided(sku)
                        && open(&part.sku)
                    {
                        unknown.insert(part.sku);
                    }
                }
            });
        });
        unknown
    }

    /// Of SKUs that were just looked up: those of no product that are a product's SKU and a quantity become that,
    /// where no quantity was typed. Elsewhere it is offered.
    fn divide(self, told: &BTreeSet<String>) {
        let mut both: BTreeMap<&String, TypedLine> = BTreeMap::new();
        self.known.with_untracked(|known| {
            for typed in told {
                if let Some(Known::Missing(_)) = known.get(typed)
                    && let Some(part) = divided(typed)
                    && let Some(Known::Product(product)) = known.get(&part.sku)
                {
                    let sku = product.sku.clone();
                    both.insert(typed, TypedLine { sku, ..part });
                }
            }
        });
        if both.is_empty() {
            return;
        }
        self.learn(|known| {
            for (typed, both) in &both {
                known.insert((*typed).clone(), Known::Divided(both.clone()));
                // Its own spelling is known, too.
                if let Some(part) = divided(typed)
                    && let Some(product) = known.get(&part.sku).cloned()
                {
                    known.entry(both.sku.clone()).or_insert(product);
                }
            }
        });
        let open = self.typed_sku();
        let mended: Vec<(usize, TypedLine)> = self.pad.with_untracked(|pad| {
            let lines = pad.lines().iter().enumerate();
            let alone =
                lines.filter(|(at, line)| line.quantity.trim().is_empty() && open != Some(*at));
            alone
                .filter_map(|(at, line)| {
                    let typed = line.sku.trim().to_owned();
                    Some((at, both.get(&typed)?.clone()))
                })
                .collect()
        });
        if !mended.is_empty() && self.adding.with_untracked(Option::is_none) {
            self.change(false, |pad| pad.mend(&mended));
        }
    }

    /// Writes SKUs as the products' own are written, once those are known.
    fn respell(self) {
        // What is being added is told by what was typed.
        if self.adding.with_untracked(Option::is_some) {
            return;
        }
        let mut own: BTreeMap<String, Known> = BTreeMap::new();
        let changed = self.known.with_untracked(|known| {
            self.pad.with_untracked(|pad| {
                for line in pad.lines() {
                    let typed = line.sku.trim();
                    if let Some(found @ Known::Product(product)) = known.get(typed)
                        && product.sku != typed
                        && is_spelling(typed, &product.sku)
                    {
                        own.insert(typed.to_owned(), found.clone());
                    }
                }
            });
            let sku_of = |typed: &str| match own.get(typed) {
                Some(Known::Product(product)) => Some(product.sku.clone()),
                _ => None,
            };
            !own.is_empty()
                && self
                    .pad
                    .try_update(|pad| pad.respell(sku_of, self.typed_sku()))
                    .unwrap_or_default()
        });
        if changed {
            self.learn(|known| {
                for found in own.into_values() {
                    if let Known::Product(product) = &found {
                        known.entry(product.sku.clone()).or_insert(found);
                    }
                }
            });
            self.sum_up();
            self.keep_draft();
        }
    }

    /// Tells which lines are in sight. For those of no product similar ones are looked for: a few at once, and given up
    /// when they are out of sight again.
    pub(crate) fn see(self, lines: Vec<usize>) {
        self.sight.lines.set_value(lines);
        let seen = self.in_sight();
        self.sight.under_way.update_value(|under_way| {
            if let Some((skus, abort)) = under_way
                && skus.iter().all(|sku| !seen.contains(sku))
                && let Some(abort) = abort.take()
            {
                abort.abort();
            }
        });
        self.sight
            .soon
            .with_value(|soon| soon.run(LOOKED_AT_MS, move || self.suggest()));
    }

    fn in_sight(self) -> Vec<String> {
        let places = self.sight.lines.get_value();
        self.pad.with_untracked(|pad| {
            let lines = places.into_iter().filter_map(|at| pad.lines().get(at));
            lines.map(|line| line.sku.trim().to_owned()).collect()
        })
    }

    fn suggest(self) {
        if self.sight.under_way.with_value(Option::is_some) {
            return;
        }
        let mut few: Vec<String> = self.known.with_untracked(|known| {
            let is_missing =
                |sku: &String| matches!(known.get(sku), Some(Known::Missing(like)) if like.is_empty());
            self.sight.looked_for.with_value(|looked_for| {
                let seen = self.in_sight().into_iter();
                seen.filter(|sku| is_missing(sku) && !looked_for.contains(sku))
                    .collect()
            })
        });
        few.dedup();
        few.truncate(AT_ONCE);
        if few.is_empty() {
            return;
        }
        let abort = AbortController::new().ok();
        let signal = abort.as_ref().map(AbortController::signal);
        self.sight.under_way.set_value(Some((few.clone(), abort)));
        spawn_local(async move {
            let similar =
                async |sku: &String| self.catalog.similar(sku, true, signal.as_ref()).await;
            let answers = join_all(few.iter().map(similar)).await;
            self.sight.under_way.set_value(None);
            if !signal.as_ref().is_some_and(AbortSignal::aborted) {
                let mut told = Vec::new();
                for (sku, answer) in few.into_iter().zip(answers) {
                    // What cannot be looked for now is not asked for again and again.
                    self.sight.looked_for(&sku);
                    told.extend(answer.ok().map(|found| (sku, found)));
                }
                self.take(told);
                self.respell();
            }
            self.suggest();
        });
    }
}

/// Whether what was typed is to be written as the product's own SKU: it is another spelling of it, or a barcode with
/// all that stands around one.
fn is_spelling(typed: &str, sku: &str) -> bool {
    sku::is_same(typed, sku) || gtin::read(typed).is_some_and(|code| code.is_wrapped())
}
