//! Invoices as a file for spreadsheets: every one that matches, amounts with their exact digits.

use leptos::{prelude::*, task::spawn_local};
use nymble_wire::Invoice;
use rust_decimal::Decimal;
use std::sync::Arc;

use super::{amounts, bills_table::name_of, query::Show};
use crate::{
    api::{page::ListRequest, problem::ApiError},
    browser::download,
    components::button::Button,
    domain::{
        invoices::ageing,
        values::{calendar::Day, csv::Csv, money},
    },
    locale::{Locale, use_locale},
    state::{invoices::all_pages::every_invoice, session::use_session},
};

/// The day of a point in time, as spreadsheets read it.
fn day(time: Option<&nymble_wire::Timestamp>) -> String {
    let day = time.and_then(Day::as_written);
    day.map(Day::text).unwrap_or_default()
}

fn digits(amount: Option<Decimal>) -> String {
    amount.map(money::to_plain_string).unwrap_or_default()
}

/// The invoices as CSV.
pub(crate) fn csv(locale: Locale, invoices: &[Arc<Invoice>]) -> String {
    let today = Locale::today();
    let columns = [
        "invoices.number",
        "invoices.date",
        "invoices.due",
        "invoices.overdue_days",
        "invoices.status",
        "invoices.order",
        "invoices.po_number",
        "invoices.currency",
        "invoices.total",
        "invoices.paid",
        "invoices.refunded",
        "invoices.balance",
    ]
    .map(|message| locale.text(message));
    let mut csv = Csv::new(&columns.each_ref().map(String::as_str));
    for invoice in invoices {
        let late = ageing::days_overdue(invoice, today);
        let cells = [
            name_of(invoice),
            day(invoice.invoice_date.as_ref()),
            day(invoice.due_date.as_ref()),
            late.to_string(),
            amounts::status(locale, &invoice.status),
            invoice.order_number.clone().unwrap_or_default(),
            invoice.po_number.clone().unwrap_or_default(),
            amounts::currency(invoice).to_owned(),
            digits(invoice.total),
            digits(invoice.amount_paid),
            digits(invoice.amount_refunded),
            digits(Some(ageing::balance(invoice))),
        ];
        csv.row(&cells.each_ref().map(String::as_str));
    }
    csv.finish()
}

/// Saves a table under a name that says what it is and of which day.
pub(crate) fn save(what: &str, csv: &str) {
    let mut name = String::from("invoices-");
    name.push_str(what);
    name.push('-');
    name.push_str(&Locale::today().text());
    name.push_str(".csv");
    download::save_text(&name, "text/csv", csv);
}

/// The word for a list in a file's name.
pub(crate) fn word_for(show: Show) -> &'static str {
    match show {
        Show::Open => "open",
        Show::Overdue => "overdue",
        Show::Paid => "paid",
        _ => "all",
    }
}

/// `Download CSV` of a list that is read page by page: reads all of its pages first, and says how far it is.
#[component]
pub(crate) fn DownloadAll(
    /// What the list is asked for; the page does not matter.
    #[prop(into)]
    request: Signal<(ListRequest, Show)>,
) -> AnyView {
    let locale = use_locale();
    let session = use_session();
    let progress = RwSignal::new(None::<(u64, u64)>);
    let failure = RwSignal::new(None::<ApiError>);
    let download = move |()| {
        if progress.get_untracked().is_some() {
            return;
        }
        let (mut request, show) = request.get_untracked();
        request.page = 1;
        request.page_size = 200;
        progress.set(Some((0, 0)));
        failure.set(None);
        spawn_local(async move {
            // A gone signal means that the screen was left.
            let arrived = move |found: &[Arc<Invoice>], there: u64| {
                let come = found.len() as u64;
                progress.try_set(Some((come, there))).is_none()
            };
            match every_invoice(session, request, &arrived).await {
                Ok(invoices) => save(word_for(show), &csv(locale, &invoices)),
                Err(error) => {
                    failure.try_set(Some(error));
                }
            }
            progress.try_set(None);
        });
    };
    let words = move || match (progress.get(), failure.get()) {
        (Some((come, there)), _) => Some(reading(locale, come, there)),
        (None, Some(error)) => {
            let reason = locale.error(&error);
            Some(locale.text_with("invoices.not_downloaded", &[("reason", &reason)]))
        }
        (None, None) => None,
    };
    view! {
        <Button
            busy=Signal::derive(move || progress.with(Option::is_some))
            press=download
            label=locale.text("invoices.csv")
        />
        <span class="hint" role="status">
            {words}
        </span>
    }
    .into_any()
}

/// "Reading 400 of 3,000 invoices…"
pub(crate) fn reading(locale: Locale, come: u64, there: u64) -> String {
    let there = locale.number(there);
    locale.text_with(
        "invoices.reading",
        &[("come", &locale.number(come)), ("there", &there)],
    )
}
