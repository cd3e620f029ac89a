//! The cart against the sandbox, whatever becomes of a request.

use super::Phase;
use crate::simulation::{
    network::{self, Fate, Method},
    shop::{self, BUYER},
    tab::{Tab, begin},
    world,
};

/// So long everything takes at most that is not held up, in milliseconds.
const REST_MS: i64 = 60_000;

/// All fates that a change may have which the sending gets over by itself, or at the next try.
const FATES: [Fate; 6] = [
    Fate::Answered,
    Fate::CutBefore,
    Fate::CutAfter,
    Fate::Doubled,
    Fate::Failed,
    Fate::TooMany(1),
];

/// Waits until all is sent, as a buyer does who tries again where something went wrong.
fn settle(tab: Tab) {
    for _ in 0..20 {
        world::pass(REST_MS);
        if tab.look(|| super::use_cart().is_settled()) {
            return;
        }
        tab.cart(super::CartState::try_again);
    }
    panic!("it never comes to rest");
}

#[test]
fn an_addition_is_made_once_whatever_becomes_of_its_request() {
    for fate in FATES {
        for there_before in [false, true] {
            for seed in 0..5 {
                begin(seed);
                let skus = shop::skus(2);
                if there_before {
                    shop::add_elsewhere(&skus[0], 2);
                    shop::add_elsewhere(&skus[1], 5);
                }
                let tab = Tab::signed_in(BUYER);
                world::pass(1_000);
                network::plan(Method::POST, "/api/carts/", fate);
                tab.cart(|cart| cart.add(&skus[0], "Bolt", 3));
                settle(tab);
                let expected = if there_before { 5 } else { 3 };
                let case = (fate, there_before, seed);
                assert_eq!(shop::units(&skus[0]), expected, "{case:?}");
                assert_eq!(tab.lines(), shop::cart(), "{case:?}");
                world::end();
            }
        }
    }
}

#[test]
fn a_quantity_and_a_removal_are_what_the_buyer_meant_whatever_becomes_of_them() {
    for fate in FATES {
        for (method, quantity) in [(Method::PUT, 7), (Method::DELETE, 0)] {
            begin(8);
            let skus = shop::skus(2);
            shop::add_elsewhere(&skus[0], 2);
            shop::add_elsewhere(&skus[1], 5);
            let tab = Tab::signed_in(BUYER);
            world::pass(1_000);
            network::plan(method, "/items/", fate);
            tab.cart(|cart| cart.set_quantity(&skus[0], "Bolt", quantity));
            settle(tab);
            assert_eq!(shop::units(&skus[0]), i64::from(quantity), "{fate:?}");
            assert_eq!(tab.lines(), shop::cart(), "{fate:?}");
            let trouble = tab
                .notices()
                .into_iter()
                .filter(|it| it.text.contains("Bolt"));
            assert_eq!(trouble.count(), 0, "{fate:?}: nothing was refused");
            world::end();
        }
    }
}

#[test]
fn a_page_that_is_loaded_anew_at_any_moment_neither_loses_nor_doubles() {
    for at in (0..400).step_by(7) {
        begin(9);
        world::with(|world| world.network.weather.delay = 60);
        let skus = shop::skus(3);
        let tab = Tab::signed_in(BUYER);
        world::pass(1_000);
        for sku in &skus {
            tab.cart(|cart| cart.add(sku, "Bolt", 2));
        }
        world::pass(at);
        tab.reload();
        settle(tab);
        for sku in &skus {
            assert_eq!(shop::units(sku), 2, "{sku} after {at} ms");
        }
        assert_eq!(tab.lines(), shop::cart(), "{at} ms");
        world::end();
    }
}

#[test]
fn two_tabs_show_one_cart() {
    for seed in 0..20 {
        begin(seed);
        world::with(|world| world.network.weather.delay = 200);
        let skus = shop::skus(4);
        let (one, two) = (Tab::signed_in(BUYER), Tab::open());
        assert!(world::pass_until(10_000, || two.is_signed_in()), "{seed}");
        for (tab, skus) in [(one, &skus[..2]), (two, &skus[2..])] {
            for sku in skus {
                tab.cart(|cart| cart.add(sku, "Bolt", 1));
                world::pass(30);
            }
        }
        settle(one);
        settle(two);
        let cart = shop::cart();
        assert_eq!(cart.len(), 4, "{seed}");
        assert_eq!((one.lines(), two.lines()), (cart.clone(), cart), "{seed}");
        world::end();
    }
}

#[test]
fn a_refusal_is_told_once_and_taken_out_of_what_was_said() {
    begin(11);
    let tab = Tab::signed_in(BUYER);
    world::pass(1_000);
    tab.cart(|cart| cart.add("NO-SUCH", "Washer", 2));
    assert!(tab.notices().iter().any(|it| it.text.contains("Washer")));
    settle(tab);
    let told: Vec<String> = tab.notices().into_iter().map(|it| it.text).collect();
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains("Washer"), "{told:?}");
    assert_eq!((tab.lines(), shop::cart()), (vec![], vec![]));
    world::end();
}

/// A read of the cart that is answered before a change is made, and whose answer comes after the change's.
#[test]
fn an_answer_that_was_overtaken_does_not_show_an_older_cart() {
    let mut overtaken = 0;
    for seed in 0..200 {
        begin(seed);
        let skus = shop::skus(2);
        let tab = Tab::signed_in(BUYER);
        world::pass(1_000);
        tab.cart(|cart| cart.add(&skus[0], "Bolt", 1));
        world::pass(20_000);
        world::with(|world| world.network.weather.delay = 300);
        // It is looked at again after a while, and the buyer goes on at once.
        crate::simulation::place::fire(tab.0, "focus");
        tab.cart(|cart| cart.set_quantity(&skus[0], "Bolt", 2));
        settle(tab);
        assert_eq!(tab.lines(), shop::cart(), "{seed}");
        let reads = network::asked()
            .into_iter()
            .filter(|it| it.method == Method::GET);
        overtaken += usize::from(reads.count() > 2);
        world::end();
    }
    assert!(overtaken > 0, "some answers were overtaken");
}

