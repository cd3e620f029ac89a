//! The button that orders or pays: only a press on it does that, never Enter in a field of the form around it.

use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::button::Look;
use crate::browser::page;

/// Whether the press came from the keyboard, on a button out of sight: then it is shown first.
fn is_blind(event: &ev::MouseEvent) -> bool {
    let button = event.current_target();
    let button = button.and_then(|button| button.dyn_into::<HtmlElement>().ok());
    // A press of a key counts no clicks.
    let by_key = event.detail() == 0 && event.is_trusted();
    by_key && button.is_some_and(|button| !page::bring_into_view(&button))
}

/// A button that is no part of the form's own submission: Enter in a field does nothing.
#[component]
pub(crate) fn CommitButton(
    /// What it says.
    #[prop(into)]
    label: Signal<String>,
    /// Whether it does nothing now, since what it began is under way.
    #[prop(into)]
    busy: Signal<bool>,
    /// Orders, or pays.
    #[prop(into)]
    commit: Callback<()>,
) -> AnyView {
    let press = move |event: ev::MouseEvent| {
        if !is_blind(&event) {
            commit.run(());
        }
    };
    view! {
        <button
            type="button"
            class=Look::Commit.class()
            aria-disabled=move || busy.get().then_some("true")
            on:click=press
        >
            {move || label.get()}
        </button>
    }
    .into_any()
}
