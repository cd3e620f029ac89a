//! What is pressed: buttons, and links that look like one. `style/button.css` says how each looks.
//!
//! The first module writes its own two: whoever is not signed in yet loads nothing of this file.

use leptos::{html, prelude::*};

/// How much a button weighs on its screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Look {
    /// One way of several.
    #[default]
    Plain,
    /// What most come for.
    Primary,
    /// As wide as its place.
    Wide,
    /// What most come for, as wide as its place.
    PrimaryWide,
    /// The last step: it orders, or pays.
    Commit,
}

impl Look {
    /// Its classes.
    pub(crate) fn class(self) -> &'static str {
        match self {
            Self::Plain => "button",
            Self::Primary => "button primary",
            Self::Wide => "button wide",
            Self::PrimaryWide => "button primary wide",
            Self::Commit => "button primary wide large",
        }
    }
}

/// Whether it is, as an attribute that is absent where it is not.
fn when_true(value: Signal<bool>) -> impl Fn() -> Option<&'static str> + Send + Sync + 'static {
    move || value.get().then_some("true")
}

/// A button.
#[component]
pub(crate) fn Button(
    /// How it looks.
    #[prop(optional)]
    look: Look,
    /// What it says.
    #[prop(into)]
    label: Signal<String>,
    /// Its accessible name, where what it says is not enough.
    #[prop(optional, into)]
    name: Option<Signal<String>>,
    /// Its id.
    #[prop(optional)]
    id: Option<&'static str>,
    /// Whether it does nothing now, and yet can have the focus: what it began is under way.
    #[prop(optional, into)]
    busy: Option<Signal<bool>>,
    /// Whether it can neither be pressed nor have the focus.
    #[prop(optional, into)]
    disabled: Option<Signal<bool>>,
    /// Whether what it opens is open.
    #[prop(optional, into)]
    expanded: Option<Signal<bool>>,
    /// The button itself.
    #[prop(optional)]
    node: NodeRef<html::Button>,
    /// What a press does.
    #[prop(into)]
    press: Callback<()>,
) -> AnyView {
    view! {
        <button
            type="button"
            class=look.class()
            id=id
            aria-label=name.map(|name| move || name.get())
            aria-disabled=busy.map(when_true)
            aria-expanded=expanded.map(|open| move || open.get().to_string())
            disabled=disabled.map(|disabled| move || disabled.get())
            node_ref=node
            on:click=move |_| press.run(())
        >
            {move || label.get()}
        </button>
    }
    .into_any()
}

/// The button that sends the form around it.
#[component]
pub(crate) fn Submit(
    /// How it looks.
    #[prop(optional)]
    look: Look,
    /// What it says.
    #[prop(into)]
    label: Signal<String>,
    /// Whether it does nothing now: the form is on its way, or not to be sent yet.
    #[prop(optional, into)]
    busy: Option<Signal<bool>>,
) -> AnyView {
    view! {
        <button type="submit" class=look.class() aria-disabled=busy.map(when_true)>
            {move || label.get()}
        </button>
    }
    .into_any()
}

/// A link that looks like a button.
#[component]
pub(crate) fn ButtonLink(
    /// How it looks.
    #[prop(optional)]
    look: Look,
    /// Where it leads.
    #[prop(into)]
    href: Signal<String>,
    /// What it says.
    label: String,
    /// Its accessible name, where what it says is not enough.
    #[prop(optional)]
    name: Option<String>,
) -> AnyView {
    view! {
        <a class=look.class() href=move || href.get() aria-label=name>
            {label}
        </a>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// No two weights look the same, and each is a button first.
    #[test]
    fn every_look_is_a_button_of_its_own() {
        let all = [
            Look::Plain,
            Look::Primary,
            Look::Wide,
            Look::PrimaryWide,
            Look::Commit,
        ];
        let classes: BTreeSet<_> = all.map(Look::class).into();
        assert_eq!(classes.len(), all.len());
        assert!(
            classes
                .iter()
                .all(|it| it.split(' ').next() == Some("button"))
        );
    }
}
