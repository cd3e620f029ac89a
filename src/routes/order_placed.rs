//! `/checkout/complete/{orderNumber}`: the order stands; both numbers, and what was ordered.

use leptos::prelude::*;
use leptos_router::hooks::use_location;

use nymble_wire::{Order, Page};

use crate::{
    api::orders,
    components::{
        address::in_one_line,
        button::{Button, ButtonLink, Look},
        facts::{Facts, fact, facts},
        heading::Heading,
    },
    lazy_page::lazy_screen,
    locale::{Locale, SHOP, use_locale},
    route::{self, Route},
    state::{
        app::loading::Loading,
        cart::use_cart,
        checkout::order::{self, PlacedOrder},
        session::{Session, use_session},
    },
};

lazy_screen!(ordering, SHOP, { view! { <OrderPlaced /> }.into_any() });

#[component]
fn OrderPlaced() -> AnyView {
    let locale = use_locale();
    use_cart().ensure_loaded();
    let path = use_location().pathname;
    let reference = untrack(|| route::name_in(&path.get(), "/checkout/complete/"));
    let session = use_session();
    let order = order::last_placed().filter(|order| {
        let anothers = untrack(|| session.belongs_to_other_customer(&order.cart.customer_number));
        order.reference() == reference && !anothers
    });
    let is_lost = order
        .as_ref()
        .is_some_and(|order| order.order_number.is_none());
    let number = order.as_ref().and_then(|order| order.order_number.clone());
    let search = Search::begin(&reference, number.is_none());
    let known = order.map(|order| summary(locale, order, search));
    // Opened elsewhere or later: the number, or the cart's id, is all that is known here.
    let content = known.unwrap_or_else(|| {
        let reference = reference.clone();
        let number = move || search.found().unwrap_or_else(|| reference.clone());
        view! {
            {facts(Facts::Framed, fact(locale.text("placed.order_number"), number.into_any()))}
            <p>{locale.text("placed.not_here")}</p>
        }
        .into_any()
    });
    let link = move || {
        let stands = number.clone().or_else(|| search.found());
        // Once no order of such a cart is found, the reference is taken for an order's number.
        let guess = (!is_lost && search.is_over()).then(|| reference.clone());
        let number = stands.or(guess).filter(|_| search.with_orders)?;
        Some(view! {
            <ButtonLink href=Route::Order(number).href() label=locale.text("placed.view") />
        })
    };
    view! {
        <div class="page narrow placed">
            <Heading text=locale.text("placed.title") />
            {content}
            <p class="actions no-print">
                <Button press=move |()| drop(window().print()) label=locale.text("placed.print") />
                {link}
                <ButtonLink
                    look=Look::Primary
                    href="/catalog"
                    label=locale.text("placed.continue")
                />
            </p>
        </div>
    }
    .into_any()
}

/// The search for an order by the cart it came from. A copy is a handle.
#[derive(Clone, Copy)]
struct Search {
    /// Whether orders can be looked at here.
    with_orders: bool,
    session: Session,
    cart_id: StoredValue<String>,
    loading: Loading<Page<Order>>,
}

impl Search {
    /// Begins it, if it is `needed` and orders can be looked at.
    fn begin(cart_id: &str, needed: bool) -> Self {
        let session = use_session();
        let search = Self {
            with_orders: session.config().features.orders,
            session,
            cart_id: StoredValue::new(cart_id.to_owned()),
            loading: Loading::new(),
        };
        if needed && search.with_orders {
            search.look();
        }
        search
    }

    fn look(self) {
        let request = self.cart_id.with_value(|cart_id| orders::of_cart(cart_id));
        self.loading
            .load(self.session, request, orders::read_page, |_| {});
    }

    /// The order's number, once it is found (tracked).
    fn found(self) -> Option<String> {
        let page = self.loading.value()?;
        page.data.first().map(|order| order.order_number.clone())
    }

    /// Whether no answer is awaited (tracked).
    fn is_over(self) -> bool {
        !self.loading.is_pending()
    }
}

/// That the order's number got lost; with it once it has been found among the orders.
fn lost_number(locale: Locale, search: Search) -> AnyView {
    let outcome = move || {
        if let Some(number) = search.found() {
            let href = Route::Order(number.clone()).href();
            let link = view! { <a href=href>{number}</a> };
            return view! { <span>{locale.text("placed.found")} " " {link} "."</span> }.into_any();
        }
        if !search.is_over() {
            return view! { <span>{locale.text("placed.looking")}</span> }.into_any();
        }
        // Not among the orders yet, or they could not be read: the cart's id has to do, for now.
        let again = search.with_orders.then(|| {
            view! {
                <Button press=move |()| search.look() label=locale.text("placed.look_again") />
            }
        });
        view! { <span>{locale.text("placed.quote_cart")}</span> " " {again} }.into_any()
    };
    view! {
        <p class="refusal" role="status">
            <span>{locale.text("placed.lost")}</span>
            " "
            {outcome}
        </p>
    }
    .into_any()
}

fn summary(locale: Locale, order: PlacedOrder, search: Search) -> AnyView {
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
        .map(|(name, value)| fact(name, value.into_any()))
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
                        {line.name} " " <span class="sku" translate="no">{line.sku}</span>
                    </th>
                    <td class="number" translate="no">{locale.number(line.quantity.unsigned_abs())}</td>
                    <td class="number" translate="no">{each}</td>
                    <td class="number" translate="no">{total}</td>
                </tr>
            }
        })
        .collect_view();
    let subtotal = cart
        .subtotal
        .map(|subtotal| locale.money(subtotal, &currency));
    view! {
        {lost.then(|| lost_number(locale, search))}
        <p>{locale.text("placed.lead")}</p>
        {facts(Facts::Framed, numbers.into_any())}
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
                    <td class="number" translate="no">{subtotal}</td>
                </tr>
            </tfoot>
        </table>
    }
    .into_any()
}
