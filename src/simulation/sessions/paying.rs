//! Paying invoices: one or several, in part or in whole, in one tab or two, and found again after a reload.
//!
//! Each payment has an id of its own. What is reported of it must be true at that moment, and the server never has an id
//! twice, nor one that nobody was told of.

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
    sync::Arc,
};

use leptos::{prelude::*, task::spawn_local};
use nymble_wire::Invoice;
use rust_decimal::Decimal;

use super::play::Play;
use crate::{
    api::invoices,
    domain::invoices::ledger::{PaymentNote, Stage},
    ports::time,
    simulation::{
        network::{self, Fate, Method},
        rng::Rng,
        shop,
        tab::Tab,
    },
    state::{
        invoices::payment::{Activity, InvoicePayments, use_invoice_payments},
        session::use_session,
    },
};

/// So many invoices are paid in a session.
const INVOICES: usize = 4;
/// What is paid of an invoice that is not paid in whole.
const PART: Decimal = Decimal::ONE;

/// What is known of a payment.
#[derive(Clone, Debug)]
struct Known {
    invoice: String,
    amount: Decimal,
    /// Whether it was told that it was made.
    is_told: bool,
}

#[derive(Default)]
struct Heard {
    /// By their ids.
    payments: BTreeMap<String, Known>,
    /// What was told and was not so.
    wrong: Vec<String>,
}

impl Heard {
    fn hear(&mut self, note: &PaymentNote) {
        let known = self
            .payments
            .entry(note.external_id.clone())
            .or_insert_with(|| Known {
                invoice: note.invoice_id.clone(),
                amount: note.amount(),
                is_told: false,
            });
        if !known.is_told {
            known.amount = note.amount();
        }
        known.is_told |= matches!(note.stage, Stage::Paid(_));
    }

    /// Whether what a note says is so.
    fn check(&mut self, note: &PaymentNote) {
        let times = copies(&shop::invoice(&note.invoice_id), &note.external_id);
        let is_so = match &note.stage {
            Stage::Paid(amount) => times.len() == 1 && times[0].to_string() == *amount,
            Stage::Refused(_) | Stage::NotThere(_) => times.is_empty(),
            Stage::Waiting | Stage::Sent | Stage::Doubt(_) => true,
        };
        if !is_so {
            self.wrong
                .push(format!("{note:?}, but {times:?} are there"));
        }
    }
}

fn copies(invoice: &Invoice, id: &str) -> Vec<Decimal> {
    let payments = invoice.payments.iter();
    let mine = payments.filter(|payment| payment.external_id.as_deref() == Some(id));
    mine.map(|payment| payment.amount).collect()
}

/// The payments of a session.
pub(super) struct Paying {
    invoices: Vec<String>,
    /// What had been paid before, by their ids.
    before: BTreeSet<String>,
    heard: Rc<RefCell<Heard>>,
}

fn ids(invoice: &Invoice) -> impl Iterator<Item = String> + '_ {
    let payments = invoice.payments.iter();
    payments.filter_map(|payment| payment.external_id.clone())
}

impl Paying {
    pub(super) fn new(rng: &mut Rng) -> Self {
        let mut open = Vec::new();
        if rng.happens(500) {
            open = shop::open_invoices();
            open.truncate(INVOICES);
            assert_eq!(open.len(), INVOICES, "so many can be paid");
        }
        Self {
            before: open.iter().flat_map(ids).collect(),
            invoices: open.into_iter().map(|invoice| invoice.id).collect(),
            heard: Rc::default(),
        }
    }

    /// Notes what the tab says of its payments.
    pub(super) fn note(&self, tab: Tab) {
        if self.invoices.is_empty() || !tab.is_signed_in() {
            return;
        }
        let notes = tab.look(|| use_context::<InvoicePayments>().map(InvoicePayments::notes));
        for note in notes.into_iter().flatten() {
            self.heard.borrow_mut().hear(&note);
        }
    }
}

/// Reads the invoices, and pays those, each in whole or in part.
fn pay(which: BTreeMap<String, bool>, wait: i32, heard: Rc<RefCell<Heard>>) {
    let (session, payments) = (use_session(), use_invoice_payments());
    spawn_local(async move {
        let answer = session.send(invoices::list(&invoices::open())).await;
        let Ok(page) = answer.and_then(|answer| invoices::read_page(&answer)) else {
            return;
        };
        // The buyer looks at them, and types the card.
        time::sleep(wait).await;
        let mut orders = Vec::new();
        for invoice in page.data {
            let balance = invoice.balance.unwrap_or_default();
            let Some(whole) = which.get(&invoice.id) else {
                continue;
            };
            if balance > PART && !untrack(|| payments.in_doubt(&invoice.id)) {
                orders.push((Arc::new(invoice), if *whole { balance } else { PART }));
            }
        }
        payments.pay(&orders, shop::card(), move |_| {
            for note in untrack(|| payments.notes()) {
                let mut heard = heard.borrow_mut();
                heard.hear(&note);
                if which.contains_key(&note.invoice_id) {
                    heard.check(&note);
                }
            }
        });
    });
}

impl Play {
    /// Pays one or several invoices.
    pub(super) fn pay(&mut self, tab: Tab) {
        if self.paying.invoices.is_empty() {
            return;
        }
        let mut which = BTreeMap::new();
        for _ in 0..=self.rng.below(3) {
            let invoice = self.rng.pick(&self.paying.invoices).clone();
            which.insert(invoice, self.rng.happens(300));
        }
        if !self.shares && self.rng.happens(500) {
            let fates = [
                Fate::CutBefore,
                Fate::CutAfter,
                Fate::Doubled,
                Fate::TooMany(1),
                Fate::Failed,
            ];
            let fate = *self.rng.pick(&fates);
            network::plan(Method::POST, "/pay", fate);
        }
        let wait = i32::try_from(self.rng.delay(2_000)).unwrap_or_default();
        self.say(&format!("pays in tab {}: {which:?}", tab.0));
        let heard = Rc::clone(&self.paying.heard);
        tab.act(|| pay(which, wait, heard));
    }

    pub(super) fn payments_rest(&mut self, tab: Tab) -> bool {
        if self.paying.invoices.is_empty() {
            return true;
        }
        let payments = tab.act(use_invoice_payments);
        let at_rest = tab.look(|| {
            payments.activity() == Activity::Idle
                && !payments.notes().iter().any(PaymentNote::in_doubt)
        });
        if !at_rest {
            tab.act(|| payments.look_again());
        }
        at_rest
    }

    pub(super) fn check_payments(&mut self) {
        if self.paying.invoices.is_empty() {
            return;
        }
        for tab in &self.tabs {
            self.paying.note(*tab);
            let notes = tab.look(|| use_context::<InvoicePayments>().map(InvoicePayments::notes));
            for note in notes.into_iter().flatten() {
                self.paying.heard.borrow_mut().check(&note);
            }
        }
        let heard = self.paying.heard.borrow();
        assert!(heard.wrong.is_empty(), "that is not so: {:?}", heard.wrong);
        for id in &self.paying.invoices {
            let invoice = shop::invoice(id);
            for payment in ids(&invoice).filter(|payment| !self.paying.before.contains(payment)) {
                let amounts = copies(&invoice, &payment);
                let known = heard.payments.get(&payment);
                let is_told = known.is_some_and(|known| {
                    known.invoice == *id && known.is_told && amounts == [known.amount]
                });
                assert!(
                    is_told || self.stores_fail && self.lost_a_tab,
                    "{payment} on {id} is there with {amounts:?}, but {known:?} was told"
                );
            }
        }
    }
}
