//! Putting the order pad's lines into the cart: each once, however often the connection breaks.
//!
//! What is added is written into the draft with the units that the cart held before. So it can be told later,
//! after a reload or in another tab, which of the lines are in the cart and which are not.

use leptos::{prelude::*, task::spawn_local};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, HashSet};

use crate::state::{
    cart::{Phase, added::Addition},
    quick_order::pad::{PadState, Progress},
};
use crate::{
    domain::{
        cart::changes::Change,
        quick_order::{line_import::TypedLine, pad::OrderPad},
    },
    ports::{locks, time},
};

/// A lock that is refused later than this, in milliseconds, is held by another tab.
const WAITED_MS: i64 = 1_000;

/// A product being added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct AddedLine {
    /// The product's SKU.
    pub(crate) sku: String,
    /// Its name.
    pub(crate) name: String,
    /// Pieces to add.
    pub(crate) quantity: u32,
    /// Pieces in the cart before.
    pub(crate) before: u32,
    /// The lines of the pad that it comes from, as they were typed.
    typed: Vec<(String, String)>,
}

/// What is being added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Adding {
    lines: Vec<AddedLine>,
}

/// What has come of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Added {
    /// What is in the cart now.
    pub(crate) lines: Vec<AddedLine>,
    /// What is not, with the reason.
    pub(crate) refused: Vec<(AddedLine, String)>,
}

/// How far the adding has come: what is not unsent any more is done.
pub(super) fn progress(adding: Option<&Adding>, unsent: &HashSet<String>) -> Option<Progress> {
    let lines = &adding?.lines;
    let left = lines.iter().filter(|it| unsent.contains(&it.sku)).count();
    Some(Progress {
        done: lines.len() - left,
        all: lines.len(),
    })
}

impl PadState {
    /// Puts every line that can be ordered into the cart. Does nothing while that is happening, or while the
    /// cart is not known.
    pub(crate) fn add_all(self) {
        let busy = self.adding.with_untracked(Option::is_some);
        if busy || untrack(|| self.cart.phase()) != Phase::Known {
            return;
        }
        let in_cart = untrack(|| self.cart.lines());
        let lines = self.pad.with_untracked(|pad| pad.lines().to_vec());
        let mut adding: Vec<AddedLine> = Vec::new();
        let mut places: BTreeMap<String, usize> = BTreeMap::new();
        for (at, line) in lines.iter().enumerate() {
            let looked = untrack(|| self.check_line(at, line));
            let (true, Some(quantity), Some(product)) =
                (looked.is_ready(), looked.quantity, looked.product)
            else {
                continue;
            };
            let typed = (line.sku.clone(), line.quantity.clone());
            if let Some(place) = places.get(&product.sku) {
                let known: &mut AddedLine = &mut adding[*place];
                known.quantity = known.quantity.saturating_add(quantity);
                known.typed.push(typed);
                continue;
            }
            places.insert(product.sku.clone(), adding.len());
            adding.push(AddedLine {
                sku: product.sku.clone(),
                name: product.name.clone(),
                quantity,
                before: in_cart.units(&product.sku),
                typed: vec![typed],
            });
        }
        if adding.is_empty() {
            return;
        }
        let additions = adding.iter().map(|line| Addition {
            sku: line.sku.clone(),
            name: line.name.clone(),
            quantity: line.quantity,
        });
        let additions = additions.collect();
        self.added.set(None);
        self.adding.set(Some(Adding { lines: adding }));
        spawn_local(async move {
            self.held.set_value(locks::hold(&self.lock_name()).await);
            // Written down before anything is sent.
            self.write_draft().await;
            self.cart.add_quietly(additions);
            self.mine.set(true);
        });
    }

    fn lock_name(self) -> String {
        format!("nymble.pad-adding {}", self.draft_key().unwrap_or_default())
    }

