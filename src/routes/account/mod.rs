//! `/account`: the customer's own account: company, sales rep, addresses, contacts, payment methods.

pub(crate) mod add_card;
pub(crate) mod addresses;
pub(crate) mod company;
pub(crate) mod contacts;
mod draft;
pub(crate) mod entries;
pub(crate) mod form_end;
pub(crate) mod methods;
pub(crate) mod offered;
pub(crate) mod reach;
pub(crate) mod remove_card;

use leptos::prelude::*;
use nymble_wire::{Order, Page};

use crate::{
    api::{orders, page::ListRequest},
    components::{empty_state::empty_state, failed::LoadingNote, heading::Heading},
    lazy_page::lazy_screen,
    locale::use_locale,
    routes::customers::needed::of_a_customer,
    state::{
        account::Account,
        app::loading::Loading,
        payments::methods::PaymentMethods,
        session::{Session, use_session},
    },
};

lazy_screen!(billing, "account", {
    of_a_customer(|| view! { <AccountView /> }.into_any())
});

#[component]
fn AccountView() -> AnyView {
    let locale = use_locale();
    let session = use_session();
    let content = match untrack(|| session.customer_number()) {
        Some(number) => view! { <Sections session=session number=number /> }.into_any(),
        None => empty_state(locale.text("hosted.no_customer")),
    };
    view! {
        <div class="page account">
            <Heading text=locale.text("account.title") />
            {content}
        </div>
    }
    .into_any()
}

/// The newest order of the customer: it names the sales rep, whom a customer cannot ask for otherwise.
fn newest_order(session: Session) -> Loading<Page<Order>> {
    let newest = Loading::new();
    if session.config().features.orders {
        let mut request = ListRequest {
            page: 1,
            page_size: 1,
            ..ListRequest::default()
        };
        untrack(|| session.narrow(&mut request, orders::CUSTOMER));
        newest.load(session, orders::list(&request), orders::read_page, |_| {});
    }
    newest
}

#[component]
fn Sections(
    /// Who is signed in.
    session: Session,
    /// The customer.
    number: String,
) -> AnyView {
    let account = Account::open(session, number.clone());
    let methods = PaymentMethods::open(session, number);
    let newest = newest_order(session);
    let customer = account.customer();
    // Only the rep that the customer has now: an order may be older than the assignment.
    let rep = Memo::new(move |_| {
        let assigned = customer.value()?.rep_number.clone()?;
        let page = newest.value()?;
        let rep = page.data.first()?.primary_sales_rep.clone()?;
        (rep.rep_number == assigned).then_some(rep)
    });
    // The sections stay as they are when the customer is read again: their forms may hold something.
    let is_known = Memo::new(move |_| customer.value().is_some());
    let failure = move || {
        let error = customer.error()?;
        Some(offered::not_offered(&error, move || account.load()))
    };
    let waiting =
        move || (!is_known.get() && customer.error().is_none()).then(|| view! { <LoadingNote /> });
    let sections = move || {
        is_known.get().then(|| {
            let rep = Signal::from(rep);
            view! {
                <div class="account-side">
                    <company::Company account=account rep=rep />
                    <company::Representative account=account rep=rep />
                </div>
                <addresses::Addresses account=account />
                <contacts::Contacts account=account />
            }
        })
    };
    view! {
        <div class="account-body">
            {failure} {waiting} {sections} <methods::Methods methods=methods />
        </div>
    }
    .into_any()
}
