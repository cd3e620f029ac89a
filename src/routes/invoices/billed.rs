//! Paid invoices, or all: one page at a time, sorted and searched by the server.

use leptos::prelude::*;
use nymble_wire::{Invoice, Page};
use std::sync::Arc;

use super::{
    bills_table::BillsTable,
    export::DownloadAll,
    query::{InvoicesQuery, PAGE_SIZE, Show},
    search::Tools,
};
use crate::{
    api::invoices,
    components::{
        button::ButtonLink,
        empty_state::{EmptyState, empty_state},
        failed::{Failed, LoadingNote},
        pages::Pages,
    },
    locale::use_locale,
    state::{app::loading::Loading, session::use_session},
};

/// The list.
#[component]
pub(crate) fn BilledInvoices(
    /// What is shown.
    shown: Memo<InvoicesQuery>,
) -> AnyView {
    let locale = use_locale();
    let session = use_session();
    let loading = Loading::<Page<Invoice>>::new();
    let request = Memo::new(move |_| shown.with(InvoicesQuery::request));
    // The file that is made of all pages is narrowed down where it is read.
    let of_customer = Memo::new(move |_| {
        let mut request = request.get();
        session.narrow(&mut request, invoices::CUSTOMER);
        request
    });
    let load = move || {
        let request = of_customer.get_untracked();
        loading.load(
            session,
            invoices::list(&request),
            invoices::read_page,
            |_| {},
        );
    };
    Effect::new(move |_| {
        // Read, not only tracked: a memo that nobody has read yet does not know what it depends on.
        of_customer.get();
        load();
    });
    let download = Signal::derive(move || (request.get(), shown.with(|view| view.show)));
    let waiting = move || {
        let first = loading.value().is_none() && loading.error().is_none();
        first.then(|| view! { <LoadingNote /> })
    };
    let failure = move || {
        let error = loading.error()?;
        Some(if error.is_not_offered() {
            empty_state(locale.text("invoices.not_offered"))
        } else {
            view! { <Failed message=locale.error(&error) retry=load /> }.into_any()
        })
    };
    let table = move || {
        let page = loading.value()?;
        let view = shown.get_untracked();
        if page.data.is_empty() {
            return Some(nothing(&view));
        }
        let (number, pages) = (view.page, page.pages(PAGE_SIZE));
        let count = page.total_records;
        let rows: Vec<Arc<Invoice>> = page.data.iter().cloned().map(Arc::new).collect();
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
                <div class:pending=move || loading.is_pending()>
                    <BillsTable invoices=rows caption=locale.text("invoices.title") chosen=None />
                </div>
                <Pages page=number pages=pages to=Callback::new(to) />
            }
            .into_any(),
        )
    };
    view! {
        <div class="tools no-print">
            <Tools shown=shown />
            <DownloadAll request=download />
        </div>
        {waiting}
        {failure}
        {table}
    }
    .into_any()
}

/// Nothing is paid, or found, or there.
fn nothing(view: &InvoicesQuery) -> AnyView {
    let locale = use_locale();
    let searched = !view.search.is_empty() || view.page > 1;
    let message = match view.show {
        _ if searched => "invoices.none_found",
        Show::Paid => "invoices.none_paid",
        _ => "invoices.none",
    };
    let way = searched.then(|| {
        let everything = view.with(|view| view.search.clear());
        view! {
            <ButtonLink href=everything.href() label=locale.text("invoices.show_all") />
        }
    });
    view! {
        <EmptyState text=locale.text(message)>
            {way}
        </EmptyState>
    }
    .into_any()
}
