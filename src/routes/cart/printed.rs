//! What stands above the cart's lines on paper, as on a purchase order: who orders, under which number, and
//! where it goes.

use leptos::prelude::*;
use nymble_wire::OrderType;

use crate::{
    components::{
        address::in_one_line,
        facts::{Facts, fact, facts},
    },
    locale::{Locale, use_locale},
    state::{cart::use_cart, session::use_session},
};

/// The head of the printed page; on the screen it is not seen.
#[component]
pub(crate) fn PrintedHead() -> AnyView {
    let locale = use_locale();
    let cart = use_cart();
    let session = use_session();
    // A page may stay open over night. Dates take long to write, and the cart changes often.
    let today = Memo::new(move |_| {
        let _ = cart.confirmed();
        Locale::today()
    });
    let printed_on = Memo::new(move |_| locale.day(today.get()));
    let known = Memo::new(move |_| {
        let confirmed = cart.confirmed();
        let confirmed = confirmed.as_deref();
        let company = session.company();
        let number = session.customer_number();
        let address = |address: Option<&nymble_wire::Address>| {
            address.map(|address| in_one_line(locale, address))
        };
        let kind = match cart.order_type() {
            OrderType::Quote => locale.text("cart.quote"),
            _ => locale.text("cart.standard"),
        };
        let facts = [
            ("cart.company", company),
            ("cart.customer_number", number),
            ("cart.printed_on", Some(printed_on.get())),
            ("cart.order_type", Some(kind)),
            ("cart.po_number", Some(cart.po_number())),
            (
                "cart.ship_to",
                address(confirmed.and_then(|it| it.shipping_address.as_ref())),
            ),
            (
                "cart.bill_to",
                address(confirmed.and_then(|it| it.billing_address.as_ref())),
            ),
            ("cart.instructions", Some(cart.instructions())),
        ];
        let facts = facts.into_iter().filter_map(|(message, text)| {
            let text = text.filter(|text| !text.is_empty())?;
            Some((message, text))
        });
        facts.collect::<Vec<_>>()
    });
    let rows = move || {
        let row = |(message, text): (&str, String)| fact(locale.text(message), text.into_any());
        known.get().into_iter().map(row).collect_view()
    };
    facts(Facts::Printed, rows.into_any())
}