#[test]
fn without_a_connection_what_is_changed_waits_for_one() {
    begin(12);
    let sku = &shop::skus(1)[0];
    let tab = Tab::signed_in(BUYER);
    world::pass(1_000);
    world::with(|world| world.network.online = false);
    tab.cart(|cart| cart.add(sku, "Bolt", 4));
    world::pass(REST_MS);
    assert_eq!(tab.lines(), [(sku.clone(), 4)]);
    assert!(tab.look(|| super::use_cart().stalled()).is_some());
    world::with(|world| world.network.online = true);
    crate::simulation::place::fire(tab.0, "online");
    world::pass(REST_MS);
    assert_eq!(shop::units(sku), 4);
    assert_eq!(tab.look(|| super::use_cart().phase()), Phase::Known);
    world::end();
}

/// Nobody was refused for good, nothing was done: another tab's units of the same product are not taken for this tab's.
#[test]
fn an_addition_that_has_to_wait_is_made_although_another_tab_adds_the_same() {
    for fate in [Fate::TooMany(20), Fate::TokenEnded] {
        begin(13);
        let sku = &shop::skus(1)[0];
        let (one, two) = (Tab::signed_in(BUYER), Tab::open());
        assert!(world::pass_until(10_000, || two.is_signed_in()));
        world::pass(2_000);
        network::plan(Method::POST, "/api/carts/", fate);
        one.cart(|cart| cart.add(sku, "Bolt", 2));
        world::pass(3_000);
        two.cart(|cart| cart.add(sku, "Bolt", 3));
        world::pass(3_000);
        if one.asks_to_sign_in() {
            one.sign_in(BUYER);
        }
        settle(one);
        settle(two);
        assert_eq!(shop::units(sku), 5, "{fate:?}");
        world::end();
    }
}

#[test]
fn two_tabs_that_add_the_same_at_once_add_it_twice() {
    for seed in 0..40 {
        begin(seed);
        world::with(|world| world.network.weather.delay = 1_500);
        let skus = shop::skus(2);
        shop::add_elsewhere(&skus[1], 1);
        let (one, two) = (Tab::signed_in(BUYER), Tab::open());
        assert!(world::pass_until(30_000, || two.is_signed_in()));
        world::pass(10_000);
        for tab in [one, two] {
            tab.cart(|cart| cart.add(&skus[0], "Bolt", 2));
        }
        settle(one);
        settle(two);
        assert_eq!(shop::units(&skus[0]), 4, "{seed}");
        world::end();
    }
}

#[test]
fn a_change_whose_answer_was_lost_is_shown_in_the_other_tabs_too() {
    for (method, quantity) in [(Method::PUT, 7), (Method::DELETE, 0)] {
        begin(14);
        let sku = &shop::skus(1)[0];
        shop::add_elsewhere(sku, 2);
        let (one, two) = (Tab::signed_in(BUYER), Tab::open());
        assert!(world::pass_until(10_000, || two.is_signed_in()));
        world::pass(2_000);
        network::plan(method, "/items/", Fate::CutAfter);
        one.cart(|cart| cart.set_quantity(sku, "Bolt", quantity));
        settle(one);
        assert_eq!(shop::units(sku), i64::from(quantity));
        assert_eq!(two.lines(), shop::cart());
        world::end();
    }
}

#[test]
fn a_quantity_that_is_set_where_there_was_no_line_is_set_once() {
    begin(15);
    let skus = shop::skus(2);
    shop::add_elsewhere(&skus[1], 1);
    let tab = Tab::signed_in(BUYER);
    world::pass(1_000);
    network::plan(Method::POST, "/items", Fate::Doubled);
    tab.cart(|cart| cart.set_quantity(&skus[0], "Bolt", 3));
    settle(tab);
    assert_eq!(shop::units(&skus[0]), 3);
    world::end();
}

/// Nobody tells the id of a cart whose first addition lost its answer. When it is ordered elsewhere before this tab has
/// read it, the buyer is told, and nothing is added a second time. What was lost on the way is still added.
#[test]
fn an_addition_that_began_a_cart_which_was_ordered_elsewhere_is_not_made_again() {
    for (fate, ordered, units) in [(Fate::CutAfter, 0, 0), (Fate::CutBefore, 1, 3)] {
        for reloads in [false, true] {
            begin(16);
            let skus = shop::skus(2);
            let tab = Tab::signed_in(BUYER);
            world::pass(1_000);
            network::plan(Method::POST, "/api/carts/", fate);
            // Nothing can be read until the cart has been ordered.
            for _ in 0..3 {
                network::plan(Method::GET, "/api/carts/", Fate::Failed);
            }
            tab.cart(|cart| cart.add(&skus[0], "Bolt", 3));
            world::pass(REST_MS);
            if shop::cart().is_empty() {
                shop::add_elsewhere(&skus[ordered], 2);
            }
            shop::order_elsewhere();
            if reloads {
                tab.reload();
            }
            settle(tab);
            let case = (fate, reloads);
            assert_eq!(shop::units(&skus[0]), units, "{case:?}");
            let told = tab.notices().into_iter();
            let told = told.filter(|it| {
                it.text.contains("Bolt") && it.text.contains("before you add it again")
            });
            assert_eq!(told.count(), usize::from(units == 0), "{case:?}");
            world::end();
        }
    }
}
