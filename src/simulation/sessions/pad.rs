//! The quick-order pad: lines are typed or pasted, and put into the cart, in one tab at a time.
//!
//! Its products are ordered by it alone. So many units of each are in the pad, in the cart or in orders as were typed,
//! whatever happens.

use std::collections::BTreeMap;

use super::play::{Play, ready};
use crate::{
    domain::quick_order::{line_import::TypedLine, pad::Column},
    simulation::{tab::Tab, world},
    state::quick_order::pad::{PadState, use_order_pad},
};

/// So long after the last key the draft is on the device, in milliseconds.
const WRITTEN_MS: i64 = 1_500;

pub(super) struct Pad {
    /// The products that are typed into it.
    pub(super) skus: Vec<String>,
    /// Units that were typed, by SKU.
    typed: BTreeMap<String, i64>,
    /// The tab that it is used in; none before, or after that was closed.
    tab: Option<Tab>,
    /// When something was typed last.
    typed_at: i64,
    /// What was typed last is kept for the tab alone.
    is_of_tab: bool,
    /// Lines that nobody had time to write down may have gone with a tab.
    is_lost: bool,
    /// A tab went that may have added something twice.
    pub(super) doubled: bool,
}

fn units(line: &TypedLine) -> i64 {
    line.quantity.parse().unwrap_or_default()
}

impl Pad {
    pub(super) const PRODUCTS: usize = 8;

    pub(super) fn new(skus: Vec<String>) -> Self {
        Self {
            skus,
            typed: BTreeMap::new(),
            tab: None,
            typed_at: 0,
            is_of_tab: false,
            is_lost: false,
            doubled: false,
        }
    }

    /// What a tab kept for itself is gone.
    pub(super) fn lose(&mut self, tab: Tab) {
        let now = world::with(|world| world.now);
        let stores_fail = world::with(|world| {
            let database = &world.database;
            database.absent || database.full
        });
        let is_written = !self.is_of_tab && now >= self.typed_at + WRITTEN_MS;
        if self.tab == Some(tab) && (stores_fail || !is_written) {
            self.is_lost = true;
        }
    }

    /// The page is loaded anew: it has time for the tab's storage, and none for the database.
    pub(super) fn go(&mut self, tab: Tab) {
        let now = world::with(|world| world.now);
        self.is_of_tab |= self.tab == Some(tab) && now < self.typed_at + WRITTEN_MS;
    }

    /// The tab is no more: the pad is used in another one.
    pub(super) fn leave(&mut self, tab: Tab) {
        if self.tab == Some(tab) {
            self.tab = None;
        }
    }
}

fn lines(pad: PadState) -> Vec<TypedLine> {
    (0..pad.line_count()).map(|at| pad.line(at)).collect()
}

impl Play {
    /// Types, pastes or orders in the pad.
    pub(super) fn fill_pad(&mut self, tab: Tab) {
        let tab = *self.pad.tab.get_or_insert(tab);
        if !ready(tab) {
            return;
        }
        let pad = tab.act(use_order_pad);
        world::pass(50);
        if !ready(tab) {
            return;
        }
        if tab.look(|| pad.is_in_conflict()) {
            self.say(&format!("keeps the pad of tab {}", tab.0));
            tab.act(|| pad.settle_conflict(true));
        }
        if !tab.look(|| pad.is_ready() && pad.adding().is_none()) {
            return;
        }
        if self.pad.is_of_tab {
            self.pad.is_of_tab = false;
            self.pad.typed_at = world::with(|world| world.now);
        }
        if self.rng.happens(500) {
            self.type_lines(tab, pad);
        } else {
            self.say(&format!("orders the pad of tab {}", tab.0));
            tab.act(|| pad.add_all());
            if self.rng.happens(100) {
                let wait = self.rng.delay(500);
                world::pass(wait);
                if ready(tab) {
                    self.say("stops that");
                    tab.act(|| use_order_pad().stop_adding());
                }
            }
        }
    }

    fn type_lines(&mut self, tab: Tab, pad: PadState) {
        let there = tab.look(|| lines(pad));
        let mut typed: Vec<TypedLine> = Vec::new();
        for _ in 0..=self.rng.below(4) {
            let sku = self.rng.pick(&self.pad.skus).clone();
            let quantity = self.quantity().to_string();
            if !there.iter().chain(&typed).any(|line| line.sku == sku) {
                typed.push(TypedLine { sku, quantity });
            }
        }
        if typed.is_empty() {
            return;
        }
        self.say(&format!("types into the pad of tab {}: {typed:?}", tab.0));
        for line in &typed {
            *self.pad.typed.entry(line.sku.clone()).or_default() += units(line);
        }
        self.pad.typed_at = world::with(|world| world.now);
        if self.rng.happens(500) {
            tab.act(|| pad.append(typed));
        } else {
            let cells = |line: &TypedLine| vec![line.sku.clone(), line.quantity.clone()];
            let block: Vec<Vec<String>> = typed.iter().map(cells).collect();
            tab.act(|| pad.paste(there.len(), Column::Sku, &block));
        }
    }

    /// Whether nothing is being put into the cart any more, nor written.
    pub(super) fn pad_rests(&mut self) -> bool {
        if self.pad.typed.is_empty() {
            return true;
        }
        let tab = *self.pad.tab.get_or_insert(self.tabs[0]);
        let pad = tab.act(use_order_pad);
        if tab.look(|| pad.is_in_conflict()) {
            tab.act(|| pad.settle_conflict(true));
            return false;
        }
        tab.look(|| pad.is_ready() && pad.adding().is_none())
    }

    pub(super) fn check_pad(&self, cart: &BTreeMap<String, i64>) {
        let Some(tab) = self.pad.tab.filter(|_| !self.pad.typed.is_empty()) else {
            return;
        };
        let mut there: BTreeMap<String, i64> = BTreeMap::new();
        for line in tab.look(|| lines(use_order_pad())) {
            *there.entry(line.sku.clone()).or_default() += units(&line);
        }
        for (sku, typed) in &self.pad.typed {
            let in_pad = there.get(sku).copied().unwrap_or_default();
            let in_cart = cart.get(sku).copied().unwrap_or_default();
            let ordered = self.checkout.units(sku);
            let all = in_pad + in_cart + ordered;
            assert!(
                all == *typed
                    || self.pad.is_lost && all < *typed
                    || self.pad.doubled && all > *typed,
                "{sku}: {typed} were typed; {in_pad} are in the pad, {in_cart} in the cart, {ordered} ordered"
            );
        }
    }
}
