//! What the lists of addresses and of contacts have in common: one form at a time, and changes that say
//! what became of them.

use leptos::{prelude::*, task::spawn_local};
use std::sync::Arc;

use crate::{
    browser::page,
    domain::account_changes::{Change, Conflict, find},
    locale::Locale,
    state::{
        account::{Account, ChangeError, OwnList, explain},
        notices::{NoticeAction, Notices, Tone},
    },
};

/// What an entry of such a list is.
pub(super) trait Listed: OwnList + Send + Sync + 'static {}

impl<T: OwnList + Send + Sync + 'static> Listed for T {}

/// Names an entry in a sentence.
type InWords<T> = fn(Locale, &T) -> String;

/// A list of the customer's with its form. A copy is a handle.
pub(super) struct Entries<T: Listed> {
    account: Account,
    locale: Locale,
    notices: Notices,
    in_words: InWords<T>,
    /// What takes the focus when a form is done with.
    heading: &'static str,
    /// Which form is open: each gets a number of its own.
    open: RwSignal<Option<u32>>,
    last: StoredValue<u32>,
    /// The entry in the form as it was shown; none for a new one.
    base: RwSignal<Option<T>>,
    saving: RwSignal<bool>,
    refusal: RwSignal<Option<String>>,
}

#[expect(
    clippy::expl_impl_clone_on_copy,
    reason = "derived, it would ask the entries to be `Copy`"
)]
impl<T: Listed> Clone for Entries<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Listed> Copy for Entries<T> {}

impl<T: Listed> Entries<T> {
    pub(super) fn new(
        account: Account,
        locale: Locale,
        notices: Notices,
        in_words: InWords<T>,
        heading: &'static str,
    ) -> Self {
        Self {
            account,
            locale,
            notices,
            in_words,
            heading,
            open: RwSignal::new(None),
            last: StoredValue::new(0),
            base: RwSignal::new(None),
            saving: RwSignal::new(false),
            refusal: RwSignal::new(None),
        }
    }

    /// The entries (tracked).
    pub(super) fn list(self) -> Vec<T> {
        let customer = self.account.customer().value();
        customer.map_or_else(Vec::new, |customer| T::of(&customer).to_vec())
    }

    /// The open form's number (tracked).
    pub(super) fn form(self) -> Option<u32> {
        self.open.get()
    }

    /// The entry in the form as it was shown; none for a new one (tracked).
    pub(super) fn base(self) -> Option<T> {
        self.base.get()
    }

    /// Whether the form is being saved (tracked).
    pub(super) fn is_saving(self) -> bool {
        self.saving.get()
    }

    /// Why the form was not saved, or what is wrong with it (tracked).
    pub(super) fn refusal(self) -> Option<String> {
        self.refusal.get()
    }

    /// Says why the form cannot be saved as it is.
    pub(super) fn refuse(self, text: String) {
        self.refusal.set(Some(text));
    }

    /// Opens the form, for an entry or for a new one.
    pub(super) fn edit(self, entry: Option<T>) {
        if self.saving.get_untracked() {
            return;
        }
        self.base.set(entry);
        self.refusal.set(None);
        self.last.update_value(|last| *last += 1);
        self.open.set(Some(self.last.get_value()));
    }

    /// Closes the form; what was typed goes with it.
    pub(super) fn close(self) {
        self.open.try_set(None);
        self.focus(self.heading.to_owned());
    }

    /// Moves the focus once what is to have it is on the screen.
    fn focus(self, selector: String) {
        if self.open.try_get_untracked().is_some() {
            page::focus_soon(selector);
        }
    }

    fn name(self, entry: &T) -> String {
        (self.in_words)(self.locale, entry)
    }

    /// Saves what the form holds. It stays open, with all that was typed, unless that worked.
    pub(super) fn save(self, entry: T) {
        if self.saving.get_untracked() {
            return;
        }
        self.saving.set(true);
        self.refusal.set(None);
        let name = self.name(&entry);
        let change = match self.base.get_untracked() {
            Some(before) => Change::Edit {
                before,
                after: entry,
            },
            None => Change::Add(entry),
        };
        let number = self.account.number();
        spawn_local(async move {
            let outcome = self.account.change(&number, change).await;
            self.saving.try_set(false);
            let refusal = match outcome {
                Ok(()) => {
                    self.done("account.saved", &name, None);
                    return self.close();
                }
                Err(ChangeError::Api(error)) => explain(self.locale, &error),
                Err(ChangeError::Conflict(Conflict::Gone)) => {
                    self.base.try_set(None);
                    self.locale.text("account.gone")
                }
                Err(ChangeError::Conflict(Conflict::Changed(now))) => {
                    let words = self.name(&now);
                    self.base.try_set(Some(now));
                    self.locale
                        .text_with("account.changed_meanwhile", &[("now", &words)])
                }
            };
            self.refusal.try_set(Some(refusal));
        });
    }

    /// Makes an entry the first choice; `place` is where its row stands.
    pub(super) fn make_primary(self, entry: T, place: usize) {
        let number = self.account.number();
        let name = self.name(&entry);
        spawn_local(async move {
            let outcome = self
                .account
                .change(&number, Change::MakePrimary(entry))
                .await;
            match outcome {
                Ok(()) => self.focus(row_selector(self.heading, place)),
                Err(error) => self.trouble(&name, &error, None),
            }
        });
    }

    /// Removes an entry, with a way back.
    pub(super) fn remove(self, entry: T) {
        let list = untrack(|| self.list());
        let Some(place) = find(&list, &entry) else {
            return;
        };
        let number = self.account.number();
        let name = self.name(&entry);
        spawn_local(async move {
            let change = Change::Remove(entry.clone());
            match self.account.change(&number, change).await {
                Ok(()) => {
                    let undo = self.undo(number, entry, place);
                    self.done("cart.removed", &name, Some(undo));
                    self.focus(self.heading.to_owned());
                }
                Err(error) => self.trouble(&name, &error, None),
            }
        });
    }

    /// What brings a removed entry back, again and again until it is back.
    fn undo(self, number: String, entry: T, place: usize) -> NoticeAction {
        let run = move || {
            let (number, entry) = (number.clone(), entry.clone());
            spawn_local(async move {
                let change = Change::Restore {
                    entry: entry.clone(),
                    place,
                };
                if let Err(error) = self.account.change(&number, change).await {
                    let again = self.undo(number, entry.clone(), place);
                    self.trouble(&self.name(&entry), &error, Some(again));
                }
            });
        };
        NoticeAction {
            label: self.locale.text("undo"),
            run: Arc::new(run),
        }
    }

    fn done(self, message: &str, name: &str, action: Option<NoticeAction>) {
        let text = self.locale.text_with(message, &[("name", name)]);
        self.notices.show(Tone::Done, text, action);
    }

    fn trouble(self, name: &str, error: &ChangeError<T>, action: Option<NoticeAction>) {
        let reason = match error {
            ChangeError::Api(error) => explain(self.locale, error),
            ChangeError::Conflict(_) => self.locale.text("account.gone_already"),
        };
        let text = self.locale.text_with(
            "account.not_changed",
            &[("name", name), ("reason", &reason)],
        );
        self.notices.show(Tone::Trouble, text, action);
    }
}

/// The id of an entry's row in the list under `heading` (a selector).
pub(super) fn row_id(heading: &str, place: usize) -> String {
    let mut id = heading.trim_start_matches('#').to_owned();
    id.push('-');
    id.push_str(&place.to_string());
    id
}

fn row_selector(heading: &str, place: usize) -> String {
    let mut selector = String::from("#");
    selector.push_str(&row_id(heading, place));
    selector
}
