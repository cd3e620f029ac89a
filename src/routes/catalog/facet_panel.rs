//! The panel `Filters`: in stock, bought before, and the attributes of the category's products.
//!
//! The API counts nothing, so the attributes are those of the category's first products, read when the panel
//! is opened.

use leptos::{ev, prelude::*};
use nymble_wire::{Page, Product};

use super::{context::CatalogContext, query::CatalogQuery};
use crate::{
    api::products::{self, SortField},
    browser::{collation::Collation, page},
    components::failed::{Failed, LoadingNote},
    domain::catalog::facets::{Facets, Offered},
    locale::{Locale, use_locale},
    state::{
        app::{loading::Loading, navigation::use_navigation},
        catalog::bought::use_bought,
        session::use_session,
    },
};

/// So many products are looked through for attributes: the most that one answer may hold.
const LOOKED_THROUGH: u64 = 200;

/// The panel.
#[component]
pub(crate) fn FacetPanel(
    /// The catalogue.
    shelf: CatalogContext,
) -> AnyView {
    let locale = use_locale();
    let navigation = use_navigation();
    let bought = use_bought();
    let shown = shelf.shown;
    let choice = move |text: &str, on: fn(&CatalogQuery) -> bool, turn: fn(&mut CatalogQuery)| {
        let change = move |event| {
            if shown.with_untracked(on) != event_target_checked(&event) {
                let next = shown.with_untracked(|view| view.with(turn));
                navigation.change_address(&next.href(), false);
            }
        };
        view! {
            <label class="check">
                <input
                    type="checkbox"
                    prop:checked=move || shown.with(on)
                    prop:defaultChecked=move || shown.with(on)
                    on:change=change
                />
                {locale.text(text)}
            </label>
        }
        .into_any()
    };
    let in_stock = move || {
        choice(
            "facets.in_stock",
            |view| view.facets.in_stock,
            |view| view.facets.in_stock = !view.facets.in_stock,
        )
    };
    let has_bought = Memo::new(move |_| {
        shown.with(|view| view.bought) || (bought.is_offered() && !bought.found().is_empty())
    });
    let before = move || {
        has_bought.get().then(|| {
            choice(
                "bought.before",
                |view| view.bought,
                |view| {
                    view.bought = !view.bought;
                    view.category = None;
                    view.facets = Facets::default();
                },
            )
        })
    };
    // The API's search takes no filters, and what was bought before comes from the orders.
    let only_words = Memo::new(move |_| shown.with(|view| view.bought || !view.search.is_empty()));
    let narrowing = move || {
        if !only_words.get() {
            return view! {
                {in_stock()}
                <Attributes shown=shown />
            }
            .into_any();
        }
        let searching = shown.with(|view| !view.bought);
        searching
            .then(|| view! { <p class="hint">{locale.text("facets.not_in_search")}</p> })
            .into_any()
    };
    view! {
        <section class="facets" aria-label=locale.text("facets.title")>
            {before} {narrowing}
        </section>
    }
    .into_any()
}

/// The attributes, read when they are opened.
#[component]
fn Attributes(shown: Memo<CatalogQuery>) -> AnyView {
    let locale = use_locale();
    let session = use_session();
    let looked = Loading::<Page<Product>>::new();
    let open = RwSignal::new(shown.with_untracked(|view| !view.facets.attributes.is_empty()));
    let category = Memo::new(move |_| shown.with(|view| view.category.clone()));
    let load = move || {
        let request = category.with_untracked(|category| {
            let (sort, all) = (SortField::Sku, Facets::default());
            products::list(1, LOOKED_THROUGH, sort, false, category.as_deref(), &all)
        });
        looked.load(session, request, products::read_page, |_| {});
    };
    Effect::new(move |_| {
        category.get();
        if open.get() {
            load();
        }
    });
    let on_toggle = move |event: ev::Event| {
        let details: web_sys::Element = event_target(&event);
        open.set(details.has_attribute("open"));
    };
    let content = move || {
        if let Some(error) = looked.error() {
            return view! { <Failed message=locale.error(&error) retry=load /> }.into_any();
        }
        let Some(page) = looked.value() else {
            return view! { <LoadingNote /> }.into_any();
        };
        let view = shown.get();
        let collation = Collation::of(&locale.tag());
        let offered = view.facets.offered(&page.data);
        if offered.is_empty() {
            return view! { <p class="hint">{locale.text("facets.none")}</p> }.into_any();
        }
        let whole = page.total_records <= page.data.len() as u64;
        let groups = offered
            .into_iter()
            .map(|mut attribute| {
                attribute
                    .values
                    .sort_by(|(one, _), (other, _)| collation.compare(one, other));
                group(locale, &view, &attribute, whole)
            })
            .collect_view();
        let first = locale.number(page.data.len() as u64);
        let note = (!whole).then(|| {
            let text = locale.text_with("facets.first_only", &[("count", &first)]);
            view! { <p class="hint">{text}</p> }
        });
        view! {
            {note}
            {groups}
        }
        .into_any()
    };
    view! {
        <details open=open.get_untracked() on:toggle=on_toggle>
            <summary>{locale.text("facets.more")}</summary>
            {move || open.get().then(|| content.into_any())}
        </details>
    }
    .into_any()
}

/// The values of one attribute, each a link: the chosen one leads back to all.
fn group(locale: Locale, view: &CatalogQuery, attribute: &Offered, counted: bool) -> AnyView {
    let name = &attribute.name;
    let chosen = view.facets.chosen(name);
    let values = attribute.values.iter().map(|(value, count)| {
        let current = chosen == Some(value.as_str());
        let next = view.with(|view| {
            if current {
                view.facets.forget(name);
            } else {
                view.facets.choose(name, value);
            }
        });
        let id = page::encode(&[&**name, ":", value].concat());
        let again = ["[id=\"", &id, "\"]"].concat();
        let count =
            counted.then(|| view! { <span class="count">{locale.number(*count as u64)}</span> });
        view! {
            <li>
                <a
                    id=id
                    href=next.href()
                    aria-current=current.then_some("true")
                    on:click=move |_| page::focus_soon(again.clone())
                >
                    {value.clone()}
                    " "
                    {count}
                </a>
            </li>
        }
    });
    view! {
        <p class="facet-name" aria-hidden="true">
            {name.clone()}
        </p>
        <ul aria-label=name.clone()>{values.collect_view()}</ul>
    }
    .into_any()
}
