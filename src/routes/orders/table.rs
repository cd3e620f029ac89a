//! The table `Orders`: one row an order; on narrow screens a card each.

use leptos::prelude::*;
use nymble_wire::Order;

use super::words;
use crate::{
    components::{
        badge::{Meaning, badge},
        button::ButtonLink,
    },
    locale::Locale,
    route::Route,
    state::session::use_session,
};

/// What opens the reordering on an order's own screen, behind its address.
pub(crate) const REORDER: &str = "?reorder";

/// The table of `orders`.
pub(crate) fn orders(locale: Locale, orders: &[Order]) -> AnyView {
    let may_order = untrack(|| use_session().customer_number()).is_some();
    let head = |key: &str, class: &'static str| {
        view! {
            <th scope="col" class=class>
                {locale.text(key)}
            </th>
        }
    };
    view! {
        <table class="panel cards order-table">
            <caption class="visually-hidden">{locale.text("orders.title")}</caption>
            <thead>
                <tr>
                    {head("orders.number", "")} {head("orders.date", "")}
                    {head("orders.po_number", "")} {head("orders.status", "")}
                    {head("orders.type", "")} {head("orders.lines", "number")}
                    {head("orders.total", "number")}
                    {may_order
                        .then(|| {
                            view! {
                                <th scope="col">
                                    <span class="visually-hidden">{locale.text("cart.actions")}</span>
                                </th>
                            }
                        })}
                </tr>
            </thead>
            <tbody>{orders.iter().map(|order| row(locale, order, may_order)).collect_view()}</tbody>
        </table>
    }
    .into_any()
}

fn row(locale: Locale, order: &Order, may_order: bool) -> AnyView {
    let number = order.order_number.clone();
    let href = Route::Order(number.clone()).href();
    let currency = order.currency_code.clone().unwrap_or_default();
    let total = order
        .order_total
        .map(|total| locale.money(total, &currency));
    let cell = |key: &str, class: &'static str, content: AnyView| {
        view! {
            <td class=class data-label=locale.text(key)>
                {content}
            </td>
        }
    };
    let text = |text: Option<String>| text.filter(|text| !text.is_empty()).into_any();
    let kind = if words::is_quote(order) {
        badge(Meaning::Quiet, words::kind(locale, order))
    } else {
        text(Some(words::kind(locale, order)))
    };
    let date = order.order_date.as_ref().map(|date| locale.date(date));
    let reorder = may_order.then(|| {
        let name = locale.text_with("orders.reorder_number", &[("number", &number)]);
        let mut href = href.clone();
        href.push_str(REORDER);
        view! {
            <td class="order-action">
                <ButtonLink name=name href=href label=locale.text("orders.reorder") />
            </td>
        }
    });
    view! {
        <tr>
            <th scope="row">
                <a href=href>{number}</a>
            </th>
            {cell("orders.date", "", text(date))}
            {cell("orders.po_number", "order-po", text(order.po_number.clone()))}
            {cell("orders.status", "", words::status_badge(locale, &order.order_status))}
            {cell("orders.type", "", kind)}
            {cell("orders.lines", "number", text(Some(locale.number(order.items.len() as u64))))}
            {cell("orders.total", "number order-total", text(total))}
            {reorder}
        </tr>
    }
    .into_any()
}
