//! How much of each invoice is paid: one field a row, checked as it is typed.

use leptos::{ev, html, prelude::*};
use nymble_wire::Invoice;
use rust_decimal::Decimal;
use std::sync::Arc;

use super::super::{
    amounts,
    bills_table::{due_in_words, name_of},
};
use crate::{
    components::text_field::hear_filled_text,
    domain::{
        invoices::{
            ageing,
            pay_plan::{self, AmountError},
        },
        values::money,
    },
    locale::{Locale, use_locale},
    route::Route,
    state::invoices::payment::use_invoice_payments,
};

/// One invoice that is to be paid. A clone is a handle.
#[derive(Clone)]
pub(crate) struct Row {
    /// The invoice as it was read last.
    pub(crate) invoice: Arc<Invoice>,
    /// The id of its field.
    pub(crate) field: String,
    /// What is typed.
    pub(crate) typed: RwSignal<String>,
    /// Whether what is wrong with it is shown.
    shows_error: RwSignal<bool>,
}

impl Row {
    /// The whole balance is paid, unless something else is typed.
    pub(crate) fn of(locale: Locale, invoice: Arc<Invoice>, place: usize) -> Self {
        let text = full(locale, &invoice);
        let mut field = String::from("amount-");
        field.push_str(&place.to_string());
        Self {
            invoice,
            field,
            typed: RwSignal::new(text),
            shows_error: RwSignal::new(false),
        }
    }

    /// Another balance is owed: all of it is paid, unless something else is typed.
    pub(crate) fn reset(&self, locale: Locale, invoice: &Invoice) {
        self.typed.set(full(locale, invoice));
        self.shows_error.set(false);
    }

    /// The amount, or what is wrong with it (tracked).
    pub(crate) fn amount(&self, locale: Locale) -> Result<Decimal, AmountError> {
        let balance = ageing::balance(&self.invoice);
        let currency = amounts::currency(&self.invoice);
        let mark = locale.decimal_mark();
        self.typed
            .with(|typed| pay_plan::amount(typed, mark, balance, currency))
    }

    /// What is typed, where it is not the whole balance (tracked).
    pub(crate) fn partial(&self, locale: Locale) -> Option<String> {
        let typed = self.typed.get();
        (typed != full(locale, &self.invoice)).then_some(typed)
    }

    /// Shows what is wrong with the amount, if anything is.
    pub(crate) fn show_error(&self) {
        self.shows_error.set(true);
    }
}

/// The whole balance as it is typed.
fn full(locale: Locale, invoice: &Invoice) -> String {
    let mut balance = ageing::balance(invoice).normalize();
    let places = money::minor_units(amounts::currency(invoice));
    if balance.scale() < places {
        balance.rescale(places);
    }
    locale.decimal(balance)
}

fn explain(locale: Locale, invoice: &Invoice, error: AmountError) -> String {
    match error {
        AmountError::Empty => locale.text("invoices.amount_empty"),
        AmountError::NotAnAmount => locale.text("invoices.amount_unreadable"),
        AmountError::NotPositive => locale.text("invoices.amount_nothing"),
        AmountError::TooPrecise { places } => {
            locale.plural("invoices.amount_places", u64::from(places), &[])
        }
        AmountError::MoreThanBalance { balance } => {
            let balance = locale.money(balance, amounts::currency(invoice));
            locale.text_with("invoices.amount_too_much", &[("balance", &balance)])
        }
    }
}

/// The rows: what can be paid with its field, and what cannot with the reason.
#[component]
pub(crate) fn Rows(
    /// What can be paid.
    rows: Vec<Row>,
    /// What cannot.
    others: Vec<Arc<Invoice>>,
) -> AnyView {
    let locale = use_locale();
    let payments = use_invoice_payments();
    let rows = rows
        .into_iter()
        .map(|row| row_view(locale, row))
        .collect_view();
    let others = others
        .into_iter()
        .map(|invoice| {
            let why = pay_plan::unpayable(&invoice).map(|why| amounts::why_not(locale, why));
            let id = invoice.id.clone();
            let doubt = move || {
                payments
                    .in_doubt(&id)
                    .then(|| locale.text("invoices.barred_by_doubt"))
            };
            view! {
                <li class="pay-row">
                    {names(&invoice)}
                    <p class="hint pay-why">{why} {doubt}</p>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="pay-rows">{rows} {others}</ul> }.into_any()
}

fn names(invoice: &Invoice) -> AnyView {
    let locale = use_locale();
    let today = Locale::today();
    let due = due_in_words(locale, invoice, today);
    view! {
        <div class="pay-names">
            <a href=Route::Invoice(invoice.id.clone()).href()>{name_of(invoice)}</a>
            <span class="hint">{locale.text("invoices.due")} " " {due}</span>
        </div>
    }
    .into_any()
}

fn row_view(locale: Locale, row: Row) -> AnyView {
    let invoice = Arc::clone(&row.invoice);
    let balance = amounts::money(locale, &invoice, Some(ageing::balance(&invoice)));
    let label = locale.text_with("invoices.amount_for", &[("number", &name_of(&invoice))]);
    let whole = full(locale, &invoice);
    let (typed, shows_error, field) = (row.typed, row.shows_error, row.field.clone());
    let error = {
        let invoice = Arc::clone(&invoice);
        Memo::new(move |_| {
            let error = row.amount(locale).err().filter(|_| shows_error.get())?;
            Some(explain(locale, &invoice, error))
        })
    };
    let mut error_id = field.clone();
    error_id.push_str("-error");
    let described = {
        let id = error_id.clone();
        move || error.with(Option::is_some).then(|| id.clone())
    };
    let is_part = {
        let whole = whole.clone();
        Memo::new(move |_| typed.with(|typed| *typed != whole))
    };
    let names_view = names(&invoice);
    let full_label = locale.text_with("invoices.pay_in_full", &[("number", &name_of(&invoice))]);
    let input = NodeRef::<html::Input>::new();
    hear_filled_text(input, typed);
    view! {
        <li class="pay-row">
            {names_view}
            <p class="pay-balance">
                <span class="hint">{locale.text("invoices.balance")}</span>
                " "
                <span class="strong">{balance}</span>
            </p>
            <div class="field pay-amount">
                <label for=field.clone()>{label}</label>
                <input
                    id=field.clone()
                    name=field
                    type="text"
                    inputmode="decimal"
                    autocomplete="off"
                    maxlength="40"
                    class="number"
                    aria-required="true"
                    aria-invalid=move || error.with(Option::is_some).then_some("true")
                    aria-describedby=described
                    node_ref=input
                    prop:value=typed
                    on:input=move |event: ev::Event| typed.set(event_target_value(&event))
                    on:change=move |_| shows_error.set(true)
                />
                <p class="field-error" id=error_id hidden=move || error.with(Option::is_none)>
                    {move || error.get()}
                </p>
            </div>
            <button
                type="button"
                class="quiet-button"
                aria-label=full_label
                disabled=move || !is_part.get()
                on:click=move |_| typed.set(whole.clone())
            >
                {locale.text("invoices.in_full")}
            </button>
        </li>
    }
    .into_any()
}
