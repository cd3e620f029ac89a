//! Paying invoices, each exactly once.
//!
//! - Before a payment is sent it is **written down** for this customer (`domain::payment_ledger`), with an id of its
//!   own that goes along. The note holds nothing of a card, and survives a reload and a sign-out. It is kept on the
//!   device, where every tab of the customer sees it.
//! - One tab at a time pays or looks for what became of payments (`browser::locks`); the others wait, and say so.
//! - Several invoices are paid one after the other. The call that pays one is sent once.
//! - Whatever else comes back than a clear yes, **the invoice is read**: a payment with that id was made, one that
//!   stays away was not. When not even that can be read, the payment stays in doubt, the screens say so and offer to
//!   look again, and the invoice is not paid meanwhile.
//! - A reload finds the note and goes on by reading.

use leptos::{prelude::*, task::spawn_local};
use nymble_wire::{Invoice, PayInvoice, Payment};
use rust_decimal::Decimal;
use std::sync::Arc;

use crate::state::{
    session::{Session, use_session},
    shared,
};
use crate::{
    api::{invoices, problem::ApiError},
    browser::{
        device,
        locks::{self, Turn},
        random, time,
    },
    domain::invoices::ledger::{Ledger, PaymentNote, Stage},
    locale::{Locale, use_locale},
};

/// How often an invoice is asked for after a lost answer.
const LOOKS: u32 = 4;
/// The first pause before it is asked for again, in milliseconds; it doubles.
const FIRST_PAUSE_MS: i32 = 600;

/// What is paid with.
#[derive(Clone, Debug, Default)]
pub struct Means {
    /// A saved method.
    pub profile_id: Option<String>,
    /// A card.
    pub payment: Option<Payment>,
}

/// What is being done about the payments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Activity {
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
pub enum Ended {
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
pub struct InvoicePayments {
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
pub fn use_invoice_payments() -> InvoicePayments {
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
        let written = window_event_listener(leptos::ev::storage, move |event| {
            let key = payments.key();
            if key.is_some() && event.key() == key {
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
        let customer = untrack(|| self.session.whose());
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
            spawn_local(self.look_at(ended));
        }
    }

    /// Shows what became of payments whose end another tab has found out.
    async fn look_at(self, ended: Vec<PaymentNote>) {
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
    pub fn notes(self) -> Vec<PaymentNote> {
        self.ledger.with(|ledger| ledger.0.clone())
    }

    /// What is being done (tracked).
    pub fn activity(self) -> Activity {
        self.activity.get()
    }

    /// Whether it is not known if a payment on that invoice was made (tracked): then it cannot be paid.
    pub fn in_doubt(self, invoice_id: &str) -> bool {
        self.ledger.with(|ledger| ledger.in_doubt(invoice_id))
    }

    /// Calls `changed` with every invoice that a payment changes or that is read because of one, from now on.
    pub fn follow(self, changed: impl Fn(&Arc<Invoice>) + 'static) {
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
    pub fn dismiss(self) {
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
    pub fn pay(
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
            self.note(note, Stage::Sent);
            let request = invoices::pay(
                &note.invoice_id,
                &PayInvoice {
                    amount: Some(note.amount()),
                    external_id: Some(note.external_id.clone()),
                    payment_profile_id: means.profile_id.clone(),
                    payment: means.payment.clone(),
                    ..PayInvoice::default()
                },
            );
            let answer = self.session.send(request).await;
            let (stage, goes_on) = match answer.and_then(|answer| invoices::read_one(&answer)) {
                Ok(invoice) => {
                    let amount = note.found_in(&invoice).unwrap_or_else(|| note.amount());
                    self.read(invoice);
                    (Stage::Paid(amount.to_string()), true)
                }
                // Nobody was signed in: nothing was done.
                Err(error @ ApiError::SignedOut) => {
                    (Stage::NotThere(self.locale.error(&error)), false)
                }
                Err(error) => {
                    self.activity.set(Activity::Looking);
                    let stage = self.look_back(note, &error).await;
                    let goes_on = matches!(stage, Stage::Paid(_)) || is_its_own(&error);
                    (stage, goes_on)
                }
            };
            all_paid &= matches!(stage, Stage::Paid(_));
            self.note(note, stage);
            if !goes_on {
                return false;
            }
        }
        all_paid
    }

    /// Reads the invoice to find out what became of a payment whose call ended in `error`.
    async fn look_back(self, note: &PaymentNote, error: &ApiError) -> Stage {
        let mut pause = FIRST_PAUSE_MS;
        for look in 1..=LOOKS {
            let answer = self.session.send(invoices::one(&note.invoice_id)).await;
            match answer.and_then(|answer| invoices::read_one(&answer)) {
                Ok(invoice) => {
                    let found = note.found_in(&invoice);
                    self.read(invoice);
                    if let Some(amount) = found {
                        return Stage::Paid(amount.to_string());
                    }
                    let reason = self.locale.error(error);
                    if !error.leaves_doubt() {
                        return Stage::Refused(reason);
                    }
                    // An answer may be lost while the server is still at work: that the payment is not there is
                    // believed when it stays away.
                    if look >= 2 {
                        return Stage::NotThere(reason);
                    }
                    time::sleep(pause).await;
                }
                Err(unread) if look == LOOKS || !unread.is_passing() => {
                    return Stage::Doubt(self.locale.error(&unread));
                }
                Err(_) => {
                    time::sleep(pause).await;
                    pause *= 2;
                }
            }
        }
        Stage::Doubt(self.locale.error(error))
    }

    /// Finds out what became of the payments that are in doubt.
    pub fn look_again(self) {
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
                    let stage = self.look_back(note, &ApiError::Unreachable).await;
                    self.note(note, stage);
                }
                drop(turn);
                break;
            }
            self.activity.set(Activity::Idle);
        });
    }
}
