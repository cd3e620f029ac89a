//! What the sections of addresses and of contacts have in common: the list with its buttons, one form at a time
//! that loses nothing typed, and changes that say what became of them and can be undone.

use leptos::{ev, prelude::*, task::spawn_local};
use serde::{Serialize, de::DeserializeOwned};
use std::sync::Arc;

use super::{draft::Draft, form_end::FormEnd};
use crate::{
    browser::page,
    components::{
        badge::{Meaning, badge},
        button::Button,
        field_errors::{FieldError, FieldErrors},
    },
    domain::account::changes::{Change, Conflict, find},
    locale::{Locale, use_locale},
    state::{
        account::{Account, ChangeError, OwnList, explain},
        app::notices::{NoticeAction, Notices, Tone, use_notices},
    },
};

/// What an entry of such a list is.
pub(super) trait Listed:
    OwnList + Serialize + DeserializeOwned + Send + Sync + 'static
{
}

impl<T: OwnList + Serialize + DeserializeOwned + Send + Sync + 'static> Listed for T {}

/// What one of the sections is about. Where a message is named, it is one of the catalogue.
pub(super) struct Kind<T: Listed> {
    /// The id of the heading, which takes the focus when a form is done with.
    pub(super) heading: &'static str,
    /// The heading's message.
    pub(super) title: &'static str,
    /// The button's message that opens the form for a new entry.
    pub(super) add: &'static str,
    /// What is said when there are none.
    pub(super) none: &'static str,
    /// The button's message that makes an entry the first choice, and the same with the entry's name.
    pub(super) make_primary: (&'static str, &'static str),
    /// The form's headings: for a new entry, and for one there is.
    pub(super) form: (&'static str, &'static str),
    /// The id of the form's heading.
    pub(super) form_heading: &'static str,
    /// The message of the button that saves.
    pub(super) save: &'static str,
    /// The field that is typed into first, as a selector.
    pub(super) first_field: &'static str,
    /// Names an entry in a sentence.
    pub(super) in_words: fn(Locale, &T) -> String,
    /// Whether an entry is the first choice.
    pub(super) is_primary: fn(&T) -> bool,
    /// What stands above an entry's name, and below it.
    pub(super) about: fn(Locale, &T) -> (AnyView, AnyView),
    /// The view of the form; see [`Entries::form`].
    pub(super) editor: fn(Entries<T>) -> AnyView,
}

/// A list of the customer's with its form. A copy is a handle.
pub(super) struct Entries<T: Listed> {
    account: Account,
    locale: Locale,
    notices: Notices,
    kind: &'static Kind<T>,
    draft: Draft,
    /// What was typed into the form before a reload, until the form stands again.
    typed: StoredValue<Option<Vec<String>>>,
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
    /// The section's view.
    pub(super) fn section(account: Account, kind: &'static Kind<T>) -> AnyView {
        let (locale, notices) = (use_locale(), use_notices());
        let draft = Draft::of(&account.number(), kind.heading);
        let entries = Self {
            account,
            locale,
            notices,
            kind,
            draft,
            typed: StoredValue::new(None),
            open: RwSignal::new(None),
            last: StoredValue::new(0),
            base: RwSignal::new(None),
            saving: RwSignal::new(false),
            refusal: RwSignal::new(None),
        };
        // A form that was left with something typed stands open again.
        if let Some((base, typed)) = draft.kept::<Option<T>>() {
            entries.show_form(base);
            entries.typed.set_value(Some(typed));
        }
        let list = move || {
            let list = entries.list();
            if list.is_empty() {
                return view! { <p class="hint">{locale.text(kind.none)}</p> }.into_any();
            }
            let rows = list.into_iter().enumerate();
            let rows = rows.map(|(place, entry)| entries.row(place, &entry));
            let rows: Vec<AnyView> = rows.collect();
            view! { <ul class="entries" aria-labelledby=kind.heading>{rows}</ul> }.into_any()
        };
        let form = move || entries.open.get().map(|_| (kind.editor)(entries));
        view! {
            <section class="panel" aria-labelledby=kind.heading>
                <div class="section-head">
                    <h2 id=kind.heading tabindex="-1">
                        {locale.text(kind.title)}
                    </h2>
                    <Button press=move |()| entries.edit(None) label=locale.text(kind.add) />
                </div>
                {form}
                {list}
            </section>
        }
        .into_any()
    }

    fn row(self, place: usize, entry: &T) -> AnyView {
        let kind = self.kind;
        let (edited, chosen, removed) = (entry.clone(), entry.clone(), entry.clone());
        row_view(
            self.locale,
            RowText {
                id: row_id(kind.heading, place),
                name: self.name(entry),
                is_primary: (kind.is_primary)(entry),
                make_primary: kind.make_primary,
                about: (kind.about)(self.locale, entry),
            },
            Box::new(move || self.edit(Some(edited.clone()))),
            Box::new(move || self.make_primary(chosen.clone(), place)),
            Box::new(move || self.remove(removed.clone())),
        )
    }

