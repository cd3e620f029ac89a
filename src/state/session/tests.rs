//! Signing in, and the same in every tab.

use leptos::prelude::*;

use super::{Session, SignInError};
use crate::{
    ports::task::spawn_local,
    simulation::{
        network::{self, Fate, Method},
        shop::{self, BUYER},
        tab::{Tab, begin},
        world,
    },
};

fn sign_in(tab: Tab, secret: &'static str) -> Option<Result<(), SignInError>> {
    let outcome = tab.act(|| {
        let session: Session = expect_context();
        let outcome = RwSignal::new(None);
        spawn_local(async move { outcome.set(Some(session.sign_in(BUYER, secret).await)) });
        outcome
    });
    world::pass(10_000);
    tab.look(|| outcome.get())
}

#[test]
fn the_server_says_whether_a_secret_is_right() {
    begin(1);
    world::with(|world| world.network.checks_passwords = true);
    let tab = Tab::open();
    assert!(world::pass_until(10_000, || tab.is_ready()));
    assert!(!tab.is_signed_in());
    match sign_in(tab, "wrong") {
        Some(Err(SignInError::Api(error))) => assert_eq!(error.status(), Some(401)),
        other => panic!("{other:?}"),
    }
    assert_eq!(sign_in(tab, "sandbox"), Some(Ok(())));
    assert!(tab.is_signed_in());
    tab.reload();
    assert!(world::pass_until(10_000, || tab.is_ready()));
    assert!(tab.is_signed_in(), "it is kept for the tab");
    world::end();
}

#[test]
fn a_new_tab_takes_up_the_session_of_another_one() {
    for seed in 0..10 {
        begin(seed);
        let _one = Tab::signed_in(BUYER);
        let two = Tab::open();
        assert!(world::pass_until(10_000, || two.is_ready()));
        assert!(two.is_signed_in(), "{seed}");
        world::end();
    }
}

#[test]
fn who_signs_out_is_signed_out_in_every_tab() {
    begin(3);
    let (one, two) = (Tab::signed_in(BUYER), Tab::open());
    assert!(world::pass_until(10_000, || two.is_ready()));
    one.act(|| expect_context::<Session>().sign_out());
    world::pass(10_000);
    for tab in [one, two] {
        assert!(tab.is_ready() && !tab.is_signed_in());
        assert_eq!(tab.look(crate::ports::page::address).0, "/sign-in");
    }
    world::end();
}

/// A tab in which two of a product were added when the token had ended.
fn stopped_by_an_ended_token(seed: u64) -> (Tab, String) {
    begin(seed);
    let sku = shop::skus(1).remove(0);
    let tab = Tab::signed_in(BUYER);
    world::pass(1_000);
    network::plan(Method::POST, "/api/carts/", Fate::TokenEnded);
    tab.cart(|cart| cart.add(&sku, "Bolt", 2));
    world::pass(10_000);
    (tab, sku)
}

#[test]
fn what_meets_a_token_that_has_ended_goes_on_once_signed_in_again() {
    let (tab, sku) = &stopped_by_an_ended_token(4);
    assert!(tab.asks_to_sign_in());
    assert_eq!(shop::units(sku), 0);
    tab.sign_in(BUYER);
    world::pass(10_000);
    assert!(!tab.asks_to_sign_in());
    assert_eq!(shop::units(sku), 2);
    world::end();
}

#[test]
fn what_waits_for_a_sign_in_that_is_declined_stays_to_be_tried_again() {
    let (tab, sku) = &stopped_by_an_ended_token(5);
    tab.act(|| expect_context::<Session>().decline());
    world::pass(10_000);
    assert_eq!((tab.lines().len(), shop::units(sku)), (1, 0));
    tab.cart(crate::state::cart::CartState::try_again);
    world::pass(10_000);
    assert_eq!(shop::units(sku), 2);
    world::end();
}
