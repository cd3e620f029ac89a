//! What the screens of orders call things: states, kinds, screens that are not there.

use leptos::prelude::*;
use nymble_wire::{InvoiceStatus, Order, OrderStatus};

use crate::{
    api::problem::ApiError,
    components::{
        badge::{Meaning, badge},
        empty_state::empty_state,
        failed::Failed,
    },
    locale::Locale,
};

/// Where an order stands, in words.
pub(crate) fn status(locale: Locale, status: &OrderStatus) -> String {
    let key = match status {
        OrderStatus::Pending => "orders.pending",
        OrderStatus::Processing => "orders.processing",
        OrderStatus::Shipped => "orders.shipped",
        OrderStatus::Complete => "orders.complete",
        OrderStatus::Cancelled => "orders.cancelled",
        OrderStatus::Other(name) => return name.clone(),
    };
    locale.text(key)
}

/// Where an order stands, as a badge.
pub(crate) fn status_badge(locale: Locale, of: &OrderStatus) -> AnyView {
    badge(Meaning::of_order(of), status(locale, of))
}

/// Where an invoice stands, in words.
pub(crate) fn invoice_status(locale: Locale, status: &InvoiceStatus) -> String {
    let key = match status {
        InvoiceStatus::Draft => "orders.invoice_draft",
        InvoiceStatus::Issued => "orders.invoice_issued",
        InvoiceStatus::PartiallyPaid => "orders.invoice_partly_paid",
        InvoiceStatus::Paid => "orders.invoice_paid",
        InvoiceStatus::Voided => "orders.invoice_voided",
        InvoiceStatus::Cancelled => "orders.invoice_cancelled",
        InvoiceStatus::Other(name) => return name.clone(),
    };
    locale.text(key)
}

/// Whether `order` is a request for a quote.
pub(crate) fn is_quote(order: &Order) -> bool {
    order
        .order_type
        .as_ref()
        .is_some_and(|kind| kind.eq_ignore_ascii_case("Quote"))
}

/// How an order was placed, in words; nothing when it does not say.
pub(crate) fn kind(locale: Locale, order: &Order) -> String {
    if is_quote(order) {
        return locale.text("cart.quote");
    }
    match order.order_type.as_deref() {
        Some(kind) if kind.eq_ignore_ascii_case("Standard") => locale.text("cart.standard"),
        Some(kind) => kind.to_owned(),
        None => String::new(),
    }
}

/// That something could not be read, with a way to try again; calmly where the API does not offer it at
/// all.
pub(crate) fn failed(
    locale: Locale,
    error: &ApiError,
    retry: impl Fn() + Send + Sync + 'static,
) -> AnyView {
    if error.is_not_offered() {
        return empty_state(locale.text("orders.not_offered"));
    }
    let retry = Callback::new(move |()| retry());
    view! { <Failed message=locale.error(error) retry=retry /> }.into_any()
}
