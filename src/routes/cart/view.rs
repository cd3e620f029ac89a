//! How the buyer looks at the cart: the order of the lines, which of them, and which are chosen.
//!
//! Rows do not look at the cart themselves: hundreds of them would be asked after every change whether it is theirs.
//! Each has signals of its own, which are set when they differ.

use leptos::prelude::*;
use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use crate::{
    browser::collation::Collation,
    domain::cart::{
        lines::ShownLine,
        view::{self, Sort},
    },
    locale::use_locale,
    state::cart::{CartState, use_cart},
};

/// What a row shows that may change. A copy is a handle.
#[derive(Clone, Copy)]
pub(crate) struct Row {
    /// The line; none once it is gone.
    pub(crate) line: RwSignal<Option<Arc<ShownLine>>>,
    /// Whether it is chosen.
    pub(crate) chosen: RwSignal<bool>,
}

/// The way the lines are looked at. A copy is a handle.
#[derive(Clone, Copy)]
pub(crate) struct View {
    cart: CartState,
    /// What is looked for.
    pub(crate) find: RwSignal<String>,
    /// The order.
    pub(crate) sort: RwSignal<Sort>,
    /// The SKUs that are chosen, of lines shown or not.
    chosen: RwSignal<HashSet<String>>,
    /// The SKUs of all lines, as they were added.
    pub(crate) all: Memo<Vec<String>>,
    /// The SKUs of the lines that are shown, in their order.
    pub(crate) shown: Memo<Vec<String>>,
    /// The currency of the amounts, ISO 4217.
    pub(crate) currency: RwSignal<String>,
    /// The rows that are shown, by SKU.
    rows: StoredValue<HashMap<String, Row>>,
}

impl View {
    /// All lines, as they were added.
    pub(crate) fn begin() -> Self {
        let cart = use_cart();
        let collation = StoredValue::new_local(Collation::of(&use_locale().tag()));
        let find = RwSignal::new(String::new());
        let sort = RwSignal::new(Sort::default());
        let currency = RwSignal::new(untrack(|| cart.currency()));
        let all = Memo::new(move |_| -> Vec<String> {
            cart.lines().iter().map(|line| line.sku.clone()).collect()
        });
        let shown = Memo::new(move |_| {
            // Only a line that comes or goes, and the buyer's own wish, move lines about: not a quantity
            // that is being typed.
            let all = all.get();
            let (sort, find) = (sort.get(), find.get());
            if sort == Sort::Added && find.is_empty() {
                return all;
            }
            collation.with_value(|collation| {
                let compare = |one: &str, other: &str| collation.compare(one, other);
                let lines = untrack(|| cart.lines());
                let currency = currency.get_untracked();
                view::shown(&lines, sort, &find, &currency, &compare)
            })
        });
        let view = Self {
            cart,
            find,
            sort,
            chosen: RwSignal::new(HashSet::new()),
            all,
            shown,
            currency,
            rows: StoredValue::new(HashMap::new()),
        };
        Effect::new(move |_| set_where_it_differs([(currency, cart.currency())]));
        Effect::new(move |_| {
            let lines = cart.lines();
            view.tell_rows(|sku, row| (row.line, lines.line(sku).cloned()));
        });
        Effect::new(move |_| {
            let chosen = view.chosen.get();
            view.tell_rows(|sku, row| (row.chosen, chosen.contains(sku)));
        });
        view
    }

    /// The signals of a row that is being made, which go with it.
    pub(crate) fn row(self, sku: &str) -> Row {
        let lines = untrack(|| self.cart.lines());
        let row = Row {
            line: RwSignal::new(lines.line(sku).cloned()),
            chosen: RwSignal::new(untrack(|| self.is_chosen(sku))),
        };
        self.rows.update_value(|rows| {
            rows.insert(sku.to_owned(), row);
        });
        row
    }

    /// Sets a signal of every row to what `now` says of it.
    fn tell_rows<T>(self, now: impl Fn(&str, Row) -> (RwSignal<T>, T))
    where
        T: PartialEq + Send + Sync + 'static,
    {
        self.rows
            .update_value(|rows| rows.retain(|_, row| !row.line.is_disposed()));
        let now: Vec<_> = self
            .rows
            .with_value(|rows| rows.iter().map(|(sku, row)| now(sku, *row)).collect());
        set_where_it_differs(now);
    }

    /// Whether a line is chosen (tracked).
    pub(crate) fn is_chosen(self, sku: &str) -> bool {
        self.chosen.with(|chosen| chosen.contains(sku))
    }

    /// Chooses a line, or does not any more.
    pub(crate) fn choose(self, sku: &str, on: bool) {
        self.chosen.update(|chosen| {
            if on {
                chosen.insert(sku.to_owned());
            } else {
                chosen.remove(sku);
            }
        });
    }

    /// Chooses all lines that are shown, or none of them any more.
    pub(crate) fn choose_shown(self, on: bool) {
        let shown = self.shown.get_untracked();
        self.chosen.update(|chosen| {
            for sku in shown {
                if on {
                    chosen.insert(sku);
                } else {
                    chosen.remove(&sku);
                }
            }
        });
    }

    /// How many of the lines that are shown are chosen (tracked): nothing is done with others.
    pub(crate) fn count(self) -> usize {
        self.shown.with(|shown| {
            self.chosen
                .with(|chosen| shown.iter().filter(|sku| chosen.contains(*sku)).count())
        })
    }

    /// Whether all lines that are shown are chosen (tracked).
    pub(crate) fn all_shown_chosen(self) -> bool {
        self.shown.with(|shown| {
            self.chosen
                .with(|chosen| !shown.is_empty() && shown.iter().all(|sku| chosen.contains(sku)))
        })
    }

    /// The chosen ones of the lines that are shown, as they are now and as they were added; all lines of the cart when
    /// none is chosen.
    pub(crate) fn chosen_or_all(self) -> Vec<Arc<ShownLine>> {
        let lines = untrack(|| self.cart.lines());
        if untrack(|| self.count()) == 0 {
            return lines.to_vec();
        }
        let shown: HashSet<String> = self.shown.get_untracked().into_iter().collect();
        self.chosen.with_untracked(|chosen| {
            let wanted = lines
                .iter()
                .filter(|line| shown.contains(&line.sku) && chosen.contains(&line.sku));
            wanted.cloned().collect()
        })
    }

    /// Chooses nothing any more.
    pub(crate) fn choose_none(self) {
        self.chosen.set(HashSet::new());
    }
}

/// Sets those of the signals that say something else.
fn set_where_it_differs<T>(signals: impl IntoIterator<Item = (RwSignal<T>, T)>)
where
    T: PartialEq + Send + Sync + 'static,
{
    for (signal, now) in signals {
        if signal.try_with_untracked(|before| *before != now) == Some(true) {
            signal.set(now);
        }
    }
}
