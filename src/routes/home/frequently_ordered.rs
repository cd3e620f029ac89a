//! Reordering the usual: what is ordered most often, at today's price.

use leptos::{prelude::*, task::spawn_local};
use nymble_wire::{Order, Page, Product};

use super::part::{Part, Stage};
use crate::{
    api::problem::ApiError,
    browser::page,
    components::{
        button::{Button, Look},
        failed::Failed,
    },
    domain::catalog::{
        frequently_ordered::{FrequentlyOrdered, frequently_ordered},
        pricing::{self, Reading},
        quantity,
    },
    locale::use_locale,
    routes::catalog::product_item::ProductItem,
    state::{
        app::{
            loading::Loading,
            notices::{Tone, use_notices},
        },
        cart::{added::Addition, use_cart},
        catalog::use_catalog,
        session::use_session,
    },
};

/// So many products are offered.
const OFFERED: usize = 6;

/// What stands in the quantity fields, by SKU. Each field's text is its row's, and goes with it.
type Fields = StoredValue<Vec<(String, RwSignal<String>)>>;

/// What is ordered most often.
#[component]
pub(crate) fn FrequentlyOrderedPart(
    /// The latest orders, newest first.
    orders: Loading<Page<Order>>,
    /// Reads them.
    retry: Callback<()>,
) -> AnyView {
    let locale = use_locale();
    let cart = use_cart();
    let catalog = use_catalog();
    let session = use_session();
    let notices = use_notices();
    let found = Memo::new(move |_| {
        let page = orders.value();
        page.map_or(Vec::new(), |page| frequently_ordered(&page.data, OFFERED))
    });
    let failures = RwSignal::new(Vec::<(String, ApiError)>::new());
    // Whether they have been read once: what names no price until then may have one.
    let learned = RwSignal::new(false);
    let fields: Fields = StoredValue::new(Vec::new());
    let learn = move || {
        let skus: Vec<String> =
            found.with_untracked(|found| found.iter().map(|usual| usual.sku.clone()).collect());
        failures.set(Vec::new());
        spawn_local(async move {
            // Today's prices: what is known from before is shown meanwhile.
            let failed = catalog.learn(skus).await;
            failures.try_set(failed);
            learned.try_set(true);
        });
    };
    Effect::new(move |_| {
        if found.with(|found| !found.is_empty()) {
            learn();
        }
    });
    let add_all = move |()| {
        let buyer = untrack(|| session.buyer());
        let mut additions = Vec::new();
        let mut wrong = Vec::new();
        for (sku, text) in fields.get_value() {
            let Some(product) = catalog.product_now(&sku).filter(|product| product.active) else {
                continue;
            };
            let rule = pricing::quantity_rule(&product);
            match text.with_untracked(|text| quantity::parse(text, &rule)) {
                Ok(quantity) => {
                    let price = pricing::shown_price(&product, &buyer, quantity, Reading::Done);
                    if !price.may_be_ordered(&buyer) {
                        continue;
                    }
                    additions.push(Addition {
                        sku,
                        name: product.name.clone(),
                        quantity,
                    });
                }
                Err(error) => {
                    let reason = locale.quantity_error(&error);
                    let values = [("name", product.name_or_sku()), ("reason", &reason)];
                    wrong.push(locale.text_with("cart.not_added", &values));
                }
            }
        }
        if additions.is_empty() {
            notices.show(Tone::Trouble, locale.text("home.nothing_added"), None);
        } else {
            cart.add_many(additions, None, None, None);
        }
        if !wrong.is_empty() {
            notices.show(Tone::Trouble, wrong.join(" "), None);
            page::focus(".usual [aria-invalid]");
        }
    };
    let stage = Signal::derive(move || match super::orders::stage(orders) {
        Stage::Here if found.with(Vec::is_empty) => Stage::Absent,
        stage => stage,
    });
    let content = move || {
        view! {
            <ul class="product-list usual">
                <For
                    each=move || found.get()
                    key=|usual| usual.sku.clone()
                    children=move |usual| {
                        let learn = Callback::new(move |()| learn());
                        view! { <Item usual=usual fields=fields failures=failures learned=learned learn=learn /> }
                    }
                />
            </ul>
            <div class="actions">
                <Button look=Look::Primary press=add_all label=locale.text("home.add_all") />
            </div>
        }
    };
    view! {
        <Part id="home-usual" title=locale.text("home.usual") stage=stage retry=retry>
            {content}
        </Part>
    }
    .into_any()
}

/// One product; its place is kept while it is read.
#[component]
fn Item(
    usual: FrequentlyOrdered,
    fields: Fields,
    failures: RwSignal<Vec<(String, ApiError)>>,
    learned: RwSignal<bool>,
    learn: Callback<()>,
) -> AnyView {
    let locale = use_locale();
    let catalog = use_catalog();
    let sku = usual.sku.clone();
    let text = RwSignal::new(usual.quantity.to_string());
    fields.update_value(|fields| fields.push((sku.clone(), text)));
    {
        let sku = sku.clone();
        on_cleanup(move || {
            fields.try_update_value(|fields| fields.retain(|(of, _)| *of != sku));
        });
    }
    let there = {
        let sku = sku.clone();
        Memo::new(move |_| {
            let priced = |it: &Product| !it.prices.is_empty() || it.price.is_some();
            catalog
                .product(&sku)
                .is_some_and(|it| learned.get() || priced(&it))
        })
    };
    let failure = {
        let sku = sku.clone();
        Memo::new(move |_| {
            failures.with(|failures| {
                let failed = failures.iter().find(|(of, _)| *of == sku);
                failed.map(|(_, error)| error.clone())
            })
        })
    };
    let wanted = usual.quantity;
    let name = if usual.name.is_empty() {
        usual.sku.clone()
    } else {
        usual.name
    };
    let content = move || {
        if there.get() {
            // The usual quantity, as far as the product can be ordered that way today.
            if let Some(product) = catalog.product_now(&sku) {
                let rule = pricing::quantity_rule(&product);
                if text.with_untracked(|text| *text == wanted.to_string()) {
                    text.set(rule.round_up(wanted).to_string());
                }
            }
            return view! { <ProductItem sku=sku.clone() as_list=true quantity=text nested=true /> }
                .into_any();
        }
        let Some(error) = failure.get() else {
            return view! { <li class="product-item skeleton" aria-hidden="true"></li> }.into_any();
        };
        if matches!(error.status(), Some(404 | 410)) {
            let gone = locale.text_with("home.not_offered_any_more", &[("name", &name)]);
            return view! { <li class="product-item gone">{gone}</li> }.into_any();
        }
        let reason = locale.error(&error);
        let message = locale.text_with("home.not_read", &[("name", &name), ("reason", &reason)]);
        view! {
            <li class="product-item gone">
                <Failed message=message retry=learn />
            </li>
        }
        .into_any()
    };
    view! { {content} }.into_any()
}
