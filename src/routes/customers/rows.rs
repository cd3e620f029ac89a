//! The customers as a table, and choosing one of them.

use leptos::{prelude::*, task::spawn_local};
use nymble_wire::Customer;
use std::sync::Arc;

use super::found::Found;
use crate::{
    api::customers,
    browser::page,
    components::{
        badge::{Meaning, badge},
        button::Button,
    },
    locale::{Locale, use_locale},
    state::{
        app::navigation::{Navigation, use_navigation},
        session::{Session, acting::ActingFor, use_session},
    },
};

/// The place that says why somebody could not be chosen.
const REFUSAL: &str = "customers-refusal";

/// Choosing a customer: the record is read first, as the list may be old. A copy is a handle.
#[derive(Clone, Copy)]
pub(crate) struct Choice {
    session: Session,
    navigation: Navigation,
    locale: Locale,
    /// The number of the customer that is being read.
    busy: RwSignal<Option<String>>,
    refusal: RwSignal<Option<String>>,
    /// Numbers that turned out to be deactivated since the list was read.
    deactivated: RwSignal<Vec<String>>,
    act: Callback<ActingFor>,
}

impl Choice {
    /// Nobody is chosen yet; `act` is called with who is.
    pub(crate) fn start(act: impl Fn(ActingFor) + Send + Sync + 'static) -> Self {
        Self {
            session: use_session(),
            navigation: use_navigation(),
            locale: use_locale(),
            busy: RwSignal::new(None),
            refusal: RwSignal::new(None),
            deactivated: RwSignal::new(Vec::new()),
            act: Callback::new(act),
        }
    }

    fn choose(self, listed: Arc<Customer>) {
        if self.busy.with_untracked(Option::is_some) {
            return;
        }
        self.refusal.set(None);
        self.busy.set(Some(listed.customer_number.clone()));
        let stay = self.navigation.stay();
        spawn_local(async move {
            let request = customers::one(&listed.customer_number);
            let read = self.session.send(request).await;
            self.busy.try_set(None);
            if !self.navigation.lasts(stay) {
                // Who has gone on meanwhile stays there, and acts for whom they did.
                return;
            }
            let refusal = match read.and_then(|answer| customers::read_one(&answer)) {
                Ok(customer) if customer.active => {
                    // The reference shows the currency only in the list.
                    let currency = customer.currency_code.or(listed.currency_code.clone());
                    self.act.try_run(ActingFor {
                        number: customer.customer_number,
                        company: customer.company_name,
                        tier: customer.pricing,
                        currency,
                    });
                    return;
                }
                Ok(customer) => {
                    let name = name_of(&customer).to_owned();
                    self.deactivated
                        .try_update(|numbers| numbers.push(customer.customer_number));
                    self.locale
                        .text_with("customers.deactivated_now", &[("company", &name)])
                }
                Err(error) => {
                    let reason = self.locale.error(&error);
                    let name = name_of(&listed);
                    self.locale.text_with(
                        "customers.not_chosen",
                        &[("company", name), ("reason", &reason)],
                    )
                }
            };
            self.refusal.try_set(Some(refusal));
            request_animation_frame(|| {
                page::focus(&["#", REFUSAL].concat());
            });
        });
    }

    /// Why somebody could not be chosen, once that is so.
    pub(crate) fn refusal_view(self) -> AnyView {
        let content = move || {
            let text = self.refusal.get()?;
            Some(view! {
                <p class="refusal" id=REFUSAL tabindex="-1" role="alert">
                    {text}
                </p>
            })
        };
        view! { {content} }.into_any()
    }
}

/// The company's name, or else the number.
fn name_of(customer: &Customer) -> &str {
    if customer.company_name.is_empty() {
        &customer.customer_number
    } else {
        &customer.company_name
    }
}

