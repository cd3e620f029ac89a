//! The field for a quantity: typed, stepped, checked against the product's minimum and increment.

use leptos::{ev, html, prelude::*};
use std::rc::Rc;

use super::icon::{Glyph, Icon};
use crate::{
    browser::{keys, page, time::Debounce},
    domain::catalog::quantity::{self, QuantityError, Rule},
    locale::{Locale, use_locale},
};

/// How long typing may pause before the quantity counts, in milliseconds.
const TYPING_PAUSE_MS: u64 = 450;

/// The rule in words ("Sold in multiples of 6, from 12"); none when any quantity will do.
pub(crate) fn rule_in_words(locale: Locale, rule: Rule) -> Option<String> {
    let first = locale.number(u64::from(rule.first()));
    let increment = locale.number(u64::from(rule.increment()));
    match (rule.increment() > 1, rule.first() > rule.increment()) {
        (false, false) => None,
        (false, true) => Some(locale.text_with("quantity.from", &[("first", &first)])),
        (true, false) => Some(locale.text_with("quantity.multiples", &[("increment", &increment)])),
        (true, true) => Some(locale.text_with(
            "quantity.multiples_from",
            &[("increment", &increment), ("first", &first)],
        )),
    }
}

/// A spinbutton for a quantity. It takes text as it is typed, so that nothing typed is lost, and says
/// what is wrong with it.
#[component]
pub(crate) fn QuantityField(
    /// Its accessible name.
    #[prop(into)]
    label: String,
    /// The element's id, where it is gone to.
    #[prop(optional)]
    id: Option<String>,
    /// The text in the field.
    text: RwSignal<String>,
    /// The product's minimum and increment.
    #[prop(into)]
    rule: Signal<Rule>,
    /// Called with a quantity that may be ordered, when typing pauses or ends or a step is made.
    #[prop(into, optional)]
    on_quantity: Option<Callback<u32>>,
    /// Called when Enter is pressed on a quantity that may be ordered.
    #[prop(into, optional)]
    on_enter: Option<Callback<()>>,
    /// Whether the field shows its own error sentence.
    #[prop(default = true)]
    explains: bool,
    /// Whether nothing typed is a choice too: then it is no error, and stepping down ends there.
    #[prop(optional)]
    may_be_empty: bool,
) -> AnyView {
    let locale = use_locale();
    let input = NodeRef::<html::Input>::new();
    let debounce = StoredValue::new_local(Debounce::default());
    let checked =
        Memo::new(move |_| text.with(|text| rule.with(|rule| quantity::parse(text, rule))));
    // A sentence waits for a pause in typing: "1" on the way to "12" is no error yet.
    let typing = RwSignal::new(false);
    let report = move || {
        typing.try_set(false);
        if let Some(on_quantity) = on_quantity
            && let Some(Ok(quantity)) = checked.try_get_untracked()
        {
            on_quantity.run(quantity);
        }
    };
    // Whoever leaves the screen before the pause is over has made up their mind.
    on_cleanup(move || {
        if debounce.try_with_value(Debounce::take) == Some(true) {
            report();
        }
    });
    let at_once = move || {
        debounce.with_value(Debounce::cancel);
        report();
    };
    // What was filled in without a word counts as if it had been typed. Tells whether something was.
    let take_filled = move || {
        let shown = input.try_get_untracked().flatten().map(|it| it.value());
        let filled = shown.filter(|now| text.try_with_untracked(|text| text != now) == Some(true));
        filled.is_some_and(|now| text.try_set(now).is_none())
    };
    let look: Rc<dyn Fn(&ev::Event)> = Rc::new(move |_| {
        if take_filled() {
            at_once();
        }
    });
    page::before_pressing(&look);
    let leave = move || {
        take_filled();
        at_once();
    };
    let step = move |up: bool| {
        let stepped = rule.with_untracked(|rule| {
            match text.with_untracked(|text| quantity::parse_raw(text)) {
                Ok(now) if up => Some(rule.step_up(now)),
                Ok(now) if may_be_empty && now <= rule.first() => None,
                Ok(now) => Some(rule.step_down(now)),
                Err(QuantityError::Empty) if may_be_empty && !up => None,
                Err(_) => Some(rule.first()),
            }
        });
        text.set(stepped.map_or_else(String::new, |stepped| stepped.to_string()));
        debounce.with_value(|debounce| debounce.run(TYPING_PAUSE_MS, report));
    };
    let on_input = move |event: ev::Event| {
        text.set(event_target_value(&event));
        typing.set(true);
        debounce.with_value(|debounce| debounce.run(TYPING_PAUSE_MS, report));
    };
    let on_key = move |event: ev::KeyboardEvent| match keys::pressed(&event).as_deref() {
        Some("ArrowUp") => {
            event.prevent_default();
            step(true);
        }
        Some("ArrowDown") => {
            event.prevent_default();
            step(false);
        }
        Some("Enter") => {
            leave();
            if let Some(on_enter) = on_enter
                && checked.with_untracked(Result::is_ok)
            {
                event.prevent_default();
                on_enter.run(());
            }
        }
        _ => {}
    };
    let wrong = Memo::new(move |_| {
        if typing.get() {
            return None;
        }
        let wrong = checked.with(|checked| checked.as_ref().err().copied());
        wrong.filter(|wrong| !may_be_empty || *wrong != QuantityError::Empty)
    });
    let error = move || wrong.get().map(|error| locale.quantity_error(&error));
    let select_all = move |_: ev::FocusEvent| {
        if let Some(input) = input.get_untracked() {
            input.select();
        }
    };
    let group_label = label.clone();
    // Many of these fields stand on one screen: each needs an id of its own for its sentence.
    let error_id = format!("quantity-error-{}", js_sys::Math::random());
    let described_by = explains.then(|| error_id.clone());
    let described = move || {
        wrong
            .with(Option::is_some)
            .then(|| described_by.clone())
            .flatten()
    };
    view! {
        <div class="quantity" role="group" aria-label=group_label>
            <div class="quantity-box">
                <button
                    type="button"
                    tabindex="-1"
                    aria-label=locale.text("quantity.less")
                    on:click=move |_| step(false)
                >
                    <Icon glyph=Glyph::Minus />
                </button>
                <input
                    type="text"
                    role="spinbutton"
                    inputmode="numeric"
                    autocomplete="off"
                    maxlength="20"
                    id=id
                    node_ref=input
                    aria-label=label
                    aria-valuenow=move || {
                        text.with(|text| quantity::parse_raw(text)).ok().map(|now| now.to_string())
                    }
                    aria-valuemin=move || rule.with(Rule::first).to_string()
                    aria-describedby=described
                    aria-invalid=move || wrong.with(Option::is_some).then_some("true")
                    prop:value=text
                    on:input=on_input
                    on:keydown=on_key
                    on:focus=select_all
                    on:change=move |_| leave()
                />
                <button
                    type="button"
                    tabindex="-1"
                    aria-label=locale.text("quantity.more")
                    on:click=move |_| step(true)
                >
                    <Icon glyph=Glyph::Plus />
                </button>
            </div>
            {explains
                .then(|| {
                    view! {
                        <p class="field-error" id=error_id role="status">
                            {error}
                        </p>
                    }
                })}
        </div>
    }
    .into_any()
}
