//! The most recent orders, on the home screen.

use leptos::prelude::*;
use nymble_wire::{Order, OrderStatus, Page};

use super::part::{Part, Stage};
use crate::{
    components::badge::{Meaning, badge},
    locale::{Locale, use_locale},
    route::Route,
    state::app::loading::Loading,
};

/// So many orders are named.
const NAMED: usize = 5;

/// How far the orders are.
pub(crate) fn stage(orders: Loading<Page<Order>>) -> Stage {
    match (orders.value(), orders.error()) {
        (Some(_), _) => Stage::Here,
        (None, Some(error)) => Stage::of(error),
        (None, None) => Stage::Coming,
    }
}

/// The most recent orders.
#[component]
pub(crate) fn RecentOrders(
    /// The latest orders, newest first.
    orders: Loading<Page<Order>>,
    /// Reads them.
    retry: Callback<()>,
) -> AnyView {
    let locale = use_locale();
    let rows = move || {
        let page = orders.value()?;
        let rows = page.data.iter().take(NAMED).map(|order| row(locale, order));
        Some(view! { <ul class="rows order-rows">{rows.collect_view()}</ul> })
    };
    let all = (Route::Orders.href(), locale.text("home.all_orders"));
    view! {
        <Part
            id="home-orders"
            title=locale.text("home.orders")
            stage=Signal::derive(move || stage(orders))
            retry=retry
            all=all
        >
            {rows}
        </Part>
    }
    .into_any()
}

fn row(locale: Locale, order: &Order) -> AnyView {
    let date = order.order_date.as_ref().map(|date| locale.date(date));
    let currency = order.currency_code.as_deref().unwrap_or_default();
    let total = order.order_total.map(|total| locale.money(total, currency));
    view! {
        <li>
            <a href=Route::Order(order.order_number.clone()).href()>{order.order_number.clone()}</a>
            <span class="hint">{date}</span>
            {badge(
                Meaning::of_order(&order.order_status),
                status_in_words(locale, &order.order_status),
            )}
            <span class="number" translate="no">{total}</span>
        </li>
    }
    .into_any()
}

/// What an order's status is called; one that the documents do not list is said as it came.
fn status_in_words(locale: Locale, status: &OrderStatus) -> String {
    locale.text(match status {
        OrderStatus::Pending => "home.status_pending",
        OrderStatus::Processing => "home.status_processing",
        OrderStatus::Shipped => "home.status_shipped",
        OrderStatus::Complete => "home.status_complete",
        OrderStatus::Cancelled => "home.status_cancelled",
        OrderStatus::Other(name) => return name.clone(),
    })
}