/// Where the customer is: the city of the main address.
fn city(customer: &Customer) -> Option<String> {
    let main = |shipping: bool| {
        customer
            .addresses
            .iter()
            .filter(|address| address.is_shipping() == shipping)
            .min_by_key(|address| address.is_primary != Some(true))
    };
    let address = main(true).or_else(|| main(false))?;
    (!address.city.is_empty()).then(|| address.city.clone())
}

/// The table `Customers`.
#[component]
pub(crate) fn Rows(
    /// What was found.
    found: Signal<Arc<Found>>,
    /// What choosing does.
    choice: Choice,
) -> AnyView {
    let locale = use_locale();
    let session = use_session();
    let shows_rep = untrack(|| session.is_administrator());
    let head = [
        Some("customers.company"),
        Some("customers.tier"),
        Some("customers.terms"),
        Some("customers.city"),
        shows_rep.then_some("customers.rep"),
        Some("customers.state"),
    ];
    let head = head
        .into_iter()
        .flatten()
        .map(|message| view! { <th scope="col">{locale.text(message)}</th> })
        .collect_view();
    let rows = move || {
        let found = found.get();
        let row = |(customer, recent): &(Customer, bool)| {
            one_row(choice, &Arc::new(customer.clone()), *recent, shows_rep)
        };
        found.rows.iter().map(row).collect_view()
    };
    view! {
        <div class="panel customer-list">
            <table class="lines cards" aria-label=locale.text("customers.title")>
                <thead>
                    <tr>
                        {head}
                        <th scope="col">
                            <span class="visually-hidden">{locale.text("customers.choice")}</span>
                        </th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn one_row(choice: Choice, customer: &Arc<Customer>, recent: bool, shows_rep: bool) -> AnyView {
    let locale = choice.locale;
    let number = customer.customer_number.clone();
    let cell = |message: &str, text: Option<String>| {
        view! { <td data-label=locale.text(message)>{text}</td> }.into_any()
    };
    let active = {
        let number = number.clone();
        let listed = customer.active;
        Memo::new(move |_| listed && !choice.deactivated.with(|numbers| numbers.contains(&number)))
    };
    let state = move || {
        if active.get() {
            return view! { <span class="stock">{locale.text("customers.active")}</span> }
                .into_any();
        }
        view! { <span class="stock stock-none">{locale.text("customers.deactivated")}</span> }
            .into_any()
    };
    let is_present = {
        let number = number.clone();
        Memo::new(move |_| {
            let present = choice.session.acting_for();
            present.is_some_and(|present| present.number == number)
        })
    };
    let mark = move || {
        let message = if is_present.get() {
            "customers.present"
        } else if recent {
            "customers.recent"
        } else {
            return None;
        };
        Some(badge(Meaning::Current, locale.text(message)))
    };
    let name = name_of(customer).to_owned();
    let order_for = locale.text_with("customers.order_for", &[("company", &name)]);
    let chosen = Arc::clone(customer);
    let way = move || {
        if !active.get() {
            return view! { <span class="hint">{locale.text("customers.why_not")}</span> }
                .into_any();
        }
        let chosen = Arc::clone(&chosen);
        view! {
            <Button
                name=order_for.clone()
                busy=Signal::derive(move || choice.busy.with(Option::is_some))
                press=move |()| choice.choose(Arc::clone(&chosen))
                label=locale.text("customers.order")
            />
        }
        .into_any()
    };
    let rep = shows_rep.then(|| cell("customers.rep", customer.rep_number.clone()));
    view! {
        <tr aria-current=move || is_present.get().then_some("true")>
            <th scope="row">
                <strong>{name}</strong>
                " "
                <span class="sku" translate="no">{number}</span>
                " "
                {mark}
            </th>
            {cell("customers.tier", customer.pricing.clone())}
            {cell("customers.terms", customer.terms.clone())}
            {cell("customers.city", city(customer))}
            {rep}
            <td data-label=locale.text("customers.state")>{state}</td>
            <td class="customer-way">{way}</td>
        </tr>
    }
    .into_any()
}
