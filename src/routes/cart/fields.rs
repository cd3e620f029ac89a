//! The cart's own fields: PO number, special instructions, order or quote.

use leptos::{ev, html, prelude::*};
use nymble_wire::OrderType;

use crate::{
    components::text_field::{TextField, hear_choice, hear_filled_area},
    domain::{
        cart::changes::Change,
        checkout::purchase_order::{self, InstructionsError, PoRule},
    },
    locale::{Locale, use_locale},
    routes::checkout::po_number::explain,
    state::{
        cart::{
            CartState,
            held::{CartField, Typed},
            use_cart,
        },
        session::use_session,
    },
};

fn explain_instructions(locale: Locale, error: InstructionsError) -> String {
    match error {
        InstructionsError::TooLong { max } => locale.plural("field.too_long", max as u64, &[]),
        InstructionsError::ControlCharacter => locale.text("field.control_character"),
    }
}

/// The fields; each is saved when it is left.
#[component]
pub(crate) fn CartFields() -> AnyView {
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

    let check_po = move |typed: &str| {
        // An empty field is fine here even where a PO number is required: checkout asks for it.
        let checked = if typed.trim().is_empty() {
            Ok(None)
        } else {
            po_rule.with_value(|rule| purchase_order::check_po_number(typed, rule))
        };
        checked.map_err(|error| explain(locale, error))
    };
    let po = TextOfCart {
        cart,
        field: CartField::PoNumber,
        name: locale.text("cart.po_number"),
        said: |cart| cart.po_number(),
        change: Change::PoNumber,
    };
    let (po_number, po_error, save_po) = kept(po, check_po);

    let check_instructions = move |typed: &str| {
        let checked = purchase_order::check_instructions(typed);
        checked.map_err(|error| explain_instructions(locale, error))
    };
    let text = TextOfCart {
        cart,
        field: CartField::Instructions,
        name: locale.text("cart.instructions"),
        said: |cart| cart.instructions(),
        change: Change::Instructions,
    };
    let (instructions, instructions_error, save_instructions) = kept(text, check_instructions);

    let order_type = Memo::new(move |_| cart.order_type());
    let choice = move |kind: OrderType, message: &'static str| {
        let wanted = kind.clone();
        let checked = move || order_type.with(|now| *now == kind);
        let choose = move || {
            if order_type.with_untracked(|now| *now != wanted) {
                cart.change(Change::OrderType(wanted.clone()));
            }
        };
        let input = NodeRef::new();
        // It is asked of `wanted` again before anything is changed.
        hear_choice(input, || false, choose.clone());
        view! {
            <label class="choice">
                <input
                    type="radio"
                    name="order-type"
                    node_ref=input
                    prop:checked=checked
                    on:change=move |_: ev::Event| choose()
                />
                {locale.text(message)}
            </label>
        }
    };
    let area = NodeRef::<html::Textarea>::new();
    hear_filled_area(area, instructions, move || save_instructions.run(()));
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
                on_change=save_po
            />
            <div class="field">
                <label for="instructions">{locale.text("cart.instructions")}</label>
                <textarea
                    id="instructions"
                    rows="3"
                    node_ref=area
                    prop:value=instructions
                    aria-invalid=move || {
                        instructions_error.with(Option::is_some).then_some("true")
                    }
                    aria-describedby="instructions-error"
                    on:input=move |event| instructions.set(event_target_value(&event))
                    on:change=move |_: ev::Event| save_instructions.run(())
                ></textarea>
                <p class="field-error" id="instructions-error">
                    {instructions_error}
                </p>
            </div>
        </div>
    }
    .into_any()
}

/// A text that the cart has one of.
struct TextOfCart {
    cart: CartState,
    field: CartField,
    name: String,
    /// What the cart says.
    said: fn(CartState) -> String,
    /// The change that makes it say something else.
    change: fn(String) -> Change,
}

/// What is typed into a field of the cart, what is wrong with it, and what saves it. It takes over what the cart says
/// when that changes elsewhere (another tab, a rollback). Until the cart says what the field says, the field holds the
/// order up.
fn kept(
    of: TextOfCart,
    check: impl Fn(&str) -> Result<Option<String>, String> + Copy + Send + Sync + 'static,
) -> (RwSignal<String>, RwSignal<Option<String>>, Callback<()>) {
    let TextOfCart {
        cart,
        field,
        name,
        said,
        change,
    } = of;
    let now = Memo::new(move |_| said(cart));
    // What was typed and could not be taken is there still.
    let wrong = cart.held_text(&field);
    let error = RwSignal::new(wrong.as_deref().and_then(|typed| check(typed).err()));
    let text = RwSignal::new(wrong.unwrap_or_else(|| now.get_untracked()));
    Effect::new(move |before: Option<String>| {
        let now = now.get();
        if before.is_some_and(|before| before != now && text.get_untracked() != now) {
            text.set(now.clone());
            error.set(None);
        }
        now
    });
    Effect::new(move |_| {
        let typed = text.get();
        let checked = check(&typed);
        if checked
            .as_ref()
            .is_ok_and(|text| now.with(|now| text.as_ref().map_or("", |it| it) == *now))
        {
            return cart.release(&field);
        }
        let problem = checked.err();
        cart.hold(Typed {
            field: field.clone(),
            text: typed,
            problem: problem.map(|reason| [&name, ": ", &reason].concat()),
        });
    });
    let cart_id = untrack(|| cart.confirmed()).map(|cart| cart.shopping_cart_id.clone());
    let save = move || match check(&text.get_untracked()) {
        Ok(text) => {
            error.set(None);
            let text = text.unwrap_or_default();
            if text != now.get_untracked() {
                cart.change(change(text));
            }
        }
        Err(reason) => error.set(Some(reason)),
    };
    // Whoever leaves the screen by the keyboard never leaves the field. What was typed for one cart is not put into
    // the next.
    on_cleanup(move || {
        let unchanged = cart
            .confirmed_now()
            .map(|cart| cart.shopping_cart_id.clone())
            == cart_id;
        if unchanged && error.try_with_untracked(Option::is_none) == Some(true) {
            save();
        }
    });
    (text, error, Callback::new(move |()| save()))
}
