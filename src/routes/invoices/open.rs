//! What can be paid: all of it, read page by page, with what is owed in sum; some of it is chosen and paid.

use leptos::prelude::*;
use nymble_wire::Invoice;
use std::sync::Arc;

use super::{
    ageing_table::ageing_table,
    amounts,
    bills_table::{BillsTable, Chosen},
    export::{self, reading},
    query::{InvoicesQuery, PAGE_SIZE, Show},
    search::Tools,
};
use crate::{
    api::invoices,
    components::{
        button::{Button, ButtonLink, Look},
        empty_state::{EmptyState, empty_state},
        failed::{Failed, LoadingNote},
        pages::Pages,
    },
    domain::invoices::{
        ageing::{self, Ageing},
        pay_plan,
    },
    locale::{Locale, use_locale},
    state::{
        app::navigation::use_navigation,
        invoices::{
            all_pages::{EveryInvoice, Reading},
            payment::use_invoice_payments,
        },
        session::use_session,
    },
};

/// The open or overdue invoices, sums above.
#[component]
pub(crate) fn OpenInvoices(
    /// What is shown.
    shown: Memo<InvoicesQuery>,
) -> AnyView {
    let locale = use_locale();
    let session = use_session();
    let every = EveryInvoice::of(session, invoices::open());
    use_invoice_payments().follow(move |invoice| every.learn(invoice));
    let chosen: Chosen = RwSignal::new(Vec::new());
    let today = Locale::today();
    let open = Memo::new(move |_| -> Vec<Arc<Invoice>> {
        let found = every.found();
        let open = found.into_iter().filter(|invoice| ageing::is_open(invoice));
        open.collect()
    });
    let listed = Memo::new(move |_| {
        let view = shown.get();
        let mut listed = open.get();
        listed.retain(|invoice| {
            let late = ageing::days_overdue(invoice, today) > 0;
            (view.show != Show::Overdue || late) && view.fits(invoice)
        });
        listed.sort_by(|one, other| view.compare(one, other));
        listed
    });
    let owed = move || {
        // A sum of a part would be read as the sum of all.
        if !every.is_whole() {
            return None;
        }
        let mut all = open.with(|open| {
            let open = open.iter().map(|invoice| &**invoice);
            ageing::ageing(open, today)
        });
        if all.is_empty() {
            all.push(Ageing::none(&session.currency().unwrap_or_default()));
        }
        let tables = all.into_iter().map(|ageing| ageing_table(locale, &ageing));
        Some(tables.collect_view())
    };
    let progress = move || match every.reading() {
        Reading::Pending => {
            let (come, there) = every.progress();
            if come == 0 {
                return Some(view! { <LoadingNote /> }.into_any());
            }
            Some(
                view! {
                    <div class="reading" role="status">
                        <p class="hint">{reading(locale, come, there)}</p>
                        <div class="bar-track" aria-hidden="true">
                            <div class="bar" style:width=share(come, there)></div>
                        </div>
                    </div>
                }
                .into_any(),
            )
        }
        Reading::Failed(error) if error.is_not_offered() => {
            Some(empty_state(locale.text("invoices.not_offered")))
        }
        Reading::Failed(error) => {
            let retry = move || every.read();
            Some(view! { <Failed message=locale.error(&error) retry=retry /> }.into_any())
        }
        Reading::Whole => None,
    };
    let there = Memo::new(move |_| {
        let (come, _) = every.progress();
        every.is_whole() || come > 0
    });
    let download = move |()| {
        if every.is_whole() {
            let show = shown.with_untracked(|view| view.show);
            let text = listed.with_untracked(|listed| export::csv(locale, listed));
            export::save(export::word_for(show), &text);
        }
    };
    let table = move || {
        let all = listed.get();
        let count = all.len() as u64;
        let view = shown.get();
        if all.is_empty() {
            return every.is_whole().then(|| nothing(locale, &view));
        }
        let pages = count.div_ceil(PAGE_SIZE).max(1);
        let page = view.page.min(pages);
        let first = usize::try_from((page - 1) * PAGE_SIZE).unwrap_or(usize::MAX);
        let on_page: Vec<Arc<Invoice>> = all.into_iter().skip(first).take(50).collect();
        let to = move |page| {
            let mut next = view.clone();
            next.page = page;
            next.href()
        };
        Some(
            view! {
                <p class="result-count" role="status">
                    {locale.plural("invoices.count", count, &[])}
                </p>
                <BillsTable
                    invoices=on_page
                    caption=locale.text("invoices.title")
                    chosen=session.customer_number().is_some().then_some(chosen)
                />
                <Pages page=page pages=pages to=Callback::new(to) />
            }
            .into_any(),
        )
    };
    view! {
        {owed}
        {progress}
        <Show when=move || there.get()>
            <div class="tools no-print">
                <Tools shown=shown />
                <Button
                    busy=Signal::derive(move || !every.is_whole())
                    press=download
                    label=locale.text("invoices.csv")
                />
            </div>
        </Show>
        {table}
        <PayBar open=open chosen=chosen />
    }
    .into_any()
}

/// `part` of `whole` as a length in per cent.
fn share(part: u64, whole: u64) -> String {
    let mut text = (part * 100 / whole.max(1)).min(100).to_string();
    text.push('%');
    text
}

/// Nothing is open, overdue, or found.
fn nothing(locale: Locale, view: &InvoicesQuery) -> AnyView {
    let (message, way) = if view.search.is_empty() {
        let message = if view.show == Show::Overdue {
            "invoices.none_overdue"
        } else {
            "invoices.none_open"
        };
        (message, InvoicesQuery::of(Show::All))
    } else {
        let everything = view.with(|view| view.search.clear());
        ("invoices.none_found", everything)
    };
    view! {
        <EmptyState text=locale.text(message)>
            <ButtonLink href=way.href() label=locale.text("invoices.show_all") />
        </EmptyState>
    }
    .into_any()
}

/// What is chosen, what it comes to, and the button that goes on to paying it.
#[component]
fn PayBar(open: Memo<Vec<Arc<Invoice>>>, chosen: Chosen) -> AnyView {
    let locale = use_locale();
    let navigation = use_navigation();
    let bar = move || {
        let ids = chosen.get();
        if ids.is_empty() {
            return None;
        }
        let totals = open.with(|open| {
            let picked = open.iter().filter(|invoice| ids.contains(&invoice.id));
            pay_plan::totals(
                picked.map(|invoice| (amounts::currency(invoice), ageing::balance(invoice))),
            )
        });
        let count = ids.len() as u64;
        let sum = amounts::in_words(locale, &totals);
        let most = (ids.len() >= pay_plan::MOST_AT_ONCE).then(|| {
            let text = locale.plural("invoices.most", pay_plan::MOST_AT_ONCE as u64, &[]);
            view! { <p class="hint">{text}</p> }
        });
        let pay = move |()| {
            let mut view = InvoicesQuery::of(Show::Pay);
            view.chosen.clone_from(&ids);
            navigation.go(&view.href());
        };
        Some(view! {
            <div class="pay-bar no-print">
                <p role="status">
                    {locale.plural("invoices.chosen", count, &[("amount", &sum)])}
                </p>
                {most}
                <button type="button" class="quiet-button" on:click=move |_| chosen.set(Vec::new())>
                    {locale.text("invoices.choose_none")}
                </button>
                <Button
                    look=Look::Primary
                    press=pay
                    label=locale.plural("invoices.pay_count", count, &[])
                />
            </div>
        })
    };
    view! { {bar} }.into_any()
}
