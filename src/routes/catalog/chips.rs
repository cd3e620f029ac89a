//! A chip for each thing the products are narrowed down by, which takes it away.

use leptos::prelude::*;

use super::query::CatalogQuery;
use crate::{
    browser::page, components::chip::Chip, locale::use_locale,
    state::app::navigation::use_navigation,
};

/// The chips, and `Clear all`.
#[component]
pub(crate) fn Chips(
    /// What the catalogue shows.
    shown: Memo<CatalogQuery>,
) -> AnyView {
    let locale = use_locale();
    let navigation = use_navigation();
    let change = move |next: &CatalogQuery| {
        // What is clicked goes away with what it stood for.
        page::focus("#facet-chips");
        navigation.change_address(&next.href(), false);
    };
    let chip = move |text: String, next: CatalogQuery| {
        let name = locale.text_with("facets.remove", &[("filter", &text)]);
        view! {
            <Chip text=text name=name remove=Callback::new(move |()| change(&next)) />
        }
        .into_any()
    };
    let list = move || {
        let view = shown.get();
        let mut chips = Vec::new();
        if view.bought {
            let next = view.with(|view| view.bought = false);
            chips.push((locale.text("bought.before"), next));
        }
        if view.facets.in_stock {
            let next = view.with(|view| view.facets.in_stock = false);
            chips.push((locale.text("facets.in_stock"), next));
        }
        for chosen in &view.facets.attributes {
            let values = [("name", &*chosen.name), ("value", &chosen.value)];
            let next = view.with(|view| view.facets.forget(&chosen.name));
            chips.push((locale.text_with("facets.chip", &values), next));
        }
        if chips.is_empty() {
            return None;
        }
        let waiting = !view.search.is_empty() && !view.facets.is_empty();
        let cleared = view.cleared();
        let chips = chips.into_iter().map(|(text, next)| chip(text, next));
        let content = view! {
            <ul aria-label=locale.text("facets.active")>{chips.collect_view()}</ul>
            <button type="button" class="quiet-button" on:click=move |_| change(&cleared)>
                {locale.text("facets.clear")}
            </button>
            {waiting.then(|| view! { <p class="hint">{locale.text("facets.waiting")}</p> })}
        };
        Some(content.into_any())
    };
    view! {
        <div class="chips" id="facet-chips" tabindex="-1" role="group" aria-label=locale.text("facets.title")>
            {list}
        </div>
    }
    .into_any()
}
