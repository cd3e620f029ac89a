//! What is wrong with the fields of a form, by the id of the field.

use leptos::prelude::*;

/// One field's id, and what is wrong with it.
pub(crate) type FieldError = (&'static str, String);

/// What is wrong with a form, in the order of its fields. A copy is a handle.
#[derive(Clone, Copy)]
pub(crate) struct FieldErrors(RwSignal<Vec<FieldError>>);

impl FieldErrors {
    /// Nothing is wrong.
    pub(crate) fn none() -> Self {
        Self(RwSignal::new(Vec::new()))
    }

    /// Shows what is wrong instead of what was; gives the first field's id and how many there are.
    pub(crate) fn show(self, errors: Vec<FieldError>) -> Option<(&'static str, u64)> {
        let first = errors.first().map(|(id, _)| (*id, errors.len() as u64));
        self.0.set(errors);
        first
    }

    /// What is wrong with the field `id` (tracked).
    pub(crate) fn of(self, id: &'static str) -> Signal<Option<String>> {
        Signal::derive(move || {
            self.0.with(|errors| {
                let (_, text) = errors.iter().find(|(known, _)| *known == id)?;
                Some(text.clone())
            })
        })
    }
}
