//! The customer's addresses: where goods and invoices go.

use leptos::prelude::*;
use nymble_wire::{Address, AddressType};

use super::entries::{Entries, Kind};
use crate::{
    components::{
        address::in_one_line,
        address_form::{AddressFields, AddressForm},
        badge::{Meaning, badge},
        field_errors::FieldErrors,
    },
    locale::{Locale, use_locale},
    state::account::Account,
};

const ADDRESSES: Kind<Address> = Kind {
    heading: "addresses-heading",
    title: "account.addresses",
    add: "account.add_address",
    none: "account.no_addresses",
    make_primary: ("account.make_primary", "account.make_primary_named"),
    form: ("account.new_address", "account.edit_address"),
    form_heading: "address-form-heading",
    save: "account.save_address",
    first_field: "#address-country",
    in_words: in_one_line,
    is_primary: |address| address.is_primary == Some(true),
    about,
    editor,
};

/// The section of addresses.
#[component]
pub(crate) fn Addresses(
    /// The account.
    account: Account,
) -> AnyView {
    Entries::section(account, &ADDRESSES)
}

/// What an address is for and its code; and its phone number.
fn about(locale: Locale, address: &Address) -> (AnyView, AnyView) {
    let kind = locale.text(if address.is_shipping() {
        "account.shipping"
    } else {
        "account.billing"
    });
    let code = address.code.clone();
    let code = code.map(|code| view! { <span class="code">{code}</span> });
    (
        view! {
            {badge(Meaning::Quiet, kind)}
            {code}
        }
        .into_any(),
        view! { <p class="hint">{address.phone.clone()}</p> }.into_any(),
    )
}

/// The form for one address.
fn editor(entries: Entries<Address>) -> AnyView {
    let locale = use_locale();
    let fields = AddressFields::empty();
    let errors = FieldErrors::none();
    // The name of an address type.
    let kind = RwSignal::new(AddressType::Shipping.as_str().to_owned());
    if let Some(base) = entries.base() {
        fields.fill(&base);
        if !base.is_shipping() {
            kind.set(AddressType::Billing.as_str().to_owned());
        }
    }
    let home = entries.first();
    let home = home.map_or_else(String::new, |address| address.country);
    let read = move |base: Address| {
        let typed = fields.check(locale)?;
        // An address without a type is one for shipping: it stays without.
        let untyped = base.address_type.is_none() && !base.line1.is_empty();
        let kind = kind.with_untracked(|kind| AddressType::from(kind.as_str()));
        let address_type = (!untyped || kind != AddressType::Shipping).then_some(kind);
        Ok(Address {
            external_id: base.external_id,
            code: base.code,
            is_primary: base.is_primary,
            address_type,
            ..typed
        })
    };
    let radio = move |mine: AddressType, label: &str| {
        let mine = mine.as_str().to_owned();
        let wanted = mine.clone();
        view! {
            <label class="choice">
                <input
                    type="radio"
                    name="address-type"
                    prop:checked=move || kind.with(|kind| *kind == mine)
                    on:change=move |_| kind.set(wanted.clone())
                />
                <span>{locale.text(label)}</span>
            </label>
        }
    };
    let parts = view! {
        <fieldset class="choices across" role="radiogroup" aria-labelledby="address-type-legend">
            <legend id="address-type-legend">{locale.text("account.address_type")}</legend>
            {radio(AddressType::Shipping, "account.shipping")}
            {radio(AddressType::Billing, "account.billing")}
        </fieldset>
        <AddressForm fields=fields errors=errors home=home />
    };
    let mut keep = vec![kind];
    keep.extend(fields.fields());
    entries.form(parts.into_any(), keep, errors, read)
}
