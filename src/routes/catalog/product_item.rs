//! One product of the catalogue, as a tile or a row: what it is, what it costs, and into the cart.

use leptos::{prelude::*, task::spawn_local};
use nymble_wire::Product;
use std::sync::Arc;

use crate::{
    api::products,
    components::{
        order_product::OrderProduct,
        price::{self, Stock},
        product_image::{Picture, Size},
        quantity_field,
    },
    domain::catalog::{
        bulk_quantities::is_whole,
        pricing::{self, Reading, ShownPrice},
        quantity,
    },
    locale::use_locale,
    route::Route,
    state::{
        app::loading::Loading,
        cart::{added::Addition, use_cart},
        catalog::{bought::use_bought, comparing::use_comparing, use_catalog},
        session::use_session,
    },
};

/// One product.
#[component]
pub(crate) fn ProductItem(
    /// The product's SKU; it is known to the catalogue.
    sku: String,
    /// A row instead of a tile.
    as_list: bool,
    /// What stands in its quantity field; the smallest quantity to order when not given.
    #[prop(optional)]
    quantity: Option<RwSignal<String>>,
    /// Whether it is a row of the order pad: its quantity may stay empty, and is used up when it is added.
    #[prop(optional)]
    of_pad: bool,
    /// Whether the list it is in has a heading of its own.
    #[prop(optional)]
    nested: bool,
) -> AnyView {
    let locale = use_locale();
    let catalog = use_catalog();
    let session = use_session();
    let cart = use_cart();
    let buyer = Memo::new(move |_| session.buyer());
    let product = {
        let sku = sku.clone();
        Memo::new(move |_| catalog.product(&sku))
    };
    let first = product.with_untracked(|product| {
        product
            .as_ref()
            .map_or(1, |product| pricing::quantity_rule(product).first())
    });
    let text = quantity.unwrap_or_else(|| RwSignal::new(first.to_string()));
    let rule = Signal::derive(move || {
        product.with(|product| match product {
            Some(product) => pricing::quantity_rule(product),
            None => quantity::Rule::new(None, None),
        })
    });
    let typed = Memo::new(move |_| {
        text.with(|text| quantity::parse_raw(text))
            .unwrap_or_else(|_| rule.with(quantity::Rule::first))
    });
    let reading = Loading::<Product>::new();
    let unread = product.with_untracked(|product| {
        let unread = product.as_ref().filter(|it| !is_whole(it));
        buyer.with_untracked(|buyer| unread.is_some_and(|it| buyer.acted_for || it.price.is_none()))
    });
    if unread {
        // What was found by a search names only the price of the token, which is not the customer's, or none.
        reading.load(
            session,
            products::one(&sku),
            products::read_one,
            move |whole| catalog.remember(whole),
        );
    }
    let price_of = move |product: &Product, reading| {
        buyer.with(|buyer| pricing::shown_price(product, buyer, typed.get(), reading))
    };
    let shown = Memo::new(move |_| {
        let reading = match (reading.is_pending(), reading.error()) {
            (true, _) => Reading::Coming,
            (false, Some(_)) => Reading::Failed,
            (false, None) => Reading::Done,
        };
        product.with(|product| Some(price_of(product.as_ref()?, reading)))
    });
    let has_price = move |price: ShownPrice| buyer.with(|buyer| price.may_be_ordered(buyer));
    let failure = RwSignal::new(None::<String>);
    let put = move |product: &Product| {
        let rule = pricing::quantity_rule(product);
        if !untrack(|| has_price(price_of(product, Reading::Done))) {
            failure.set(Some(locale.text("price.ask_first")));
            return;
        }
        failure.set(None);
        let checked = text.with_untracked(|text| match text.trim() {
            "" if of_pad => Ok(rule.first()),
            text => quantity::parse(text, &rule),
        });
        // The field says itself what is wrong with its quantity.
        let Ok(quantity) = checked else { return };
        if !of_pad {
            return cart.add(&product.sku, &product.name, quantity);
        }
        let typed = text.get_untracked();
        text.set(String::new());
        let retype = Arc::new(move |_: &[String]| {
            if text.try_with_untracked(String::is_empty) == Some(true) {
                text.set(typed.clone());
            }
        });
        let addition = Addition {
            sku: product.sku.clone(),
            name: product.name.clone(),
            quantity,
        };
        cart.add_from(addition, retype);
    };
    let add = move || {
        let Some(product) = product.get_untracked() else {
            return;
        };
        if is_whole(&product) {
            return put(&product);
        }
        // Minimum and increment are not known yet: they are asked for before anything is ordered.
        spawn_local(async move {
            let read = session.send(products::one(&product.sku)).await;
            match read.and_then(|answer| products::read_one(&answer)) {
                Ok(whole) => {
                    let whole = Arc::new(whole);
                    catalog.remember(&whole);
                    put(&whole);
                }
                Err(error) => {
                    failure.try_set(Some(locale.error(&error)));
                }
            }
        });
    };
    let may_order = move || {
        session.customer_number().is_some()
            && product.with(|product| product.as_ref().is_some_and(|product| product.active))
            && shown.get().is_some_and(has_price)
    };
    // Only what keeps the button from working here: what is not offered is said with the facts.
    let no_order = move || {
        let unpriced = shown.get().is_some_and(|price| !has_price(price));
        unpriced.then(|| locale.text("price.ask_first"))
    };
    let size = if as_list { Size::Small } else { Size::Medium };
    let picture = move || {
        let images = product.with(|product| product.as_ref().map(|it| it.images.clone()));
        view! { <Picture images=images.unwrap_or_default() size=size /> }
    };
    let name = move || {
        product.with(|product| {
            let product = product.as_ref()?;
            Some(product.name_or_sku().to_owned())
        })
    };
    let show_price = move || {
        let price = shown.get()?;
        let failure = reading.error().map(|error| locale.error(&error));
        let currency = product.with(|product| {
            let product = product.as_ref()?;
            buyer.with(|buyer| Some(buyer.currency_of(product).to_owned()))
        })?;
        Some(price::show(locale, price, &currency, failure, false))
    };
    let next = Memo::new(move |_| {
        if of_pad && text.with(|text| text.trim().is_empty()) {
            return None;
        }
        price::nudge(locale, &*product.get()?, &buyer.get(), typed.get())
    });
    let breaks = move || {
        let product = product.get().filter(|_| as_list)?;
        price::breaks(locale, &product, &buyer.get(), typed.get())
    };
    let facts = move || {
        let product = product.get()?;
        let words = quantity_field::rule_in_words(locale, pricing::quantity_rule(&product));
        let inactive = (!product.active).then(
            || view! { <span class="stock stock-none">{locale.text("product.inactive")}</span> },
        );
        Some(view! {
            <p class="facts">
                {inactive}
                <Stock on_hand=product.quantity_on_hand wanted=typed.get() locale=locale />
                {words.map(|words| view! { <span class="rule">{words}</span> })}
            </p>
        })
    };
    let bought = use_bought();
    let before = {
        let sku = sku.clone();
        move || {
            Some(match bought.last(&sku)? {
                Some(last) => locale.text_with("bought.last", &[("date", &locale.date(&last))]),
                None => locale.text("bought.before"),
            })
        }
    };
    let compare = (!nested).then(|| compare_box(sku.clone()));
    let href = Route::Product(sku.clone()).href();
    let heading = view! { <a href=href.clone()>{name}</a> };
    let heading = if nested {
        view! { <h3>{heading}</h3> }.into_any()
    } else {
        view! { <h2>{heading}</h2> }.into_any()
    };
    view! {
        <li class="product-item">
            <a class="product-picture" href=href tabindex="-1" aria-hidden="true">
                {picture}
            </a>
            <div class="product-words">
                {heading}
                <p class="sku" translate="no">{sku}</p>
                {facts}
                {compare}
                <p class="before">{before}</p>
            </div>
            <div class="product-price">
                {show_price} {breaks} <price::Nudge next=next text=text />
            </div>
            <div class="product-order">
                <OrderProduct text=text rule=rule may_be_empty=of_pad may_order=Signal::derive(may_order) add=Callback::new(move |()| add()) />
                <p class="field-error" role="status">
                    {failure}
                </p>
                <p class="hint">{no_order}</p>
            </div>
        </li>
    }
    .into_any()
}

/// Chooses a product for the comparison.
fn compare_box(sku: String) -> AnyView {
    let locale = use_locale();
    let comparing = use_comparing();
    let here = {
        let sku = sku.clone();
        Memo::new(move |_| comparing.has(&sku))
    };
    view! {
        <label class="check compare">
            <input
                type="checkbox"
                prop:checked=here
                prop:defaultChecked=here
                disabled=move || !here.get() && comparing.is_full()
                on:change=move |event| {
                    if here.get_untracked() != event_target_checked(&event) {
                        comparing.toggle(&sku);
                    }
                }
            />
            {locale.text("compare.choose")}
        </label>
    }
    .into_any()
}