    /// An adding that this tab has not begun, or had begun before it was loaded anew: once no other tab is at it
    /// any more, this one finds out what became of it.
    pub(super) async fn take_over(self) {
        if self
            .waiting
            .try_update_value(|it| std::mem::replace(it, true))
            != Some(false)
        {
            return;
        }
        loop {
            let asked = time::reading();
            let held = locks::hold(&self.lock_name()).await;
            // Without an answer in time another tab is still at it; without locks there is none at once.
            let waited = time::since(asked) > WAITED_MS;
            if held.is_none() && waited {
                continue;
            }
            self.held.set_value(held);
            break;
        }
        self.waiting.set_value(false);
        // The other tab may have brought it to its end.
        self.adding.set(None);
        self.mine.set(true);
        self.read_draft().await;
        if self.adding.with_untracked(Option::is_none) {
            self.let_go();
        }
    }

    fn let_go(self) {
        self.mine.set(false);
        self.held.set_value(None);
    }

    /// How far the adding has come (tracked).
    pub(crate) fn adding(self) -> Option<Progress> {
        self.progress.get()
    }

    /// What has come of the last adding (tracked).
    pub(crate) fn added(self) -> Option<Added> {
        self.added.get()
    }

    /// The line that a product being added, or not added, came from (tracked): as it was typed, else the first of that
    /// product.
    pub(crate) fn place_of(self, added: &AddedLine) -> Option<usize> {
        let is_typed = |line: &TypedLine| {
            let typed = added.typed.iter();
            typed
                .into_iter()
                .any(|(sku, quantity)| *sku == line.sku && *quantity == line.quantity)
        };
        self.pad.with(|pad| {
            let place = |is: &dyn Fn(&TypedLine) -> bool| pad.lines().iter().position(is);
            place(&is_typed).or_else(|| place(&|line| self.is_of(line, &added.sku)))
        })
    }

    /// Takes out of the queue what is not with the server yet: it stays in the pad.
    pub(crate) fn stop_adding(self) {
        self.cart.withdraw_quiet();
    }

    /// Waits for the end of an adding, also of one that was begun before a reload.
    pub(super) fn watch_adding(self) {
        Effect::new(move |_| {
            // By then the changes that an earlier visit of this tab left are among the unsent ones.
            let known = self.mine.get() && self.cart.phase() == Phase::Known;
            let through = self.progress.get().is_some_and(|it| it.done == it.all);
            if known && through {
                let adding = self.adding.get_untracked();
                untrack(|| adding.map(|adding| self.finish(adding)));
            }
        });
    }

    /// Takes the lines that are in the cart out of the pad.
    fn finish(self, adding: Adding) {
        let cart = self.cart.lines();
        let reasons: BTreeMap<String, String> = self.cart.refused().into_iter().collect();
        let mut added = Added::default();
        for line in adding.lines {
            if let Some(reason) = reasons.get(&line.sku) {
                added.refused.push((line, reason.clone()));
            } else if self.cart.took(&line.sku)
                || cart.units(&line.sku) >= line.before.saturating_add(line.quantity)
            {
                added.lines.push(line);
            } else {
                let reason = self.locale.text("pad.not_sent");
                added.refused.push((line, reason));
            }
        }
        let mut gone: BTreeSet<&(String, String)> = BTreeSet::new();
        gone.extend(added.lines.iter().flat_map(|line| &line.typed));
        let goes =
            |_: usize, line: &TypedLine| gone.contains(&(line.sku.clone(), line.quantity.clone()));
        self.pad.update(|pad| pad.remove_where(goes));
        self.adding.set(None);
        self.sum_up();
        self.added.set(Some(added));
        self.go_to(0, None);
        spawn_local(async move {
            self.write_draft().await;
            self.let_go();
        });
    }

    /// Takes out of the cart again what was added, and puts the lines back into the pad.
    pub(crate) fn take_back(self) {
        let Some(added) = self.added.get_untracked() else {
            return;
        };
        let back = added.lines.iter().map(|line| Change::Set {
            sku: line.sku.clone(),
            name: line.name.clone(),
            quantity: line.before,
        });
        self.cart.change_all(back.collect());
        let lines = added.lines.into_iter().flat_map(|line| line.typed);
        let lines: Vec<TypedLine> = lines
            .map(|(sku, quantity)| TypedLine { sku, quantity })
            .collect();
        self.change(true, |pad: &mut OrderPad| pad.insert(0, lines));
    }
}
