//! Paying invoices, each exactly once.
//!
//! - Before a payment is sent it is **written down** for this customer (`domain::invoices::ledger`), with an id of its
//!   own that goes along. The note holds nothing of a card, and survives a reload and a sign-out. It is kept on the
//!   device, where every tab of the customer sees it.
//! - One tab at a time pays or looks for what became of payments (`ports::locks`); the others wait, and say so.
//! - Several invoices are paid one after the other. The call that pays one is sent once.
//! - Whatever else comes back than a clear yes, **the invoice is read** (`domain::exactly_once`): a payment with that id
//!   was made, one that stays away was not. When not even that can be read, the payment stays in doubt, the screens say
//!   so and offer to look again, and the invoice is not paid meanwhile.
//! - A reload finds the note and goes on by reading.

use leptos::{prelude::*, task::spawn_local};
use nymble_wire::{Invoice, PayInvoice, Payment};
use rust_decimal::Decimal;
use std::{future::ready, sync::Arc};

use crate::state::{
    exactly_once::{self, Work},
    session::{Session, use_session},
    shared,
};
use crate::{
    api::{invoices, problem::ApiError},
    domain::{
        exactly_once::{Answer, Copies, Event, Observation, Outcome, PAYMENT},
        invoices::ledger::{Ledger, PaymentNote, Stage},
    },
    locale::{Locale, use_locale},
    ports::{
        device,
        locks::{self, Turn},
        page, random, time,
    },
};

/// What is paid with.
#[derive(Clone, Debug, Default)]
pub(crate) struct Means {
    /// A saved method.
    pub(crate) profile_id: Option<String>,
    /// A card.
    pub(crate) payment: Option<Payment>,
}

/// What is being done about the payments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Activity {
    /// Nothing.
    Idle,
    /// Payments are being made: which of how many.
    Paying(u64, u64),
    /// It is being found out what became of some.
    Looking,
    /// Another tab is at work on them.
    Elsewhere,
}

/// How a round of payments ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ended {
    /// All was paid.
    AllPaid,
    /// Something was not; the notes say what, and why.
    NotAll,
    /// Nothing was done: another tab is at work on this customer's payments.
    Elsewhere,
}

/// Which payments are looked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Look {
    /// All that are in doubt.
    All,
    /// Those that another tab has sent just now: what it could not find out, this one need not try at once.
    Sent,
}

/// The payments that the customer began on this device. A copy is a handle.
#[derive(Clone, Copy)]
pub(crate) struct InvoicePayments {
    session: Session,
    locale: Locale,
    /// Whose payments these are.
    customer: StoredValue<Option<String>>,
    ledger: RwSignal<Ledger>,
    activity: RwSignal<Activity>,
    /// Invoices as they were read since, the latest last.
    fresh: RwSignal<Vec<Arc<Invoice>>>,
}

/// The payments of the running app.
///
/// # Panics
/// Outside the app's component tree.
pub(crate) fn use_invoice_payments() -> InvoicePayments {
    let payments = shared(InvoicePayments::none);
    payments.turn_to_customer();
    payments
}

/// Where a customer's payments are kept, and what the lock is called that a tab holds while it is at work on them.
fn key(whose: &str) -> String {
    let mut key = String::from("nymble.invoice-payments ");
    key.push_str(whose);
    key
}

/// Whether a refusal concerns one invoice only, so that the next may still be paid: it is gone, it cannot be paid,
/// or the amount is not what is owed any more.
fn is_its_own(error: &ApiError) -> bool {
    match error.status() {
        Some(404 | 409) => true,
        Some(400 | 422) => error.problem().is_some_and(|problem| {
            let mut fields = problem.errors.iter();
            fields.any(|field| field.name.eq_ignore_ascii_case("amount"))
        }),
        _ => false,
    }
}