    /// The form around its `fields`. `keep` are all its texts, which survive a reload; `read` gives the entry
    /// that they come to, made of the one the form was opened for, or what is wrong with which field.
    pub(super) fn form(
        self,
        fields: AnyView,
        keep: Vec<RwSignal<String>>,
        errors: FieldErrors,
        read: impl Fn(T) -> Result<T, Vec<FieldError>> + 'static,
    ) -> AnyView
    where
        T: Default,
    {
        let kind = self.kind;
        match self.typed.try_update_value(Option::take).flatten() {
            Some(typed) => keep
                .iter()
                .zip(typed)
                .for_each(|(field, text)| field.set(text)),
            // Once it stands there.
            None => page::focus_soon(kind.first_field),
        }
        self.draft.keep(move || self.base.get(), keep);
        let submit = move |event: ev::SubmitEvent| {
            event.prevent_default();
            match read(self.base.get_untracked().unwrap_or_default()) {
                Ok(entry) => {
                    errors.show(Vec::new());
                    self.save(entry);
                }
                Err(wrong) => {
                    if let Some((first, count)) = errors.show(wrong) {
                        page::focus(&["#", first].concat());
                        let text = self.locale.plural("checkout.correct", count, &[]);
                        self.refusal.set(Some(text));
                    }
                }
            }
        };
        let (new, change) = kind.form;
        let is_new = untrack(|| self.base.with(Option::is_none));
        let title = self.locale.text(if is_new { new } else { change });
        view! {
            <form
                class="entry-form"
                aria-labelledby=kind.form_heading
                aria-busy=move || self.saving.get().to_string()
                on:submit=submit
                novalidate
            >
                <h3 id=kind.form_heading>{title}</h3>
                {fields}
                <FormEnd
                    save=kind.save
                    saving=self.saving.into()
                    refusal=self.refusal.into()
                    cancel=move || self.close()
                />
            </form>
        }
        .into_any()
    }

    /// The entries (tracked).
    fn list(self) -> Vec<T> {
        let customer = self.account.customer().value();
        customer.map_or_else(Vec::new, |customer| T::of(&customer).to_vec())
    }

    /// The entry in the form as it was shown; none for a new one.
    pub(super) fn base(self) -> Option<T> {
        self.base.get_untracked()
    }

    /// Where goods to the first entry go, or the like: what a new entry may begin with.
    pub(super) fn first(self) -> Option<T> {
        untrack(|| self.list()).into_iter().next()
    }

    /// Opens the form, for an entry or for a new one.
    fn edit(self, entry: Option<T>) {
        if !self.saving.get_untracked() {
            self.draft.forget();
            self.show_form(entry);
        }
    }

    fn show_form(self, entry: Option<T>) {
        self.base.set(entry);
        self.refusal.set(None);
        self.last.update_value(|last| *last += 1);
        self.open.set(Some(self.last.get_value()));
    }

    /// Closes the form; what was typed goes with it.
    fn close(self) {
        self.open.try_set(None);
        self.draft.forget();
        self.focus(["#", self.kind.heading].concat());
    }

    /// Moves the focus once what is to have it is on the screen.
    fn focus(self, selector: String) {
        if self.open.try_get_untracked().is_some() {
            page::focus_soon(selector);
        }
    }

    fn name(self, entry: &T) -> String {
        (self.kind.in_words)(self.locale, entry)
    }

    /// Saves what the form holds. It stays open, with all that was typed, unless that worked.
    fn save(self, entry: T) {
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
    fn make_primary(self, entry: T, place: usize) {
        let number = self.account.number();
        let name = self.name(&entry);
        spawn_local(async move {
            let outcome = self
                .account
                .change(&number, Change::MakePrimary(entry))
                .await;
            match outcome {
                Ok(()) => self.focus(["#", &row_id(self.kind.heading, place)].concat()),
                Err(error) => self.trouble(&name, &error, None),
            }
        });
    }

    /// Removes an entry, with a way back.
    fn remove(self, entry: T) {
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
                    self.focus(["#", self.kind.heading].concat());
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

/// The id of an entry's row in the list under the heading with the id `heading`.
fn row_id(heading: &str, place: usize) -> String {
    [heading, "-", &place.to_string()].concat()
}

/// What a row says.
struct RowText {
    id: String,
    name: String,
    is_primary: bool,
    make_primary: (&'static str, &'static str),
    about: (AnyView, AnyView),
}

/// A row with what can be done about it. Knows no entry, so that there is one of it and not one for each kind.
fn row_view(
    locale: Locale,
    row: RowText,
    edit: Box<dyn Fn()>,
    choose: Box<dyn Fn()>,
    remove: Box<dyn Fn()>,
) -> AnyView {
    let named = |message: &str| locale.text_with(message, &[("name", &row.name)]);
    let button = |message: &str, message_named: &str, action: Box<dyn Fn()>| {
        view! {
            <button
                type="button"
                class="quiet-button"
                aria-label=named(message_named)
                on:click=move |_| action()
            >
                {locale.text(message)}
            </button>
        }
        .into_any()
    };
    let (above, below) = row.about;
    let mark = row
        .is_primary
        .then(|| badge(Meaning::Current, locale.text("account.primary")));
    let (make_primary, make_primary_named) = row.make_primary;
    let choose = (!row.is_primary).then(|| button(make_primary, make_primary_named, choose));
    view! {
        <li class="entry" id=row.id tabindex="-1">
            <p class="entry-marks">{above} {mark}</p>
            <p class="entry-text">{row.name.clone()}</p>
            {below}
            <div class="entry-actions">
                {button("account.edit", "account.edit_named", edit)}
                {choose}
                {button("account.remove", "account.remove_named", remove)}
            </div>
        </li>
    }
    .into_any()
}
