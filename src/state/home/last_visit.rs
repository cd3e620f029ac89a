//! The last visit: what the customer saw then, kept on this device, and the news since.
//!
//! What is kept is read anew each time, as another tab may have told the same news in the meantime. The news
//! that are being told are kept for this tab until they are dismissed, through reloads too.

use leptos::prelude::*;
use nymble_wire::{Invoice, Order};
use std::{rc::Rc, sync::Arc};

use crate::state::{
    cart::{CartState, use_cart},
    catalog::{CatalogState, use_catalog},
    session::{Session, use_session},
    shared,
};
use crate::{
    domain::{
        home::news::{self, News, Seen},
        values::clocks::Reading,
    },
    locale::Locale,
    ports::{device, storage, time},
};

/// The beginning of the keys of what was seen at the last visit.
const SEEN: &str = "nymble.last-visit ";
/// The stock of every line of a long cart is looked after once in so many milliseconds: lines of far apart SKUs may
/// cost a request each.
const EVERY_LINE_MS: i64 = 600_000;
/// The beginning of the keys of news that are being told.
const TOLD: &str = "nymble.news ";

/// The last visit, and the news since. A copy is a handle.
#[derive(Clone, Copy)]
pub(crate) struct LastVisit {
    session: Session,
    cart: CartState,
    catalog: CatalogState,
    /// The news that are being told, and whose they are.
    told: RwSignal<(String, Vec<News>)>,
    /// What was kept when it was read or written last, and what that says: reading it takes a while, and it is read
    /// after each change of the cart.
    read: StoredValue<(String, Seen)>,
    /// When the stock of every line of the cart was last looked after.
    every_line: StoredValue<Reading>,
}

impl LastVisit {
    fn new() -> Self {
        let visit = Self {
            session: use_session(),
            cart: use_cart(),
            catalog: use_catalog(),
            told: RwSignal::new((String::new(), Vec::new())),
            read: StoredValue::default(),
            every_line: StoredValue::new(Reading::NEVER),
        };
        // What the buyer does to the cart is remembered, on whatever screen.
        visit.cart.when_settled(Rc::new(move |cart| {
            visit.look(|seen| {
                let on_hand = |sku: &str| visit.on_hand(sku);
                news::follow_cart(seen, cart, &on_hand);
                Vec::new()
            });
        }));
        visit
    }

    fn on_hand(self, sku: &str) -> Option<i64> {
        self.catalog.product_now(sku)?.quantity_on_hand
    }

    /// Compares what was seen with what is now, remembers the latter, and tells what is new.
    fn look(self, compare: impl FnOnce(&mut Seen) -> Vec<News>) {
        let Some(whose) = untrack(|| self.session.customer_scope()) else {
            return;
        };
        let mut key = String::from(SEEN);
        key.push_str(&whose);
        let kept = device::get(&key);
        let read = self.read.try_update_value(std::mem::take);
        let before = match read.filter(|(text, _)| kept.as_ref() == Some(text)) {
            Some((_, read)) => read,
            None => kept
                .as_deref()
                .and_then(storage::read_json)
                .unwrap_or_default(),
        };
        let mut seen = before.clone();
        let new = compare(&mut seen);
        let text = kept.filter(|_| seen == before).unwrap_or_else(|| {
            let text = serde_json::to_string(&seen).unwrap_or_default();
            device::set(&key, Some(&text));
            text
        });
        self.read.set_value((text, seen));
        self.recall(&whose);
        if !new.is_empty() {
            self.told.update(|(_, told)| news::add(told, new));
            self.keep();
        }
    }

    /// Takes up the news that this tab was telling `whose`.
    fn recall(self, whose: &str) {
        if self.told.with_untracked(|(of, _)| of == whose) {
            return;
        }
        let mut key = String::from(TOLD);
        key.push_str(whose);
        let told = storage::get_json(&key);
        self.told.set((whose.to_owned(), told.unwrap_or_default()));
    }

    fn keep(self) {
        self.told.with_untracked(|(whose, told)| {
            let mut key = String::from(TOLD);
            key.push_str(whose);
            let text = serde_json::to_string(told).unwrap_or_default();
            storage::set(&key, (!told.is_empty()).then_some(text.as_str()));
        });
    }

    /// The customer's latest orders are there.
    pub(crate) fn saw_orders(self, orders: &[Order]) {
        self.look(|seen| news::of_orders(seen, orders));
    }

    /// All of the customer's open invoices are there.
    pub(crate) fn saw_invoices(self, open: &[Arc<Invoice>]) {
        let (today, open) = (Locale::today(), open.iter().map(Arc::as_ref));
        self.look(|seen| news::of_invoices(seen, open, today));
    }

    /// The open cart is there, and of its products what can be known.
    pub(crate) fn saw_cart(self) {
        let cart = self.cart.confirmed_now();
        let on_hand = |sku: &str| self.on_hand(sku);
        self.look(|seen| news::of_cart(seen, cart.as_deref(), &on_hand));
    }

    /// Whether the stock of every line of the cart is to be looked after, also of a long one; not again for some time
    /// once this was asked.
    pub(crate) fn is_time_for_every_line(self) -> bool {
        let is_time = time::since(self.every_line.get_value()) > EVERY_LINE_MS;
        if is_time {
            self.every_line.set_value(time::reading());
        }
        is_time
    }

    /// The news that are being told, the latest first (tracked).
    pub(crate) fn news(self) -> Vec<News> {
        let whose = self.session.customer_scope().unwrap_or_default();
        let told = self.told.get();
        if told.0 == whose { told.1 } else { Vec::new() }
    }

    /// Stops telling a piece of news.
    pub(crate) fn dismiss(self, news: &News) {
        self.told
            .update(|(_, told)| told.retain(|known| known.key() != news.key()));
        self.keep();
    }

    /// Stops telling all of them.
    pub(crate) fn dismiss_all(self) {
        self.told.update(|(_, told)| told.clear());
        self.keep();
    }
}

/// The last visit of the running app's buyer. Its first use begins to follow the cart.
///
/// # Panics
/// Outside the app's component tree.
pub(crate) fn use_last_visit() -> LastVisit {
    shared(LastVisit::new)
}
