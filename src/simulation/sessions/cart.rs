//! What a buyer does to the cart: adding, setting, removing, taking back.

use std::collections::BTreeSet;

use super::{model::Op, play::Play};
use crate::{
    simulation::{tab::Tab, world},
    state::{app::notices::Notice, cart::added::Addition},
};

impl Play {
    /// A product that may be ordered in that tab.
    pub(super) fn product(&mut self, tab: Tab) -> Option<String> {
        let sku = self.rng.pick(&self.skus).clone();
        if self.shares {
            return Some(sku);
        }
        let owner = *self.owners.entry(sku.clone()).or_insert(tab);
        (owner == tab && !self.model.of(&sku).left).then_some(sku)
    }

    pub(super) fn add(&mut self, tab: Tab) {
        let Some(sku) = self.product(tab) else { return };
        let quantity = self.quantity();
        self.say(&format!("adds {quantity} of {sku} in tab {}", tab.0));
        self.done(tab, &sku, Op::Add(i64::from(quantity)));
        tab.cart(|cart| cart.add(&sku, &sku, quantity));
    }

    pub(super) fn add_many(&mut self, tab: Tab) {
        let mut additions: Vec<Addition> = Vec::new();
        for _ in 0..self.rng.below(14) + 2 {
            let Some(sku) = self.product(tab) else {
                continue;
            };
            if additions.iter().any(|it| it.sku == sku) {
                continue;
            }
            let quantity = self.quantity();
            self.done(tab, &sku, Op::Add(i64::from(quantity)));
            let name = sku.clone();
            additions.push(Addition {
                sku,
                name,
                quantity,
            });
        }
        if !additions.is_empty() {
            let named: Vec<_> = additions.iter().map(|it| (&it.sku, it.quantity)).collect();
            let said = format!("adds at once in tab {}: {named:?}", tab.0);
            self.say(&said);
            tab.cart(|cart| cart.add_many(additions, None, None, None));
        }
    }

    pub(super) fn add_missing(&mut self, tab: Tab) {
        let sku = format!("MISSING-{}", self.model.missing.len());
        self.say(&format!("adds {sku} in tab {}", tab.0));
        self.model.missing.insert(sku.clone(), BTreeSet::new());
        tab.cart(|cart| cart.add(&sku, &sku, 1));
    }

    /// A line that is shown in the tab and may be changed there.
    pub(super) fn line(&mut self, tab: Tab) -> Option<(String, i64)> {
        let lines = tab.lines();
        if lines.is_empty() {
            return None;
        }
        let (sku, quantity) = self.rng.pick(&lines).clone();
        let mine = self.owners.get(&sku) == Some(&tab) && !self.model.of(&sku).left;
        mine.then_some((sku, quantity))
    }

    pub(super) fn set(&mut self, tab: Tab) {
        let Some((sku, _)) = self.line(tab) else {
            return;
        };
        let quantity = self.quantity();
        self.say(&format!("sets {sku} to {quantity} in tab {}", tab.0));
        self.done(tab, &sku, Op::Set(i64::from(quantity)));
        tab.cart(|cart| cart.set_quantity(&sku, &sku, quantity));
    }

    pub(super) fn remove(&mut self, tab: Tab) {
        let Some((sku, quantity)) = self.line(tab) else {
            return;
        };
        self.say(&format!("removes {sku} in tab {}", tab.0));
        self.done(tab, &sku, Op::Set(0));
        let quantity = u32::try_from(quantity).unwrap_or_default();
        tab.cart(|cart| cart.remove(&sku, &sku, quantity));
        if self.rng.happens(400) {
            let wait = self.rng.delay(1_500);
            world::pass(wait);
            let named = |notice: &Notice| notice.text.contains(&sku) && notice.action.is_some();
            let notice = tab.notices().into_iter().rev().find(named);
            if let Some(action) = notice.and_then(|notice| notice.action) {
                self.say(&format!("brings {sku} back in tab {}", tab.0));
                self.done(tab, &sku, Op::Set(i64::from(quantity)));
                tab.act(|| (action.run)());
            }
        }
    }

    /// Adds, and takes back what was added.
    pub(super) fn undo(&mut self, tab: Tab) {
        let Some(sku) = self.product(tab).filter(|_| !self.shares) else {
            return;
        };
        let shown = tab.lines().into_iter().find(|(known, _)| *known == sku);
        let before = shown.map_or(0, |(_, quantity)| quantity);
        let quantity = self.quantity();
        self.say(&format!("adds {quantity} of {sku} in tab {}", tab.0));
        self.done(tab, &sku, Op::Add(i64::from(quantity)));
        tab.cart(|cart| cart.add(&sku, &sku, quantity));
        let wait = self.rng.delay(3_000);
        world::pass(wait);
        let named = |notice: &Notice| notice.text.contains(&sku) && notice.action.is_some();
        let notice = tab.notices().into_iter().rev().find(named);
        if let Some(action) = notice.and_then(|notice| notice.action) {
            self.say(&format!("takes {sku} back to {before} in tab {}", tab.0));
            self.done(tab, &sku, Op::Set(before));
            tab.act(|| (action.run)());
        }
    }
}
