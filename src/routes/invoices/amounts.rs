//! Words about an invoice that several parts of the screens say: amounts, due dates, states.

use leptos::prelude::AnyView;
use nymble_wire::{Invoice, InvoiceStatus};
use rust_decimal::Decimal;

use crate::{
    components::badge::{Meaning, badge},
    domain::{
        invoices::{ageing, pay_plan::Unpayable},
        values::calendar::Day,
    },
    locale::Locale,
};

/// An invoice's currency.
pub(crate) fn currency(invoice: &Invoice) -> &str {
    invoice.currency_code.as_deref().unwrap_or_default()
}

/// An amount of an invoice, in its currency.
pub(crate) fn money(locale: Locale, invoice: &Invoice, amount: Option<Decimal>) -> Option<String> {
    Some(locale.money(amount?, currency(invoice)))
}

/// Totals by currency, as one text: `$5.00 + €3.00`.
pub(crate) fn in_words(locale: Locale, totals: &[(String, Decimal)]) -> String {
    let mut text = String::new();
    for (currency, total) in totals {
        if !text.is_empty() {
            text.push_str(" + ");
        }
        text.push_str(&locale.money(*total, currency));
    }
    text
}

/// "12 days overdue"; none when it is not.
pub(crate) fn overdue(locale: Locale, invoice: &Invoice, today: Day) -> Option<String> {
    let days = ageing::days_overdue(invoice, today);
    (days > 0).then(|| locale.plural("invoices.days_overdue", days.unsigned_abs(), &[]))
}

/// A state in words.
pub(crate) fn status(locale: Locale, status: &InvoiceStatus) -> String {
    locale.text(match status {
        InvoiceStatus::Draft => "invoices.status_draft",
        InvoiceStatus::Issued => "invoices.status_issued",
        InvoiceStatus::PartiallyPaid => "invoices.status_part_paid",
        InvoiceStatus::Paid => "invoices.status_paid",
        InvoiceStatus::Voided => "invoices.status_voided",
        InvoiceStatus::Cancelled => "invoices.status_cancelled",
        InvoiceStatus::Other(name) => return name.clone(),
    })
}

/// A state as a badge.
pub(crate) fn state(locale: Locale, invoice: &Invoice, today: Day) -> AnyView {
    let overdue = ageing::days_overdue(invoice, today) > 0;
    badge(
        Meaning::of_invoice(&invoice.status, overdue),
        status(locale, &invoice.status),
    )
}

/// Why an invoice cannot be paid, as a sentence.
pub(crate) fn why_not(locale: Locale, why: Unpayable) -> String {
    locale.text(match why {
        Unpayable::Draft => "invoices.why_draft",
        Unpayable::Paid => "invoices.why_paid",
        Unpayable::Voided => "invoices.why_voided",
        Unpayable::Cancelled => "invoices.why_cancelled",
        Unpayable::Unknown => "invoices.why_unknown",
    })
}
