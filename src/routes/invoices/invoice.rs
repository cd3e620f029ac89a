//! `/invoices/{id}`: one invoice, what was paid on it, its PDF, and the button that pays it.

use leptos::{prelude::*, task::spawn_local};
use leptos_router::hooks::use_location;
use nymble_wire::Invoice;
use std::sync::Arc;

use super::{
    amounts,
    bills_table::name_of,
    invoice_parts,
    payment_notes::PaymentNotes,
    query::{InvoicesQuery, PATH, Show},
};
use crate::{
    api::{http::Answer, invoices},
    browser::download,
    components::{
        button::{Button, Look},
        empty_state::empty_state,
        failed::{Failed, LoadingNote},
        heading::Heading,
        hosted_return::HostedReturn,
    },
    domain::invoices::pay_plan,
    lazy_page::lazy_screen,
    locale::{Locale, use_locale},
    route,
    routes::customers::needed::of_a_customer,
    state::{
        app::{loading::Loading, navigation::use_navigation},
        invoices::payment::use_invoice_payments,
        payments::{
            hosted_outcome::{HostedVisit, Stage},
            hosted_payment::Purpose,
        },
        session::use_session,
    },
};

lazy_screen!(billing, "invoices", {
    of_a_customer(|| view! { <InvoiceView /> }.into_any())
});

#[component]
fn InvoiceView() -> AnyView {
    let locale = use_locale();
    let session = use_session();
    let payments = use_invoice_payments();
    let path = use_location().pathname;
    // The screen is made anew for another invoice.
    let id = StoredValue::new(untrack(|| route::name_in(&path.get(), "/invoices/")));
    let loading = Loading::<Invoice>::new();
    let load = move || {
        let request = invoices::one(&id.get_value());
        loading.load(session, request, invoices::read_one, |_| {});
    };
    let visit = HostedVisit::follow(session, use_navigation(), Purpose::PayInvoice, move |_| {
        load();
    });
    payments.follow(move |invoice| {
        let mine = id.try_with_value(|id| *id == invoice.id || *id == invoice.invoice_number);
        if mine == Some(true) {
            loading.show(Arc::clone(invoice));
        }
    });
    load();
    let title = Signal::derive(move || match loading.value() {
        Some(invoice) => locale.text_with("invoices.invoice", &[("number", &name_of(&invoice))]),
        None => locale.text("invoices.one_unnamed"),
    });
    let failure = move || {
        let error = loading.error()?;
        Some(match error.status() {
            Some(403) => empty_state(locale.text("invoices.not_offered")),
            Some(404 | 410) => empty_state(locale.text("invoices.gone")),
            _ => view! { <Failed message=locale.error(&error) retry=load /> }.into_any(),
        })
    };
    let waiting = move || {
        let first = loading.value().is_none() && loading.error().is_none();
        first.then(|| view! { <LoadingNote /> })
    };
    let content = move || {
        let invoice = loading.value()?;
        // Whoever acts for one customer may see others' invoices, but not here.
        let whose = invoice.customer.as_ref();
        if whose.is_some_and(|whose| session.belongs_to_other_customer(&whose.customer_number)) {
            return Some(empty_state(locale.text("invoices.gone")));
        }
        let notes_of = invoice.id.clone();
        Some(
            view! {
                <Standing invoice=Arc::clone(&invoice) visit=visit />
                <PaymentNotes of_invoice=Some(notes_of) />
                {invoice_parts::of_invoice(locale, &invoice)}
                {invoice_parts::lines(locale, &invoice)}
                {invoice_parts::payments(locale, &invoice)}
            }
            .into_any(),
        )
    };
    view! {
        <div class="page invoice">
            <nav class="crumbs no-print" aria-label=locale.text("product.crumbs")>
                <ol>
                    <li>
                        <a href=PATH>{locale.text("invoices.title")}</a>
                    </li>
                </ol>
            </nav>
            <Heading text=title />
            <HostedReturn visit=visit />
            {waiting}
            {failure}
            {content}
        </div>
    }
    .into_any()
}

/// Whether it is not known if the provider's page has taken a payment: then none is begun beside it.
fn is_undecided(visit: HostedVisit) -> bool {
    matches!(
        visit.stage(),
        Stage::Confirming | Stage::StillPending | Stage::Unclear(_) | Stage::Left
    )
}

/// Where the invoice stands, what is owed on it, and what can be done.
#[component]
fn Standing(invoice: Arc<Invoice>, visit: HostedVisit) -> AnyView {
    let locale = use_locale();
    let session = use_session();
    let navigation = use_navigation();
    let payments = use_invoice_payments();
    let today = Locale::today();
    let why = pay_plan::unpayable(&invoice);
    let meaning = match why {
        Some(why) => amounts::why_not(locale, why),
        None => locale.text("invoices.can_be_paid"),
    };
    let late = amounts::overdue(locale, &invoice, today)
        .map(|late| view! { " " <span class="overdue">{late}</span> });
    let owed = amounts::money(
        locale,
        &invoice,
        Some(crate::domain::invoices::ageing::balance(&invoice)),
    );
    let id = StoredValue::new(invoice.id.clone());
    let pay = move |()| {
        let mut view = InvoicesQuery::of(Show::Pay);
        view.chosen.push(id.get_value());
        navigation.go(&view.href());
    };
    let pay_button = move || {
        let barred = why.is_some()
            || session.customer_number().is_none()
            || id.with_value(|id| payments.in_doubt(id))
            || is_undecided(visit);
        (!barred).then(|| {
            view! {
                <Button look=Look::Primary press=pay label=locale.text("invoices.pay") />
            }
        })
    };
    view! {
        <section class="panel standing" aria-label=locale.text("invoices.balance")>
            <div>
                <p>
                    {amounts::state(locale, &invoice, today)}
                    {late}
                </p>
                <p class="hint">{locale.text("invoices.balance")}</p>
                <p class="owed-total" translate="no">{owed}</p>
                <p>{meaning}</p>
            </div>
            <div class="actions no-print">
                {pay_button}
                <PdfButton id=invoice.id.clone() name=name_of(&invoice) />
                <Button
                    press=move |()| drop(window().print())
                    label=locale.text("invoices.print")
                />
            </div>
        </section>
    }
    .into_any()
}

/// `Download PDF`: fetched with the buyer's token, which a plain link could not carry.
#[component]
fn PdfButton(id: String, name: String) -> AnyView {
    let locale = use_locale();
    let session = use_session();
    let busy = RwSignal::new(false);
    let failure = RwSignal::new(None::<String>);
    let names = StoredValue::new((id, name));
    let download = move |()| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        failure.set(None);
        let (id, mut name) = names.get_value();
        spawn_local(async move {
            let answer = session.send(invoices::pdf(&id)).await;
            match answer.and_then(Answer::file) {
                Ok(file) => {
                    name.push_str(".pdf");
                    download::save(&name, &file);
                }
                Err(error) => {
                    let reason = locale.error(&error);
                    let text = locale.text_with("invoices.no_pdf", &[("reason", &reason)]);
                    failure.try_set(Some(text));
                }
            }
            busy.try_set(false);
        });
    };
    view! {
        <Button busy=busy press=download label=locale.text("invoices.pdf") />
        <p class="field-error" role="status">
            {failure}
        </p>
    }
    .into_any()
}
