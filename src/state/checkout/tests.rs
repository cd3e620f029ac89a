//! Placing an order against the sandbox, whatever becomes of the request, and the carts around it.

use std::{cell::RefCell, rc::Rc};

use leptos::task::spawn_local;

use super::order::{self, Order, Outcome, PaymentPart};
use crate::{
    simulation::{
        network::{self, Fate, Method},
        shop::{self, BUYER},
        tab::{Tab, begin},
        world,
    },
    state::{
        cart::{CartState, use_cart},
        session::use_session,
    },
};

/// How a try ended: placed, not placed, or in doubt.
fn place(tab: Tab) -> Option<&'static str> {
    let ended = Rc::new(RefCell::new(None));
    let told = Rc::clone(&ended);
    tab.act(|| {
        let (session, cart) = (use_session(), use_cart());
        let order = Order {
            address: shop::address(),
            po_number: Some("PO-7".to_owned()),
            payment: PaymentPart {
                profile_id: None,
                payment: Some(shop::on_account()),
                words: "on account".to_owned(),
            },
        };
        spawn_local(async move {
            let outcome = order::place(session, cart, &order, || {}).await;
            *told.borrow_mut() = Some(match outcome {
                Outcome::Placed(_) => "placed",
                Outcome::Unknown(_) => "in doubt",
                _ => "not placed",
            });
        });
    });
    world::pass(120_000);
    ended.borrow().as_ref().copied()
}

fn with_a_cart(seed: u64) -> (Tab, String) {
    begin(seed);
    let sku = shop::skus(1).remove(0);
    shop::add_elsewhere(&sku, 3);
    let tab = Tab::signed_in(BUYER);
    world::pass(1_000);
    (tab, sku)
}

#[test]
fn an_order_is_told_of_as_it_is_whatever_becomes_of_its_request() {
    for (fate, expected) in [
        (Fate::Answered, "placed"),
        (Fate::CutBefore, "not placed"),
        (Fate::CutAfter, "placed"),
        (Fate::Doubled, "placed"),
        (Fate::Failed, "not placed"),
        (Fate::Proxy, "not placed"),
        (Fate::TooMany(1), "not placed"),
    ] {
        let (tab, _) = with_a_cart(1);
        network::plan(Method::POST, "/complete-checkout", fate);
        assert_eq!(place(tab), Some(expected), "{fate:?}");
        let is_open = !shop::cart().is_empty();
        assert_eq!(is_open, expected == "not placed", "{fate:?}");
        let attempt = tab.look(|| order::pending_attempt(shop::CUSTOMER));
        assert_eq!(attempt, None, "{fate:?}");
        world::end();
    }
}

#[test]
fn an_order_that_is_found_later_leaves_the_next_cart_alone() {
    let (tab, sku) = with_a_cart(2);
    let other = Tab::open();
    world::pass(5_000);
    let first = shop::check_out();
    shop::add_elsewhere(&sku, 2);
    for tab in [tab, other] {
        tab.cart(CartState::reload);
    }
    world::pass(5_000);
    assert_eq!(tab.lines(), [(sku.clone(), 2)]);
    assert_eq!(other.lines(), [(sku.clone(), 2)]);
    tab.cart(|cart| cart.forget(&first));
    world::pass(5_000);
    assert_eq!(tab.lines(), [(sku.clone(), 2)]);
    assert_eq!(other.lines(), [(sku, 2)], "and so do the other tabs");
    world::end();
}

#[test]
fn a_cart_that_was_read_around_a_checkout_takes_no_later_word_back() {
    for seed in 0..40 {
        let (tab, _) = with_a_cart(seed);
        let other = Tab::open();
        world::pass(5_000);
        let more = shop::skus(3);
        world::with(|world| world.network.weather.delay = 2_000);
        tab.act(|| {
            let cart = use_cart();
            let id = cart
                .confirmed_now()
                .map(|cart| cart.shopping_cart_id.clone());
            spawn_local(async move {
                let _ = cart.read_back(&id.unwrap_or_default()).await;
            });
        });
        for sku in &more[1..] {
            other.cart(|cart| cart.add(sku, sku, 2));
        }
        world::pass(60_000);
        assert_eq!(tab.lines(), shop::cart(), "{seed}");
        world::end();
    }
}
