//! The cart: what the server confirmed, with the buyer's latest changes laid over it.
//!
//! Changes show at once. They are sent in order, one at a time, merged while they wait, and kept for
//! this tab until they are confirmed, through reloads too. What the buyer can do is in
//! [`crate::state::cart::edit`] and [`crate::state::cart::added`], the sending in [`crate::state::cart::send`], reading and other tabs in
//! [`crate::state::cart::sync`], and which tab they are of in [`crate::state::cart::tab_claim`].

pub(crate) mod added;
pub(crate) mod batch;
mod delivery;
pub(crate) mod edit;
pub(crate) mod ended;
pub(crate) mod held;
pub(crate) mod prices;
pub(crate) mod refusal;
pub(crate) mod send;
pub(crate) mod sync;
pub(crate) mod tab_claim;

use leptos::{prelude::*, task::spawn_local};
use nymble_wire::{Cart, OrderType};
use std::{cell::Cell, collections::HashSet, rc::Rc, sync::Arc};

use super::{
    catalog::{CatalogState, use_catalog},
    session::{Session, use_session},
    shared,
};
use crate::state::{
    app::notices::{Notices, use_notices},
    cart::{
        added::Said,
        ended::Ended,
        held::{CartField, Typed},
        tab_claim::Claim,
    },
};
use crate::{
    api::problem::ApiError,
    domain::{
        cart::{changes::ChangeQueue, lines::ShownLines, places::Places},
        values::clocks::Reading,
    },
    locale::{Locale, use_locale},
    ports::{tabs::Tabs, time},
};

/// Hears of the confirmed cart.
pub(crate) type Follow = Rc<dyn Fn(Option<&Cart>)>;

/// How far the cart has been found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Phase {
    /// Nobody has looked yet.
    Unknown,
    /// It is being looked for.
    Looking,
    /// It is known, or known not to exist.
    Known,
    /// It could not be read.
    Failed(ApiError),
}

/// The buyer's cart. A copy is a handle.
#[derive(Clone, Copy)]
pub(crate) struct CartState {
    session: Session,
    notices: Notices,
    locale: Locale,
    catalog: CatalogState,
    confirmed: RwSignal<Option<Arc<Cart>>>,
    queue: RwSignal<ChangeQueue>,
    lines: Memo<Arc<ShownLines>>,
    /// Where lines stand that were brought back.
    places: RwSignal<Places>,
    /// Products whose refusals are told in `refused` and not as notices: there may be hundreds.
    quiet: StoredValue<HashSet<String>>,
    /// What was refused of them, with the reason.
    refused: RwSignal<Vec<(String, String)>>,
    /// What the server took of them, whatever has become of the cart since.
    taken: StoredValue<HashSet<String>>,
    /// What the buyer was told is in the cart.
    said: StoredValue<Said>,
    /// The id of the cart that this tab is ordering.
    ordering: StoredValue<Option<String>>,
    /// How the last cart ended that this tab did not order.
    ended: RwSignal<Option<Ended>>,
    /// The notice that says what was ordered with that one without anybody knowing, and what it names.
    ordered_too: StoredValue<(u64, Vec<String>)>,
    /// What is typed into its fields and not taken.
    typed: RwSignal<Vec<Typed>>,
    /// The field that held the order up when somebody last wanted to go on.
    stopped: RwSignal<Option<CartField>>,
    phase: RwSignal<Phase>,
    /// Why the changes are not going out; none while they are.
    stalled: RwSignal<Option<ApiError>>,
    running: RwSignal<bool>,
    tabs: StoredValue<Option<Tabs>, LocalStorage>,
    /// Whether the unsent changes are known to be this tab's.
    claim: StoredValue<Claim, LocalStorage>,
    read_at: StoredValue<Reading>,
    /// How many messages have come from other tabs.
    heard: StoredValue<u32>,
    /// How often an answer, or another tab, has told what the cart is.
    told: StoredValue<u32>,
    /// What other tabs have said that they change, and when.
    elsewhere: StoredValue<Vec<(String, Reading)>>,
    /// How many follow it ([`Self::when_settled`]).
    followers: StoredValue<u32>,
}

