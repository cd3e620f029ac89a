//! `/orders`: the orders placed so far; narrowed, sorted and paged by the address.

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use nymble_wire::{Order, Page};

use super::{
    export::Export,
    filters::Filters,
    query::{OrdersQuery, PAGE_SIZE},
    table, words,
};
use crate::{
    api::orders,
    browser::page,
    components::{
        button::ButtonLink, empty_state::EmptyState, failed::LoadingNote, heading::Heading,
        pages::Pages,
    },
    lazy_page::lazy_screen,
    locale::{Locale, use_locale},
    route::Route,
    routes::customers::needed::of_a_customer,
    state::{
        app::{loading::Loading, navigation::use_navigation},
        orders::book::use_order_book,
        session::use_session,
    },
};

lazy_screen!(portal, "orders", {
    of_a_customer(|| view! { <Orders /> }.into_any())
});

#[component]
fn Orders() -> AnyView {
    let locale = use_locale();
    let session = use_session();
    let book = use_order_book();
    let navigation = use_navigation();
    let location = use_location();
    // Another screen's address must not be read as this one's while it is being left.
    let shown = Memo::new(move |before: Option<&OrdersQuery>| match before {
        Some(before)
            if location
                .pathname
                .with(|path| path.trim_end_matches('/') != "/orders") =>
        {
            before.clone()
        }
        _ => location.search.with(|query| OrdersQuery::of_query(query)),
    });
    let loading = Loading::<Page<Order>>::new();
    let load = move || {
        let request =
            shown.with_untracked(|view| view.request(session.narrowed_to(), view.page, PAGE_SIZE));
        let path = request.path().to_owned();
        if let Some(known) = book.page(&path) {
            loading.show(known);
        }
        // What is remembered is shown at once and read again all the same: orders move on.
        loading.load(session, request, orders::read_page, move |page| {
            book.remember(path, page);
        });
    };
    Effect::new(move |_| {
        shown.track();
        load();
    });
    let restore = StoredValue::new(navigation.position_to_restore());
    Effect::new(move |_| {
        if loading.value().is_some()
            && let Some(position) = restore.try_update_value(Option::take).flatten()
        {
            request_animation_frame(move || page::scroll_to(position));
        }
    });
    let total = Memo::new(move |_| loading.value().map(|page| page.total_records));
    let content = move || match (loading.value(), loading.error()) {
        (None, Some(_)) => ().into_any(),
        (None, None) => view! { <LoadingNote /> }.into_any(),
        (Some(page), _) if page.data.is_empty() => {
            nothing(locale, &shown.get(), page.total_records)
        }
        (Some(page), _) => {
            let view = shown.get();
            let (number, pages) = (view.page, page.pages(PAGE_SIZE));
            let to = Callback::new(move |page| view.turned_to(page).href());
            view! {
                {table::orders(locale, &page.data)}
                <Pages page=number pages=pages to=to />
            }
            .into_any()
        }
    };
    view! {
        <div class="page orders">
            <Heading text=locale.text("orders.title") />
            <Filters shown=shown />
            <section class="order-results" aria-label=locale.text("orders.results")>
                <div class="order-tools">
                    <p class="result-count" role="status" class:pending=move || loading.is_pending()>
                        {move || Some(locale.plural("orders.count", total.get()?, &[]))}
                    </p>
                    <Export shown=shown total=total />
                </div>
                {move || loading.error().map(|error| words::failed(locale, &error, load))}
                {content}
            </section>
        </div>
    }
    .into_any()
}

/// Why no order is shown, and where to go from here.
fn nothing(locale: Locale, view: &OrdersQuery, total: u64) -> AnyView {
    let (text, href, label) = if total > 0 {
        let number = locale.number(view.page);
        (
            locale.text_with("orders.no_such_page", &[("page", &number)]),
            view.turned_to(1).href(),
            "orders.first_page",
        )
    } else if view.is_narrowed() {
        (
            locale.text("orders.nothing_fits"),
            view.cleared().href(),
            "orders.show_all",
        )
    } else {
        (
            locale.text("orders.none_yet"),
            Route::Catalog.href(),
            "cart.to_catalog",
        )
    };
    view! {
        <EmptyState text=text>
            <ButtonLink href=href label=locale.text(label) />
        </EmptyState>
    }
    .into_any()
}
