//! What became of each payment that this customer began: the record by which none is lost and none made twice.
//!
//! A payment is written down before it is sent, with an id of its own that the server keeps beside it
//! (`externalId`). Where the answer is missing, the invoice is read: a payment with that id has been made, and until
//! that is found out the invoice is not paid again. A payment that turns out not to be there keeps its id for the
//! next try, so that a request that arrives late after all is still the same payment.
//!
//! The record is the customer's and not a tab's: every tab of this device reads and writes the same one.

use nymble_wire::{Invoice, PaymentKind};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::exactly_once::Copies;

/// How far a payment is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stage {
    /// Not sent yet, or known not to be there.
    Waiting,
    /// Sent, and without an answer so far.
    Sent,
    /// It cannot be found out yet whether it was made, for this reason.
    Doubt(String),
    /// The server has it: that much, as exact digits.
    Paid(String),
    /// The server refused it, for this reason: nothing was paid.
    Refused(String),
    /// No answer came, for this reason, and the server does not have it.
    NotThere(String),
}

/// How long a payment is remembered at most, in seconds: by then the invoice itself tells, whatever became of it.
const LONGEST: u64 = 30 * 24 * 60 * 60;

/// One payment on one invoice. Holds nothing of a card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentNote {
    /// The invoice's id.
    pub invoice_id: String,
    /// The invoice's number.
    pub number: String,
    /// ISO 4217.
    pub currency: String,
    /// How much, as exact digits.
    pub amount: String,
    /// Its own id.
    pub external_id: String,
    /// How many payments of the same amount without an id of their own the invoice had before.
    pub alike_before: usize,
    /// What was paid on the invoice before, as exact digits.
    pub paid_before: String,
    /// How far it is.
    pub stage: Stage,
    /// When it was begun, in seconds since 1970.
    pub begun: u64,
}

/// An amount from its exact digits.
fn digits(text: &str) -> Decimal {
    text.parse().unwrap_or_default()
}

/// Payments of `amount` that bear no id.
///
/// Assumption: the API's documents have no field for the payer's own id in an invoice's payments. Should a server
/// not give it back, a new payment of the same amount is taken for the one that is looked for; should it list no
/// payments at all, what was paid tells.
fn alike(invoice: &Invoice, amount: Decimal) -> usize {
    let fits = invoice.payments.iter().filter(|payment| {
        payment.kind == PaymentKind::Payment
            && payment.external_id.is_none()
            && payment.amount == amount
    });
    fits.count()
}

impl PaymentNote {
    /// A payment of `amount` on `invoice` that is about to be made.
    pub fn begin(invoice: &Invoice, amount: Decimal, external_id: String, now: u64) -> Self {
        Self {
            invoice_id: invoice.id.clone(),
            number: invoice.invoice_number.clone(),
            currency: invoice.currency_code.clone().unwrap_or_default(),
            amount: amount.to_string(),
            external_id,
            alike_before: alike(invoice, amount),
            paid_before: invoice.amount_paid.unwrap_or_default().to_string(),
            stage: Stage::Waiting,
            begun: now,
        }
    }

    /// How much it is, in its currency.
    pub fn amount(&self) -> Decimal {
        digits(&self.amount)
    }

    /// How much of it the server has, once that is known.
    pub fn paid(&self) -> Option<Decimal> {
        match &self.stage {
            Stage::Paid(amount) => Some(digits(amount)),
            _ => None,
        }
    }

    /// How much `invoice` says was paid by this payment, by all copies of it; none when it is not there.
    pub fn found_in(&self, invoice: &Invoice) -> Option<Decimal> {
        let mut mine = self.with_its_id(invoice);
        if let Some(first) = mine.next() {
            // A server that does not know the id again has made it twice where the browser sent it twice.
            return Some(mine.fold(first, Decimal::saturating_add));
        }
        let amount = self.amount();
        let paid = invoice.amount_paid.unwrap_or_default();
        let is_there = if invoice.payments.is_empty() {
            amount > Decimal::ZERO && paid.saturating_sub(digits(&self.paid_before)) >= amount
        } else {
            alike(invoice, amount) > self.alike_before
        };
        is_there.then_some(amount)
    }

