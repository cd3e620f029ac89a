//! Checking out: the order is placed as the form does it, once or in two tabs at once, and found again after a reload.
//!
//! What is reported must be true at that moment: placed means that the cart was ordered, and anything else that this tab
//! has not ordered it. No cart becomes two orders.

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

use leptos::task::spawn_local;

use super::play::{Play, ready};
use crate::{
    simulation::{
        network::{self, Asked, Fate, Method},
        shop::{self, CUSTOMER},
        tab::Tab,
        world::TabId,
    },
    state::{
        cart::{CartState, use_cart},
        checkout::{
            draft::{KeptDraft, use_checkout_draft},
            order::{self, Order, Outcome, PaymentPart, PlacedOrder},
        },
        session::use_session,
    },
};

/// What was said of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Said {
    Placed,
    NotPlaced,
    Doubt,
}

/// What became of one try, as the tab told it.
#[derive(Clone, Debug)]
struct Told {
    cart: String,
    said: Said,
    /// Whether the cart had become an order then, and whether by this tab's request.
    ordered: bool,
    by_this_tab: bool,
}

/// What is shared with the tasks of the tabs.
#[derive(Default)]
struct Heard {
    told: Vec<Told>,
    /// Tabs, with their load, that are at it.
    busy: BTreeSet<(TabId, u64)>,
}

/// The orders of a session.
#[derive(Default)]
pub(super) struct Checkout {
    heard: Rc<RefCell<Heard>>,
    /// Carts that became orders, with the order's lines, and the tab that asked for it.
    orders: BTreeMap<String, (BTreeMap<String, i64>, TabId)>,
    /// Tabs that have lost what was kept for them.
    pub(super) lost: BTreeSet<TabId>,
}

impl Checkout {
    pub(super) fn is_ordered(&self, cart: &str) -> bool {
        self.orders.contains_key(cart)
    }

    /// How many units of a product have been ordered.
    pub(super) fn units(&self, sku: &str) -> i64 {
        let lines = self.orders.values().filter_map(|(lines, _)| lines.get(sku));
        lines.sum()
    }
}

/// What the path of a checkout ends with.
const COMPLETE: &str = "/complete-checkout";

/// The cart that was ordered by a request, once for each time that the server did it.
fn ordered(asked: &Asked) -> Vec<String> {
    let cart = asked
        .path
        .strip_suffix(COMPLETE)
        .and_then(|path| path.rsplit('/').next());
    let done = asked.done.iter().filter(|status| **status < 300);
    done.filter_map(|_| Some(cart?.to_owned())).collect()
}

fn place(words: &str, po_number: Option<String>, heard: Rc<RefCell<Heard>>, tab: Tab) {
    let (session, cart, draft) = (use_session(), use_cart(), use_checkout_draft());
    let Some(confirmed) = cart.confirmed_now() else {
        return;
    };
    let id = confirmed.shopping_cart_id.clone();
    let order = Order {
        address: confirmed
            .shipping_address
            .clone()
            .unwrap_or_else(shop::address),
        po_number,
        payment: PaymentPart {
            profile_id: None,
            payment: Some(shop::on_account()),
            words: words.to_owned(),
        },
    };
    draft.take_up();
    let load = tab.load();
    heard.borrow_mut().busy.insert((tab.0, load));
    spawn_local(async move {
        let outcome = order::place(session, cart, &order, || {}).await;
        conclude(outcome, &id, (tab, cart, draft), &heard);
        heard.borrow_mut().busy.remove(&(tab.0, load));
    });
}

fn look_back(attempt: PlacedOrder, heard: Rc<RefCell<Heard>>, tab: Tab) {
    let (session, cart, draft) = (use_session(), use_cart(), use_checkout_draft());
    let id = attempt.cart.shopping_cart_id.clone();
    let load = tab.load();
    heard.borrow_mut().busy.insert((tab.0, load));
    cart.begin_ordering(&id);
    spawn_local(async move {
        let outcome = order::look_back(session, cart, attempt).await;
        cart.end_ordering();
        conclude(outcome, &id, (tab, cart, draft), &heard);
        heard.borrow_mut().busy.remove(&(tab.0, load));
    });
}

