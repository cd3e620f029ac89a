//! The table of invoices; those that can be paid can be chosen.

use leptos::{ev, prelude::*};
use nymble_wire::Invoice;
use std::sync::Arc;

use super::amounts;
use crate::{
    domain::{
        invoices::{ageing, pay_plan::MOST_AT_ONCE},
        values::calendar::Day,
    },
    locale::{Locale, use_locale},
    route::Route,
    state::{
        invoices::payment::{InvoicePayments, use_invoice_payments},
        session::use_session,
    },
};

/// The invoices chosen to be paid, by their ids. A copy is a handle.
pub(crate) type Chosen = RwSignal<Vec<String>>;

/// An invoice's box to choose it by.
fn pick(locale: Locale, invoice: &Invoice, chosen: Chosen, payments: InvoicePayments) -> AnyView {
    if !ageing::is_open(invoice) {
        return ().into_any();
    }
    let name = locale.text_with("invoices.choose", &[("number", &invoice.invoice_number)]);
    let id = invoice.id.clone();
    let is_chosen = {
        let id = id.clone();
        Memo::new(move |_| chosen.with(|chosen| chosen.contains(&id)))
    };
    let barred = {
        let id = id.clone();
        move || {
            let full = chosen.with(Vec::len) >= MOST_AT_ONCE && !is_chosen.get();
            full || payments.in_doubt(&id)
        }
    };
    let change = move |event: ev::Event| {
        let on = event_target_checked(&event);
        chosen.update(|chosen| {
            chosen.retain(|known| *known != id);
            if on {
                chosen.push(id.clone());
            }
        });
    };
    view! {
        <label class="pick">
            <input
                type="checkbox"
                aria-label=name
                prop:checked=is_chosen
                prop:defaultChecked=is_chosen
                prop:disabled=barred
                on:change=change
            />
        </label>
    }
    .into_any()
}

/// The table.
#[component]
pub(crate) fn BillsTable(
    /// What it shows.
    invoices: Vec<Arc<Invoice>>,
    /// What it is called.
    caption: String,
    /// Those chosen to be paid; none where nothing is paid.
    chosen: Option<Chosen>,
) -> AnyView {
    let locale = use_locale();
    let payments = use_invoice_payments();
    let orders = use_session().config().features.orders;
    let today = Locale::today();
    let labels = [
        "invoices.number",
        "invoices.date",
        "invoices.due",
        "invoices.order",
        "invoices.po_number",
        "invoices.status",
        "invoices.total",
        "invoices.balance",
    ]
    .map(|message| locale.text(message));
    let heads = labels
        .iter()
        .zip(0..)
        .map(|(label, place)| {
            let class = if place >= 6 { "number" } else { "" };
            view! { <th scope="col" class=class>{label.clone()}</th> }
        })
        .collect_view();
    let payable: Vec<String> = invoices
        .iter()
        .filter(|invoice| ageing::is_open(invoice))
        .map(|invoice| invoice.id.clone())
        .collect();
    let [_, date, due, order, po_number, status, total, balance] = labels;
    let rows = invoices
        .into_iter()
        .map(|invoice| {
            let order = link_to_order(&invoice, orders).map(|link| {
                view! { <td data-label=order.clone()>{link}</td> }.into_any()
            });
            let blank = || view! { <td class="blank"></td> }.into_any();
            let po_number = match &invoice.po_number {
                Some(text) => {
                    view! { <td data-label=po_number.clone()>{text.clone()}</td> }.into_any()
                }
                None => blank(),
            };
            view! {
                <tr>
                    {chosen
                        .map(|chosen| {
                            view! { <td class="pick-cell">{pick(locale, &invoice, chosen, payments)}</td> }
                        })}
                    <th scope="row">
                        <a href=Route::Invoice(invoice.id.clone()).href()>
                            {name_of(&invoice)}
                        </a>
                    </th>
                    <td data-label=date.clone()>
                        {invoice.invoice_date.as_ref().map(|date| locale.date(date))}
                    </td>
                    <td data-label=due.clone()>{due_in_words(locale, &invoice, today)}</td>
                    {order.unwrap_or_else(blank)}
                    {po_number}
                    <td data-label=status.clone()>
                        {amounts::state(locale, &invoice, today)}
                    </td>
                    <td class="number" translate="no" data-label=total.clone()>
                        {amounts::money(locale, &invoice, invoice.total)}
                    </td>
                    <td class="number strong" translate="no" data-label=balance.clone()>
                        {amounts::money(locale, &invoice, Some(ageing::balance(&invoice)))}
                    </td>
                </tr>
            }
        })
        .collect_view();
    let all = chosen.map(|chosen| {
        view! { <th scope="col" class="pick-cell">{pick_all(locale, payable, chosen, payments)}</th> }
    });
    view! {
        <table class="bills cards">
            <caption class="visually-hidden">{caption}</caption>
            <thead>
                <tr>{all} {heads}</tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

/// The box that chooses all of a page.
fn pick_all(
    locale: Locale,
    payable: Vec<String>,
    chosen: Chosen,
    payments: InvoicePayments,
) -> AnyView {
    if payable.is_empty() {
        return ().into_any();
    }
    let ids = StoredValue::new(payable);
    let all = Memo::new(move |_| {
        ids.with_value(|ids| chosen.with(|chosen| ids.iter().all(|id| chosen.contains(id))))
    });
    let change = move |event: ev::Event| {
        let on = event_target_checked(&event);
        let free: Vec<String> = untrack(|| {
            let ids = ids.get_value();
            let free = ids.into_iter().filter(|id| !payments.in_doubt(id));
            free.collect()
        });
        chosen.update(|chosen| {
            chosen.retain(|id| !free.contains(id));
            if on {
                chosen.extend(free);
                chosen.truncate(MOST_AT_ONCE);
            }
        });
    };
    view! {
        <label class="pick">
            <input
                type="checkbox"
                aria-label=locale.text("invoices.choose_page")
                prop:checked=all
                prop:defaultChecked=all
                on:change=change
            />
        </label>
    }
    .into_any()
}

/// An invoice's number, or where it has none its id.
pub(crate) fn name_of(invoice: &Invoice) -> String {
    let number = &invoice.invoice_number;
    if number.is_empty() {
        invoice.id.clone()
    } else {
        number.clone()
    }
}

/// The number of an invoice's order, as a link where there is a screen of orders.
pub(crate) fn link_to_order(invoice: &Invoice, orders: bool) -> Option<AnyView> {
    let number = invoice.order_number.clone()?;
    Some(if orders {
        let href = Route::Order(number.clone()).href();
        view! { <a href=href>{number}</a> }.into_any()
    } else {
        number.into_any()
    })
}

/// An invoice's due date, and how long it is past it.
pub(crate) fn due_in_words(locale: Locale, invoice: &Invoice, today: Day) -> AnyView {
    let date = invoice.due_date.as_ref().map(|date| locale.date(date));
    let late = amounts::overdue(locale, invoice, today)
        .map(|late| view! { " " <span class="overdue">{late}</span> });
    view! { {date} {late} }.into_any()
}
