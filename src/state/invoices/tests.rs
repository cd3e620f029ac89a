//! Paying invoices against the sandbox, whatever becomes of a request.

use std::sync::Arc;

use nymble_wire::Invoice;
use rust_decimal::Decimal;

use super::payment::{Activity, use_invoice_payments};
use crate::{
    domain::invoices::ledger::Stage,
    simulation::{
        network::{self, Fate, Method},
        shop::{self, BUYER},
        tab::{Tab, begin},
        world,
    },
};

fn begin_with(seed: u64, count: usize) -> (Tab, Vec<Invoice>) {
    begin(seed);
    let mut open = shop::open_invoices();
    open.truncate(count);
    assert_eq!(open.len(), count, "so many can be paid");
    let tab = Tab::signed_in(BUYER);
    world::pass(1_000);
    (tab, open)
}

fn pay(tab: Tab, invoices: &[Invoice]) {
    let orders = invoices
        .iter()
        .map(|it| (Arc::new(it.clone()), Decimal::ONE));
    let orders: Vec<_> = orders.collect();
    tab.act(|| use_invoice_payments().pay(&orders, shop::card(), |_| {}));
}

/// How many payments have come to an invoice since it was read.
fn more(invoice: &Invoice) -> usize {
    shop::invoice(&invoice.id).payments.len() - invoice.payments.len()
}

#[test]
fn a_payment_is_made_once_and_told_of_as_it_is() {
    for (fate, is_paid) in [
        (Fate::Answered, true),
        (Fate::CutBefore, false),
        (Fate::CutAfter, true),
        (Fate::Doubled, true),
        (Fate::Failed, false),
        (Fate::Proxy, false),
        (Fate::TooMany(1), false),
    ] {
        let (tab, open) = begin_with(1, 2);
        network::plan(Method::POST, "/pay", fate);
        pay(tab, &open);
        world::pass(120_000);
        let notes = tab.look(|| use_invoice_payments().notes());
        for invoice in &open {
            let note = notes.iter().find(|note| note.invoice_id == invoice.id);
            let told = note.is_some_and(|note| matches!(note.stage, Stage::Paid(_)));
            assert_eq!(more(invoice), usize::from(told), "{fate:?}: {note:?}");
        }
        assert_eq!(more(&open[0]) == 1, is_paid, "{fate:?}");
        world::end();
    }
}

#[test]
fn a_payment_goes_on_by_looking_at_whatever_moment_the_page_is_loaded_anew() {
    for at in (0..500).step_by(23) {
        let (tab, open) = begin_with(2, 2);
        world::with(|world| world.network.weather.delay = 100);
        pay(tab, &open);
        world::pass(at);
        tab.reload();
        world::pass(10_000);
        tab.act(use_invoice_payments);
        world::pass(60_000);
        let payments = tab.act(use_invoice_payments);
        assert_eq!(tab.look(|| payments.activity()), Activity::Idle, "{at}");
        // Whatever was not made may be paid now, and what was made is not paid again by that.
        for invoice in &open {
            assert!(more(invoice) <= 1, "{at}");
            assert!(!tab.look(|| payments.in_doubt(&invoice.id)), "{at}");
        }
        world::end();
    }
}
