//! The customer's people.

use leptos::prelude::*;
use nymble_wire::Contact;

use super::{
    entries::{Entries, Kind},
    reach::{mail_link, phone_link},
};
use crate::{
    components::{
        badge::{Meaning, badge},
        field_errors::{FieldError, FieldErrors},
        text_field::TextField,
    },
    domain::account::contact::{ContactError, ContactField, ContactInput},
    locale::{Locale, use_locale},
    state::account::Account,
};

/// A contact's name, or what else tells who it is.
fn in_words(_: Locale, contact: &Contact) -> String {
    let parts = [&contact.title, &contact.first_name, &contact.last_name];
    let mut name = String::new();
    for part in parts.into_iter().flatten().filter(|part| !part.is_empty()) {
        if !name.is_empty() {
            name.push(' ');
        }
        name.push_str(part);
    }
    let other = || {
        contact
            .email
            .clone()
            .or_else(|| contact.contact_type.clone())
    };
    if name.is_empty() {
        name = other().unwrap_or_default();
    }
    name
}

const CONTACTS: Kind<Contact> = Kind {
    heading: "contacts-heading",
    title: "account.contacts",
    add: "account.add_contact",
    none: "account.no_contacts",
    make_primary: (
        "account.make_primary_contact",
        "account.make_primary_contact_named",
    ),
    form: ("account.new_contact", "account.edit_contact"),
    form_heading: "contact-form-heading",
    save: "account.save_contact",
    first_field: "#contact-title",
    in_words,
    is_primary: |contact| contact.is_primary == Some(true),
    about,
    editor,
};

/// The section of contacts.
#[component]
pub(crate) fn Contacts(
    /// The account.
    account: Account,
) -> AnyView {
    Entries::section(account, &CONTACTS)
}

/// What a contact's role is; and how it is reached.
fn about(_: Locale, contact: &Contact) -> (AnyView, AnyView) {
    let role = contact.contact_type.clone().filter(|role| !role.is_empty());
    let role = role.map(|role| badge(Meaning::Quiet, role));
    (
        role.into_any(),
        view! {
            <p class="hint reach">
                {mail_link(contact.email.as_deref())} {phone_link(contact.phone.as_deref())}
            </p>
        }
        .into_any(),
    )
}

fn id_of(field: ContactField) -> &'static str {
    match field {
        ContactField::Title => "contact-title",
        ContactField::FirstName => "contact-first-name",
        ContactField::LastName => "contact-last-name",
        ContactField::Email => "contact-email",
        ContactField::Phone => "contact-phone",
        ContactField::Fax => "contact-fax",
        ContactField::Role => "contact-role",
    }
}

/// What is wrong with a field of a contact, or of the company, in words.
pub(super) fn explain(locale: Locale, error: ContactError) -> String {
    match error {
        ContactError::Missing => locale.text("account.need_name"),
        ContactError::TooLong { max } => locale.plural("field.too_long", max as u64, &[]),
        ContactError::ControlCharacter => locale.text("field.control_character"),
        ContactError::NotAnEmail => locale.text("account.not_an_email"),
        ContactError::NotAPhone => locale.text("address.not_a_phone"),
    }
}

/// The form for one contact.
fn editor(entries: Entries<Contact>) -> AnyView {
    let locale = use_locale();
    let errors = FieldErrors::none();
    let base = entries.base();
    let base = base.unwrap_or_default();
    let field = |text: &Option<String>| RwSignal::new(text.clone().unwrap_or_default());
    let typed = [
        field(&base.title),
        field(&base.first_name),
        field(&base.last_name),
        field(&base.email),
        field(&base.phone),
        field(&base.fax),
        field(&base.contact_type),
    ];
    let read = move |base: Contact| {
        let [title, first_name, last_name, email, phone, fax, role] =
            typed.map(|field| field.get_untracked());
        let input = ContactInput {
            title,
            first_name,
            last_name,
            email,
            phone,
            fax,
            role,
        };
        let wrong = input.validate().into_iter();
        let wrong: Vec<FieldError> = wrong
            .map(|(field, error)| (id_of(field), explain(locale, error)))
            .collect();
        if wrong.is_empty() {
            Ok(input.over(&base))
        } else {
            Err(wrong)
        }
    };
    let [title_field, first_name, last_name, email, phone, fax, role] = typed;
    let text = move |id: ContactField, label: &str, value, inputmode: &'static str| {
        let id = id_of(id);
        view! {
            <TextField
                id=id
                label=locale.text(label)
                value=value
                error=errors.of(id)
                inputmode=inputmode
            />
        }
    };
    let parts = view! {
            <div class="fields">
                {text(ContactField::Title, "account.person_title", title_field, "text")}
                {text(ContactField::FirstName, "account.first_name", first_name, "text")}
                {text(ContactField::LastName, "account.last_name", last_name, "text")}
                {text(ContactField::Email, "account.email", email, "email")}
                {text(ContactField::Phone, "account.phone", phone, "tel")}
                {text(ContactField::Fax, "account.fax", fax, "tel")}
                <TextField
                    id="contact-role"
                    label=locale.text("account.role")
                    value=role
                    error=errors.of("contact-role")
                    hint=Some(locale.text("account.role_hint"))
                />
            </div>
    };
    entries.form(parts.into_any(), typed.to_vec(), errors, read)
}
