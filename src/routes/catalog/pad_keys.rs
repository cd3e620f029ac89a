//! The order pad by keyboard: from row to row, and all of it into the cart. And what is near the page's end
//! is read ahead.

use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::{context::CatalogContext, query::PAGE_SIZE};
use crate::{
    browser::{keys, page, time::Debounce},
    domain::catalog::sku::spellings,
    state::catalog::use_catalog,
};

/// The quantities of the list.
const FIELDS: &str = ".results > .product-list [role=spinbutton]";
/// Where the way down ends.
const ADD: &str = ".list-pad .primary";

/// Moves from quantity to quantity by Enter and the arrows, and calls `add_all` on Ctrl and Enter.
pub(crate) fn follow_keys(add_all: impl Fn() + 'static) {
    page::before_keys(move |event| {
        let field = event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok())
            .filter(|target| target.matches(FIELDS).unwrap_or_default());
        let Some(field) = field else { return };
        if event.alt_key() || event.meta_key() || event.shift_key() {
            return;
        }
        let Some(key) = keys::pressed(&event) else {
            return;
        };
        let down = match key.as_str() {
            "Enter" | "ArrowDown" => true,
            "ArrowUp" => false,
            _ => return,
        };
        if event.ctrl_key() && key != "Enter" {
            return;
        }
        // The field itself steps its quantity by the arrows.
        event.prevent_default();
        event.stop_propagation();
        if event.ctrl_key() {
            add_all();
        } else {
            go(&field, down);
        }
    });
}

fn go(from: &Element, down: bool) {
    let Ok(fields) = document().query_selector_all(FIELDS) else {
        return;
    };
    let count = fields.length();
    let here = (0..count).find(|place| {
        fields
            .get(*place)
            .is_some_and(|field| field.is_same_node(Some(from)))
    });
    let Some(here) = here else { return };
    let next = if down {
        here.checked_add(1)
    } else {
        here.checked_sub(1)
    };
    match next.and_then(|next| fields.get(next)) {
        Some(field) => {
            if let Ok(field) = field.dyn_into::<HtmlElement>() {
                let _ = field.focus();
            }
        }
        None if down => {
            page::focus(ADD);
        }
        None => {}
    }
}

/// Reads the next page ahead when the end of this one comes near, or its link is pointed at or reached.
pub(crate) fn prefetch_next_page(shelf: CatalogContext) {
    let catalog = use_catalog();
    let next = move || {
        let view = shelf.shown.get_untracked();
        let more = untrack(|| {
            let page = shelf.loading.value()?;
            Some(page.pages(PAGE_SIZE) > view.page)
        });
        // What is searched for in another spelling than was typed is not what this request asks for.
        let other = spellings(&view.search).len() > 1;
        if more == Some(true) && !other && !view.bought && untrack(|| !shelf.loading.is_pending()) {
            let next = view.page + 1;
            catalog.prefetch_page(view.with(|view| view.page = next).request());
        }
    };
    let debounce = StoredValue::new_local(Debounce::default());
    let scrolled = window_event_listener(ev::scroll, move |_| {
        debounce.with_value(|debounce| {
            debounce.run(100, move || {
                let window = window()
                    .inner_height()
                    .ok()
                    .and_then(|height| height.as_f64());
                if f64::from(page::left_below()) < window.unwrap_or_default() {
                    next();
                }
            });
        });
    });
    let pointed = move |target: Option<web_sys::EventTarget>| {
        let target = target.and_then(|target| target.dyn_into::<Element>().ok());
        let link = target.and_then(|target| target.closest(".pages a[rel=next]").ok().flatten());
        if link.is_some() {
            next();
        }
    };
    let over = window_event_listener(ev::pointerover, move |event| pointed(event.target()));
    let reached = window_event_listener(ev::focusin, move |event| pointed(event.target()));
    on_cleanup(move || {
        debounce.try_update_value(|debounce| debounce.cancel());
        scrolled.remove();
        over.remove();
        reached.remove();
    });
}
