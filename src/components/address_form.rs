//! The form for an address; its fields follow the country.

use leptos::prelude::*;
use nymble_wire::{Address, AddressType};

use super::{
    field_errors::{FieldError, FieldErrors},
    text_field::TextField,
};
use crate::{
    domain::account::address::{
        self, AddressError, AddressInput, COUNTRIES, Field, Presence, StateKind, requirements,
    },
    locale::{Locale, use_locale},
    state::account::address_lookup::{self, Fillable},
};

/// What is typed into the form. A copy is a handle.
#[derive(Clone, Copy)]
pub(crate) struct AddressFields {
    line1: RwSignal<String>,
    line2: RwSignal<String>,
    city: RwSignal<String>,
    state: RwSignal<String>,
    postal_code: RwSignal<String>,
    country: RwSignal<String>,
    phone: RwSignal<String>,
}

fn id_of(field: Field) -> &'static str {
    match field {
        Field::Line1 => "address-line1",
        Field::Line2 => "address-line2",
        Field::City => "address-city",
        Field::State => "address-state",
        Field::PostalCode => "address-postal-code",
        Field::Country => "address-country",
        Field::Phone => "address-phone",
    }
}

fn explain(locale: Locale, error: AddressError) -> String {
    match error {
        AddressError::Missing | AddressError::NotACountry => locale.text("field.required"),
        AddressError::TooLong { max } => locale.plural("field.too_long", max as u64, &[]),
        AddressError::ControlCharacter => locale.text("field.control_character"),
        AddressError::UnknownState => locale.text("address.unknown_state"),
        AddressError::PostalFormat { example } => {
            locale.text_with("address.postal_format", &[("example", example)])
        }
        AddressError::NotAPhone => locale.text("address.not_a_phone"),
    }
}

impl AddressFields {
    /// Empty fields.
    pub(crate) fn empty() -> Self {
        let field = || RwSignal::new(String::new());
        Self {
            line1: field(),
            line2: field(),
            city: field(),
            state: field(),
            postal_code: field(),
            country: field(),
            phone: field(),
        }
    }

    /// All fields, in the order they are kept in.
    pub(crate) fn fields(self) -> [RwSignal<String>; 7] {
        [
            self.line1,
            self.line2,
            self.city,
            self.state,
            self.postal_code,
            self.country,
            self.phone,
        ]
    }

    /// Fills the fields with an address there is.
    pub(crate) fn fill(self, address: &Address) {
        let optional = |text: &Option<String>| text.clone().unwrap_or_default();
        self.line1.set(address.line1.clone());
        self.line2.set(optional(&address.line2));
        self.city.set(address.city.clone());
        self.state.set(optional(&address.state));
        self.postal_code.set(optional(&address.postal_code));
        self.country.set(address.country.clone());
        self.phone.set(optional(&address.phone));
    }

    /// A shipping address as it is to be sent, or what is wrong with which field.
    pub(crate) fn check(self, locale: Locale) -> Result<Address, Vec<FieldError>> {
        let input = AddressInput {
            line1: self.line1.get_untracked(),
            line2: self.line2.get_untracked(),
            city: self.city.get_untracked(),
            state: self.state.get_untracked(),
            postal_code: self.postal_code.get_untracked(),
            country: self.country.get_untracked(),
            phone: self.phone.get_untracked(),
        };
        let wrong = address::validate(&input);
        if wrong.is_empty() {
            return Ok(Address {
                address_type: Some(AddressType::Shipping),
                ..input.to_wire()
            });
        }
        Err(wrong
            .into_iter()
            .map(|(field, error)| (id_of(field), explain(locale, error)))
            .collect())
    }
}

