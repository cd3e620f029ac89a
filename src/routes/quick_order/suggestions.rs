//! Products offered while a SKU is typed: by SKU, name and UPC.

use leptos::{ev, prelude::*};
use nymble_wire::{Page, Product};
use std::sync::Arc;

use super::words;
use crate::{
    browser::{page, time::Debounce},
    domain::quick_order::rows::Rows,
    locale::use_locale,
    state::{
        app::loading::Loading,
        catalog::{CatalogState, use_catalog},
    },
};

/// How long typing pauses before products are asked for, in milliseconds.
const PAUSE_MS: u64 = 140;
/// How many are offered.
const OFFERED: u64 = 8;

/// What is offered for the line that is being typed into. A copy is a handle.
#[derive(Clone, Copy)]
pub(crate) struct Suggestions {
    catalog: CatalogState,
    found: Loading<Page<Product>>,
    /// The line they are for; none while they are closed.
    line: RwSignal<Option<usize>>,
    active: RwSignal<Option<usize>>,
    pause: StoredValue<Debounce, LocalStorage>,
}

impl Suggestions {
    /// Closed.
    pub(crate) fn closed() -> Self {
        let pause = StoredValue::new_local(Debounce::default());
        on_cleanup(move || {
            pause.try_update_value(|pause| pause.cancel());
        });
        Self {
            catalog: use_catalog(),
            found: Loading::new(),
            line: RwSignal::new(None),
            active: RwSignal::new(None),
            pause,
        }
    }

    /// Asks for products that fit what is typed into a line, once typing pauses.
    pub(crate) fn ask(self, at: usize, typed: &str) {
        let term = typed.trim().to_owned();
        self.active.set(None);
        if term.chars().count() < 2 {
            return self.close();
        }
        self.pause.with_value(|pause| {
            pause.run(PAUSE_MS, move || {
                self.found.run(
                    async move |abort| self.catalog.search(&term, 1, OFFERED, abort).await,
                    move |page| {
                        self.line.try_set(Some(at));
                        Ok(Arc::new(page))
                    },
                );
            });
        });
    }

    /// Shows nothing, and asks for nothing.
    pub(crate) fn close(self) {
        self.pause.with_value(Debounce::cancel);
        self.active.set(None);
        if self.line.get_untracked().is_some() {
            self.line.set(None);
        }
    }

    /// What is offered (tracked).
    fn products(self) -> Option<Arc<Page<Product>>> {
        self.line.get()?;
        self.found.value().filter(|page| !page.data.is_empty())
    }

    /// Whether something is offered for a line, without tracking.
    pub(crate) fn is_open_at(self, at: usize) -> bool {
        untrack(|| self.line.get() == Some(at) && self.products().is_some())
    }

    /// The line they are open for and the id of the chosen one (tracked).
    pub(crate) fn open(self) -> Option<(usize, Option<String>)> {
        self.products()?;
        let active = self.active.get().map(option_id);
        Some((self.line.get()?, active))
    }

    /// Chooses the next one, or the one before.
    pub(crate) fn step(self, down: bool) {
        let count = untrack(|| self.products()).map_or(0, |page| page.data.len());
        self.active.update(|active| {
            *active = match (*active, down) {
                (None, true) => Some(0),
                (None, false) => count.checked_sub(1),
                (Some(at), true) => Some((at + 1) % count.max(1)),
                (Some(at), false) => Some((at + count.max(1) - 1) % count.max(1)),
            };
        });
    }

    /// The SKU of the chosen one.
    pub(crate) fn chosen(self) -> Option<String> {
        let page = untrack(|| self.products())?;
        let product = page.data.get(self.active.get_untracked()?)?;
        Some(product.sku.clone())
    }
}

fn option_id(place: usize) -> String {
    let mut id = String::from("pad-suggestion-");
    id.push_str(&place.to_string());
    id
}

/// The list below (or above) the line that is typed into.
#[component]
pub(crate) fn SuggestionList(
    /// What is offered.
    suggestions: Suggestions,
    /// The lines.
    rows: Memo<Rows>,
    /// Whether it stands above a line, for want of room below.
    above: Signal<bool>,
    /// How far the lines are scrolled, in CSS pixels.
    offset: RwSignal<i32>,
    /// Hears a press on one of them.
    on_press: Callback<ev::MouseEvent>,
) -> AnyView {
    let locale = use_locale();
    let position = move || {
        let at = suggestions.line.get().unwrap_or(0);
        let above = above.get();
        let line = if above { at } else { at + 1 };
        let mut position = String::from("translateY(calc(var(--pad-head) + ");
        position.push_str(&words::height(rows.with(|rows| rows.above(line))));
        position.push_str(" - ");
        position.push_str(&offset.get().to_string());
        position.push_str(if above { "px - 100%))" } else { "px))" });
        position
    };
    let list = move || {
        let page = suggestions.products()?;
        let options = page.data.iter().enumerate().map(|(place, product)| {
            let chosen = move || suggestions.active.get() == Some(place);
            view! {
                <li
                    role="option"
                    id=option_id(place)
                    aria-selected=move || if chosen() { "true" } else { "false" }
                    data-suggested=product.sku.clone()
                >
                    <span class="sku" translate="no">{product.sku.clone()}</span>
                    <span>{product.name.clone()}</span>
                </li>
            }
        });
        Some(view! {
            <ul
                class="pad-suggestions"
                id="pad-suggestions"
                role="listbox"
                aria-label=locale.text("pad.suggestions")
                on:mousedown=move |event| on_press.run(event)
                style:transform=position
            >
                {options.collect_view()}
            </ul>
        })
    };
    // The lines have a window of their own, which may end below that of the page.
    Effect::new(move |_| {
        if suggestions.products().is_some() {
            page::reveal_soon("pad-suggestions");
        }
    });
    view! { {list} }.into_any()
}
