//! What is to be paid, on the home screen: totals, and the most urgent invoices.

use leptos::prelude::*;
use nymble_wire::Invoice;
use std::sync::Arc;

use super::part::{Part, Stage};
use crate::{
    components::facts::{Facts, fact, facts},
    domain::invoices::ageing::{self, Ageing},
    locale::{Locale, use_locale},
    route::Route,
    state::invoices::all_pages::{EveryInvoice, Reading},
};

/// So many invoices are named.
const NAMED: usize = 4;

/// How far the open invoices are.
pub(crate) fn stage(open: EveryInvoice) -> Stage {
    match open.reading() {
        Reading::Failed(error) => Stage::of(error),
        Reading::Pending if open.found().is_empty() => Stage::Coming,
        // Ordered by due day: the most urgent are on the first page, and need not wait for the last.
        Reading::Pending | Reading::Whole => Stage::Here,
    }
}

/// The invoices that are due and overdue.
#[component]
pub(crate) fn OpenInvoices(
    /// All that can be paid, the longest due first.
    open: EveryInvoice,
) -> AnyView {
    let locale = use_locale();
    let retry = move || open.read();
    let all = (Route::Invoices.href(), locale.text("home.all_invoices"));
    let content = move || {
        let found = open.found();
        let ageing = ageing::ageing(found.iter().map(Arc::as_ref), Locale::today());
        if ageing.is_empty() {
            return view! { <p>{locale.text("home.nothing_due")}</p> }.into_any();
        }
        let whole = open.is_whole();
        let open = found.iter().filter(|invoice| ageing::is_open(invoice));
        let rows = open.take(NAMED).map(|invoice| row(locale, invoice));
        view! {
            {ageing.iter().map(|ageing| figures(locale, ageing, whole)).collect_view()}
            <ul class="rows">{rows.collect_view()}</ul>
        }
        .into_any()
    };
    view! {
        <Part
            id="home-invoices"
            title=locale.text("home.invoices")
            stage=Signal::derive(move || stage(open))
            retry=retry
            all=all
        >
            {content}
        </Part>
    }
    .into_any()
}

/// The totals of one currency; not before all invoices are there, as they would be wrong.
fn figures(locale: Locale, ageing: &Ageing, whole: bool) -> AnyView {
    let figure = |name: String, amount, count: u64, late: bool| {
        let (amount, count) = if whole {
            let count = locale.plural("home.invoice_count", count, &[]);
            (locale.money(amount, &ageing.currency), count)
        } else {
            ("…".to_owned(), String::new())
        };
        let value = view! {
            <span class:late=late>{amount}</span>
            " "
            <span class="hint">{count}</span>
        };
        fact(name, value.into_any())
    };
    let (overdue, late) = (ageing.overdue(), ageing.overdue_count());
    let due = ageing.total().saturating_sub(overdue);
    let soon = ageing.open_count().saturating_sub(late);
    let figures = (
        figure(locale.text("home.overdue"), overdue, late, late > 0),
        figure(locale.text("home.due"), due, soon, false),
    );
    facts(Facts::Figures, figures.into_any())
}

fn row(locale: Locale, invoice: &Invoice) -> AnyView {
    let currency = invoice.currency_code.as_deref().unwrap_or_default();
    let amount = locale.money(ageing::balance(invoice), currency);
    let days = ageing::days_overdue(invoice, Locale::today());
    let late = u64::try_from(days).unwrap_or(0);
    let is_late = late > 0;
    let when = if is_late {
        locale.plural("home.days_overdue", late, &[])
    } else {
        let date = invoice.due_date.as_ref();
        date.map_or(String::new(), |date| {
            locale.text_with("home.due_on", &[("date", &locale.date(date))])
        })
    };
    view! {
        <li>
            <a href=Route::Invoice(invoice.id.clone()).href()>{invoice.invoice_number.clone()}</a>
            <span class="hint" class:late=is_late>
                {when}
            </span>
            <span class="number" translate="no">{amount}</span>
        </li>
    }
    .into_any()
}
