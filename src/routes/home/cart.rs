//! The open cart, on the home screen.

use leptos::prelude::*;

use super::part::{Part, Stage};
use crate::{
    components::{
        button::{ButtonLink, Look},
        facts::{Facts, fact, facts},
    },
    locale::use_locale,
    route::Route,
    state::cart::{Phase, use_cart},
};

/// So many lines are named.
const NAMED: usize = 3;

/// The open cart: how much is in it, and the ways on.
#[component]
pub(crate) fn OpenCart() -> AnyView {
    let locale = use_locale();
    let cart = use_cart();
    let stage = Signal::derive(move || match cart.phase() {
        Phase::Unknown | Phase::Looking => Stage::Coming,
        Phase::Failed(error) => Stage::of(error),
        Phase::Known => Stage::Here,
    });
    let retry = move || cart.reload();
    let empty = Memo::new(move |_| cart.lines().is_empty());
    let named = move || {
        let lines = cart.lines();
        let more = lines.len().saturating_sub(NAMED) as u64;
        let named = lines.iter().take(NAMED).map(|line| {
            let quantity = locale.number(line.quantity.unsigned_abs());
            view! {
                <li>
                    <a href=Route::Product(line.sku.clone()).href()>{line.name.clone()}</a>
                    <span class="number" translate="no">{quantity}</span>
                </li>
            }
        });
        view! {
            <ul class="rows">{named.collect_view()}</ul>
            {(more > 0).then(|| view! { <p class="hint">{locale.plural("home.more_lines", more, &[])}</p> })}
        }
    };
    let count = move || locale.plural("frame.lines", cart.lines().len() as u64, &[]);
    let subtotal = move || {
        let subtotal = cart.confirmed()?.subtotal?;
        Some(locale.money(subtotal, &cart.currency()))
    };
    let content = move || {
        if empty.get() {
            return view! {
                <p>{locale.text("cart.empty")}</p>
                <div class="actions">
                    <ButtonLink href=Route::Catalog.href() label=locale.text("cart.to_catalog") />
                </div>
            }
            .into_any();
        }
        let subtotal = view! {
            <span translate="no" class:pending=move || !cart.is_settled()>
                {subtotal}
            </span>
            " "
            <span class="hint">{count}</span>
        };
        view! {
            {facts(Facts::Figures, fact(locale.text("cart.subtotal"), subtotal.into_any()))}
            {named}
            <div class="actions">
                <ButtonLink
                    look=Look::Primary
                    href=Route::Checkout.href()
                    label=locale.text("cart.check_out")
                />
                <ButtonLink href=Route::Cart.href() label=locale.text("home.to_cart") />
            </div>
        }
        .into_any()
    };
    view! {
        <Part id="home-cart" title=locale.text("home.cart") stage=stage retry=retry>
            {content}
        </Part>
    }
    .into_any()
}