    /// How often `invoice` says it was made, when it is there. Payments without an id may be anybody's.
    pub fn copies_in(&self, invoice: &Invoice) -> Copies {
        if self.with_its_id(invoice).count() > 1 {
            Copies::Several
        } else {
            Copies::One
        }
    }

    /// The amounts of the payments that bear its id.
    fn with_its_id(&self, invoice: &Invoice) -> impl Iterator<Item = Decimal> {
        let mine = invoice.payments.iter().filter(|payment| {
            payment.kind != PaymentKind::Refund
                && payment.external_id.as_deref() == Some(self.external_id.as_str())
        });
        mine.map(|payment| payment.amount)
    }

    /// Whether it must be kept: it is not known to be over, or its id is for the next try.
    fn lasts(&self) -> bool {
        self.in_doubt() || matches!(self.stage, Stage::NotThere(_) | Stage::Waiting)
    }

    /// Whether the server may have it without our knowing.
    pub fn in_doubt(&self) -> bool {
        matches!(self.stage, Stage::Sent | Stage::Doubt(_))
    }
}

/// The payments of one customer that are not over and done with, oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ledger(pub Vec<PaymentNote>);

impl Ledger {
    /// The payment on that invoice.
    pub fn on(&self, invoice_id: &str) -> Option<&PaymentNote> {
        self.0.iter().find(|note| note.invoice_id == invoice_id)
    }

    /// Whether a payment on that invoice may have been made without our knowing: then none may be begun.
    pub fn in_doubt(&self, invoice_id: &str) -> bool {
        self.on(invoice_id).is_some_and(PaymentNote::in_doubt)
    }

    /// Begins a payment of `amount` on `invoice` with `fresh_id`, or with the id of the try before that never
    /// arrived. False, and nothing begun, while an earlier one is in doubt. `now` is in seconds since 1970.
    pub fn begin(
        &mut self,
        invoice: &Invoice,
        amount: Decimal,
        fresh_id: String,
        now: u64,
    ) -> bool {
        let mut external_id = fresh_id;
        if let Some(before) = self.on(&invoice.id) {
            if before.in_doubt() {
                return false;
            }
            if matches!(before.stage, Stage::NotThere(_) | Stage::Waiting) {
                external_id.clone_from(&before.external_id);
            }
        }
        self.0.retain(|note| note.invoice_id != invoice.id);
        self.0
            .push(PaymentNote::begin(invoice, amount, external_id, now));
        true
    }

    /// Notes how far the payment of that id is.
    pub fn note(&mut self, external_id: &str, stage: Stage) {
        if let Some(note) = self
            .0
            .iter_mut()
            .find(|note| note.external_id == external_id)
        {
            note.stage = stage;
        }
    }

    /// Forgets what is settled. What never arrived is no longer spoken of, but keeps its id.
    pub fn tidy(&mut self) {
        self.0
            .retain(|note| !matches!(note.stage, Stage::Paid(_) | Stage::Refused(_)));
        for note in &mut self.0 {
            if matches!(note.stage, Stage::NotThere(_)) {
                note.stage = Stage::Waiting;
            }
        }
    }

    /// What must be kept for a reload and for other tabs: all that is not known to be over. A payment that never
    /// arrived keeps its id. `now` is in seconds since 1970.
    #[must_use]
    pub fn lasting(&self, now: u64) -> Self {
        let lasts = |note: &&PaymentNote| note.lasts() && now.saturating_sub(note.begun) < LONGEST;
        Self(self.0.iter().filter(lasts).cloned().collect())
    }

