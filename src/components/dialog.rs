//! A dialog over the page: how it comes and goes. `style/dialog.css` says what it looks like.

use leptos::{ev, html, prelude::*};

use crate::browser::page;

/// A dialog. What is under it cannot be used meanwhile. Escape asks to close it; when it has gone, the focus is where it
/// came from.
#[component]
pub(crate) fn Dialog(
    /// Its class, beside the one of every dialog.
    #[prop(optional)]
    class: &'static str,
    /// The id of the heading that names it.
    #[prop(optional)]
    named_by: Option<&'static str>,
    /// Its name, where no heading names it.
    #[prop(optional)]
    name: Option<String>,
    /// Whether it is open. Without this it is for as long as it is there.
    #[prop(default = Signal::stored(true), into)]
    open: Signal<bool>,
    /// Whether a press beside it asks to close it, too.
    #[prop(optional)]
    beside: bool,
    /// What has the focus first, when it is not the first that can have it.
    #[prop(optional)]
    first: Option<&'static str>,
    /// The dialog itself, for [`shut`].
    #[prop(optional)]
    node: NodeRef<html::Dialog>,
    /// Asks to close it.
    #[prop(into)]
    close: Callback<()>,
    /// What it says.
    children: Children,
) -> AnyView {
    Effect::new(move |_| {
        let open = open.get();
        let Some(dialog) = node.get() else { return };
        match (open, dialog.open()) {
            (true, false) => {
                let _ = dialog.show_modal();
                if let Some(first) = first {
                    page::focus(first);
                }
            }
            (false, true) => dialog.close(),
            _ => {}
        }
    });
    let cancel = move |event: ev::Event| {
        event.prevent_default();
        close.run(());
    };
    // A press on the dialog itself, and not on what is in it, is one beside its content.
    let press = move |event: ev::MouseEvent| {
        let ends = event.target().zip(event.current_target());
        if beside && ends.is_some_and(|(target, dialog)| target == dialog) {
            close.run(());
        }
    };
    view! {
        <dialog
            class=["dialog ", class].concat()
            node_ref=node
            aria-labelledby=named_by
            aria-label=name
            on:cancel=cancel
            on:click=press
        >
            {children()}
        </dialog>
    }
    .into_any()
}

/// Closes a dialog at once. The browser gives the focus back to where it was before anything else moves it.
pub(crate) fn shut(node: NodeRef<html::Dialog>) {
    if let Some(dialog) = node.get_untracked() {
        dialog.close();
    }
}
