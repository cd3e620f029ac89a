//! What the buyer should know of the cart's lines before ordering them: prices that have changed since they were put in,
//! what is short of stock or no longer offered.

use leptos::{prelude::*, task::spawn_local};
use std::sync::Arc;

use crate::{
    components::button::Button,
    domain::{
        cart::{lines::ShownLine, prices},
        orders::reorder::Today,
    },
    locale::use_locale,
    routes::reorder::line::{class_of, in_words},
    state::{
        cart::{prices::use_cart_prices, use_cart},
        catalog::use_catalog,
        session::use_session,
    },
};

/// The words for differences; the screen of an order has them, too.
const WORDS: &str = "orders";

/// The report, when there is anything to report.
#[component]
pub(crate) fn PriceChanges(
    /// The currency of the cart's amounts, ISO 4217.
    currency: RwSignal<String>,
) -> AnyView {
    let locale = use_locale();
    let cart = use_cart();
    let catalog = use_catalog();
    let session = use_session();
    let prices = use_cart_prices();
    // While changes are on their way the lines are not those to compare: what was found before stays.
    let compared = Memo::new(move |_| -> Vec<(Arc<ShownLine>, Today)> {
        let (buyer, currency) = (session.buyer(), currency.get());
        prices.compare(|lines, seen| {
            let drift = |line: &Arc<ShownLine>| {
                let product = catalog.product(&line.sku);
                let product = product.as_deref();
                let today = prices::price_changes(line, &currency, seen, product, &buyer)?;
                Some((Arc::clone(line), today))
            };
            lines.iter().filter_map(drift).collect()
        })
    });
    let found = Memo::new(move |_| {
        let mut found = compared.get();
        if !found.is_empty() {
            // Neither a line that is gone counts any more nor one whose quantity is being changed.
            let lines = cart.lines();
            found.retain(|(line, _)| {
                let now = lines.line(&line.sku);
                now.is_some_and(|now| now.quantity == line.quantity)
            });
        }
        found
    });
    let any = Memo::new(move |_| found.with(|found| !found.is_empty()));
    let words = RwSignal::new(false);
    Effect::new(move |_| {
        if any.get() && !words.get_untracked() {
            spawn_local(async move {
                // Should they not come, the cart is as good as without the report: its prices are right.
                let here = locale.load(WORDS).await;
                words.try_set(here);
            });
        }
    });
    let report = move || {
        let found = found.get();
        if found.is_empty() || !words.get() {
            return None;
        }
        let count = found.len() as u64;
        let read = found.clone();
        let line = |(line, today): (Arc<ShownLine>, Today)| {
            let currency = currency.get();
            let difference = |difference| {
                let said = in_words(locale, difference, &currency, today.quantity);
                view! { <li class=class_of(difference)>{said}</li> }
            };
            let differences = today.differences.iter().copied().map(difference);
            view! {
                <li>
                    {line.name.clone()} " " <span class="sku" translate="no">{line.sku.clone()}</span>
                    <ul class="differences">{differences.collect_view()}</ul>
                </li>
            }
        };
        let lines = found.into_iter().map(line).collect_view();
        Some(view! {
            <section class="panel drift no-print" aria-labelledby="cart-drift">
                <div role="status">
                    <h2 id="cart-drift">{locale.plural("cart.drift", count, &[])}</h2>
                </div>
                <ul>{lines}</ul>
                <Button
                    press=move |()| {
                        prices.accept(read.iter().map(|(line, today)| (line.sku.as_str(), today)));
                    }
                    label=locale.text("cart.drift_read")
                />
            </section>
        })
    };
    view! { {report} }.into_any()
}
