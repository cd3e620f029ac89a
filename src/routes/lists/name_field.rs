//! The field for a list's name.

use leptos::prelude::*;

use crate::{
    components::text_field::TextField,
    domain::lists::saved_list::{MAX_NAME, NameError, check_name},
    locale::{Locale, use_locale},
};

/// The name in `typed`, or what is wrong with it, which goes to `error`.
pub(crate) fn checked(
    locale: Locale,
    typed: RwSignal<String>,
    error: RwSignal<Option<String>>,
) -> Option<String> {
    match typed.with_untracked(|typed| check_name(typed)) {
        Ok(name) => {
            error.set(None);
            Some(name)
        }
        Err(wrong) => {
            error.set(Some(match wrong {
                NameError::Empty => locale.text("lists.name_missing"),
                NameError::TooLong => locale.plural("field.too_long", MAX_NAME as u64, &[]),
            }));
            None
        }
    }
}

/// The field.
#[component]
pub(crate) fn NameField(
    /// The element's id.
    id: &'static str,
    /// The label, as a message.
    label: &'static str,
    /// What is typed.
    typed: RwSignal<String>,
    /// What is wrong with it.
    error: RwSignal<Option<String>>,
    /// Called when the field is left or Enter is pressed after a change.
    #[prop(optional)]
    on_change: Option<Callback<()>>,
) -> AnyView {
    let label = use_locale().text(label);
    let on_change = on_change.unwrap_or_else(|| Callback::new(|()| ()));
    view! { <TextField id=id label=label value=typed error=error on_change=on_change /> }.into_any()
}
