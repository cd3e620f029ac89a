//! The way into the catalogue, on the home screen: a search, and for who has not ordered yet the categories.

use leptos::{ev, html, prelude::*};

use crate::{
    browser::query::Href,
    components::{
        button::{ButtonLink, Look},
        icon::{Glyph, Icon},
        text_field::hear_filled_text,
    },
    locale::use_locale,
    route::Route,
    state::{app::navigation::use_navigation, catalog::use_catalog},
};

/// So many categories are offered.
const OFFERED: usize = 12;

fn in_catalog(name: &str, value: &str) -> String {
    let mut href = Href::new(&Route::Catalog.href());
    href.put_if(name, value);
    href.into()
}

/// The search field; it leads to the catalogue.
#[component]
pub(crate) fn Search() -> AnyView {
    let locale = use_locale();
    let navigation = use_navigation();
    let text = RwSignal::new(String::new());
    let input = NodeRef::<html::Input>::new();
    hear_filled_text(input, text);
    let on_submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let href = text.with_untracked(|text| in_catalog("q", text.trim()));
        navigation.go(&href);
    };
    view! {
        <form class="search" role="search" on:submit=on_submit>
            <Icon glyph=Glyph::Search />
            <input
                type="search"
                name="q"
                autocomplete="off"
                spellcheck="false"
                maxlength="200"
                aria-label=locale.text("catalog.search")
                placeholder=locale.text("catalog.search_hint")
                node_ref=input
                prop:value=text
                on:input=move |event| text.set(event_target_value(&event))
            />
        </form>
    }
    .into_any()
}

/// What a buyer sees who has not ordered yet.
#[component]
pub(crate) fn FirstSteps() -> AnyView {
    let locale = use_locale();
    let catalog = use_catalog();
    catalog.load_categories();
    let categories = move || {
        let tree = catalog.categories().value()?;
        let tiles = tree.iter().filter(|category| category.active).take(OFFERED);
        let tiles = tiles.map(|category| {
            view! {
                <li>
                    <a href=in_catalog("category", &category.name)>{category.name.clone()}</a>
                </li>
            }
        });
        Some(view! {
            <ul class="category-tiles" aria-label=locale.text("catalog.categories")>
                {tiles.collect_view()}
            </ul>
        })
    };
    view! {
        <section class="panel part first-steps" aria-labelledby="home-start">
            <div class="part-head">
                <h2 id="home-start">{locale.text("home.start")}</h2>
            </div>
            <p>{locale.text("home.start_lead")}</p>
            {categories}
            <div class="actions">
                <ButtonLink
                    look=Look::Primary
                    href=Route::Catalog.href()
                    label=locale.text("cart.to_catalog")
                />
            </div>
        </section>
    }
    .into_any()
}
