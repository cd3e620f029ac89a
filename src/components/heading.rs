//! The heading of a screen: its `h1`, the document's title, and where the focus goes on arrival.

use leptos::{html, prelude::*};

use crate::{browser::page, state::session::use_session};

/// The screen's `h1`. On arrival it takes the focus, so that a screen reader starts there.
#[component]
pub(crate) fn Heading(
    /// What the screen is called.
    #[prop(into)]
    text: Signal<String>,
) -> impl IntoView {
    let brand = use_session().config().brand.name;
    let node = NodeRef::<html::H1>::new();
    Effect::new(move |_| {
        let mut title = text.get();
        title.push_str(" · ");
        title.push_str(&brand);
        page::set_title(&title);
    });
    Effect::new(move |arrived: Option<bool>| {
        if arrived != Some(true)
            && let Some(heading) = node.get()
        {
            let options = web_sys::FocusOptions::new();
            options.set_prevent_scroll(true);
            let _ = heading.focus_with_options(&options);
            return true;
        }
        arrived.unwrap_or_default()
    });
    view! { <h1 tabindex="-1" node_ref=node>{text}</h1> }
}
