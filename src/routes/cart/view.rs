//! How the buyer looks at the cart: the order of the lines, which of them, and which are chosen.

use leptos::prelude::*;
use std::collections::HashSet;

use crate::{
    browser::collation::Collation,
    domain::{
        cart_lines::ShownLine,
        cart_view::{self, Sort},
    },
    locale::use_locale,
    state::cart::{CartState, use_cart},
};

/// The way the lines are looked at. A copy is a handle.
#[derive(Clone, Copy)]
pub struct View {
    cart: CartState,
    /// What is looked for.
    pub find: RwSignal<String>,
    /// The order.
    pub sort: RwSignal<Sort>,
    /// The SKUs that are chosen, of lines shown or not.
    chosen: RwSignal<HashSet<String>>,
    /// The SKUs of all lines, as they were added.
    pub all: Memo<Vec<String>>,
    /// The SKUs of the lines that are shown, in their order.
    pub shown: Memo<Vec<String>>,
    /// The currency of the amounts, ISO 4217.
    pub currency: Memo<String>,
}

impl View {
    /// All lines, as they were added.
    pub fn begin() -> Self {
        let cart = use_cart();
        let collation = StoredValue::new_local(Collation::of(&use_locale().tag()));
        let find = RwSignal::new(String::new());
        let sort = RwSignal::new(Sort::default());
        let currency = Memo::new(move |_| cart.currency());
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
                cart_view::shown(&lines, sort, &find, &currency, &compare)
            })
        });
        Self {
            cart,
            find,
            sort,
            chosen: RwSignal::new(HashSet::new()),
            all,
            shown,
            currency,
        }
    }

    /// Whether a line is chosen (tracked).
    pub fn is_chosen(self, sku: &str) -> bool {
        self.chosen.with(|chosen| chosen.contains(sku))
    }

    /// Chooses a line, or does not any more.
    pub fn choose(self, sku: &str, on: bool) {
        self.chosen.update(|chosen| {
            if on {
                chosen.insert(sku.to_owned());
            } else {
                chosen.remove(sku);
            }
        });
    }

    /// Chooses all lines that are shown, or none of them any more.
    pub fn choose_shown(self, on: bool) {
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

    /// How many lines are chosen (tracked).
    pub fn count(self) -> usize {
        self.all.with(|all| {
            self.chosen
                .with(|chosen| all.iter().filter(|sku| chosen.contains(*sku)).count())
        })
    }

    /// Whether all lines that are shown are chosen (tracked).
    pub fn all_shown_chosen(self) -> bool {
        self.shown.with(|shown| {
            self.chosen
                .with(|chosen| !shown.is_empty() && shown.iter().all(|sku| chosen.contains(sku)))
        })
    }

    /// The chosen lines as they are now, as they were added; all of them when none is chosen.
    pub fn chosen_or_all(self) -> Vec<ShownLine> {
        let lines = untrack(|| self.cart.lines());
        let all = untrack(|| self.count()) == 0;
        self.chosen.with_untracked(|chosen| {
            let wanted = lines
                .iter()
                .filter(|line| all || chosen.contains(&line.sku));
            wanted.cloned().collect()
        })
    }

    /// Chooses nothing any more.
    pub fn choose_none(self) {
        self.chosen.set(HashSet::new());
    }
}
