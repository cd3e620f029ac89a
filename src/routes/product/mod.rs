//! `/products/{sku}`: everything known about one product, its prices, and into the cart.

pub(crate) mod details;
pub(crate) mod order;
pub(crate) mod recent;

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use nymble_wire::Product;
use std::sync::Arc;

use crate::{
    components::{
        button::ButtonLink,
        empty_state::EmptyState,
        failed::{Failed, LoadingNote},
        heading::Heading,
        product_image::{Picture, Size},
    },
    lazy_page::lazy_screen,
    locale::{BROWSE, use_locale},
    route::{self, Route},
    state::{
        app::{loading::Loading, navigation::use_navigation},
        cart::use_cart,
        catalog::use_catalog,
        session::use_session,
    },
};

lazy_screen!(product, BROWSE, { view! { <ProductView /> }.into_any() });

#[component]
fn ProductView() -> AnyView {
    let path = use_location().pathname;
    // The screen stays when one product leads to another, and starts anew for it.
    let sku = Memo::new(move |before: Option<&String>| {
        let path = path.get();
        match before {
            Some(before) if !path.starts_with("/products/") => before.clone(),
            _ => route::name_in(&path, "/products/"),
        }
    });
    use_cart().ensure_loaded();
    view! { {move || one_product(sku.get())} }.into_any()
}

fn one_product(sku: String) -> AnyView {
    let locale = use_locale();
    let session = use_session();
    let catalog = use_catalog();
    let navigation = use_navigation();
    let loading = Loading::<Product>::new();
    if let Some(known) = catalog.product_now(&sku) {
        loading.show(known);
    }
    let load = {
        let sku = sku.clone();
        move || {
            let names = route::meant_by(&sku);
            let asked = sku.clone();
            loading.run(
                async move |abort| catalog.find(names, abort).await,
                move |product: Arc<Product>| {
                    catalog.remember(&product);
                    session.note_viewed(&product);
                    if product.sku != asked {
                        // It was written otherwise there, or is its barcode.
                        let href = Route::Product(product.sku.clone()).href();
                        navigation.change_address(&href, true);
                    }
                    Ok(product)
                },
            );
        }
    };
    load();
    let title = {
        let sku = sku.clone();
        Signal::derive(move || {
            loading
                .value()
                .map(|product| product.name.clone())
                .filter(|name| !name.is_empty())
                .unwrap_or_else(|| sku.clone())
        })
    };
    let recent = view! { <recent::RecentStrip but=sku.clone() /> };
    let failure = move || {
        let error = loading.error()?;
        Some(if matches!(error.status(), Some(404 | 410)) {
            session.forget_viewed(&sku);
            view! {
                <EmptyState alert=true text=locale.text_with("product.unknown", &[("sku", &sku)])>
                    <ButtonLink href="/catalog" label=locale.text("not_found.to_catalog") />
                </EmptyState>
            }
            .into_any()
        } else {
            view! { <Failed message=locale.error(&error) retry=load.clone() /> }.into_any()
        })
    };
    let product = Memo::new(move |_| loading.value());
    let known = Memo::new(move |_| product.with(Option::is_some));
    let content = move || {
        if !known.get() {
            return loading
                .error()
                .is_none()
                .then(|| view! { <LoadingNote /> }.into_any());
        }
        let product = Signal::derive(move || product.get());
        Some(view! { <Known product=product /> }.into_any())
    };
    view! {
        <div class="page product">
            <Crumbs product=Signal::derive(move || product.get()) />
            <Heading text=title />
            {failure}
            {content}
            {recent}
        </div>
    }
    .into_any()
}

/// Where the product belongs: the way back into its category.
#[component]
fn Crumbs(product: Signal<Option<Arc<Product>>>) -> AnyView {
    let locale = use_locale();
    let category = move || {
        let category = product.with(|product| product.as_ref()?.category.clone())?;
        let mut href = String::from("/catalog?category=");
        href.push_str(&crate::browser::page::encode(&category));
        Some(view! { <li><a href=href>{category}</a></li> })
    };
    view! {
        <nav class="crumbs" aria-label=locale.text("product.crumbs")>
            <ol>
                <li>
                    <a href="/catalog">{locale.text("catalog.title")}</a>
                </li>
                {category}
            </ol>
        </nav>
    }
    .into_any()
}

#[component]
fn Known(product: Signal<Option<Arc<Product>>>) -> AnyView {
    let picture = move || {
        let images = product.with(|product| product.as_ref().map(|it| it.images.clone()));
        view! { <Picture images=images.unwrap_or_default() size=Size::Large /> }
    };
    view! {
        <div class="product-body">
            <div class="product-media">{picture}</div>
            <order::OrderPanel product=product />
            <div class="product-text">
                {move || product.get().map(|product| view! { <details::Details product=product /> })}
            </div>
        </div>
    }
    .into_any()
}
