//! `/checkout/complete/{orderNumber}`: the order stands; both numbers, and what was ordered.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::checkout::place_order::{self, PlacedOrder};
use crate::{
    components::{address::in_one_line, heading::Heading},
    lazy_page::lazy_screen,
    locale::{Locale, SHOP, use_locale},
    route,
    state::{cart::use_cart, session::use_session},
};

lazy_screen!(ordering, SHOP, { view! { <OrderPlaced /> }.into_any() });

#[component]
fn OrderPlaced() -> AnyView {
    let locale = use_locale();
    use_cart().ensure_loaded();
    let path = use_location().pathname;
    let reference = untrack(|| route::name_in(&path.get(), "/checkout/complete/"));
    let session = use_session();
    let order = place_order::last_placed().filter(|order| {
        let anothers = untrack(|| session.is_anothers(&order.cart.customer_number));
        order.reference() == reference && !anothers
    });
    let content = match order {
        Some(order) => summary(locale, order),
        // Opened elsewhere or later: the number is all that is known here.
        None => view! {
            <dl class="numbers">
                <div>
                    <dt>{locale.text("placed.order_number")}</dt>
                    <dd>{reference}</dd>
                </div>
            </dl>
            <p>{locale.text("placed.not_here")}</p>
        }
        .into_any(),
    };
    view! {
        <div class="page narrow placed">
            <Heading text=locale.text("placed.title") />
            {content}
            <p class="actions no-print">
                <button
                    type="button"
                    class="button"
                    on:click=move |_| drop(window().print())
                >
                    {locale.text("placed.print")}
                </button>
                <a class="button primary" href="/catalog">
                    {locale.text("placed.continue")}
                </a>
            </p>
        </div>
    }
    .into_any()
}

fn summary(locale: Locale, order: PlacedOrder) -> AnyView {
    let cart = order.cart;
    let currency = cart.currency_code.clone().unwrap_or_default();
    let lost = order.order_number.is_none();
    let mut numbers: Vec<(String, String)> = Vec::new();
    let mut number = |message: &str, value: Option<String>| {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            numbers.push((locale.text(message), value));
        }
    };
    number("placed.order_number", order.order_number);
    number("placed.confirmation_id", order.confirmation_id);
    if lost {
        number("placed.cart_id", Some(cart.shopping_cart_id.clone()));
    }
    number("cart.po_number", cart.po_number.clone());
    number("placed.payment", Some(order.payment));
    number("cart.instructions", cart.special_instructions.clone());
    let address = cart.shipping_address.as_ref();
    number(
        "checkout.shipping",
        address.map(|address| in_one_line(locale, address)),
    );
    let numbers = numbers
        .into_iter()
        .map(|(name, value)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> })
        .collect_view();
    let rows = cart
        .items
        .into_iter()
        .map(|line| {
            let each = line.unit_price.map(|price| locale.money(price, &currency));
            let total = line.line_total.map(|total| locale.money(total, &currency));
            view! {
                <tr>
                    <th scope="row">
                        {line.name} " " <span class="sku">{line.sku}</span>
                    </th>
                    <td class="number">{locale.number(line.quantity.unsigned_abs())}</td>
                    <td class="number">{each}</td>
                    <td class="number">{total}</td>
                </tr>
            }
        })
        .collect_view();
    let subtotal = cart
        .subtotal
        .map(|subtotal| locale.money(subtotal, &currency));
    view! {
        {lost.then(|| view! { <p class="refusal" role="status">{locale.text("placed.lost")}</p> })}
        <p>{locale.text("placed.lead")}</p>
        <dl class="numbers">{numbers}</dl>
        <table class="lines">
            <caption>{locale.text("placed.lines")}</caption>
            <thead>
                <tr>
                    <th scope="col">{locale.text("cart.product")}</th>
                    <th scope="col" class="number">{locale.text("quantity.label")}</th>
                    <th scope="col" class="number">{locale.text("price.unit_price")}</th>
                    <th scope="col" class="number">{locale.text("price.line_total")}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
            <tfoot>
                <tr>
                    <th scope="row" colspan="3">{locale.text("cart.subtotal")}</th>
                    <td class="number">{subtotal}</td>
                </tr>
            </tfoot>
        </table>
    }
    .into_any()
}
