//! What stands where there is nothing to show. `style/empty_state.css` says what it looks like.

use leptos::prelude::*;

/// Says that there is nothing, or that it is not to be had.
pub(crate) fn empty_state(text: String) -> AnyView {
    view! { <p class="empty">{text}</p> }.into_any()
}

/// The same, with a way on; `alert` says it aloud when it comes.
#[component]
pub(crate) fn EmptyState(
    /// What there is to say.
    #[prop(into)]
    text: Signal<String>,
    /// Whether it takes the place of what was expected, so that it is said aloud.
    #[prop(optional)]
    alert: bool,
    /// A way on: a button, or a link.
    #[prop(optional)]
    children: Option<Children>,
) -> AnyView {
    view! {
        <div class="empty" role=alert.then_some("alert")>
            <p>{move || text.get()}</p>
            {children.map(|way| way())}
        </div>
    }
    .into_any()
}
