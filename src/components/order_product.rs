//! How many of a product, and into the cart.

use leptos::{ev, prelude::*};

use super::quantity_field::QuantityField;
use crate::{
    browser::page,
    components::button::Look,
    domain::catalog::quantity::{self, QuantityError, Rule},
    locale::use_locale,
};

/// The field `Quantity` and the button `Add to cart`.
#[component]
pub(crate) fn OrderProduct(
    /// The text in the field.
    text: RwSignal<String>,
    /// The product's minimum and increment.
    rule: Signal<Rule>,
    /// Whether an empty field is no mistake.
    #[prop(optional)]
    may_be_empty: bool,
    /// Whether it can be ordered.
    may_order: Signal<bool>,
    /// Called at the button, and at Enter on a quantity that may be ordered.
    add: Callback<()>,
) -> AnyView {
    let locale = use_locale();
    let press = move |event: ev::MouseEvent| {
        add.run(());
        let wrong =
            text.with_untracked(|text| rule.with_untracked(|rule| quantity::parse(text, rule)));
        let may_be = |error: &QuantityError| may_be_empty && *error == QuantityError::Empty;
        if wrong.is_err_and(|error| !may_be(&error)) {
            page::focus_beside(&event, "[role=spinbutton]");
        }
    };
    view! {
        <QuantityField
            label=locale.text("quantity.label")
            text=text
            rule=rule
            may_be_empty=may_be_empty
            on_enter=add
        />
        <button
            type="button"
            class=Look::Primary.class()
            disabled=move || !may_order.get()
            on:click=press
        >
            {locale.text("cart.add")}
        </button>
    }
    .into_any()
}
