//! The cart's own fields: PO number, special instructions, order or quote.

use leptos::{ev, prelude::*};
use nymble_wire::OrderType;

use crate::{
    components::text_field::TextField,
    domain::{
        cart_changes::Change,
        purchase_order::{self, InstructionsError, PoRule},
    },
    locale::{Locale, use_locale},
    routes::checkout::po_number::explain,
    state::{cart::use_cart, session::use_session},
};

fn explain_instructions(locale: Locale, error: InstructionsError) -> String {
    match error {
        InstructionsError::TooLong { max } => locale.plural("field.too_long", max as u64, &[]),
        InstructionsError::ControlCharacter => locale.text("field.control_character"),
    }
}

/// The fields; each is saved when it is left.
#[component]
pub fn CartFields() -> AnyView {
    let locale = use_locale();
    let cart = use_cart();
    let config = use_session().config();
    let needed = config.po_rule != PoRule::Optional;
    let hint = match &config.po_rule {
        PoRule::Optional => None,
        PoRule::Required => Some(locale.text("cart.po_needed")),
        PoRule::Pattern(form) => Some(locale.text_with("cart.po_form", &[("form", form)])),
    };
    let po_rule = StoredValue::new(config.po_rule);

    let po_number = RwSignal::new(untrack(|| cart.po_number()));
    let po_error = RwSignal::new(None::<String>);
    follow(po_number, Memo::new(move |_| cart.po_number()));
    let save_po = move || {
        let typed = po_number.get_untracked();
        // An empty field is fine here even where a PO number is required: checkout asks for it.
        let checked = if typed.trim().is_empty() {
            Ok(None)
        } else {
            po_rule.with_value(|rule| purchase_order::check_po_number(&typed, rule))
        };
        match checked {
            Ok(text) => {
                po_error.set(None);
                let text = text.unwrap_or_default();
                if text != untrack(|| cart.po_number()) {
                    cart.change(Change::PoNumber(text));
                }
            }
            Err(error) => po_error.set(Some(explain(locale, error))),
        }
    };

    let instructions = RwSignal::new(untrack(|| cart.instructions()));
    let instructions_error = RwSignal::new(None::<String>);
    follow(instructions, Memo::new(move |_| cart.instructions()));
    let save_instructions = move |_: ev::Event| {
        let typed = instructions.get_untracked();
        match purchase_order::check_instructions(&typed) {
            Ok(text) => {
                instructions_error.set(None);
                let text = text.unwrap_or_default();
                if text != untrack(|| cart.instructions()) {
                    cart.change(Change::Instructions(text));
                }
            }
            Err(error) => instructions_error.set(Some(explain_instructions(locale, error))),
        }
    };

    let order_type = Memo::new(move |_| cart.order_type());
    let choice = move |kind: OrderType, message: &'static str| {
        let wanted = kind.clone();
        let checked = move || order_type.with(|now| *now == kind);
        let choose = move |_: ev::Event| {
            if order_type.with_untracked(|now| *now != wanted) {
                cart.change(Change::OrderType(wanted.clone()));
            }
        };
        view! {
            <label class="choice">
                <input type="radio" name="order-type" prop:checked=checked on:change=choose />
                {locale.text(message)}
            </label>
        }
    };
    let order_types = config.features.quotes.then(|| {
        view! {
            <fieldset class="choices" role="radiogroup" aria-labelledby="order-type-label">
                <legend id="order-type-label">{locale.text("cart.order_type")}</legend>
                {choice(OrderType::Standard, "cart.standard")}
                {choice(OrderType::Quote, "cart.quote")}
            </fieldset>
        }
    });
    view! {
        <div class="cart-fields no-print">
            {order_types}
            <TextField
                id="po-number"
                label=locale.text("cart.po_number")
                value=po_number
                error=po_error
                maxlength=20_000
                required=needed
                hint=hint
                on_change=Callback::new(move |()| save_po())
            />
            <div class="field">
                <label for="instructions">{locale.text("cart.instructions")}</label>
                <textarea
                    id="instructions"
                    rows="3"
                    prop:value=instructions
                    aria-invalid=move || {
                        instructions_error.with(Option::is_some).then_some("true")
                    }
                    aria-describedby="instructions-error"
                    on:input=move |event| instructions.set(event_target_value(&event))
                    on:change=save_instructions
                ></textarea>
                <p class="field-error" id="instructions-error">
                    {instructions_error}
                </p>
            </div>
        </div>
    }
    .into_any()
}

/// Lets a field take over what the cart says when that changes elsewhere (another tab, a rollback).
fn follow(field: RwSignal<String>, cart: Memo<String>) {
    Effect::new(move |before: Option<String>| {
        let now = cart.get();
        if before.is_some_and(|before| before != now && field.get_untracked() != now) {
            field.set(now.clone());
        }
        now
    });
}
