//! Prices in words: at a quantity, and how far it is to the next break.

use leptos::prelude::*;
use nymble_wire::Product;

use crate::{
    domain::{buyer::Buyer, money, pricing},
    locale::Locale,
};

/// The unit price at `quantity`, formatted.
pub fn unit_price(
    locale: Locale,
    product: &Product,
    buyer: &Buyer,
    quantity: u32,
) -> Option<String> {
    let price = pricing::unit_price(product, buyer, quantity)?;
    Some(locale.money(price, buyer.currency_of(product)))
}

/// Why there is no price to show for somebody who acts for a customer.
pub fn why_none(locale: Locale, product: &Product, buyer: &Buyer) -> String {
    if buyer.can_read_prices(product) {
        return locale.text("price.on_request");
    }
    locale.text_with("price.in_cart", &[("currency", &buyer.currency)])
}

/// The line's total at `quantity`, formatted: a preview, as the server has not priced it yet.
pub fn line_total(
    locale: Locale,
    product: &Product,
    buyer: &Buyer,
    quantity: u32,
) -> Option<String> {
    let price = pricing::unit_price(product, buyer, quantity)?;
    let currency = buyer.currency_of(product);
    let total = money::line_total_preview(price, quantity, currency);
    Some(locale.money(total.amount(), currency))
}

/// "12 more reach the next price: $16.00 each", with what that saves.
pub fn next_break(
    locale: Locale,
    product: &Product,
    buyer: &Buyer,
    quantity: u32,
) -> Option<String> {
    let currency = buyer.currency_of(product);
    let next = pricing::next_break(product, buyer, quantity, currency)?;
    let price = locale.money(next.unit_price, currency);
    let more = u64::from(next.more);
    Some(match next.saving {
        Some(saving) => {
            let saving = locale.money(saving.amount(), currency);
            locale.plural(
                "price.next_break_saving",
                more,
                &[("price", &price), ("saving", &saving)],
            )
        }
        None => locale.plural("price.next_break", more, &[("price", &price)]),
    })
}

/// How much is in stock.
#[component]
pub fn Stock(
    /// Units in stock; none when the answer does not say.
    on_hand: Option<i64>,
    /// The buyer's language.
    locale: Locale,
) -> AnyView {
    match on_hand {
        None => ().into_any(),
        Some(on_hand) if on_hand <= 0 => {
            view! { <span class="stock stock-none">{locale.text("stock.none")}</span> }.into_any()
        }
        Some(on_hand) => {
            let text = locale.plural("stock.some", on_hand.unsigned_abs(), &[]);
            view! { <span class="stock stock-some">{text}</span> }.into_any()
        }
    }
}
