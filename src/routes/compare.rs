//! `/compare?skus=…`: up to four products side by side, and into the cart.

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use nymble_wire::Product;
use std::{rc::Rc, sync::Arc};

use crate::{
    api::problem::ApiError,
    browser::page,
    components::{
        badge::{Meaning, badge},
        button::ButtonLink,
        empty_state::EmptyState,
        failed::{Failed, LoadingNote},
        heading::Heading,
        icon::{Glyph, Icon},
        order_product::OrderProduct,
        price::{self, Stock},
        product_image::{Picture, Size},
    },
    domain::catalog::{
        bulk_quantities::is_whole,
        buyer::Buyer,
        comparison::{self, About, Fact, Row},
        pricing::{self, Reading},
        quantity,
    },
    lazy_page::lazy_screen,
    locale::{BROWSE, Locale, use_locale},
    route::{self, Route},
    state::{
        app::navigation::use_navigation,
        cart::use_cart,
        catalog::{comparing::use_comparing, use_catalog},
        session::use_session,
    },
};

lazy_screen!(product, BROWSE, { view! { <Compare /> }.into_any() });

/// Whether there is no such product any more.
fn is_gone(error: &ApiError) -> bool {
    matches!(error.status(), Some(404 | 410))
}

/// What became of the reading of one product.
type Failures = RwSignal<Vec<(String, ApiError)>>;

#[component]
fn Compare() -> AnyView {
    let locale = use_locale();
    let (catalog, comparing, cart) = (use_catalog(), use_comparing(), use_cart());
    cart.ensure_loaded();
    let (location, navigation) = (use_location(), use_navigation());
    let search = location.search;
    // Another screen's address must not be read as this one's while it is being left.
    let skus = Memo::new(move |before: Option<&Vec<String>>| match before {
        Some(before) if location.pathname.with(|path| path != "/compare") => before.clone(),
        _ => search.with(|query| route::compared_in(query)),
    });
    let too_many = move || skus.with(|skus| skus.len() > comparison::MOST);
    let shown = Memo::new(move |_| {
        let mut skus = skus.get();
        skus.truncate(comparison::MOST);
        skus
    });
    let failures: Failures = RwSignal::new(Vec::new());
    // Counts the tries. Each reads under the effect below, with which it ends.
    let tries = RwSignal::new(0_u32);
    let again = move || tries.update(|tries| *tries += 1);
    // A product that the address names in other letters: its own take their place.
    let respell = move |sku: &str, own: &str| {
        let mut named: Vec<String> = Vec::new();
        for one in search.with_untracked(|query| route::compared_in(query)) {
            let one = if one == sku { own.to_owned() } else { one };
            if !named.contains(&one) {
                named.push(one);
            }
        }
        navigation.change_address(&Route::Compare(named).href(), true);
    };
    let read = move || {
        failures.set(Vec::new());
        // As they are today; what is known of them is shown meanwhile.
        catalog.read_products(
            shown.get_untracked(),
            &(Rc::new(
                move |sku: &str, read: Result<Arc<Product>, ApiError>| match read {
                    Ok(product) if product.sku != sku => respell(sku, &product.sku),
                    Ok(_) => {}
                    Err(error) => {
                        failures.try_update(|failures| failures.push((sku.to_owned(), error)));
                    }
                },
            ) as _),
        );
    };
    Effect::new(move |_| {
        // A link chooses what it names; one that names nothing takes nothing away.
        tries.get();
        let named = shown.get();
        if !named.is_empty() {
            comparing.set(named);
        }
        read();
    });
    let products = Memo::new(move |_| {
        shown.with(|skus| {
            let known = skus.iter().filter_map(|sku| catalog.product(sku));
            known
                .filter(|product| is_whole(product))
                .collect::<Vec<_>>()
        })
    });
    let trouble = move || {
        let failures = failures.get();
        let known = products.get();
        let gone = failures
            .iter()
            .filter(|(_, error)| is_gone(error))
            .map(|(sku, _)| {
                let text = locale.text_with("product.unknown", &[("sku", sku)]);
                view! { <EmptyState alert=true text=text /> }
            })
            .collect_view();
        let failed = failures
            .iter()
            .find(|(_, error)| !is_gone(error))
            .map(|(_, error)| view! { <Failed message=locale.error(error) retry=again /> });
        let waiting = shown.with(Vec::len) > known.len() + failures.len();
        view! {
            {gone}
            {failed}
            {waiting.then(|| view! { <LoadingNote /> })}
        }
    };
    let table = move || {
        let products = products.get();
        if products.is_empty() {
            return ().into_any();
        }
        view! { <Table products=products skus=shown /> }.into_any()
    };
    let empty = move || {
        shown.with(Vec::is_empty).then(|| {
            view! {
                <EmptyState text=locale.text("compare.empty")>
                    <ButtonLink href=Route::Catalog.href() label=locale.text("cart.to_catalog") />
                </EmptyState>
            }
        })
    };
    view! {
        <div class="page compare-page">
            <Heading text=Signal::derive(move || locale.text("compare.title")) />
            {move || {
                too_many().then(|| view! { <p class="hint">{locale.text("compare.too_many")}</p> })
            }}
            {empty}
            {trouble}
            {table}
        </div>
    }
    .into_any()
}

