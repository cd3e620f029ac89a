//! Prices in words: at a quantity, and how far it is to the next break.

use leptos::{ev, prelude::*};
use nymble_wire::Product;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use crate::{
    domain::{
        catalog::{
            buyer::Buyer,
            pricing::{self, ShownPrice},
            stock::shortage,
        },
        values::money,
    },
    locale::Locale,
};

/// A price in words; `failure` is why the product could not be read. Empty while it is being read.
pub(crate) fn in_words(
    locale: Locale,
    price: ShownPrice,
    currency: &str,
    failure: Option<String>,
) -> String {
    match price {
        ShownPrice::Own(price) => locale.money(price, currency),
        ShownPrice::OnRequest => locale.text("price.on_request"),
        ShownPrice::InCartOnly => locale.text_with("price.in_cart", &[("currency", currency)]),
        ShownPrice::Failed => failure.unwrap_or_default(),
        ShownPrice::Coming => String::new(),
    }
}

/// The price of one piece, or what there is to say in its place.
pub(crate) fn show(
    locale: Locale,
    price: ShownPrice,
    currency: &str,
    failure: Option<String>,
    large: bool,
) -> AnyView {
    let words = in_words(locale, price, currency, failure);
    if words.is_empty() {
        return ().into_any();
    }
    if price.own().is_none() {
        return view! { <p class="price unknown">{words}</p> }.into_any();
    }
    view! {
        <p class="price" class:large=large>
            <strong translate="no">{words}</strong>
            " "
            <span class="unit">{locale.text("price.each")}</span>
        </p>
    }
    .into_any()
}

/// What an order of `quantity` pieces comes to, formatted: a preview, as the server has not priced it yet.
pub(crate) fn line_total(
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

/// "12 more reach the next price: $16.00 each", with what that saves; and the quantity to order for it.
pub(crate) fn nudge(
    locale: Locale,
    product: &Product,
    buyer: &Buyer,
    quantity: u32,
) -> Option<(u32, String)> {
    let currency = buyer.currency_of(product);
    let next = pricing::next_break(product, buyer, quantity, currency)?;
    let price = locale.money(next.unit_price, currency);
    let more = u64::from(next.more);
    let words = match next.saving {
        Some(saving) => {
            let saving = locale.money(saving.amount(), currency);
            locale.plural(
                "price.next_break_saving",
                more,
                &[("price", &price), ("saving", &saving)],
            )
        }
        None => locale.plural("price.next_break", more, &[("price", &price)]),
    };
    Some((next.at_quantity, words))
}

/// The words of [`nudge`].
pub(crate) fn next_break(
    locale: Locale,
    product: &Product,
    buyer: &Buyer,
    quantity: u32,
) -> Option<String> {
    Some(nudge(locale, product, buyer, quantity)?.1)
}

/// The way to the next price, as a button that goes there.
#[component]
pub(crate) fn Nudge(
    /// What [`nudge`] says.
    next: Memo<Option<(u32, String)>>,
    /// What stands in the quantity field.
    text: RwSignal<String>,
    /// Whether it is read out when it changes.
    #[prop(optional)]
    live: bool,
) -> AnyView {
    let go = move |event: ev::MouseEvent| {
        let Some((quantity, _)) = next.get_untracked() else {
            return;
        };
        text.set(quantity.to_string());
        // The button goes away with the last step, and what had the focus must not.
        let pressed = event.target().and_then(|it| it.dyn_into::<Element>().ok());
        let around = pressed.and_then(|it| it.closest(".product-item, .order-panel").ok()?);
        let field = around.and_then(|it| it.query_selector("[role=spinbutton]").ok()?);
        if let Some(field) = field.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
            let _ = field.focus();
        }
    };
    view! {
        <p class="nudge" role=live.then_some("status")>
            <button
                type="button"
                hidden=move || next.with(Option::is_none)
                on:click=go
            >
                {move || next.get().map(|(_, words)| words)}
            </button>
        </p>
    }
    .into_any()
}

/// The quantity prices in a line, the one in force marked; nothing where one price holds for every quantity.
pub(crate) fn breaks(
    locale: Locale,
    product: &Product,
    buyer: &Buyer,
    quantity: u32,
) -> Option<AnyView> {
    let table = pricing::price_table(product, buyer);
    if table.len() < 2 {
        return None;
    }
    let currency = buyer.currency_of(product);
    let in_force = table.iter().rposition(|row| row.at_quantity <= quantity);
    let rows = table.iter().enumerate().map(|(place, row)| {
        let from = locale.number(u64::from(row.at_quantity));
        let price = locale.money(row.unit_price, currency);
        let text = locale.text_with("price.from", &[("from", &from), ("price", &price)]);
        let mark = (in_force == Some(place)).then_some("true");
        view! { <li translate="no" aria-current=mark>{text}</li> }.into_any()
    });
    let list = view! {
        <ul class="breaks" aria-label=locale.text("price.table")>
            {rows.collect_view()}
        </ul>
    };
    Some(list.into_any())
}

/// How much is in stock, and whether that is less than is wanted.
#[component]
pub(crate) fn Stock(
    /// Units in stock; none when the answer does not say.
    on_hand: Option<i64>,
    /// Units that are wanted.
    #[prop(default = 1)]
    wanted: u32,
    /// The buyer's language.
    locale: Locale,
) -> AnyView {
    let Some(known) = on_hand else {
        return ().into_any();
    };
    let (class, text) = if let Some(short) = shortage(on_hand, wanted) {
        ("stock stock-none", locale.shortage(short))
    } else {
        let text = locale.plural("stock.some", known.unsigned_abs(), &[]);
        ("stock stock-some", text)
    };
    view! { <span class=class>{text}</span> }.into_any()
}
