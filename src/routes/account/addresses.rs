//! The customer's addresses: where goods and invoices go.

use leptos::{ev, prelude::*};
use nymble_wire::{Address, AddressType};

use super::{
    entries::{Entries, row_id},
    form_end::FormEnd,
};
use crate::{
    browser::page,
    components::{
        address::in_one_line,
        address_form::{AddressFields, AddressForm},
        field_errors::FieldErrors,
    },
    locale::use_locale,
    state::{account::Account, notices::use_notices},
};

const HEADING: &str = "#addresses-heading";

/// The section of addresses.
#[component]
pub fn Addresses(
    /// The account.
    account: Account,
) -> AnyView {
    let locale = use_locale();
    let entries = Entries::<Address>::new(account, locale, use_notices(), in_one_line, HEADING);
    let row = move |(place, address): (usize, Address)| {
        let name = in_one_line(locale, &address);
        let named = |message: &str| locale.text_with(message, &[("name", &name)]);
        let kind = locale.text(if address.is_shipping() {
            "account.shipping"
        } else {
            "account.billing"
        });
        let primary = address.is_primary == Some(true);
        let mark =
            primary.then(|| view! { <span class="badge">{locale.text("account.primary")}</span> });
        let code = address
            .code
            .clone()
            .map(|code| view! { <span class="code">{code}</span> });
        let (edited, chosen, removed) = (address.clone(), address.clone(), address.clone());
        let choose = (!primary).then(|| {
            view! {
                <button
                    type="button"
                    class="quiet-button"
                    aria-label=named("account.make_primary_named")
                    on:click=move |_| entries.make_primary(chosen.clone(), place)
                >
                    {locale.text("account.make_primary")}
                </button>
            }
        });
        view! {
            <li class="entry" id=row_id(HEADING, place) tabindex="-1">
                <p class="entry-marks">
                    <span class="badge plain">{kind}</span>
                    {mark}
                    {code}
                </p>
                <p class="entry-text">{name.clone()}</p>
                <p class="hint">{address.phone.clone()}</p>
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
            return view! { <p class="hint">{locale.text("account.no_addresses")}</p> }.into_any();
        }
        let rows = list.into_iter().enumerate().map(row).collect_view();
        view! { <ul class="entries" aria-labelledby="addresses-heading">{rows}</ul> }.into_any()
    };
    let form = move || {
        entries
            .form()
            .map(|_| view! { <AddressEditor entries=entries /> })
    };
    view! {
        <section class="panel" aria-labelledby="addresses-heading">
            <div class="section-head">
                <h2 id="addresses-heading" tabindex="-1">
                    {locale.text("account.addresses")}
                </h2>
                <button type="button" class="button" on:click=move |_| entries.edit(None)>
                    {locale.text("account.add_address")}
                </button>
            </div>
            {form}
            {list}
        </section>
    }
    .into_any()
}

/// The form for one address.
#[component]
fn AddressEditor(
    /// The list it belongs to.
    entries: Entries<Address>,
) -> AnyView {
    let locale = use_locale();
    let fields = AddressFields::empty();
    let errors = FieldErrors::none();
    let base = untrack(|| entries.base());
    let title = locale.text(if base.is_some() {
        "account.edit_address"
    } else {
        "account.new_address"
    });
    let kind = RwSignal::new(AddressType::Shipping);
    if let Some(base) = &base {
        fields.fill(base);
        if !base.is_shipping() {
            kind.set(AddressType::Billing);
        }
    }
    let first = untrack(|| entries.list()).into_iter().next();
    let home = first.map_or_else(String::new, |address| address.country);
    // Once it stands there.
    page::focus_soon("#address-country");
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        match fields.check(locale) {
            Err(wrong) => {
                if let Some((first, count)) = errors.show(wrong) {
                    page::focus(&["#", first].concat());
                    entries.refuse(locale.plural("checkout.correct", count, &[]));
                }
            }
            Ok(typed) => {
                errors.show(Vec::new());
                let base = entries.base().unwrap_or_default();
                // An address without a type is one for shipping: it stays without.
                let untyped = base.address_type.is_none() && !base.line1.is_empty();
                let kind = kind.get_untracked();
                let address_type = (!untyped || kind != AddressType::Shipping).then_some(kind);
                entries.save(Address {
                    external_id: base.external_id,
                    code: base.code,
                    is_primary: base.is_primary,
                    address_type,
                    ..typed
                });
            }
        }
    };
    let radio = move |mine: AddressType, label: &str| {
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
    let busy = move || entries.is_saving();
    view! {
        <form
            class="entry-form"
            aria-labelledby="address-form-heading"
            aria-busy=move || busy().to_string()
            on:submit=submit
            novalidate
        >
            <h3 id="address-form-heading">{title}</h3>
            <fieldset class="choices across" role="radiogroup" aria-labelledby="address-type-legend">
                <legend id="address-type-legend">{locale.text("account.address_type")}</legend>
                {radio(AddressType::Shipping, "account.shipping")}
                {radio(AddressType::Billing, "account.billing")}
            </fieldset>
            <AddressForm fields=fields errors=errors home=home />
            <FormEnd
                save="account.save_address"
                saving=Signal::derive(busy)
                refusal=Signal::derive(move || entries.refusal())
                cancel=move || entries.close()
            />
        </form>
    }
    .into_any()
}
