//! A labelled text field with its error; and how a field is heard that something else than the buyer fills.

use leptos::{ev, html, prelude::*};
use std::rc::Rc;

use crate::browser::page;

/// Takes up what stands in a field although no input was heard: password managers and the like fill fields without a
/// word. It is looked at before anything is pressed or sent; `heard` is called with what stands there when it is not
/// `known`. Must be called with an owner.
pub(crate) fn hear_filling(
    input: NodeRef<html::Input>,
    known: impl Fn() -> Option<String> + 'static,
    heard: impl Fn(String) + 'static,
) {
    let read = move || Some(input.try_get_untracked()??.value());
    hear(Box::new(read), Box::new(known), Box::new(heard));
}

/// [`hear_filling`] of a field that shows a text.
pub(crate) fn hear_filled_text(input: NodeRef<html::Input>, text: RwSignal<String>) {
    let known = move || text.try_get_untracked();
    hear_filling(input, known, move |now| {
        text.try_set(now);
    });
}

/// [`hear_filling`] of a text of many lines.
pub(crate) fn hear_filled_area(
    area: NodeRef<html::Textarea>,
    text: RwSignal<String>,
    then: impl Fn() + 'static,
) {
    let read = move || Some(area.try_get_untracked()??.value());
    let known = move || text.try_get_untracked();
    let heard = move |now| {
        text.try_set(now);
        then();
    };
    hear(Box::new(read), Box::new(known), Box::new(heard));
}

/// The same of one of several ways to choose from: `choose` is called when it stands as chosen without being `known` to.
pub(crate) fn hear_choice(
    input: NodeRef<html::Input>,
    known: impl Fn() -> bool + 'static,
    choose: impl Fn() + 'static,
) {
    let look: Rc<dyn Fn(&ev::Event)> = Rc::new(move |_| {
        let shown = input.try_get_untracked().flatten();
        if shown.is_some_and(|it| it.checked()) && !known() {
            choose();
        }
    });
    page::before_pressing(&look);
}

/// Not generic, so that it is compiled once.
fn hear(
    read: Box<dyn Fn() -> Option<String>>,
    known: Box<dyn Fn() -> Option<String>>,
    heard: Box<dyn Fn(String)>,
) {
    let look: Rc<dyn Fn(&ev::Event)> = Rc::new(move |_| {
        if let Some(now) = read()
            && known().is_some_and(|known| known != now)
        {
            heard(now);
        }
    });
    page::before_pressing(&look);
}

/// A labelled one-line field. Its error is announced and tied to it.
#[component]
pub(crate) fn TextField(
    /// The element's id; the error's is derived from it.
    id: &'static str,
    /// The label.
    label: String,
    /// What is typed.
    value: RwSignal<String>,
    /// What is wrong with it; none when nothing is.
    #[prop(into, optional)]
    error: Signal<Option<String>>,
    /// The HTML input type; text when not given.
    #[prop(into, default = Signal::stored("text"))]
    kind: Signal<&'static str>,
    /// Whether what is typed is hidden from lookers-on, without being a password that browsers offer to keep.
    #[prop(optional)]
    masked: bool,
    /// The `autocomplete` value.
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// The `inputmode` value.
    #[prop(default = "text")]
    inputmode: &'static str,
    /// Longest text taken.
    #[prop(default = 200)]
    maxlength: u32,
    /// Whether the field must be filled in.
    #[prop(into, optional)]
    required: Signal<bool>,
    /// A hint under the field.
    #[prop(into, optional)]
    hint: Signal<Option<String>>,
    /// Called when the field is left or Enter is pressed after a change.
    #[prop(into, optional)]
    on_change: Option<Callback<()>>,
) -> AnyView {
    let input = NodeRef::<html::Input>::new();
    let known = move || value.try_get_untracked();
    hear_filling(input, known, move |now| {
        value.try_set(now);
        if let Some(on_change) = on_change {
            on_change.run(());
        }
    });
    let error_id = format!("{id}-error");
    let hint_id = format!("{id}-hint");
    let described = {
        let (error_id, hint_id) = (error_id.clone(), hint_id.clone());
        move || {
            if error.with(Option::is_some) {
                Some(error_id.clone())
            } else if hint.with(Option::is_some) {
                Some(hint_id.clone())
            } else {
                None
            }
        }
    };
    let on_input = move |event: ev::Event| value.set(event_target_value(&event));
    let on_change = move |_| {
        if let Some(on_change) = on_change {
            on_change.run(());
        }
    };
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <input
                id=id
                name=id
                class:masked=masked
                node_ref=input
                type=kind
                autocomplete=autocomplete
                inputmode=inputmode
                maxlength=maxlength.to_string()
                spellcheck="false"
                prop:value=value
                aria-required=move || required.get().then_some("true")
                aria-invalid=move || error.with(Option::is_some).then_some("true")
                aria-describedby=described
                on:input=on_input
                on:change=on_change
            />
            <p class="hint" id=hint_id hidden=move || {
                hint.with(Option::is_none) || error.with(Option::is_some)
            }>
                {move || hint.get()}
            </p>
            <p class="field-error" id=error_id hidden=move || error.with(Option::is_none)>
                {move || error.get()}
            </p>
        </div>
    }
    .into_any()
}
