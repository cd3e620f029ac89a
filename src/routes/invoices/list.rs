//! `/invoices`: what is open, overdue, paid; the statement; paying what was chosen.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::{
    billed::BilledInvoices,
    open::OpenInvoices,
    pay::PayInvoices,
    payment_notes::PaymentNotes,
    query::{InvoicesQuery, PATH, Show},
    statement::StatementView,
};
use crate::{
    components::{
        heading::Heading,
        tabs::{Tab, Tabs},
    },
    lazy_page::lazy_screen,
    locale::use_locale,
    routes::customers::needed::of_a_customer,
};

lazy_screen!(billing, "invoices", {
    of_a_customer(|| view! { <Invoices /> }.into_any())
});

/// The parts of the screen that are made anew for each other.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Open,
    Billed,
    Statement,
}

#[component]
fn Invoices() -> AnyView {
    let location = use_location();
    // Another screen's address must not be read as this one's while it is being left.
    let shown = Memo::new(move |before: Option<&InvoicesQuery>| match before {
        Some(before)
            if location
                .pathname
                .with(|path| path.trim_end_matches('/') != PATH) =>
        {
            before.clone()
        }
        _ => location.search.with(|query| InvoicesQuery::of_query(query)),
    });
    let is_paying = Memo::new(move |_| shown.with(|view| view.show == Show::Pay));
    let content = move || {
        if is_paying.get() {
            view! { <PayInvoices shown=shown /> }.into_any()
        } else {
            view! { <Lists shown=shown /> }.into_any()
        }
    };
    view! { <div class="page invoices">{content}</div> }.into_any()
}

#[component]
fn Lists(shown: Memo<InvoicesQuery>) -> AnyView {
    let locale = use_locale();
    let part = Memo::new(move |_| match shown.with(|view| view.show) {
        Show::Open | Show::Overdue | Show::Pay => Part::Open,
        Show::Paid | Show::All => Part::Billed,
        Show::Statement => Part::Statement,
    });
    let tabs = [
        (Show::Open, "invoices.open"),
        (Show::Overdue, "invoices.overdue"),
        (Show::Paid, "invoices.paid_ones"),
        (Show::All, "invoices.all"),
        (Show::Statement, "invoices.statement"),
    ]
    .map(|(show, message)| Tab {
        label: locale.text(message),
        href: InvoicesQuery::of(show).href(),
        present: Signal::derive(move || shown.with(|view| view.show == show)),
    });
    let content = move || match part.get() {
        Part::Open => view! { <OpenInvoices shown=shown /> }.into_any(),
        Part::Billed => view! { <BilledInvoices shown=shown /> }.into_any(),
        Part::Statement => view! { <StatementView shown=shown /> }.into_any(),
    };
    view! {
        <Heading text=locale.text("invoices.title") />
        <Tabs name=locale.text("invoices.views") tabs=tabs.into() />
        <PaymentNotes of_invoice=None />
        {content}
    }
    .into_any()
}
