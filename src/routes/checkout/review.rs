//! Exactly what will be ordered.

use leptos::prelude::*;
use nymble_wire::OrderType;

use super::form::CheckoutForm;
use crate::{
    components::{
        badge::{Meaning, badge},
        facts::{Facts, fact, facts},
    },
    locale::use_locale,
    route::Route,
};

/// The lines, the subtotal, and what else goes with the order.
#[component]
pub(crate) fn Review(
    /// The form.
    form: CheckoutForm,
) -> AnyView {
    let locale = use_locale();
    let cart = form.cart;
    let rows = move || {
        let currency = cart.currency();
        cart.lines()
            .iter()
            .map(|line| {
                let each = line.unit_price.map(|price| locale.money(price, &currency));
                let total = line.line_total.map(|total| locale.money(total, &currency));
                let quantity = locale.number(line.quantity.unsigned_abs());
                view! {
                    <tr>
                        <th scope="row">{line.name.clone()} " " <span class="sku" translate="no">{line.sku.clone()}</span></th>
                        <td class="number" translate="no">{quantity} " × " {each}</td>
                        <td class="number" translate="no">{total}</td>
                    </tr>
                }
            })
            .collect_view()
    };
    let subtotal = move || {
        let confirmed = cart.confirmed()?;
        Some(locale.money(confirmed.subtotal?, &cart.currency()))
    };
    let kind = move || {
        (cart.order_type() == OrderType::Quote)
            .then(|| badge(Meaning::Quiet, locale.text("checkout.is_quote")))
    };
    let instructions = move || {
        let text = cart.instructions();
        (!text.is_empty()).then(|| {
            view! {
                <h3>{locale.text("cart.instructions")}</h3>
                <p class="description">{text}</p>
            }
        })
    };
    let error = form.errors.of("review");
    // Come to by a step forward.
    let held = move || {
        let held = cart.held()?;
        Some(view! { <p class="refusal" role="alert">{held}</p> })
    };
    let subtotal = view! {
        <span translate="no" class:pending=move || !cart.is_settled()>
            {subtotal}
        </span>
    }
    .into_any();
    view! {
        <section class="panel review" id="review" tabindex="-1" aria-labelledby="review-heading">
            <h2 id="review-heading">{locale.text("checkout.review")}</h2>
            {kind}
            <table class="lines compact">
                <caption>
                    <span class="visually-hidden">{locale.text("checkout.lines")}</span>
                </caption>
                <thead class="visually-hidden">
                    <tr>
                        <th scope="col">{locale.text("cart.product")}</th>
                        <th scope="col">{locale.text("quantity.label")}</th>
                        <th scope="col">{locale.text("price.line_total")}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
            {facts(Facts::Total, fact(locale.text("cart.subtotal"), subtotal))}
            <p class="hint">{locale.text("cart.before_tax")}</p>
            {instructions}
            {held}
            <p class="field-error" role="status">
                {error}
            </p>
            <a href=Route::Cart.href()>{locale.text("checkout.edit_cart")}</a>
        </section>
    }
    .into_any()
}