/// The table: a column for each product.
#[component]
fn Table(products: Vec<Arc<Product>>, skus: Memo<Vec<String>>) -> AnyView {
    let locale = use_locale();
    let buyer = use_session().buyer();
    let only_different = RwSignal::new(false);
    let all: Vec<&Product> = products.iter().map(Arc::as_ref).collect();
    let rows = comparison::rows(&all, &buyer);
    let same = rows.iter().any(|row| !row.differs) && products.len() > 1;
    let heads = products
        .iter()
        .map(|product| head(locale, product, skus))
        .collect_view();
    let body = rows
        .into_iter()
        .map(|row| {
            let differs = row.differs;
            let hidden = move || only_different.get() && !differs;
            view! {
                <tr class:differs=differs hidden=hidden>
                    {cells(locale, &row, &products, &buyer)}
                </tr>
            }
        })
        .collect_view();
    let orders = products
        .iter()
        .map(|product| view! { <td><Order product=Arc::clone(product) /></td> })
        .collect_view();
    view! {
        {same
            .then(|| {
                view! {
                    <label class="check">
                        <input
                            type="checkbox"
                            prop:checked=only_different
                            prop:defaultChecked=only_different
                            on:change=move |event| only_different.set(event_target_checked(&event))
                        />
                        {locale.text("compare.only_different")}
                    </label>
                }
            })}
        <div class="wide-table" role="region" tabindex="0" aria-label=locale.text("compare.table")>
            <table class="compare-table">
                <thead>
                    <tr>
                        <td></td>
                        {heads}
                    </tr>
                </thead>
                <tbody>
                    {body} <tr>
                        <th scope="row">{locale.text("compare.order")}</th>
                        {orders}
                    </tr>
                </tbody>
            </table>
        </div>
    }
    .into_any()
}

/// Picture and name, and a button that takes the product out.
fn head(locale: Locale, product: &Product, skus: Memo<Vec<String>>) -> AnyView {
    let (navigation, comparing) = (use_navigation(), use_comparing());
    let name = if product.name.is_empty() {
        product.sku.clone()
    } else {
        product.name.clone()
    };
    let label = locale.text_with("compare.remove", &[("name", &name)]);
    let sku = product.sku.clone();
    let remove = move |_| {
        let left = skus.with_untracked(|skus| comparison::toggled(skus.clone(), &sku));
        page::focus("h1");
        comparing.set(left.clone());
        navigation.change_address(&Route::Compare(left).href(), true);
    };
    let href = Route::Product(product.sku.clone()).href();
    view! {
        <th scope="col">
            <Picture images=product.images.clone() size=Size::Medium />
            <a href=href>{name}</a>
            <button type="button" class="icon-button" aria-label=label on:click=remove>
                <Icon glyph=Glyph::Close />
            </button>
        </th>
    }
    .into_any()
}

