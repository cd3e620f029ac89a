//! Paying chosen invoices: how much of each, with what, and the button that says exactly how much.

pub(crate) mod form;
pub(crate) mod means;
pub(crate) mod rows;

use leptos::{prelude::*, task::spawn_local};
use nymble_wire::Invoice;
use std::sync::Arc;

use super::{
    payment_notes::PaymentNotes,
    query::{InvoicesQuery, Show},
};
use crate::{
    api::{invoices, problem::ApiError},
    components::{
        empty_state::empty_state,
        failed::{Failed, LoadingNote},
        heading::Heading,
    },
    locale::use_locale,
    state::session::{Session, use_session},
};

/// How many invoices are read at once.
const AT_ONCE: usize = 4;

/// The chosen invoices as they are on the server, in the order in which they were chosen.
async fn read(session: Session, ids: &[String]) -> Result<Vec<Arc<Invoice>>, ApiError> {
    let mut all = Vec::new();
    for some in ids.chunks(AT_ONCE) {
        let asked = some.iter().map(|id| session.send(invoices::one(id)));
        for answer in futures::future::join_all(asked).await {
            all.push(Arc::new(invoices::read_one(&answer?)?));
        }
    }
    Ok(all)
}

/// The screen.
#[component]
pub(crate) fn PayInvoices(
    /// Which invoices.
    shown: Memo<InvoicesQuery>,
) -> AnyView {
    let locale = use_locale();
    let session = use_session();
    let chosen = Memo::new(move |_| shown.with(|view| view.chosen.clone()));
    let found = RwSignal::new(None::<Vec<Arc<Invoice>>>);
    let error = RwSignal::new(None::<ApiError>);
    let load = move || {
        let ids = chosen.get_untracked();
        error.set(None);
        spawn_local(async move {
            // Gone signals mean that the screen was left.
            match read(session, &ids).await {
                Ok(invoices) if chosen.try_get_untracked().as_ref() == Some(&ids) => {
                    found.try_set(Some(invoices));
                }
                Ok(_) => {}
                Err(failure) => {
                    error.try_set(Some(failure));
                }
            }
        });
    };
    Effect::new(move |_| {
        chosen.get();
        found.set(None);
        load();
    });
    let content = move || {
        if session.customer_number().is_none() {
            return empty_state(locale.text("invoices.no_customer"));
        }
        if chosen.with(Vec::is_empty) {
            return empty_state(locale.text("invoices.nothing_chosen"));
        }
        if let Some(error) = error.get() {
            return if error.is_not_offered() {
                empty_state(locale.text("invoices.gone"))
            } else {
                view! { <Failed message=locale.error(&error) retry=load /> }.into_any()
            };
        }
        match found.get() {
            Some(invoices) => view! { <form::PayForm invoices=invoices /> }.into_any(),
            None => view! { <LoadingNote /> }.into_any(),
        }
    };
    let title = Signal::derive(move || {
        let only = found.with(|found| match found.as_deref() {
            Some([only]) => Some(super::bills_table::name_of(only)),
            _ => None,
        });
        match only {
            Some(number) => locale.text_with("invoices.pay_one", &[("number", &number)]),
            None => locale.text("invoices.pay_title"),
        }
    });
    view! {
        <nav class="crumbs" aria-label=locale.text("product.crumbs")>
            <ol>
                <li>
                    <a href=InvoicesQuery::of(Show::Open).href()>{locale.text("invoices.title")}</a>
                </li>
            </ol>
        </nav>
        <Heading text=title />
        <PaymentNotes of_invoice=None />
        {content}
    }
    .into_any()
}