impl InvoicePayments {
    /// Nobody's yet.
    fn none() -> Self {
        let payments = Self {
            session: use_session(),
            locale: use_locale(),
            customer: StoredValue::new(None),
            ledger: RwSignal::new(Ledger::default()),
            activity: RwSignal::new(Activity::Idle),
            fresh: RwSignal::new(Vec::new()),
        };
        // Heard by every tab but the one that wrote it.
        let written = page::on_stored_elsewhere(move |stored| {
            let key = payments.key();
            if key.is_some() && stored == key {
                payments.take_up();
                payments.look(Look::Sent);
            }
        });
        on_cleanup(move || written.remove());
        payments
    }

    fn key(self) -> Option<String> {
        self.customer.with_value(|whose| Some(key(whose.as_ref()?)))
    }

    /// Takes up what is written down for the present customer, and finds out what became of it.
    fn turn_to_customer(self) {
        let customer = untrack(|| self.session.customer_scope());
        let idle = self.activity.get_untracked() == Activity::Idle;
        if !idle || self.customer.with_value(|known| *known == customer) {
            return;
        }
        self.customer.set_value(customer);
        self.ledger.set(Ledger::default());
        self.take_up();
        self.look_again();
    }

    /// Takes up what is written down, perhaps by another tab.
    fn take_up(self) {
        let Some(key) = self.key() else { return };
        let written: Ledger = device::get_json(&key).unwrap_or_default();
        let mut ledger = self.ledger.get_untracked();
        let ended = ledger.take_up(&written);
        if ledger != self.ledger.get_untracked() {
            self.ledger.set(ledger);
        }
        if !ended.is_empty() {
            spawn_local(self.check_line(ended));
        }
    }

    /// Shows what became of payments whose end another tab has found out.
    async fn check_line(self, ended: Vec<PaymentNote>) {
        for note in ended {
            let answer = self.session.send(invoices::one(&note.invoice_id)).await;
            // What cannot be read is told by the other tab.
            let Ok(invoice) = answer.and_then(|answer| invoices::read_one(&answer)) else {
                continue;
            };
            if let Some(amount) = note.found_in(&invoice) {
                let stage = Stage::Paid(amount.to_string());
                self.ledger
                    .update(|ledger| ledger.learn(PaymentNote { stage, ..note }));
            }
            self.read(invoice);
        }
    }

    /// The payments, oldest first (tracked).
    pub(crate) fn notes(self) -> Vec<PaymentNote> {
        self.ledger.with(|ledger| ledger.0.clone())
    }

    /// What is being done (tracked).
    pub(crate) fn activity(self) -> Activity {
        self.activity.get()
    }

    /// Whether it is not known if a payment on that invoice was made (tracked): then it cannot be paid.
    pub(crate) fn in_doubt(self, invoice_id: &str) -> bool {
        self.ledger.with(|ledger| ledger.in_doubt(invoice_id))
    }

    /// Calls `changed` with every invoice that a payment changes or that is read because of one, from now on.
    pub(crate) fn follow(self, changed: impl Fn(&Arc<Invoice>) + 'static) {
        let known = self.fresh.get_untracked();
        Effect::new(move |_| {
            for invoice in self.fresh.get() {
                if !known.iter().any(|known| Arc::ptr_eq(known, &invoice)) {
                    changed(&invoice);
                }
            }
        });
    }

    /// An invoice was read.
    fn read(self, invoice: Invoice) {
        self.fresh.update(|fresh| {
            fresh.retain(|known| known.id != invoice.id);
            fresh.push(Arc::new(invoice));
        });
    }

    /// No longer speaks of what is settled.
    pub(crate) fn dismiss(self) {
        self.change(Ledger::tidy);
    }

