//! The catalogue: tools above, categories beside, products and pages.

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use nymble_wire::{Page, Product};
use std::sync::Arc;

use super::{
    categories::{Categories, Children},
    chips::Chips,
    extras::{Extras, Place},
    product_item::ProductItem,
    query::{CatalogQuery, PAGE_SIZE, SORTS},
};
use crate::{
    api::products::{self, SortField},
    browser::page,
    components::{
        button::ButtonLink,
        empty_state::EmptyState,
        failed::Failed,
        heading::Heading,
        icon::{Glyph, Icon},
        pages::Pages,
        search_field::{SearchField, TypedTerm},
        view_choice::ViewChoice,
    },
    domain::catalog::gtin,
    locale::use_locale,
    state::{
        app::{loading::Loading, navigation::use_navigation},
        cart::use_cart,
        catalog::{bulk_quantities::use_list_pad, use_catalog},
        session::use_session,
    },
};

/// The catalogue.
#[component]
pub(crate) fn Catalog() -> AnyView {
    let locale = use_locale();
    let session = use_session();
    let catalog = use_catalog();
    let navigation = use_navigation();
    use_cart().ensure_loaded();
    let location = use_location();
    // Another screen's address must not be read as this one's while it is being left.
    let shown = Memo::new(move |before: Option<&CatalogQuery>| match before {
        Some(before) if location.pathname.with(|path| path != "/catalog") => before.clone(),
        _ => location.search.with(|query| CatalogQuery::of_query(query)),
    });
    let loading = Loading::<Page<Product>>::new();
    let extras = Extras::begin(shown, loading);
    // What was bought before is not asked for here: the orders tell.
    let request = Memo::new(move |_| {
        shown.with(|view| (!view.bought).then(|| view.request().path().to_owned()))
    });
    let load = move || {
        if shown.with_untracked(|view| view.bought) {
            return extras.read_bought();
        }
        let request = shown.with_untracked(CatalogQuery::request);
        let path = request.path().to_owned();
        if let Some(known) = catalog.page(&path) {
            loading.show(known);
        }
        if catalog.is_fresh(&path) {
            return;
        }
        // What is remembered is shown at once and read again all the same: prices and stock move.
        let view = shown.get_untracked();
        if !view.search.is_empty() {
            return loading.run(
                async move |abort| {
                    catalog
                        .search(&view.search, view.page, PAGE_SIZE, abort)
                        .await
                },
                move |page| {
                    let page = Arc::new(page);
                    catalog.remember_page(path, &page);
                    Ok(page)
                },
            );
        }
        loading.load(session, request, products::read_page, move |page| {
            catalog.remember_page(path, page);
        });
    };
    Effect::new(move |_| {
        // Read, not only tracked: a memo that nobody has read yet does not know what it depends on.
        request.get();
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
    let title = Signal::derive(move || {
        shown.with(|view| match &view.category {
            Some(category) => category.clone(),
            None if view.bought => locale.text("bought.before"),
            None => locale.text("catalog.title"),
        })
    });
    let as_list = Memo::new(move |_| shown.with(|view| view.as_list));
    view! {
        <div class="page catalog">
            <Heading text=title />
            <Tools shown=shown />
            <Chips shown=shown />
            <div class="catalog-body">
                <div class="catalog-side">
                    <Categories shown=shown />
                    {extras.place(Place::Facets)}
                </div>
                <section class="results" aria-label=locale.text("catalog.products")>
                    {extras.place(Place::Recent)}
                    <Children shown=shown />
                    <p class="result-count" role="status" class:pending=move || loading.is_pending()>
                        {move || {
                            let page = loading.value()?;
                            Some(locale.plural("catalog.count", page.total_records, &[]))
                        }}
                    </p>
                    {move || {
                        loading
                            .error()
                            .map(|error| {
                                view! { <Failed message=locale.error(&error) retry=load /> }
                            })
                    }}
                    {move || {
                        as_list.get();
                        products_view(loading, shown)
                    }}
                    {extras.place(Place::Below)}
                </section>
            </div>
        </div>
    }
    .into_any()
}

/// The products, their skeletons while the first page loads, or that there are none.
fn products_view(loading: Loading<Page<Product>>, shown: Memo<CatalogQuery>) -> AnyView {
    let as_list = shown.with_untracked(|view| view.as_list);
    let class = if as_list {
        "product-list"
    } else {
        "product-grid"
    };
    // The list stands as long as there is a page at all: rows are kept by SKU, and with them what was typed.
    let there = Memo::new(move |_| loading.value().map(|page| !page.data.is_empty()));
    let pad = use_list_pad();
    let item = move |sku: String| {
        if as_list {
            let text = pad.field(&sku);
            view! { <ProductItem sku=sku as_list=true quantity=text of_pad=true /> }.into_any()
        } else {
            view! { <ProductItem sku=sku as_list=false /> }.into_any()
        }
    };
    let content = move || match there.get() {
        None if loading.error().is_some() => ().into_any(),
        None => view! {
            <ul class=class aria-hidden="true">
                {(0..8).map(|_| view! { <li class="product-item skeleton"></li> }).collect_view()}
            </ul>
        }
        .into_any(),
        Some(false) => view! { <NothingFound shown=shown /> }.into_any(),
        Some(true) => {
            let skus = move || -> Vec<String> {
                let page: Option<Arc<Page<Product>>> = loading.value();
                page.iter()
                    .flat_map(|page| &page.data)
                    .map(|product| product.sku.clone())
                    .collect()
            };
            view! {
                <ul class=class>
                    <For
                        each=skus
                        key=String::clone
                        children=item
                    />
                </ul>
                {move || {
                    let pages = loading.value()?.pages(PAGE_SIZE);
                    let view = shown.get();
                    let page = view.page;
                    let to = move |page| view.with(|view| view.page = page).href();
                    Some(view! { <Pages page=page pages=pages to=Callback::new(to) /> })
                }}
            }
            .into_any()
        }
    };
    view! { {content} }.into_any()
}

#[component]
fn NothingFound(shown: Memo<CatalogQuery>) -> AnyView {
    let locale = use_locale();
    // A way to all products from all products would lead to itself.
    let narrowed = |view: &CatalogQuery| {
        let by_choice = view.bought || view.category.is_some() || !view.search.is_empty();
        by_choice || !view.facets.is_empty() || view.page > 1
    };
    let way = move || {
        shown.with(narrowed).then(|| {
            view! {
                <ButtonLink href="/catalog" label=locale.text("catalog.show_all") />
            }
        })
    };
    let text = move || {
        shown.with(|view| {
            if gtin::read(&view.search).is_some_and(|code| code.is_wrong()) {
                locale.text_with("catalog.wrong_digit", &[("term", &view.search)])
            } else if !view.search.is_empty() {
                locale.text_with("catalog.nothing_found", &[("term", &view.search)])
            } else if view.bought {
                locale.text("bought.nothing")
            } else if !narrowed(view) {
                locale.text("catalog.no_products")
            } else if view.facets.is_empty() {
                locale.text("catalog.empty_category")
            } else {
                locale.text("facets.nothing")
            }
        })
    };
    view! {
        <EmptyState text=Signal::derive(text)>
            {way}
        </EmptyState>
    }
    .into_any()
}

#[component]
fn Tools(shown: Memo<CatalogQuery>) -> AnyView {
    let locale = use_locale();
    let navigation = use_navigation();
    let search = TypedTerm::new(
        Signal::derive(move || shown.with(|view| view.search.clone())),
        move |term| {
            let view = shown.get_untracked();
            let next = view.with(|view| {
                view.search = term;
                view.category = None;
            });
            next.href()
        },
    );
    let sorted = move |value: String| {
        let view = shown.get_untracked();
        let sort = SORTS.into_iter().find(|(known, ..)| *known == value);
        let (.., sort, descending) = sort.unwrap_or(SORTS[0]);
        let next = view.with(|view| (view.sort, view.descending) = (sort, descending));
        next.href()
    };
    let searching = Signal::derive(move || {
        if shown.with(|view| view.bought) {
            return Some(locale.text("bought.order"));
        }
        let searching = shown.with(|view| !view.search.is_empty());
        searching.then(|| locale.text("catalog.sort_while_searching"))
    });
    // The server sorts by the token's prices, which are not those of a customer that is acted for.
    let acting = untrack(|| use_session().acting_for().is_some());
    let offered = move |sort: SortField| {
        !acting || sort != SortField::Price || shown.with_untracked(|view| view.sort == sort)
    };
    let options = SORTS.into_iter().filter(|(_, _, sort, _)| offered(*sort));
    let options = options.map(|(value, message, ..)| (value, message));
    let switch = move |list: bool, message: &'static str, glyph: Glyph| {
        let pressed = move || (shown.with(|view| view.as_list) == list).to_string();
        let on_click = move |_| {
            let mut next = shown.get_untracked();
            next.as_list = list;
            navigation.change_address(&next.href(), true);
        };
        view! {
            <button type="button" aria-pressed=pressed on:click=on_click>
                <Icon glyph=glyph />
                <span>{locale.text(message)}</span>
            </button>
        }
    };
    view! {
        <div class="tools">
            <SearchField
                term=search
                label=locale.text("catalog.search")
                hint=locale.text("catalog.search_hint")
            />
            <ViewChoice
                label=locale.text("catalog.sort")
                options=options.collect()
                chosen=Signal::derive(move || shown.with(CatalogQuery::sort_value))
                to=sorted
                disabled=searching
            />
            <div class="switch" role="group" aria-label=locale.text("catalog.view")>
                {switch(false, "catalog.grid", Glyph::Grid)}
                {switch(true, "catalog.list", Glyph::List)}
            </div>
        </div>
    }
    .into_any()
}