impl CartState {
    /// A cart that nobody has looked for yet.
    fn new() -> Self {
        let confirmed = RwSignal::new(None::<Arc<Cart>>);
        let queue = RwSignal::new(ChangeQueue::default());
        let places = RwSignal::new(Places::default());
        let over = move |before: Option<&Arc<ShownLines>>| {
            let before = before.map(Arc::as_ref);
            let over = |cart: &Option<Arc<Cart>>| {
                let lines = queue.with(|queue| queue.lines_over(cart.as_deref(), before));
                let id = cart.as_ref().map(|cart| cart.shopping_cart_id.as_str());
                places.with(|places| match places.ranks(id) {
                    Some(ranks) => lines.in_order(&ranks),
                    None => lines,
                })
            };
            Arc::new(confirmed.with(over))
        };
        Self {
            session: use_session(),
            notices: use_notices(),
            locale: use_locale(),
            catalog: use_catalog(),
            confirmed,
            queue,
            lines: Memo::new(over),
            places,
            quiet: StoredValue::new(HashSet::new()),
            refused: RwSignal::new(Vec::new()),
            taken: StoredValue::new(HashSet::new()),
            said: StoredValue::new(Said::default()),
            ordering: StoredValue::new(None),
            ended: RwSignal::new(None),
            ordered_too: StoredValue::new((0, Vec::new())),
            typed: RwSignal::new(Vec::new()),
            stopped: RwSignal::new(None),
            phase: RwSignal::new(Phase::Unknown),
            stalled: RwSignal::new(None),
            running: RwSignal::new(false),
            tabs: StoredValue::new_local(None),
            claim: StoredValue::new_local(Claim::None),
            read_at: StoredValue::new(Reading::NEVER),
            heard: StoredValue::new(0),
            told: StoredValue::new(0),
            elsewhere: StoredValue::new(Vec::new()),
            followers: StoredValue::new(0),
        }
    }

    /// How far the cart has been found (tracked).
    pub(crate) fn phase(self) -> Phase {
        self.phase.get()
    }

    /// The cart as the server last confirmed it (tracked).
    pub(crate) fn confirmed(self) -> Option<Arc<Cart>> {
        self.confirmed.get()
    }

    /// The cart as the server last confirmed it, without tracking.
    pub(crate) fn confirmed_now(self) -> Option<Arc<Cart>> {
        self.confirmed.get_untracked()
    }

    /// The language its notices are in.
    pub(crate) fn locale(self) -> Locale {
        self.locale
    }

    /// The lines as the buyer sees them (tracked).
    pub(crate) fn lines(self) -> Arc<ShownLines> {
        self.lines.get()
    }

    /// The products that unconfirmed changes are about (tracked).
    pub(crate) fn unsent_skus(self) -> HashSet<String> {
        self.queue
            .with(|queue| queue.skus().map(str::to_owned).collect())
    }

    /// What was refused of the products that [`Self::add_quietly`] added, with the reason (tracked).
    pub(crate) fn refused(self) -> Vec<(String, String)> {
        self.refused.get()
    }

    /// Whether the server took what [`Self::add_quietly`] added of a product. It may have been ordered since.
    pub(crate) fn took(self, sku: &str) -> bool {
        self.taken.with_value(|taken| taken.contains(sku))
    }

    /// The PO number as the buyer last left it (tracked).
    pub(crate) fn po_number(self) -> String {
        self.over(ChangeQueue::po_number_over)
    }

    /// The special instructions as the buyer last left them (tracked).
    pub(crate) fn instructions(self) -> String {
        self.over(ChangeQueue::instructions_over)
    }

    /// Order or quote, as the buyer last left it (tracked).
    pub(crate) fn order_type(self) -> OrderType {
        self.over(ChangeQueue::order_type_over)
    }

    fn over<T>(self, read: fn(&ChangeQueue, Option<&Cart>) -> T) -> T {
        self.confirmed
            .with(|cart| self.queue.with(|queue| read(queue, cart.as_deref())))
    }

    /// Whether everything is confirmed (tracked).
    pub(crate) fn is_settled(self) -> bool {
        self.queue.with(ChangeQueue::is_empty)
    }

    /// Calls `then` with the confirmed cart whenever it is known and no change waits any more: of a wave of changes
    /// only the end counts. It is a task of its own, after the buyer sees the change, and one task after the other
    /// where several follow.
    pub(crate) fn when_settled(self, then: Follow) {
        let turn = self.followers.get_value();
        self.followers.set_value(turn + 1);
        let waits = Rc::new(Cell::new(false));
        Effect::new(move |_| {
            let settled = self.phase() == Phase::Known && self.is_settled();
            self.confirmed.track();
            if !settled || waits.replace(true) {
                return;
            }
            let (then, waits) = (Rc::clone(&then), Rc::clone(&waits));
            spawn_local(async move {
                for _ in 0..=turn {
                    time::after_drawing().await;
                }
                waits.set(false);
                if self.queue.try_with_untracked(ChangeQueue::is_empty) == Some(true) {
                    then(self.confirmed_now().as_deref());
                }
            });
        });
    }

    /// Why changes are not going out (tracked).
    pub(crate) fn stalled(self) -> Option<ApiError> {
        self.stalled.get()
    }

    /// The currency of the cart's amounts, ISO 4217 (tracked).
    pub(crate) fn currency(self) -> String {
        self.confirmed
            .with(|cart| cart.as_ref().and_then(|cart| cart.currency_code.clone()))
            .or_else(|| self.session.currency())
            .unwrap_or_default()
    }
}

/// The cart of the running app.
///
/// # Panics
/// Outside the app's component tree.
pub(crate) fn use_cart() -> CartState {
    shared(CartState::new)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests;
