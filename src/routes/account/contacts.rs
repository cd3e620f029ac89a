//! The customer's people.

use leptos::{ev, prelude::*};
use nymble_wire::Contact;

use super::{
    entries::{Entries, row_id},
    form_end::FormEnd,
    reach::{mail_link, phone_link},
};
use crate::{
    browser::page,
    components::{field_errors::FieldErrors, text_field::TextField},
    domain::contact::{ContactError, ContactField, ContactInput},
    locale::{Locale, use_locale},
    state::{account::Account, notices::use_notices},
};

const HEADING: &str = "#contacts-heading";

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

/// The section of contacts.
#[component]
pub fn Contacts(
    /// The account.
    account: Account,
) -> AnyView {
    let locale = use_locale();
    let entries = Entries::<Contact>::new(account, locale, use_notices(), in_words, HEADING);
    let row = move |(place, contact): (usize, Contact)| {
        let name = in_words(locale, &contact);
        let named = |message: &str| locale.text_with(message, &[("name", &name)]);
        let primary = contact.is_primary == Some(true);
        let mark =
            primary.then(|| view! { <span class="badge">{locale.text("account.primary")}</span> });
        let role = contact
            .contact_type
            .clone()
            .filter(|role| !role.is_empty())
            .map(|role| view! { <span class="badge plain">{role}</span> });
        let (edited, chosen, removed) = (contact.clone(), contact.clone(), contact.clone());
        let choose = (!primary).then(|| {
            view! {
                <button
                    type="button"
                    class="quiet-button"
                    aria-label=named("account.make_primary_contact_named")
                    on:click=move |_| entries.make_primary(chosen.clone(), place)
                >
                    {locale.text("account.make_primary_contact")}
                </button>
            }
        });
        view! {
            <li class="entry" id=row_id(HEADING, place) tabindex="-1">
                <p class="entry-marks">{role} {mark}</p>
                <p class="entry-text">{name.clone()}</p>
                <p class="hint reach">
                    {mail_link(contact.email.as_deref())} {phone_link(contact.phone.as_deref())}
                </p>
                <div class="entry-actions">
                    <button
                        type="button"
                        class="quiet-button"
                        aria-label=named("account.edit_named")
                        on:click=move |_| entries.edit(Some(edited.clone()))
                    >
                        {locale.text("account.edit")}
                    </button>
                    {choose}
                    <button
                        type="button"
                        class="quiet-button"
                        aria-label=named("account.remove_named")
                        on:click=move |_| entries.remove(removed.clone())
                    >
                        {locale.text("account.remove")}
                    </button>
                </div>
            </li>
        }
    };
    let list = move || {
        let list = entries.list();
        if list.is_empty() {
            return view! { <p class="hint">{locale.text("account.no_contacts")}</p> }.into_any();
        }
        let rows = list.into_iter().enumerate().map(row).collect_view();
        view! { <ul class="entries" aria-labelledby="contacts-heading">{rows}</ul> }.into_any()
    };
    let form = move || {
        entries
            .form()
            .map(|_| view! { <ContactEditor entries=entries /> })
    };
    view! {
        <section class="panel" aria-labelledby="contacts-heading">
            <div class="section-head">
                <h2 id="contacts-heading" tabindex="-1">
                    {locale.text("account.contacts")}
                </h2>
                <button type="button" class="button" on:click=move |_| entries.edit(None)>
                    {locale.text("account.add_contact")}
                </button>
            </div>
            {form}
            {list}
        </section>
    }
    .into_any()
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
#[component]
fn ContactEditor(
    /// The list it belongs to.
    entries: Entries<Contact>,
) -> AnyView {
    let locale = use_locale();
    let errors = FieldErrors::none();
    let base = untrack(|| entries.base());
    let title = locale.text(if base.is_some() {
        "account.edit_contact"
    } else {
        "account.new_contact"
    });
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
    page::focus_soon("#contact-title");
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
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
        let wrong = wrong.map(|(field, error)| (id_of(field), explain(locale, error)));
        match errors.show(wrong.collect()) {
            Some((first, count)) => {
                page::focus(&["#", first].concat());
                entries.refuse(locale.plural("checkout.correct", count, &[]));
            }
            None => entries.save(input.over(&entries.base().unwrap_or_default())),
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
    let saving = Signal::derive(move || entries.is_saving());
    view! {
        <form
            class="entry-form"
            aria-labelledby="contact-form-heading"
            aria-busy=move || saving.get().to_string()
            on:submit=submit
            novalidate
        >
            <h3 id="contact-form-heading">{title}</h3>
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
            <FormEnd
                save="account.save_contact"
                saving=saving
                refusal=Signal::derive(move || entries.refusal())
                cancel=move || entries.close()
            />
        </form>
    }
    .into_any()
}
