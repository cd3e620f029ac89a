//! The invoices of an order: number, state, when due, what is open. They come on their own; that they do
//! not come must not disturb the order.

use leptos::prelude::*;
use nymble_wire::{Invoice, Page};

use super::words;
use crate::{
    api::invoices,
    components::badge::{Meaning, badge},
    domain::invoices::ageing,
    locale::{Locale, use_locale},
    route::Route,
    state::{app::loading::Loading, session::use_session},
};

/// The panel `Invoices`; nothing where the API does not offer them.
#[component]
pub(crate) fn OfInvoices(
    /// The order's id.
    order_id: String,
) -> AnyView {
    let locale = use_locale();
    let session = use_session();
    let loading = Loading::<Page<Invoice>>::new();
    let load = move || {
        let request = invoices::of_order(&order_id);
        loading.load(session, request, invoices::read_page, |_| {});
    };
    load();
    let load = Callback::new(move |()| load());
    let content = move || {
        if let Some(error) = loading.error() {
            return view! {
                <p role="status">
                    {locale.error(&error)} " "
                    <button type="button" class="quiet-button no-print" on:click=move |_| load.run(())>
                        {locale.text("try_again")}
                    </button>
                </p>
            }
            .into_any();
        }
        match loading.value() {
            None => view! { <p class="hint">{locale.text("loading")}</p> }.into_any(),
            Some(page) if page.data.is_empty() => {
                view! { <p class="hint">{locale.text("orders.no_invoice")}</p> }.into_any()
            }
            Some(page) => {
                let items = page
                    .data
                    .iter()
                    .map(|invoice| item(locale, invoice))
                    .collect_view();
                view! { <ul class="order-invoices">{items}</ul> }.into_any()
            }
        }
    };
    let offered = move || !loading.error().is_some_and(|error| error.lacks_part());
    view! {
        <Show when=offered>
            <section class="panel" aria-labelledby="order-invoices">
                <h2 id="order-invoices">{locale.text("invoices.title")}</h2>
                {content}
            </section>
        </Show>
    }
    .into_any()
}

fn item(locale: Locale, invoice: &Invoice) -> AnyView {
    let currency = invoice.currency_code.clone().unwrap_or_default();
    let due = invoice.due_date.as_ref().map(|due| {
        let date = locale.date(due);
        locale.text_with("orders.due", &[("date", &date)])
    });
    let balance = invoice.balance.map(|balance| {
        let amount = locale.money(balance, &currency);
        locale.text_with("orders.balance", &[("amount", &amount)])
    });
    let number = if invoice.invoice_number.is_empty() {
        invoice.id.clone()
    } else {
        invoice.invoice_number.clone()
    };
    let overdue = ageing::days_overdue(invoice, Locale::today()) > 0;
    view! {
        <li>
            <a href=Route::Invoice(invoice.id.clone()).href()>{number}</a>
            {badge(
                Meaning::of_invoice(&invoice.status, overdue),
                words::invoice_status(locale, &invoice.status),
            )}
            <span class="hint">{due}</span>
            <span class="number">{balance}</span>
        </li>
    }
    .into_any()
}