/// What the form does with the outcome, and what is to be noted of it.
fn conclude(
    outcome: Outcome,
    id: &str,
    (tab, cart, draft): (Tab, CartState, KeptDraft),
    heard: &RefCell<Heard>,
) {
    let done = network::asked();
    let done: Vec<&Asked> = done
        .iter()
        .filter(|asked| ordered(asked).iter().any(|cart| cart == id))
        .collect();
    let said = match outcome {
        Outcome::Placed(placed) => {
            draft.forget();
            cart.forget(&placed.cart.shopping_cart_id);
            order::remember(&placed);
            Said::Placed
        }
        Outcome::Ended(cart_id) => {
            cart.has_ended(&cart_id);
            Said::NotPlaced
        }
        Outcome::Refused(_) | Outcome::CartChanged | Outcome::NotPlaced(_) => Said::NotPlaced,
        Outcome::Unknown(_) => Said::Doubt,
    };
    heard.borrow_mut().told.push(Told {
        cart: id.to_owned(),
        said,
        ordered: !done.is_empty(),
        by_this_tab: done.iter().any(|asked| asked.tab == tab.0),
    });
}

impl Play {
    /// Orders the cart, now and then in another tab as well.
    pub(super) fn order(&mut self, tab: Tab) {
        if !self.shares && self.rng.happens(500) {
            let fates = [
                Fate::CutBefore,
                Fate::CutAfter,
                Fate::Doubled,
                Fate::TokenEnded,
                Fate::TooMany(1),
                Fate::Failed,
                Fate::Proxy,
            ];
            let fate = *self.rng.pick(&fates);
            network::plan(Method::POST, COMPLETE, fate);
        }
        self.order_in(tab);
        if self.rng.happens(300) {
            let other = *self.rng.pick(&self.tabs);
            if ready(other) {
                self.order_in(other);
            }
        }
    }

    fn order_in(&mut self, tab: Tab) {
        if self.look_back(tab) || tab.lines().is_empty() {
            return;
        }
        let po_number = self
            .rng
            .happens(300)
            .then(|| format!("PO-{}", self.log.len()));
        self.say(&format!("orders in tab {} as {po_number:?}", tab.0));
        let heard = Rc::clone(&self.checkout.heard);
        tab.act(|| place("on account", po_number, heard, tab));
    }

    /// Looks what became of an order, as the form does when it is opened. Whether one is on its way.
    fn look_back(&mut self, tab: Tab) -> bool {
        let busy = (tab.0, tab.load());
        if self.checkout.heard.borrow().busy.contains(&busy) {
            return true;
        }
        let Some(attempt) = tab.look(|| order::pending_attempt(CUSTOMER)) else {
            return false;
        };
        self.say(&format!("looks in tab {} what became of the order", tab.0));
        let heard = Rc::clone(&self.checkout.heard);
        tab.act(|| look_back(attempt, heard, tab));
        true
    }

    pub(super) fn orders_rest(&mut self, tab: Tab) -> bool {
        !self.look_back(tab)
    }

    /// Takes in which carts have become orders.
    pub(super) fn take_orders(&mut self) {
        let mut all: Vec<(String, TabId)> = Vec::new();
        network::each_asked(|asked| {
            all.extend(ordered(asked).into_iter().map(|cart| (cart, asked.tab)));
        });
        for (place, (cart, tab)) in all.iter().enumerate() {
            let again = all[..place].iter().any(|(earlier, _)| earlier == cart);
            assert!(!again, "the cart {cart} was ordered twice");
            if self.checkout.is_ordered(cart) {
                continue;
            }
            let lines = shop::order_of(cart);
            let mut doubled = false;
            network::each_asked(|asked| doubled |= asked.fate == Fate::Doubled);
            // The pad's products are no better off.
            self.pad.doubled |= doubled;
            self.say(&format!("the cart {cart} was ordered: {lines:?}"));
            for (sku, meant) in &mut self.model.products {
                let units = lines.get(sku).copied().unwrap_or_default();
                let before = meant.clone();
                assert!(
                    meant.ordered(units, doubled),
                    "{sku}: {units} were ordered, but {before:?} was meant"
                );
            }
            let order = (lines, *tab);
            self.checkout.orders.insert(cart.clone(), order);
        }
    }

    pub(super) fn check_orders(&self) {
        let heard = self.checkout.heard.borrow();
        for told in &heard.told {
            let is_true = match told.said {
                Said::Placed => told.ordered,
                Said::NotPlaced => !told.by_this_tab,
                Said::Doubt => true,
            };
            assert!(is_true, "that is not so: {told:?}");
        }
        for (cart, (_, tab)) in &self.checkout.orders {
            let is_told = heard
                .told
                .iter()
                .any(|told| told.cart == *cart && told.said == Said::Placed);
            assert!(
                is_told || self.checkout.lost.contains(tab),
                "nobody was told that the cart {cart} was ordered in tab {tab}"
            );
        }
        for tab in &self.tabs {
            let attempt = tab.look(|| order::pending_attempt(CUSTOMER));
            assert!(attempt.is_none(), "tab {} still asks: {attempt:?}", tab.0);
        }
    }
}
