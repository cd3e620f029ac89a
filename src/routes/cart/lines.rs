//! The table `Cart items`.

use leptos::prelude::*;
use std::rc::Rc;

use crate::{
    components::{
        icon::{Glyph, Icon},
        price,
        product_image::{Picture, Size},
        quantity_field::{self, QuantityField},
    },
    domain::{cart_lines::ShownLine, money, pricing, quantity::Rule},
    locale::use_locale,
    route::Route,
    state::{
        cart::{CartState, use_cart},
        catalog::{CatalogState, use_catalog},
        product_lookup::Heard,
        session::use_session,
    },
};

/// Reads the products of lines that the catalogue does not know yet: their minimum, increment, breaks
/// and pictures are not in the cart. Failures leave the line as it is.
fn learn_products(catalog: CatalogState, skus: Vec<String>) {
    let unknown = |sku: &String| {
        catalog
            .product_now(sku)
            .is_none_or(|known| known.prices.is_empty())
    };
    let wanted = skus.into_iter().filter(unknown).collect();
    let heard: Heard = Rc::new(|_, _| {});
    catalog.read_products(wanted, &heard);
}

/// The lines of the cart.
#[component]
pub fn CartLines() -> AnyView {
    let locale = use_locale();
    let cart = use_cart();
    let catalog = use_catalog();
    let skus = Memo::new(move |_| -> Vec<String> {
        cart.lines().iter().map(|line| line.sku.clone()).collect()
    });
    Effect::new(move |_| learn_products(catalog, skus.get()));
    let count = move || locale.plural("frame.lines", skus.with(Vec::len) as u64, &[]);
    view! {
        <div class="cart-lines">
            <table class="lines">
                <caption>
                    <span class="visually-hidden">{locale.text("cart.items")}</span>
                </caption>
                <thead>
                    <tr>
                        <th scope="col">{locale.text("cart.product")}</th>
                        <th scope="col" class="number">{locale.text("price.unit_price")}</th>
                        <th scope="col">{locale.text("quantity.label")}</th>
                        <th scope="col" class="number">{locale.text("price.line_total")}</th>
                        <th scope="col"><span class="visually-hidden">{locale.text("cart.actions")}</span></th>
                    </tr>
                </thead>
                <tbody>
                    <For
                        each=move || skus.get()
                        key=String::clone
                        children=move |sku| view! { <Line sku=sku cart=cart /> }
                    />
                </tbody>
            </table>
            <p class="result-count">{count}</p>
        </div>
    }
    .into_any()
}

#[component]
fn Line(sku: String, cart: CartState) -> AnyView {
    let locale = use_locale();
    let session = use_session();
    let catalog = use_catalog();
    let line = {
        let sku = sku.clone();
        Memo::new(move |_| cart.lines().line(&sku).cloned())
    };
    let product = {
        let sku = sku.clone();
        Memo::new(move |_| catalog.product(&sku))
    };
    let buyer = Memo::new(move |_| session.buyer());
    let quantity = Memo::new(move |_| line.with(|line| line.as_ref().map_or(0, |it| it.quantity)));
    let rule = Signal::derive(move || {
        product.with(|product| match product {
            Some(product) => pricing::quantity_rule(product),
            None => Rule::new(None, None),
        })
    });
    let text = RwSignal::new(quantity.get_untracked().to_string());
    // The field follows the cart (another tab, a rollback), but not while it says the same number.
    Effect::new(move |_| {
        let quantity = quantity.get();
        let same = text.with_untracked(|text| {
            crate::domain::quantity::parse_raw(text).is_ok_and(|typed| i64::from(typed) == quantity)
        });
        if !same {
            text.set(quantity.to_string());
        }
    });
    let name = move || line.with(|line| line.as_ref().map(|line| line.name.clone()));
    let set = {
        let sku = sku.clone();
        move |wanted: u32| {
            if i64::from(wanted) != quantity.get_untracked() {
                let name = untrack(name).unwrap_or_default();
                cart.set_quantity(&sku, &name, wanted);
            }
        }
    };
    let remove = {
        let sku = sku.clone();
        move |_| {
            let name = untrack(name).unwrap_or_else(|| sku.clone());
            let before = u32::try_from(quantity.get_untracked()).unwrap_or(1);
            cart.remove(&sku, &name, before);
        }
    };
    let unit_price =
        move || line.with(|line| Some(locale.money(line.as_ref()?.unit_price?, &cart.currency())));
    let confirmed = move || line.with(|line| line.as_ref().is_none_or(|line| line.confirmed));
    let total = move || {
        line.with(|line| {
            let line = line.as_ref()?;
            let currency = cart.currency();
            let total = line.line_total.or_else(|| preview(line, &currency))?;
            Some(locale.money(total, &currency))
        })
    };
    let nudge = move || {
        let product = product.get()?;
        let quantity = u32::try_from(quantity.get()).ok()?;
        price::next_break(locale, &product, &buyer.get(), quantity)
    };
    let picture = move || {
        let images = product.with(|product| product.as_ref().map(|it| it.images.clone()));
        view! { <Picture images=images.unwrap_or_default() size=Size::Small /> }
    };
    let rule_words = move || rule.with(|rule| quantity_field::rule_in_words(locale, rule));
    let field_name = locale.text_with("cart.quantity_for", &[("sku", &sku)]);
    let remove_name = locale.text_with("cart.remove", &[("sku", &sku)]);
    view! {
        <tr class:pending=move || !confirmed()>
            <th scope="row">
                <div class="line-product">
                    {picture}
                    <div>
                        <a href=Route::Product(sku.clone()).href()>{name}</a>
                        " "
                        <span class="sku">{sku}</span>
                        " "
                        <span class="rule">{rule_words}</span>
                        " "
                        <span class="nudge">{nudge}</span>
                    </div>
                </div>
            </th>
            <td class="number" data-label=locale.text("price.unit_price")>
                {unit_price}
            </td>
            <td>
                <QuantityField
                    label=field_name
                    text=text
                    rule=rule
                    on_quantity=Callback::new(set)
                />
            </td>
            <td class="number line-amount" data-label=locale.text("price.line_total")>
                {total}
            </td>
            <td>
                <button type="button" class="icon-button" aria-label=remove_name on:click=remove>
                    <Icon glyph=Glyph::Remove />
                </button>
            </td>
        </tr>
    }
    .into_any()
}

/// The line's total until the server says its own: at the unit price of the last confirmed quantity.
fn preview(line: &ShownLine, currency: &str) -> Option<rust_decimal::Decimal> {
    let quantity = u32::try_from(line.quantity).ok()?;
    Some(money::line_total_preview(line.unit_price?, quantity, currency).amount())
}
