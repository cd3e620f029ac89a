//! Facts: names with what there is to say of each. `style/facts.css` says how each list of them looks.

use leptos::prelude::*;

/// How a list of facts looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Facts {
    /// The name beside the value, in as many columns as there is room for.
    Columns,
    /// The name beside the value, in a frame of their own.
    Framed,
    /// The name above the value.
    Stacked,
    /// Figures side by side.
    Figures,
    /// What it comes to, at the end of a summary.
    Total,
    /// The head of what is printed.
    Printed,
}

impl Facts {
    fn class(self) -> &'static str {
        match self {
            Self::Columns => "specifications",
            Self::Framed => "numbers",
            Self::Stacked => "stacked-facts",
            Self::Figures => "figures",
            Self::Total => "totals",
            Self::Printed => "print-only printed-head",
        }
    }
}

/// One fact.
pub(crate) fn fact(name: String, value: AnyView) -> AnyView {
    view! {
        <div>
            <dt>{name}</dt>
            <dd>{value}</dd>
        </div>
    }
    .into_any()
}

/// A list of facts, each made by [`fact`].
pub(crate) fn facts(look: Facts, all: AnyView) -> AnyView {
    view! { <dl class=look.class()>{all}</dl> }.into_any()
}
