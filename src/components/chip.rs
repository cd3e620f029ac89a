//! A chip: something that was chosen, and a press takes it away.

use leptos::prelude::*;

use super::icon::{Glyph, Icon};

/// An item of a list of chips.
#[component]
pub(crate) fn Chip(
    /// What was chosen.
    text: String,
    /// The button's accessible name: what a press does.
    name: String,
    /// Takes it away.
    remove: Callback<()>,
) -> AnyView {
    view! {
        <li>
            <button type="button" class="chip" aria-label=name on:click=move |_| remove.run(())>
                <span>{text}</span>
                <Icon glyph=Glyph::Close />
            </button>
        </li>
    }
    .into_any()
}
