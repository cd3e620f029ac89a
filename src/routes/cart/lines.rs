//! The table `Cart items`.

use leptos::prelude::*;
use std::rc::Rc;

use super::{row::Line, tools::Tools, view::View};
use crate::{
    locale::use_locale,
    state::catalog::{CatalogState, lookup::Heard, use_catalog},
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
pub(crate) fn CartLines(
    /// How they are looked at.
    view: View,
) -> AnyView {
    let locale = use_locale();
    let catalog = use_catalog();
    Effect::new(move |_| learn_products(catalog, view.all.get()));
    let count = move || locale.plural("frame.lines", view.shown.with(Vec::len) as u64, &[]);
    view! {
        <div class="cart-lines">
            <Tools view=view />
            <table class="lines cards cart-table">
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
                        each=move || view.shown.get()
                        key=String::clone
                        children=move |sku| view! { <Line sku=sku view=view /> }
                    />
                </tbody>
            </table>
            <p class="result-count">{count}</p>
        </div>
    }
    .into_any()
}
