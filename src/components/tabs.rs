//! Tabs: several views of one screen, each with an address of its own. `style/tabs.css` says what they look like.

use leptos::prelude::*;

/// A view to go to.
pub(crate) struct Tab {
    /// What it is called.
    pub(crate) label: String,
    /// Its address.
    pub(crate) href: String,
    /// Whether it is the one that is shown.
    pub(crate) present: Signal<bool>,
}

/// Links to the views of a screen.
#[component]
pub(crate) fn Tabs(
    /// What they are views of.
    name: String,
    /// The views.
    tabs: Vec<Tab>,
) -> AnyView {
    let tabs = tabs
        .into_iter()
        .map(|tab| {
            view! {
                <li>
                    <a href=tab.href aria-current=move || tab.present.get().then_some("page")>
                        {tab.label}
                    </a>
                </li>
            }
            .into_any()
        })
        .collect_view();
    view! {
        <nav class="tabs no-print" aria-label=name>
            <ul>{tabs}</ul>
        </nav>
    }
    .into_any()
}