    /// Takes up what is written down, perhaps by another tab: it holds for all that is not over. What this tab
    /// knows to be over is still spoken of. Gives what was in doubt and is written down no more: its end
    /// is known elsewhere.
    pub fn take_up(&mut self, written: &Self) -> Vec<PaymentNote> {
        let mut ended = Vec::new();
        self.0.retain(|note| {
            if written.on(&note.invoice_id).is_some() {
                return false;
            }
            if note.in_doubt() {
                ended.push(note.clone());
            }
            !note.lasts()
        });
        self.0.extend(written.0.iter().cloned());
        ended
    }

    /// Speaks of a payment that another tab made, unless there is something newer to be said about its invoice.
    pub fn learn(&mut self, note: PaymentNote) {
        if self.on(&note.invoice_id).is_none() {
            self.0.push(note);
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use crate::invoices::ageing::tests::invoice;

    const NOW: u64 = 1_800_000_000;

    fn open(payments: &str) -> Invoice {
        invoice(&format!(
            r#"{{"id":"i1","invoiceNumber":"INV-1","status":"Issued","currencyCode":"USD","total":10.00,
                "balance":10.00,"payments":[{payments}]}}"#
        ))
    }

    fn begun() -> Ledger {
        let mut ledger = Ledger::default();
        assert!(ledger.begin(&open(""), Decimal::new(400, 2), "x1".to_owned(), NOW));
        ledger
    }