    /// Changes the ledger, and writes it down before anything else happens.
    fn change(self, change: impl FnOnce(&mut Ledger)) {
        self.take_up();
        let mut ledger = self.ledger.get_untracked();
        change(&mut ledger);
        if let Some(key) = self.key() {
            let lasting = ledger.lasting(time::now_seconds());
            let text = serde_json::to_string(&lasting).ok();
            let text = text.filter(|_| !lasting.0.is_empty());
            device::set(&key, text.as_deref());
        }
        self.ledger.set(ledger);
    }

    fn note(self, note: &PaymentNote, stage: Stage) {
        self.change(|ledger| ledger.note(&note.external_id, stage));
    }

    /// Pays `amount` on each of these invoices, one after the other; `ended` hears how that went. Does nothing
    /// while something else is being done.
    pub(crate) fn pay(
        self,
        orders: &[(Arc<Invoice>, Decimal)],
        means: Means,
        ended: impl FnOnce(Ended) + 'static,
    ) {
        if self.activity.get_untracked() != Activity::Idle || orders.is_empty() {
            return;
        }
        let orders = orders.to_vec();
        self.activity.set(Activity::Paying(1, orders.len() as u64));
        spawn_local(async move {
            let turn = locks::turn_if_free(&self.key().unwrap_or_default()).await;
            let outcome = match turn {
                Turn::Others => Ended::Elsewhere,
                Turn::Mine(_) | Turn::Nobodys => {
                    let begun = self.begin(&orders);
                    let all = begun.len() == orders.len();
                    if self.pay_each(begun, means).await && all {
                        Ended::AllPaid
                    } else {
                        Ended::NotAll
                    }
                }
            };
            drop(turn);
            self.activity.set(Activity::Idle);
            // What another tab did meanwhile is looked for now.
            self.look(Look::Sent);
            ended(outcome);
        });
    }

    /// Writes these payments down, but for those that may not be begun.
    fn begin(self, orders: &[(Arc<Invoice>, Decimal)]) -> Vec<PaymentNote> {
        let mut begun = Vec::new();
        self.change(|ledger| {
            ledger.tidy();
            for (invoice, amount) in orders {
                let Some(fresh_id) = random::token() else {
                    continue;
                };
                if ledger.begin(invoice, *amount, fresh_id, time::now_seconds())
                    && let Some(note) = ledger.on(&invoice.id)
                {
                    begun.push(note.clone());
                }
            }
        });
        begun
    }

    async fn pay_each(self, notes: Vec<PaymentNote>, means: Means) -> bool {
        let mut all_paid = true;
        let count = notes.len() as u64;
        for (note, place) in notes.iter().zip(1..) {
            self.activity.set(Activity::Paying(place, count));
            let mut paying = Paying::new(self, note, Some(&means));
            let stage = paying.run(Event::Begin).await;
            let is_paid = matches!(stage, Stage::Paid(_));
            let goes_on = is_paid || is_its_own(&paying.error);
            all_paid &= is_paid;
            self.note(note, stage);
            if !goes_on {
                return false;
            }
        }
        all_paid
    }

    /// Finds out what became of the payments that are in doubt.
    pub(crate) fn look_again(self) {
        self.look(Look::All);
    }

    fn doubtful(self, which: Look) -> Vec<PaymentNote> {
        let wanted = |note: &&PaymentNote| {
            note.in_doubt() && (which == Look::All || note.stage == Stage::Sent)
        };
        self.ledger
            .with_untracked(|ledger| ledger.0.iter().filter(wanted).cloned().collect())
    }

    fn look(self, which: Look) {
        if self.doubtful(which).is_empty() || self.activity.get_untracked() != Activity::Idle {
            return;
        }
        self.activity.set(match which {
            Look::All => Activity::Looking,
            Look::Sent => Activity::Elsewhere,
        });
        spawn_local(async move {
            // A payment that another tab is making is not looked for before that tab is done, or gone.
            while !self.doubtful(which).is_empty() {
                let lock = self.key().unwrap_or_default();
                let mut turn = locks::turn_if_free(&lock).await;
                if matches!(turn, Turn::Others) {
                    self.activity.set(Activity::Elsewhere);
                    turn = locks::turn(&lock).await;
                }
                self.take_up();
                if matches!(turn, Turn::Others) {
                    continue;
                }
                self.activity.set(Activity::Looking);
                for note in &self.doubtful(which) {
                    let stage = Paying::new(self, note, None).run(Event::Found).await;
                    self.note(note, stage);
                }
                drop(turn);
                break;
            }
            self.activity.set(Activity::Idle);
        });
    }
}

