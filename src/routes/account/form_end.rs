//! The end of a form: why it was not saved, the button that saves it, and the way out.

use leptos::prelude::*;

use crate::{
    components::button::{Button, Look, Submit},
    locale::use_locale,
};

/// The end of a form.
#[component]
pub(crate) fn FormEnd(
    /// What the button says.
    save: &'static str,
    /// Whether it is being saved.
    saving: Signal<bool>,
    /// Why it was not saved, or what is wrong with it.
    refusal: Signal<Option<String>>,
    /// Closes the form.
    #[prop(into)]
    cancel: Callback<()>,
) -> AnyView {
    let locale = use_locale();
    let refusal = move || {
        refusal
            .get()
            .map(|text| view! { <p class="refusal" role="alert">{text}</p> })
    };
    let says = move || locale.text(if saving.get() { "cart.saving" } else { save });
    view! {
        <div class="form-end">
            {refusal}
            <div class="actions">
                <Submit look=Look::Primary busy=saving label=says />
                <Button
                    busy=saving
                    press=move |()| {
                        if !saving.get_untracked() {
                            cancel.run(());
                        }
                    }
                    label=locale.text("account.cancel")
                />
            </div>
        </div>
    }
    .into_any()
}