    #[test]
    fn a_payment_is_found_by_its_own_id() {
        let ledger = begun();
        let note = ledger.on("i1").unwrap();
        assert_eq!(note.found_in(&open("")), None);
        let other = open(r#"{"kind":"Payment","externalId":"x2","amount":4.00}"#);
        assert_eq!(note.found_in(&other), None);
        let mine = open(r#"{"kind":"Payment","externalId":"x1","amount":4.00}"#);
        assert_eq!(note.found_in(&mine), Some(Decimal::new(400, 2)));
        let less = open(r#"{"kind":"Payment","externalId":"x1","amount":3.00}"#);
        assert_eq!(note.found_in(&less), Some(Decimal::new(300, 2)));
        let twice = open(
            r#"{"kind":"Payment","externalId":"x1","amount":4.00},{"kind":"Payment","externalId":"x1","amount":4.00}"#,
        );
        assert_eq!(note.found_in(&twice), Some(Decimal::new(800, 2)));
        assert_eq!(note.copies_in(&twice), Copies::Several);
        assert_eq!(note.copies_in(&mine), Copies::One);
        let refund = open(r#"{"kind":"Refund","externalId":"x1","amount":4.00}"#);
        assert_eq!(note.found_in(&refund), None);
    }

    #[test]
    fn a_server_without_ids_is_believed_by_the_amount() {
        let before = open(r#"{"kind":"Payment","method":"Check","amount":4.00}"#);
        let note = PaymentNote::begin(&before, Decimal::new(400, 2), "x1".to_owned(), NOW);
        assert_eq!(note.found_in(&before), None);
        let after = open(
            r#"{"kind":"Payment","method":"Check","amount":4.00},{"kind":"Payment","method":"card","amount":4.00}"#,
        );
        assert_eq!(note.found_in(&after), Some(Decimal::new(400, 2)));
    }

    #[test]
    fn a_server_without_payments_is_believed_by_what_was_paid() {
        let ledger = begun();
        let note = ledger.on("i1").unwrap();
        let paid = |amount: &str| {
            invoice(&format!(
                r#"{{"id":"i1","status":"PartiallyPaid","total":10.00,"amountPaid":{amount}}}"#
            ))
        };
        assert_eq!(note.found_in(&paid("3.99")), None);
        assert_eq!(note.found_in(&paid("4.00")), Some(Decimal::new(400, 2)));
    }

    /// No payment is begun while another on that invoice is in doubt.
    #[test]
    fn nothing_is_begun_while_a_payment_is_in_doubt() {
        for stage in [Stage::Sent, Stage::Doubt("cut off".to_owned())] {
            let mut ledger = begun();
            ledger.note("x1", stage);
            let kept = ledger.clone();
            assert!(!ledger.begin(&open(""), Decimal::ONE, "x2".to_owned(), NOW));
            assert_eq!(ledger, kept);
            ledger.tidy();
            assert!(ledger.in_doubt("i1"));
            assert_eq!(ledger.lasting(NOW), kept);
        }
    }

    /// A payment that never arrived keeps its id.
    #[test]
    fn only_a_payment_that_never_arrived_keeps_its_id() {
        for (stage, id) in [
            (Stage::NotThere("cut off".to_owned()), "x1"),
            (Stage::Waiting, "x1"),
            (Stage::Refused("declined".to_owned()), "x2"),
            (Stage::Paid("4.00".to_owned()), "x2"),
        ] {
            let mut ledger = begun();
            ledger.note("x1", stage);
            assert!(ledger.begin(&open(""), Decimal::ONE, "x2".to_owned(), NOW));
            assert_eq!(ledger.on("i1").unwrap().external_id, id);
            assert_eq!(ledger.0.len(), 1);
        }
    }

    #[test]
    fn what_is_no_longer_spoken_of_keeps_its_id() {
        let mut ledger = begun();
        ledger.note("x1", Stage::NotThere("cut off".to_owned()));
        ledger.tidy();
        assert_eq!(ledger.on("i1").unwrap().stage, Stage::Waiting);
        assert_eq!(ledger.lasting(NOW), ledger);
        ledger.note("x1", Stage::Refused("declined".to_owned()));
        ledger.tidy();
        assert_eq!(ledger, Ledger::default());
    }

    #[test]
    fn what_is_settled_need_not_be_kept() {
        let mut ledger = begun();
        ledger.note("x1", Stage::Paid("4.00".to_owned()));
        assert_eq!(ledger.on("i1").unwrap().paid(), Some(Decimal::new(400, 2)));
        assert_eq!(ledger.lasting(NOW), Ledger::default());
    }

    #[test]
    fn after_a_month_the_invoice_itself_tells() {
        for stage in [
            Stage::Sent,
            Stage::Doubt("cut off".to_owned()),
            Stage::Waiting,
        ] {
            let mut ledger = begun();
            ledger.note("x1", stage);
            assert_eq!(ledger.lasting(NOW + LONGEST - 1), ledger);
            assert_eq!(ledger.lasting(NOW + LONGEST), Ledger::default());
        }
    }

    #[test]
    fn what_another_tab_writes_down_holds() {
        let mut mine = begun();
        let mut other = begun();
        other.note("x1", Stage::Sent);
        assert_eq!(mine.take_up(&other), []);
        assert!(mine.in_doubt("i1"));
        // It ends there, which is not written down: it is in doubt here no more, and worth a look.
        let ended = mine.take_up(&Ledger::default());
        assert_eq!(ended, other.0);
        assert_eq!(mine, Ledger::default());
        mine.learn(PaymentNote {
            stage: Stage::Paid("4.00".to_owned()),
            ..other.0[0].clone()
        });
        // What is over is still spoken of here, until the other tab begins anew.
        assert_eq!(mine.take_up(&Ledger::default()), []);
        assert!(mine.on("i1").unwrap().paid().is_some());
        mine.take_up(&other);
        assert!(mine.in_doubt("i1"));
        assert_eq!(mine.0.len(), 1);
    }

    #[test]
    fn a_ledger_survives_being_written_down() {
        let ledger = begun();
        let text = serde_json::to_string(&ledger).unwrap();
        assert_eq!(serde_json::from_str::<Ledger>(&text).unwrap(), ledger);
        assert_eq!(ledger.on("i1").unwrap().amount().to_string(), "4.00");
    }
}