/// A payment on its way.
struct Paying<'a> {
    payments: InvoicePayments,
    note: &'a PaymentNote,
    /// What is paid with; none where it was sent before.
    means: Option<&'a Means>,
    /// How much the server has of it.
    paid: Option<Decimal>,
    /// Why there was no clear yes.
    error: ApiError,
    /// Why the invoice could not be read the last time.
    unread: Option<ApiError>,
}

impl<'a> Paying<'a> {
    fn new(payments: InvoicePayments, note: &'a PaymentNote, means: Option<&'a Means>) -> Self {
        Self {
            payments,
            note,
            means,
            paid: None,
            error: ApiError::Unreachable,
            unread: None,
        }
    }

    /// Pays, or looks what became of it; how far it is then.
    async fn run(&mut self, first: Event) -> Stage {
        let outcome = exactly_once::run(&PAYMENT, first, self).await;
        let reason = |error: &ApiError| self.payments.locale.error(error);
        match outcome {
            Outcome::Done | Outcome::Doubled => {
                let amount = self.paid.unwrap_or_else(|| self.note.amount());
                Stage::Paid(amount.to_string())
            }
            Outcome::Refused => Stage::Refused(reason(&self.error)),
            Outcome::NotDone | Outcome::NotBegun => Stage::NotThere(reason(&self.error)),
            Outcome::Unknown | Outcome::Ended => {
                Stage::Doubt(reason(self.unread.as_ref().unwrap_or(&self.error)))
            }
        }
    }

    /// What the invoice says of the payment.
    fn find_in(&mut self, invoice: Invoice) -> Option<Copies> {
        self.paid = self.note.found_in(&invoice);
        let copies = self.paid.map(|_| self.note.copies_in(&invoice));
        self.payments.read(invoice);
        copies
    }
}

impl Work for Paying<'_> {
    fn write_down(&mut self) -> impl Future<Output = bool> {
        self.payments.note(self.note, Stage::Sent);
        ready(true)
    }

    async fn send(&mut self) -> Answer {
        let Some(means) = self.means else {
            return Answer::NotTaken;
        };
        let request = invoices::pay(
            &self.note.invoice_id,
            &PayInvoice {
                amount: Some(self.note.amount()),
                external_id: Some(self.note.external_id.clone()),
                payment_profile_id: means.profile_id.clone(),
                payment: means.payment.clone(),
                ..PayInvoice::default()
            },
        );
        let answer = self.payments.session.send(request).await;
        match answer.and_then(|answer| invoices::read_one(&answer)) {
            // The server says yes, whether or not the invoice names the payment.
            Ok(invoice) => Answer::Yes(Some(self.find_in(invoice).unwrap_or(Copies::One))),
            Err(error) => {
                let said = exactly_once::answer(&error);
                self.error = error;
                said
            }
        }
    }

    /// Reads the invoice.
    async fn observe(&mut self) -> Observation {
        self.payments.activity.set(Activity::Looking);
        let request = invoices::one(&self.note.invoice_id);
        let answer = self.payments.session.send(request).await;
        match answer.and_then(|answer| invoices::read_one(&answer)) {
            Ok(invoice) => {
                self.unread = None;
                let found = self.find_in(invoice);
                found.map_or(Observation::Absent, Observation::Present)
            }
            Err(error) => {
                let seen = exactly_once::unseen(&error);
                self.unread = Some(error);
                seen
            }
        }
    }
}
