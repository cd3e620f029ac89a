//! The lines of an order, and what they come to as the server says it.

use leptos::prelude::*;
use nymble_wire::{Order, OrderLine};
use rust_decimal::Decimal;

use crate::{locale::Locale, route::Route};

/// The table `Order lines` with the order's totals at its foot.
pub(crate) fn lines(locale: Locale, order: &Order) -> AnyView {
    let currency = order.currency_code.clone().unwrap_or_default();
    let rows = order
        .items
        .iter()
        .map(|line| row(locale, line, &currency))
        .collect_view();
    let shipping = order
        .shipping_details
        .as_ref()
        .and_then(|details| details.total);
    let totals = [
        ("orders.subtotal", order.subtotal, ""),
        ("orders.shipping", shipping, ""),
        ("orders.tax", order.tax, ""),
        ("orders.total", order.order_total, "order-total"),
    ];
    let totals = totals
        .into_iter()
        .filter_map(|(message, amount, class)| {
            let amount = locale.money(amount?, &currency);
            Some(view! {
                <tr class=class>
                    <th scope="row" colspan="3">
                        {locale.text(message)}
                    </th>
                    <td class="number" translate="no">{amount}</td>
                </tr>
            })
        })
        .collect_view();
    view! {
        <section class="panel" aria-labelledby="order-lines">
            <h2 id="order-lines">{locale.text("orders.order_lines")}</h2>
            <table class="lines narrow-cards order-lines">
                <caption class="visually-hidden">{locale.text("orders.order_lines")}</caption>
                <thead>
                    <tr>
                        <th scope="col">{locale.text("cart.product")}</th>
                        <th scope="col" class="number">{locale.text("quantity.label")}</th>
                        <th scope="col" class="number">{locale.text("price.unit_price")}</th>
                        <th scope="col" class="number">{locale.text("price.line_total")}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
                <tfoot>{totals}</tfoot>
            </table>
        </section>
    }
    .into_any()
}

fn row(locale: Locale, line: &OrderLine, currency: &str) -> AnyView {
    let money = |amount: Option<Decimal>| amount.map(|amount| locale.money(amount, currency));
    let sku = line.sku.clone();
    let name = line.name.clone().filter(|name| *name != sku);
    let href = Route::Product(sku.clone()).href();
    let quantity = locale.decimal(Decimal::from(line.quantity));
    view! {
        <tr>
            <th scope="row">
                {name.map(|name| view! { <span>{name}</span> })}
                <a class="sku" translate="no" href=href>
                    {sku}
                </a>
            </th>
            <td class="number" translate="no" data-label=locale.text("quantity.label")>
                {quantity}
            </td>
            <td class="number" translate="no" data-label=locale.text("price.unit_price")>
                {money(line.unit_price)}
            </td>
            <td class="number" translate="no" data-label=locale.text("price.line_total")>
                {money(line.line_total)}
            </td>
        </tr>
    }
    .into_any()
}
