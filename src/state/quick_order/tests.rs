//! The order pad against the sandbox: what is typed is in the pad, in the cart or ordered, and once.

use super::pad::use_order_pad;
use crate::{
    domain::quick_order::line_import::TypedLine,
    simulation::{
        shop::{self, BUYER},
        tab::{Tab, begin},
        world,
    },
};

/// A tab whose pad holds two units of each of so many products.
fn typed(seed: u64, count: usize) -> (Tab, Vec<String>) {
    begin(seed);
    let skus = shop::skus(count);
    let tab = Tab::signed_in(BUYER);
    world::pass(1_000);
    let pad = tab.act(use_order_pad);
    world::pass(1_000);
    let lines = skus.iter().map(|sku| TypedLine {
        sku: sku.clone(),
        quantity: "2".to_owned(),
    });
    let lines: Vec<TypedLine> = lines.collect();
    tab.act(|| pad.append(lines));
    world::pass(10_000);
    (tab, skus)
}

fn left(tab: Tab) -> Vec<String> {
    tab.look(|| {
        let pad = use_order_pad();
        let lines = (0..pad.line_count()).map(|at| pad.line(at).sku);
        lines.collect()
    })
}

#[test]
fn what_was_ordered_elsewhere_while_it_was_added_leaves_the_pad() {
    let mut were_divided = 0;
    for seed in 0..30 {
        let (tab, skus) = typed(seed, 14);
        world::with(|world| world.network.weather.delay = 300);
        tab.act(|| use_order_pad().add_all());
        let some = || shop::cart().len() > 4;
        assert!(world::pass_until(60_000, some), "{seed}");
        let cart = shop::check_out();
        world::pass(120_000);
        assert_eq!(tab.look(|| use_order_pad().adding()), None, "{seed}");
        let (order, left) = (shop::order_of(&cart), left(tab));
        were_divided += usize::from(order.len() < skus.len());
        for sku in &skus {
            let ordered = order.get(sku).copied().unwrap_or_default();
            let in_pad = if left.contains(sku) { 2 } else { 0 };
            assert_eq!(ordered + shop::units(sku) + in_pad, 2, "{seed}: {sku}");
        }
        world::end();
    }
    assert!(were_divided > 0, "the order came in the middle");
}

#[test]
fn a_pad_that_is_loaded_anew_while_it_adds_neither_loses_nor_doubles_a_line() {
    for at in (0..900).step_by(61) {
        let (tab, skus) = typed(4, 9);
        world::with(|world| world.network.weather.delay = 100);
        tab.act(|| use_order_pad().add_all());
        world::pass(at);
        tab.reload();
        world::pass(5_000);
        tab.act(use_order_pad);
        world::pass(120_000);
        let left = left(tab);
        for sku in &skus {
            let in_pad = if left.contains(sku) { 2 } else { 0 };
            assert_eq!(shop::units(sku) + in_pad, 2, "{at} ms: {sku}");
        }
        world::end();
    }
}
