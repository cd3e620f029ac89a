//! The parts of an invoice: its facts, its lines with the amounts, its payments and refunds.

use leptos::prelude::*;
use nymble_wire::{Invoice, InvoicePayment, PaymentKind, SalesRep};
use rust_decimal::Decimal;

use super::{amounts, bills_table};
use crate::{
    components::{
        address::in_one_line,
        facts::{Facts, fact, facts},
    },
    domain::invoices::ageing,
    locale::Locale,
    route::Route,
    state::session::use_session,
};

/// A rep's name with ways to reach them.
fn rep(rep: &SalesRep) -> AnyView {
    let names = [&rep.first_name, &rep.last_name]
        .into_iter()
        .flatten()
        .map(String::as_str);
    let name = rep
        .full_name
        .clone()
        .unwrap_or_else(|| names.collect::<Vec<_>>().join(" "));
    let name = if name.is_empty() {
        rep.rep_number.clone()
    } else {
        name
    };
    let link = |scheme: &str, text: &Option<String>| {
        let text = text.clone().filter(|text| !text.is_empty())?;
        let mut href = String::from(scheme);
        href.extend(text.chars().filter(|it| !it.is_whitespace()));
        Some(view! { " · " <a href=href>{text}</a> })
    };
    let mail = link("mailto:", &rep.email);
    let phone = link("tel:", &rep.phone_number);
    view! { {name} {mail} {phone} }.into_any()
}

/// Dates, order, terms, addresses.
pub(crate) fn of_invoice(locale: Locale, invoice: &Invoice) -> AnyView {
    let orders = use_session().config().features.orders;
    let mut all: Vec<(&'static str, AnyView)> = Vec::new();
    let mut add = |message, value: Option<AnyView>| {
        if let Some(value) = value {
            all.push((message, value));
        }
    };
    let text = |text: &Option<String>| {
        let text = text.clone().filter(|text| !text.is_empty())?;
        Some(text.into_any())
    };
    let date = invoice.invoice_date.as_ref().map(|date| locale.date(date));
    add("invoices.date", date.map(IntoAny::into_any));
    let due = invoice.due_date.as_ref().map(|date| locale.date(date));
    add("invoices.due", due.map(IntoAny::into_any));
    add("invoices.terms", text(&invoice.terms));
    add(
        "invoices.order",
        bills_table::link_to_order(invoice, orders),
    );
    add("invoices.po_number", text(&invoice.po_number));
    if let Some(customer) = &invoice.customer {
        add(
            "invoices.customer",
            text(&Some(customer.company_name.clone())),
        );
        let in_words = |address: &Option<nymble_wire::Address>| {
            let address = address.as_ref()?;
            Some(in_one_line(locale, address).into_any())
        };
        add("invoices.billed_to", in_words(&customer.billing_address));
        add("invoices.shipped_to", in_words(&customer.shipping_address));
    }
    add("invoices.rep", invoice.sales_rep.as_ref().map(rep));
    add("invoices.notes", text(&invoice.notes));
    let all = all
        .into_iter()
        .map(|(message, value)| fact(locale.text(message), value))
        .collect_view();
    facts(Facts::Framed, all.into_any())
}

/// The lines, and what they come to.
pub(crate) fn lines(locale: Locale, invoice: &Invoice) -> AnyView {
    let money = |amount: Option<Decimal>| amounts::money(locale, invoice, amount);
    let rows = invoice
        .items
        .iter()
        .map(|line| {
            let name = line.name.clone().unwrap_or_default();
            let quantity = locale.number(line.quantity.unsigned_abs());
            view! {
                <tr>
                    <th scope="row">
                        <a href=Route::Product(line.sku.clone()).href()>
                            {if name.is_empty() { line.sku.clone() } else { name }}
                        </a>
                        " "
                        <span class="sku" translate="no">{line.sku.clone()}</span>
                    </th>
                    <td class="number" translate="no">{quantity}</td>
                    <td class="number" translate="no">{money(line.unit_price)}</td>
                    <td class="number" translate="no">{money(line.line_total)}</td>
                </tr>
            }
        })
        .collect_view();
    // What is nothing is not spoken of, but for what every invoice has.
    let some = |amount: Option<Decimal>| amount.filter(|amount| !amount.is_zero());
    let less = |amount: Option<Decimal>| some(amount).map(|amount| -amount);
    let sums = [
        ("invoices.subtotal", invoice.subtotal, false),
        ("invoices.discount", less(invoice.discount), false),
        ("invoices.tax", some(invoice.tax), false),
        ("invoices.shipping", some(invoice.shipping), false),
        ("invoices.total", invoice.total, true),
        ("invoices.paid", less(invoice.amount_paid), false),
        ("invoices.balance", Some(ageing::balance(invoice)), true),
        ("invoices.refunded", some(invoice.amount_refunded), false),
    ]
    .into_iter()
    .filter(|(_, amount, _)| amount.is_some())
    .map(|(message, amount, strong)| {
        view! {
            <tr class:strong=strong>
                <th scope="row" colspan="3">
                    {locale.text(message)}
                </th>
                <td class="number" translate="no">{money(amount)}</td>
            </tr>
        }
    })
    .collect_view();
    view! {
        <section class="panel">
            <div
                class="table-scroll"
                role="region"
                tabindex="0"
                aria-label=locale.text("invoices.lines")
            >
                <table class="lines invoice-lines">
                    <caption>{locale.text("invoices.lines")}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{locale.text("cart.product")}</th>
                            <th scope="col" class="number">{locale.text("quantity.label")}</th>
                            <th scope="col" class="number">{locale.text("price.unit_price")}</th>
                            <th scope="col" class="number">{locale.text("price.line_total")}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                    <tfoot>{sums}</tfoot>
                </table>
            </div>
        </section>
    }
    .into_any()
}

/// What a payment was made with.
fn means(locale: Locale, payment: &InvoicePayment) -> String {
    match (&payment.card_brand, &payment.last_four) {
        (Some(brand), Some(digits)) => {
            locale.text_with("payment.ending", &[("brand", brand), ("digits", digits)])
        }
        _ if payment.kind == PaymentKind::Refund => String::new(),
        _ => payment.method.clone().unwrap_or_default(),
    }
}

/// Payments and refunds, oldest first.
pub(crate) fn payments(locale: Locale, invoice: &Invoice) -> AnyView {
    if invoice.payments.is_empty() {
        return ().into_any();
    }
    let rows = invoice
        .payments
        .iter()
        .map(|payment| {
            let kind = match &payment.kind {
                PaymentKind::Payment => locale.text("invoices.payment"),
                PaymentKind::Refund => locale.text("invoices.refund"),
                PaymentKind::Other(name) => name.clone(),
            };
            let date = payment.paid_at.as_ref().map(|date| locale.date(date));
            let amount = amounts::money(locale, invoice, Some(payment.amount));
            let reference = payment.reference.clone();
            view! {
                <tr>
                    <th scope="row">{kind} <span class="sku" translate="no">{date}</span></th>
                    <td>{means(locale, payment)}</td>
                    <td>{reference}</td>
                    <td class="number" translate="no">{amount}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <section class="panel">
            <div
                class="table-scroll"
                role="region"
                tabindex="0"
                aria-label=locale.text("invoices.payments")
            >
                <table class="lines invoice-lines">
                    <caption>{locale.text("invoices.payments")}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{locale.text("invoices.entry")}</th>
                            <th scope="col">{locale.text("invoices.means")}</th>
                            <th scope="col">{locale.text("invoices.reference")}</th>
                            <th scope="col" class="number">{locale.text("invoices.amount")}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}
