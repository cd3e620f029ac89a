//! The statement of an account: what was charged and what was credited in a period, with the balance after each.
//!
//! An invoice charges its total, a payment credits its amount. A refund does both, as it gives back what was
//! credited and credits what is no longer owed: the balance does not grow again. What the documents do not tell
//! apart is brought in by one last entry for an invoice, so that the balances of the invoices and that of the
//! statement are always the same.
//!
//! Assumption: an invoice was voided or cancelled when it was last changed; the API does not say when.

use nymble_wire::{Invoice, InvoiceStatus, PaymentKind};
use rust_decimal::Decimal;

use super::ageing::balance;
use crate::values::calendar::Day;

/// What an entry of a statement is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EntryKind {
    /// An invoice was made out.
    Invoice,
    /// Something was paid on it.
    Payment,
    /// Something was given back.
    Refund,
    /// It was voided: what was open on it is no longer owed.
    Voided,
    /// It was cancelled: what was open on it is no longer owed.
    Cancelled,
    /// The server's balance differs from all of the above.
    Adjustment,
}

/// One line of a statement. Amounts are in the statement's currency and never negative, but for the balance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// When; none when the server does not say, which is before everything else.
    pub day: Option<Day>,
    /// What.
    pub kind: EntryKind,
    /// The invoice's id.
    pub invoice_id: String,
    /// The invoice's number.
    pub invoice_number: String,
    /// A payment's means, as the server calls them (`card`, `Check`); a card's brand and last digits.
    pub means: Option<String>,
    /// A payment's reference, or the invoice's PO number.
    pub reference: Option<String>,
    /// What is owed more by it.
    pub charge: Decimal,
    /// What is owed less by it.
    pub credit: Decimal,
    /// What was owed after it.
    pub balance: Decimal,
}

/// A statement in one currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// ISO 4217.
    pub currency: String,
    /// First day.
    pub from: Day,
    /// Last day.
    pub to: Day,
    /// What was owed before the first day.
    pub opening: Decimal,
    /// What happened, in the order of the days.
    pub entries: Vec<Entry>,
    /// The sum of all charges.
    pub charges: Decimal,
    /// The sum of all credits.
    pub credits: Decimal,
    /// What is owed after the last day.
    pub closing: Decimal,
}

/// The currencies of `invoices`, in the order in which they come.
pub fn currencies<'a>(invoices: impl IntoIterator<Item = &'a Invoice>) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for invoice in invoices {
        let currency = invoice.currency_code.as_deref().unwrap_or_default();
        if !all.iter().any(|known| known == currency) {
            all.push(currency.to_owned());
        }
    }
    all
}

/// What happened to one invoice; the sum of it is its balance.
fn entries_of(invoice: &Invoice) -> Vec<Entry> {
    let total = invoice.total.unwrap_or_default();
    let changed = invoice.updated_at.as_ref().and_then(Day::as_written);
    let made = invoice.invoice_date.as_ref().and_then(Day::as_written);
    let entry = |day: Option<Day>, kind, charge, credit| Entry {
        day,
        kind,
        invoice_id: invoice.id.clone(),
        invoice_number: invoice.invoice_number.clone(),
        means: None,
        reference: None,
        charge,
        credit,
        balance: Decimal::ZERO,
    };
    let mut entries = vec![Entry {
        reference: invoice.po_number.clone(),
        ..entry(made, EntryKind::Invoice, total, Decimal::ZERO)
    }];
    let mut left = total;
    for payment in &invoice.payments {
        let day = payment.paid_at.as_ref().and_then(Day::as_written).or(made);
        let (kind, charge) = if payment.kind == PaymentKind::Refund {
            (EntryKind::Refund, payment.amount)
        } else {
            left = left.saturating_sub(payment.amount);
            (EntryKind::Payment, Decimal::ZERO)
        };
        let means = match (&payment.card_brand, &payment.last_four) {
            (Some(brand), Some(digits)) => {
                let mut means = brand.clone();
                means.push_str(" …");
                means.push_str(digits);
                Some(means)
            }
            _ => payment
                .method
                .clone()
                .filter(|_| kind == EntryKind::Payment),
        };
        entries.push(Entry {
            means,
            reference: payment.reference.clone(),
            ..entry(day, kind, charge, payment.amount)
        });
    }
    let rest = left.saturating_sub(balance(invoice));
    if !rest.is_zero() {
        let kind = match invoice.status {
            InvoiceStatus::Voided => EntryKind::Voided,
            InvoiceStatus::Cancelled => EntryKind::Cancelled,
            _ => EntryKind::Adjustment,
        };
        let last = entries.iter().filter_map(|entry| entry.day).max();
        let (charge, credit) = if rest.is_sign_negative() {
            (rest.abs(), Decimal::ZERO)
        } else {
            (Decimal::ZERO, rest)
        };
        entries.push(entry(changed.max(last), kind, charge, credit));
    }
    entries
}

/// The statement of `invoices` in `currency` for the days `from` to `to`. The customer does not owe a Draft.
pub fn statement<'a>(
    invoices: impl IntoIterator<Item = &'a Invoice>,
    currency: &str,
    from: Day,
    to: Day,
) -> Statement {
    let mut entries: Vec<Entry> = invoices
        .into_iter()
        .filter(|invoice| invoice.status != InvoiceStatus::Draft)
        .filter(|invoice| invoice.currency_code.as_deref().unwrap_or_default() == currency)
        .flat_map(entries_of)
        .filter(|entry| entry.day.is_none_or(|day| day <= to))
        .collect();
    // Stable: what happened to one invoice on one day stays in its order.
    entries.sort_by(|a, b| {
        (a.day, a.kind != EntryKind::Invoice, &a.invoice_number).cmp(&(
            b.day,
            b.kind != EntryKind::Invoice,
            &b.invoice_number,
        ))
    });
    let mut statement = Statement {
        currency: currency.to_owned(),
        from,
        to,
        opening: Decimal::ZERO,
        entries: Vec::new(),
        charges: Decimal::ZERO,
        credits: Decimal::ZERO,
        closing: Decimal::ZERO,
    };
    for mut entry in entries {
        let owed = statement.closing.saturating_add(entry.charge);
        statement.closing = owed.saturating_sub(entry.credit);
        if entry.day.is_none_or(|day| day < from) {
            statement.opening = statement.closing;
        } else {
            entry.balance = statement.closing;
            statement.charges = statement.charges.saturating_add(entry.charge);
            statement.credits = statement.credits.saturating_add(entry.credit);
            statement.entries.push(entry);
        }
    }
    statement
}

impl Statement {
    /// What was owed at the end of each day on which it changed, beginning with the first day's opening balance
    /// and ending with the last day's.
    pub fn course(&self) -> Vec<(Day, Decimal)> {
        let mut course = vec![(self.from, self.opening)];
        for entry in &self.entries {
            let Some(day) = entry.day else { continue };
            // The opening balance stays, also when something happens on the first day.
            let same_day = course.len() > 1 && course.last().is_some_and(|last| last.0 == day);
            if same_day {
                course.pop();
            }
            course.push((day, entry.balance));
        }
        course.push((self.to, self.closing));
        course
    }
}

#[cfg(test)]
mod tests;