/// The form.
#[component]
pub(crate) fn AddressForm(
    /// What is typed.
    fields: AddressFields,
    /// What is wrong with it.
    errors: FieldErrors,
    /// The country it begins with: most new addresses are in the one the customer is in already.
    #[prop(into)]
    home: String,
) -> AnyView {
    let locale = use_locale();
    if fields.country.with_untracked(String::is_empty) {
        fields.country.set(home);
    }
    let asked = Memo::new(move |_| {
        fields.country.with(|country| {
            let asked = requirements(country);
            (asked.state, asked.state_kind as u8, asked.postal)
        })
    });
    let filled = address_lookup::follow(Fillable {
        country: fields.country,
        postal_code: fields.postal_code,
        city: fields.city,
        state: fields.state,
    });
    let filled = move || filled.get().then(|| locale.text("address.filled"));
    let mut countries: Vec<(String, String)> = COUNTRIES
        .into_iter()
        .map(str::to_owned)
        .chain(
            // An address there is may be in a country that is not offered otherwise.
            Some(fields.country.get_untracked())
                .filter(|code| !code.is_empty() && !COUNTRIES.contains(&code.as_str())),
        )
        .map(|code| (locale.country(&code), code))
        .collect();
    countries.sort();
    let options = countries
        .into_iter()
        .map(|(name, code)| {
            let mine = code.clone();
            let selected = Memo::new(move |_| fields.country.with(|country| *country == mine));
            view! {
                <option value=code prop:selected=selected prop:defaultSelected=selected>
                    {name}
                </option>
            }
        })
        .collect_view();
    let state_label = move || {
        let kind = fields
            .country
            .with(|country| requirements(country).state_kind);
        locale.text(match kind {
            StateKind::State => "address.state",
            StateKind::Province => "address.province",
            StateKind::Prefecture => "address.prefecture",
            StateKind::County => "address.county",
            StateKind::Emirate => "address.emirate",
            StateKind::Region => "address.region",
        })
    };
    let state = move || {
        let (presence, ..) = asked.get();
        (presence != Presence::Hidden).then(|| {
            view! {
                <TextField
                    id="address-state"
                    label=state_label()
                    value=fields.state
                    error=errors.of("address-state")
                    autocomplete="shipping address-level1"
                    required=presence == Presence::Required
                />
            }
        })
    };
    let postal = move || {
        let (_, _, presence) = asked.get();
        (presence != Presence::Hidden).then(|| {
            let example = fields
                .country
                .with_untracked(|country| requirements(country).postal_example);
            let hint = (!example.is_empty())
                .then(|| locale.text_with("address.postal_hint", &[("example", example)]));
            view! {
                <TextField
                    id="address-postal-code"
                    label=locale.text("address.postal_code")
                    value=fields.postal_code
                    error=errors.of("address-postal-code")
                    autocomplete="shipping postal-code"
                    required=presence == Presence::Required
                    hint=hint
                />
            }
        })
    };
    let country_error = errors.of("address-country");
    view! {
        <div class="address-form">
            <div class="field">
                <label for="address-country">{locale.text("address.country")}</label>
                <select
                    id="address-country"
                    autocomplete="shipping country"
                    aria-invalid=move || country_error.with(Option::is_some).then_some("true")
                    aria-describedby=move || {
                        country_error.with(Option::is_some).then_some("address-country-error")
                    }
                    on:change=move |event| fields.country.set(event_target_value(&event))
                >
                    <option
                        value=""
                        prop:defaultSelected=move || fields.country.with(String::is_empty)
                    >
                        {locale.text("address.choose_country")}
                    </option>
                    {options}
                </select>
                <p class="field-error" id="address-country-error">
                    {country_error}
                </p>
            </div>
            <TextField
                id="address-line1"
                label=locale.text("address.line1")
                value=fields.line1
                error=errors.of("address-line1")
                autocomplete="shipping address-line1"
                required=true
            />
            <TextField
                id="address-line2"
                label=locale.text("address.line2")
                value=fields.line2
                error=errors.of("address-line2")
                autocomplete="shipping address-line2"
            />
            <TextField
                id="address-city"
                label=locale.text("address.city")
                value=fields.city
                error=errors.of("address-city")
                autocomplete="shipping address-level2"
                required=true
            />
            {state}
            {postal}
            <TextField
                id="address-phone"
                label=locale.text("address.phone")
                value=fields.phone
                error=errors.of("address-phone")
                kind="tel"
                autocomplete="shipping tel"
                inputmode="tel"
            />
            <p class="hint" role="status">{filled}</p>
        </div>
    }
    .into_any()
}
