//! What else there is to know of an order: how it travels, where it goes, whom to ask, its references.

use leptos::prelude::*;
use nymble_wire::{Address, Order, SalesRep};

use super::words;
use crate::{
    components::facts::{Facts, fact, facts},
    locale::Locale,
};

/// Names with what stands beside them; what says nothing is left out.
struct Known {
    locale: Locale,
    rows: Vec<AnyView>,
}

impl Known {
    fn of(locale: Locale) -> Self {
        Self {
            locale,
            rows: Vec::new(),
        }
    }

    fn text(&mut self, message: &str, value: Option<String>) {
        if let Some(value) = value.filter(|value| !value.trim().is_empty()) {
            self.view(message, value.into_any());
        }
    }

    fn view(&mut self, message: &str, value: AnyView) {
        let name = self.locale.text(message);
        self.rows.push(fact(name, value));
    }

    /// The facts under a heading; nothing when there are none.
    fn panel(self, id: &'static str, title: &str) -> AnyView {
        if self.rows.is_empty() {
            return ().into_any();
        }
        view! {
            <section class="panel facts-panel" aria-labelledby=id>
                <h2 id=id>{self.locale.text(title)}</h2>
                {facts(Facts::Stacked, self.rows.into_any())}
            </section>
        }
        .into_any()
    }
}

/// How the goods travel, and where to.
pub(crate) fn shipping(locale: Locale, order: &Order) -> AnyView {
    let mut facts = Known::of(locale);
    if let Some(details) = order.shipping_details.clone() {
        facts.text("orders.method", details.shipping_method);
        facts.text("orders.carrier", details.carrier);
        facts.text("orders.tracking_number", details.tracking_number);
        let left = details.shipped_at.map(|at| locale.date_and_time(&at));
        facts.text("orders.shipped_at", left);
    }
    let customer = order.customer.as_ref();
    if let Some(address) = customer.and_then(|customer| customer.shipping_address.as_ref()) {
        facts.view("orders.shipping_address", postal(locale, address));
    }
    if let Some(address) = customer.and_then(|customer| customer.billing_address.as_ref()) {
        facts.view("orders.billing_address", postal(locale, address));
    }
    facts.panel("order-shipping", "orders.delivery")
}

/// The order's references and conditions.
pub(crate) fn references(locale: Locale, order: &Order) -> AnyView {
    let mut facts = Known::of(locale);
    let order = order.clone();
    facts.text("orders.po_number", order.po_number.clone());
    facts.text("orders.type", Some(words::kind(locale, &order)));
    facts.text("orders.terms", order.terms);
    let payment = match order.payment_method.as_deref() {
        Some("card") => Some(locale.text("orders.paid_by_card")),
        Some("profile") => Some(locale.text("payment.saved")),
        Some("terms") => Some(locale.text("orders.paid_on_account")),
        Some("none") | None => None,
        Some(other) => Some(other.to_owned()),
    };
    facts.text("orders.payment", payment);
    facts.text("orders.channel", order.channel);
    facts.text("orders.confirmation_id", order.confirmation_id);
    facts.text("orders.origin_cart", order.origination_cart_id);
    facts.text("orders.external_id", order.external_id);
    facts.text("orders.notes", order.notes);
    facts.panel("order-references", "orders.references")
}

/// Whom to ask.
pub(crate) fn sales_rep(locale: Locale, order: &Order) -> AnyView {
    let Some(rep) = &order.primary_sales_rep else {
        return ().into_any();
    };
    let mut facts = Known::of(locale);
    facts.text("orders.rep_name", name_of(rep));
    if let Some(email) = rep.email.clone().filter(|email| !email.is_empty()) {
        let href = address("mailto:", &email);
        facts.view(
            "orders.rep_email",
            view! { <a href=href>{email}</a> }.into_any(),
        );
    }
    if let Some(phone) = rep.phone_number.clone().filter(|phone| !phone.is_empty()) {
        let dialled: String = phone
            .chars()
            .filter(|sign| sign.is_ascii_digit() || *sign == '+')
            .collect();
        let href = address("tel:", &dialled);
        facts.view(
            "orders.rep_phone",
            view! { <a href=href>{phone}</a> }.into_any(),
        );
    }
    if let Some(taker) = &order.taken_by_sales_rep {
        facts.text("orders.taken_by", name_of(taker));
    }
    facts.panel("order-rep", "orders.sales_rep")
}

fn address(scheme: &str, rest: &str) -> String {
    let mut href = scheme.to_owned();
    href.push_str(rest);
    href
}

fn name_of(rep: &SalesRep) -> Option<String> {
    rep.full_name
        .clone()
        .filter(|name| !name.is_empty())
        .or_else(|| {
            let parts = [rep.first_name.as_deref(), rep.last_name.as_deref()];
            let name: Vec<&str> = parts.into_iter().flatten().collect();
            (!name.is_empty()).then(|| name.join(" "))
        })
        .or_else(|| Some(rep.rep_number.clone()))
}

/// An address as on an envelope.
fn postal(locale: Locale, address: &Address) -> AnyView {
    let mut town = address.city.clone();
    for part in [&address.state, &address.postal_code].into_iter().flatten() {
        if !town.is_empty() {
            town.push(' ');
        }
        town.push_str(part);
    }
    let country = match address.country.as_str() {
        "" => String::new(),
        code => locale.country(code),
    };
    let lines = [
        address.line1.clone(),
        address.line2.clone().unwrap_or_default(),
        town,
        country,
        address.phone.clone().unwrap_or_default(),
    ];
    let lines = lines
        .into_iter()
        .filter(|line| !line.is_empty())
        .map(|line| view! { <span>{line}</span> })
        .collect_view();
    view! { <address>{lines}</address> }.into_any()
}
