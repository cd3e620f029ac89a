//! A labelled text field with its error.

use leptos::{ev, prelude::*};

/// A labelled one-line field. Its error is announced and tied to it.
#[component]
pub fn TextField(
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
