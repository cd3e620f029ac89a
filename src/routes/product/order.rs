//! The part of a product's screen that orders it: prices by quantity, the quantity, into the cart.

use leptos::prelude::*;
use nymble_wire::Product;
use std::sync::Arc;

use crate::{
    browser::page,
    components::{
        order_product::OrderProduct,
        price::{self, Stock},
        quantity_field,
    },
    domain::{
        catalog::{
            buyer::Buyer,
            pricing::{self, Reading},
            quantity::{self, Rule},
        },
        orders::reorder::ItemSnapshot,
    },
    locale::use_locale,
    routes::lists::offer::SaveAsList,
    state::{
        cart::use_cart, catalog::bought::use_bought, lists::offer::ListOffer, session::use_session,
    },
};

/// Prices, quantity and `Add to cart`.
#[component]
pub(crate) fn OrderPanel(
    /// The product, once it is known.
    product: Signal<Option<Arc<Product>>>,
) -> AnyView {
    let locale = use_locale();
    let session = use_session();
    let cart = use_cart();
    let buyer = Memo::new(move |_| session.buyer());
    let rule = Signal::derive(move || {
        product.with(|product| match product {
            Some(product) => pricing::quantity_rule(product),
            None => Rule::new(None, None),
        })
    });
    let text = RwSignal::new(rule.with_untracked(Rule::first).to_string());
    let typed = Memo::new(move |_| text.with(|text| quantity::parse_raw(text)).unwrap_or(0));
    // Without a sensible quantity, the price is that of the smallest one.
    let priced = move || typed.get().max(rule.with(Rule::first));
    let add = move || {
        let Some(product) = product.get_untracked() else {
            return;
        };
        let checked =
            text.with_untracked(|text| rule.with_untracked(|rule| quantity::parse(text, rule)));
        if let Ok(quantity) = checked {
            cart.add(&product.sku, &product.name, quantity);
        }
    };
    let shown = Memo::new(move |_| {
        let product = product.get()?;
        let price =
            buyer.with(|buyer| pricing::shown_price(&product, buyer, priced(), Reading::Done));
        Some((price, product))
    });
    let has_price = move || {
        let may = |buyer: &Buyer| {
            shown.with(|shown| shown.as_ref().is_none_or(|it| it.0.may_be_ordered(buyer)))
        };
        buyer.with(may)
    };
    let may_order = move || {
        session.customer_number().is_some()
            && product.with(|product| product.as_ref().is_some_and(|product| product.active))
            && has_price()
    };
    let offer = Callback::new(move |()| {
        let product = product.get_untracked()?;
        let buyer = buyer.get_untracked();
        let typed =
            text.with_untracked(|text| rule.with_untracked(|rule| quantity::parse(text, rule)));
        // What is seen in the field goes on the list, and nothing else.
        let Ok(quantity) = typed else {
            page::focus(".order-panel [role=spinbutton]");
            return None;
        };
        Some(ListOffer {
            name: locale.text("lists.title"),
            currency: Some(buyer.currency_of(&product).to_owned()),
            lines: vec![ItemSnapshot {
                sku: product.sku.clone(),
                name: product.name.clone(),
                quantity,
                unit_price: pricing::unit_price(&product, &buyer, quantity),
            }],
        })
    });
    let price = move || {
        let (price, product) = shown.get()?;
        let currency = buyer.with(|buyer| buyer.currency_of(&product).to_owned());
        Some(price::show(locale, price, &currency, None, true))
    };
    let is_own = move || shown.with(|shown| shown.as_ref().is_some_and(|it| it.0.own().is_some()));
    let total = move || {
        let product = product.get()?;
        price::line_total(locale, &product, &buyer.get(), typed.get())
    };
    let next = Memo::new(move |_| {
        let product = product.get()?;
        price::nudge(locale, &product, &buyer.get(), priced())
    });
    let rule_words = move || quantity_field::rule_in_words(locale, rule.get());
    let stock = move || {
        product.with(|product| {
            let on_hand = product.as_ref()?.quantity_on_hand;
            Some(view! { <Stock on_hand=on_hand wanted=typed.get() locale=locale /> })
        })
    };
    let sku = move || product.with(|product| product.as_ref().map(|product| product.sku.clone()));
    let bought = use_bought();
    bought.learn();
    let before = move || {
        let last = product.with(|product| bought.last(&product.as_ref()?.sku))?;
        Some(match last {
            Some(last) => locale.text_with("bought.last", &[("date", &locale.date(&last))]),
            None => locale.text("bought.before"),
        })
    };
    let why_not = move || {
        let inactive =
            product.with(|product| product.as_ref().is_some_and(|product| !product.active));
        if inactive {
            Some(locale.text("product.inactive"))
        } else if session.customer_number().is_none() {
            let message = if session.chooses_customer() {
                "acting.nobody"
            } else {
                "cart.no_customer"
            };
            Some(locale.text(message))
        } else {
            (!has_price()).then(|| locale.text("price.ask_first"))
        }
    };
    view! {
        <div class="order-panel">
            <p class="sku" translate="no">{sku}</p>
            <p class="before">{before}</p>
            {price}
            <p class="facts">{stock} " " <span class="rule">{rule_words}</span></p>
            <div class="order-row">
                <OrderProduct text=text rule=rule may_order=Signal::derive(may_order) add=Callback::new(move |()| add()) />
                <SaveAsList label="lists.add_to" offer=offer />
            </div>
            <p class="line-total" aria-live="polite" hidden=move || !is_own()>
                <span>{locale.text("price.line_total")}</span>
                " "
                <strong translate="no">{total}</strong>
            </p>
            <price::Nudge next=next text=text live=true />
            <p class="hint">{why_not}</p>
            {move || {
                let product = product.get()?;
                let buyer = buyer.get();
                let quantity = Signal::derive(priced);
                Some(view! { <QuantityPrices product=product buyer=buyer quantity=quantity /> })
            }}
        </div>
    }
    .into_any()
}

/// The table `Quantity prices`: the own tier's breaks, the one in force marked.
#[component]
fn QuantityPrices(product: Arc<Product>, buyer: Buyer, quantity: Signal<u32>) -> AnyView {
    let locale = use_locale();
    let table = pricing::price_table(&product, &buyer);
    if table.is_empty() {
        return ().into_any();
    }
    let currency = buyer.currency_of(&product).to_owned();
    let starts: Vec<u32> = table.iter().map(|row| row.at_quantity).collect();
    let in_force = Memo::new(move |_| {
        let quantity = quantity.get();
        starts.iter().rposition(|start| *start <= quantity)
    });
    let count = table.len();
    let rows = (0..count)
        .map(|row| {
            let from = locale.number(u64::from(table[row].at_quantity));
            let range = match table.get(row + 1) {
                Some(next) => {
                    let to = locale.number(u64::from(next.at_quantity.saturating_sub(1)));
                    locale.text_with("price.range", &[("from", &from), ("to", &to)])
                }
                None => locale.text_with("price.range_open", &[("from", &from)]),
            };
            let price = locale.money(table[row].unit_price, &currency);
            let mark = move || (in_force.get() == Some(row)).then_some("true");
            view! {
                <tr aria-current=mark>
                    <th scope="row">{range}</th>
                    <td translate="no">{price}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <table class="price-table">
            <caption>{locale.text("price.table")}</caption>
            <thead>
                <tr>
                    <th scope="col">{locale.text("price.quantity")}</th>
                    <th scope="col">{locale.text("price.unit_price")}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}
