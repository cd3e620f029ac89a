//! What was typed into a form of the account, kept for this tab through reloads. Cards never are.

use leptos::prelude::*;
use serde::{Serialize, de::DeserializeOwned};

use crate::browser::storage;

/// The draft of one form: what it was opened for, and the texts in its fields. A copy is a handle.
#[derive(Clone, Copy)]
pub(super) struct Draft(StoredValue<String>);

impl Draft {
    /// The draft of `form` of the customer `number`.
    pub(super) fn of(number: &str, form: &str) -> Self {
        let key = ["nymble.account-draft ", number, " ", form].concat();
        Self(StoredValue::new(key))
    }

    /// What the form was opened for and its texts, if it was left with something typed.
    pub(super) fn kept<B: DeserializeOwned>(self) -> Option<(B, Vec<String>)> {
        self.0.with_value(|key| storage::get_json(key))
    }

    /// From now on keeps what is typed into `fields`.
    pub(super) fn keep<B: Serialize>(
        self,
        base: impl Fn() -> B + 'static,
        fields: Vec<RwSignal<String>>,
    ) {
        Effect::new(move |before: Option<()>| {
            let texts: Vec<String> = fields.iter().map(|field| field.get()).collect();
            let base = base();
            // The first run only subscribes: an untouched form leaves nothing behind.
            if before.is_some() {
                let text = serde_json::to_string(&(base, texts)).ok();
                self.0.with_value(|key| storage::set(key, text.as_deref()));
            }
        });
    }

    /// The form is done with.
    pub(super) fn forget(self) {
        self.0.try_with_value(|key| storage::set(key, None));
    }
}
