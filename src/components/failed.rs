//! What stands where something could not be loaded.

use leptos::prelude::*;

use crate::{components::button::Button, locale::use_locale};

/// Says what went wrong, with a way to try again.
#[component]
pub(crate) fn Failed(
    /// What went wrong, as a sentence.
    message: String,
    /// Tries again.
    #[prop(into)]
    retry: Callback<()>,
) -> AnyView {
    let locale = use_locale();
    view! {
        <div class="failed" role="alert">
            <p>{message}</p>
            <Button press=move |()| retry.run(()) label=locale.text("try_again") />
        </div>
    }
    .into_any()
}

/// Stands where something is being loaded.
#[component]
pub(crate) fn LoadingNote() -> AnyView {
    let locale = use_locale();
    view! { <p class="loading-note" role="status">{locale.text("loading")}</p> }.into_any()
}