/// What a row is about, and what it says of each product.
fn cells(locale: Locale, row: &Row, products: &[Arc<Product>], buyer: &Buyer) -> AnyView {
    let about = match &row.about {
        About::Sku => locale.text("product.sku"),
        About::Price => locale.text("compare.price"),
        About::Breaks => locale.text("price.table"),
        About::Stock => locale.text("compare.stock"),
        About::Minimum => locale.text("compare.minimum"),
        About::Increment => locale.text("compare.increment"),
        About::Attribute(name) => name.clone(),
    };
    let mark = row
        .differs
        .then(|| badge(Meaning::Current, locale.text("compare.differs")));
    let text = matches!(row.about, About::Sku | About::Stock | About::Attribute(_));
    let facts = row.facts.iter().zip(products).map(|(fact, product)| {
        let money = |price| locale.money(price, buyer.currency_of(product));
        let (said, more) = match fact {
            Fact::None => ("–".to_owned(), None),
            Fact::Text(text) => (text.clone(), None),
            Fact::Price(price) => {
                let currency = buyer.currency_of(product);
                (price::in_words(locale, *price, currency, None), None)
            }
            Fact::Pieces(pieces) => (locale.number(u64::from(*pieces)), None),
            Fact::Stock(units) => {
                let stock = view! { <Stock on_hand=Some(*units) locale=locale /> };
                (String::new(), Some(stock.into_any()))
            }
            Fact::Breaks(table) => {
                let line = |from: u32, price| {
                    let (from, price) = (locale.number(u64::from(from)), money(price));
                    locale.text_with("price.from", &[("from", &from), ("price", &price)])
                };
                let lines = table
                    .iter()
                    .map(|row| line(row.at_quantity, row.unit_price));
                let lines = lines.map(|line| view! { <li>{line}</li> }).collect_view();
                (String::new(), Some(view! { <ul>{lines}</ul> }.into_any()))
            }
        };
        view! { <td class:number=!text>{said} {more}</td> }
    });
    view! {
        <th scope="row">{about} " " {mark}</th>
        {facts.collect_view()}
    }
    .into_any()
}

/// Quantity and `Add to cart` of one product.
#[component]
fn Order(product: Arc<Product>) -> AnyView {
    let locale = use_locale();
    let (cart, session) = (use_cart(), use_session());
    let rule = pricing::quantity_rule(&product);
    let text = RwSignal::new(rule.first().to_string());
    let active = product.active;
    let buyer = untrack(|| session.buyer());
    let typed = move || {
        text.with(|text| quantity::parse_raw(text))
            .unwrap_or_else(|_| rule.first())
    };
    let priced = Arc::clone(&product);
    let has_price = Memo::new(move |_| {
        let price = pricing::shown_price(&priced, &buyer, typed(), Reading::Done);
        price.may_be_ordered(&buyer)
    });
    let no_order = move || (!has_price.get()).then(|| locale.text("price.ask_first"));
    let add = move || {
        if let Ok(quantity) = text.with_untracked(|text| quantity::parse(text, &rule)) {
            cart.add(&product.sku, &product.name, quantity);
        }
    };
    let add = StoredValue::new(add);
    let add = move || add.with_value(|add| add());
    let may_order = move || active && has_price.get() && session.customer_number().is_some();
    view! {
        <div class="product-order">
            <OrderProduct text=text rule=Signal::derive(move || rule) may_order=Signal::derive(may_order) add=Callback::new(move |()| add()) />
            <p class="hint">{no_order}</p>
        </div>
    }
    .into_any()
}
