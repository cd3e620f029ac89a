//! The end of a cart that this tab did not bring about: another device or tab ordered it, or it was deleted. The buyer is
//! told which order it became and what was not done to it any more; the next cart begins.

use leptos::{prelude::*, task::spawn_local};
use nymble_wire::{Cart, Order, OrderType};
use std::sync::Arc;

use crate::state::{
    app::notices::{NoticeAction, Tone},
    cart::CartState,
};
use crate::{
    api::{
        carts,
        orders::{self, SortField, Wanted},
        problem::ApiError,
    },
    domain::cart::{
        changes::{Change, ChangeQueue, Fate, Sent},
        lines::Units,
    },
    ports::time,
};

/// How often an order is looked for that may not be among the orders yet, and how long between, in milliseconds.
const LOOKS: u32 = 3;
const PAUSE_MS: i32 = 700;

/// So many of the orders placed last are looked through for a product.
const LATEST: u64 = 10;
/// By so many seconds the time of an order may differ from the servers' time as this device knows it, by which it noted
/// when it sent something.
const CLOCKS_APART_S: i64 = 10;

/// How a cart ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Ended {
    /// It was ordered, under this number where it could be found.
    Ordered(Option<String>),
    /// It was deleted.
    Deleted,
}

impl CartState {
    /// Takes in which cart is the open one. One that has ended meanwhile is told of, unless this tab is ordering it.
    pub(super) fn set_confirmed(self, now: Option<Arc<Cart>>) {
        let id = now.as_ref().map(|cart| cart.shopping_cart_id.clone());
        let before = self
            .confirmed_now()
            .filter(|before| Some(&before.shopping_cart_id) != id.as_ref());
        let lost = self.follow_in_queue(id.as_deref());
        self.confirmed.set(now);
        if let Some(before) = before
            && !before.items.is_empty()
            && !self.is_ordering(&before.shopping_cart_id)
        {
            self.tell_end(before.shopping_cart_id.clone());
        }
        self.tell_lost(lost);
    }

    fn follow_in_queue(self, id: Option<&str>) -> Vec<Change> {
        let is_same = |queue: &ChangeQueue| queue.is_of(id);
        if self.queue.with_untracked(is_same) {
            return Vec::new();
        }
        let lost = self.queue.try_update(|queue| queue.follow(id));
        self.keep();
        lost.unwrap_or_default()
    }

    /// From now on this tab orders that cart: its end is no news. Until [`Self::end_ordering`].
    pub(crate) fn begin_ordering(self, cart_id: &str) {
        self.ordering.set_value(Some(cart_id.to_owned()));
    }

    /// This tab orders nothing any more.
    pub(crate) fn end_ordering(self) {
        self.ordering.set_value(None);
    }

    fn is_ordering(self, cart_id: &str) -> bool {
        self.ordering
            .with_value(|ordering| ordering.as_deref() == Some(cart_id))
    }

    /// The cart that ended last, and how (tracked).
    pub(crate) fn ended(self) -> Option<Ended> {
        self.ended.get()
    }

    /// A cart turned out to have ended elsewhere: the next one begins.
    pub(crate) fn has_ended(self, cart_id: &str) {
        if self.cart_id().as_deref() == Some(cart_id) {
            self.set_confirmed(None);
            self.read_again();
        } else {
            self.tell_end(cart_id.to_owned());
        }
    }

    /// Looks what a cart that has ended became, and tells.
    fn tell_end(self, cart_id: String) {
        self.notices.withdraw_offers();
        spawn_local(async move {
            let read = self.session.send(carts::one(&cart_id)).await;
            let ended = match read.and_then(|answer| carts::read_one(&answer)) {
                // It is there still, whatever the list of carts says.
                Ok(cart) if cart.status.is_open() => return,
                Err(error) if error.status() == Some(404) => Ended::Deleted,
                _ => {
                    let order = self.order_of(&cart_id).await.ok().flatten();
                    Ended::Ordered(order.map(|order| order.order_number))
                }
            };
            self.ended.set(Some(ended));
        });
    }

    /// The order that a cart became, if it is found.
    async fn order_of(self, cart_id: &str) -> Result<Option<Order>, ApiError> {
        for look in 1..=LOOKS {
            if !self.session.config().features.orders {
                break;
            }
            let answer = self.session.send(orders::of_cart(cart_id)).await?;
            // A server that does not know the filter answers with any order.
            let is_it = |order: &Order| order.origination_cart_id.as_deref() == Some(cart_id);
            let found = orders::read_page(&answer)?.data.into_iter().find(is_it);
            if found.is_some() {
                return Ok(found);
            }
            if look < LOOKS {
                time::sleep(PAUSE_MS).await;
            }
        }
        Ok(None)
    }

    /// What became of an addition whose answer was lost and whose cart has ended: the cart tells, or the order that it
    /// became. Fails where asking again may help.
    pub(super) async fn fate_of(self, sent: &Sent) -> Result<Fate, ApiError> {
        let Some(cart_id) = &sent.cart else {
            return Ok(Fate::Unknown);
        };
        let passes = |error: &ApiError| error.is_transient() || *error == ApiError::SignedOut;
        let read = self.session.send(carts::one(cart_id)).await;
        let deleted = match read.and_then(|answer| carts::read_one(&answer)) {
            Ok(cart) if cart.status.is_open() || !cart.items.is_empty() => {
                return Ok(sent.fate(&Units::of(Some(&cart))));
            }
            Err(error) if passes(&error) => return Err(error),
            Err(error) => error.status() == Some(404),
            Ok(_) => false,
        };
        let order = match self.order_of(cart_id).await {
            Ok(Some(order)) if order.items.is_empty() => {
                // Lists may leave the lines out.
                let read = self.session.send(orders::one(&order.order_number)).await;
                read.and_then(|answer| orders::read_one(&answer)).map(Some)
            }
            found => found,
        };
        match order {
            Ok(Some(order)) if !order.items.is_empty() => Ok(sent.fate(&Units::of_order(&order))),
            Ok(None) if deleted && self.session.config().features.orders => Ok(Fate::NotIn),
            Err(error) if passes(&error) => Err(error),
            _ => Ok(Fate::Unknown),
        }
    }

    /// What became of a change that was to begin a cart and whose answer was lost, where no open cart shows it. The cart
    /// may have been ordered meanwhile, and nobody was told its id. An order of the product that was placed since makes
    /// that possible; whose units it holds cannot be known. Fails where asking again may help.
    pub(super) async fn fate_of_first(self, customer: &str, sent: &Sent) -> Result<Fate, ApiError> {
        let (Some(sku), Some(at)) = (sent.change.sku(), sent.at) else {
            return Ok(Fate::NotIn);
        };
        if !self.session.config().features.orders {
            return Ok(Fate::NotIn);
        }
        let wanted = Wanted {
            customer: customer.to_owned(),
            sku: sku.to_owned(),
            ..Wanted::default()
        };
        let request = orders::search(&wanted, SortField::Date, true, 1, LATEST);
        let read = self.session.send(request).await;
        let latest = match read.and_then(|answer| orders::read_page(&answer)) {
            Ok(page) => page.data,
            Err(error) if error.is_transient() || error == ApiError::SignedOut => {
                return Err(error);
            }
            // Nothing tells of orders here.
            Err(_) => return Ok(Fate::NotIn),
        };
        let since = |order: &Order| {
            let placed = order.order_date.as_ref();
            let placed = placed.and_then(|at| time::seconds_of(at.as_str()));
            placed.is_none_or(|placed| placed >= at - CLOCKS_APART_S)
        };
        // A server that does not know the filters answers with any order. Lists may leave the lines out.
        let holds = |order: &Order| order.items.is_empty() || Units::of_order(order).get(sku) > 0;
        let possible = latest.iter().any(|order| since(order) && holds(order));
        Ok(if possible { Fate::Unknown } else { Fate::NotIn })
    }

    /// Says that an addition, of which that was not known, was ordered with the cart that has ended: one notice, however
    /// many there are.
    pub(super) fn tell_ordered_too(self, change: &Change) {
        let (notices, words) = (self.notices, self.in_words(change));
        let (before, all) = self
            .ordered_too
            .try_update_value(|(notice, all)| {
                let shown = notices.list().with_untracked(|list| {
                    let mut ids = list.iter().map(|notice| notice.id);
                    ids.any(|id| id == *notice)
                });
                if !shown {
                    all.clear();
                }
                all.push(words);
                (*notice, all.join("; "))
            })
            .unwrap_or_default();
        notices.dismiss(before);
        let locale = self.locale;
        let text = locale.text_with("cart.ordered_too", &[("changes", &all)]);
        let notice = notices.show_linked(Tone::Trouble, text, None, None);
        self.ordered_too.update_value(|(shown, _)| *shown = notice);
    }

    /// Says which changes came too late for their cart, and offers to put the quantities into the next one.
    fn tell_lost(self, lost: Vec<Change>) {
        if lost.is_empty() {
            return;
        }
        let locale = self.locale;
        let words: Vec<String> = lost.iter().map(|change| self.in_words(change)).collect();
        let text = locale.text_with("cart.lost", &[("changes", &words.join("; "))]);
        let again: Vec<Change> = lost
            .into_iter()
            .filter(|change| matches!(change, Change::Set { quantity: 1.., .. }))
            .collect();
        let action = (!again.is_empty()).then(|| NoticeAction {
            label: locale.text("cart.lost_again"),
            run: Arc::new(move || self.change_all(again.clone())),
        });
        self.notices.show(Tone::Trouble, text, action);
    }

    fn in_words(self, change: &Change) -> String {
        let locale = self.locale;
        let field = |message: &str, text: &str| [&locale.text(message), ": ", text].concat();
        match change {
            Change::Add { quantity, .. } | Change::Set { quantity, .. } => {
                let name = change.label().unwrap_or_default();
                let quantity = locale.number(u64::from(*quantity));
                [name, " × ", &quantity].concat()
            }
            Change::PoNumber(text) => field("cart.po_number", text),
            Change::Instructions(text) => field("cart.instructions", text),
            Change::OrderType(OrderType::Quote) => {
                field("cart.order_type", &locale.text("cart.quote"))
            }
            Change::OrderType(_) => field("cart.order_type", &locale.text("cart.standard")),
        }
    }
}
