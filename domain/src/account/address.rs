//! A postal address as the buyer types it, checked by the rules of its country.

use nymble_wire::Address;

mod countries;
pub mod lookup;

use crate::values::typed::ascii;
pub use countries::{COUNTRIES, Presence, Requirements, StateKind, requirements};
use countries::{is_postal_code, written_postal_code};

/// The longest any field of an address may be, in characters after trimming.
///
/// Assumption: the API documents no limit; 100 is more than labels hold.
pub const MAX_LENGTH: usize = 100;

/// An address as typed, every field as the buyer left it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AddressInput {
    /// Street and number.
    pub line1: String,
    /// Suite, unit, floor.
    pub line2: String,
    /// City.
    pub city: String,
    /// State, province, prefecture or county.
    pub state: String,
    /// ZIP or postal code.
    pub postal_code: String,
    /// ISO 3166-1 alpha-2 code.
    pub country: String,
    /// Telephone number at the place.
    pub phone: String,
}

/// A field of [`AddressInput`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// Street and number.
    Line1,
    /// Suite, unit, floor.
    Line2,
    /// City.
    City,
    /// State, province, prefecture or county.
    State,
    /// ZIP or postal code.
    PostalCode,
    /// Country.
    Country,
    /// Telephone number.
    Phone,
}

/// What is wrong with a field of an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddressError {
    /// It must be filled in.
    Missing,
    /// Too many characters.
    TooLong {
        /// The most that are allowed, in characters.
        max: usize,
    },
    /// A line break, tab or other character that does not print.
    ControlCharacter,
    /// No code of a state or province of the country.
    UnknownState,
    /// Not of the form of the country's postal codes.
    PostalFormat {
        /// A postal code as it is written there.
        example: &'static str,
    },
    /// Not two letters.
    NotACountry,
    /// No telephone number.
    NotAPhone,
}

/// Everything that is wrong with `input`, in the form's order, at most once per field. It is
/// checked as it would be sent: see [`normalise`].
pub fn validate(input: &AddressInput) -> Vec<(Field, AddressError)> {
    let address = normalise(input);
    let asked = requirements(&address.country);
    let mut errors = Vec::new();
    let mut check =
        |field, error: Option<AddressError>| errors.extend(error.map(|error| (field, error)));
    check(Field::Line1, text_error(&address.line1, Presence::Required));
    check(Field::Line2, text_error(&address.line2, Presence::Optional));
    check(Field::City, text_error(&address.city, Presence::Required));
    check(Field::State, state_error(&address.state, &asked));
    check(Field::PostalCode, postal_error(&address, &asked));
    check(Field::Country, country_error(&address.country));
    check(Field::Phone, phone_error(&address.phone));
    errors
}

/// `input` as it is to be sent: trimmed, codes in upper case, the postal code with the usual space
/// or hyphen, and nothing in fields that its country's form does not show.
pub fn normalise(input: &AddressInput) -> AddressInput {
    let country = input.country.trim().to_ascii_uppercase();
    let asked = requirements(&country);
    let state = input.state.trim();
    AddressInput {
        line1: input.line1.trim().to_owned(),
        line2: input.line2.trim().to_owned(),
        city: input.city.trim().to_owned(),
        state: match (asked.state, asked.state_codes) {
            (Presence::Hidden, _) => String::new(),
            (_, "") => state.to_owned(),
            _ => state.to_ascii_uppercase(),
        },
        postal_code: match asked.postal {
            Presence::Hidden => String::new(),
            _ => written_postal_code(&input.postal_code, &country),
        },
        phone: input.phone.trim().to_owned(),
        country,
    }
}

impl AddressInput {
    /// The input normalised, as the carts and customers endpoints take it; empty fields are left
    /// out. What the form does not ask for (type, id, whether it is primary) is left to the caller.
    pub fn to_wire(&self) -> Address {
        let filled = |text: String| (!text.is_empty()).then_some(text);
        let address = normalise(self);
        Address {
            line1: address.line1,
            line2: filled(address.line2),
            city: address.city,
            state: filled(address.state),
            postal_code: filled(address.postal_code),
            country: address.country,
            phone: filled(address.phone),
            ..Address::default()
        }
    }
}

impl From<&Address> for AddressInput {
    fn from(address: &Address) -> Self {
        Self {
            line1: address.line1.clone(),
            line2: address.line2.clone().unwrap_or_default(),
            city: address.city.clone(),
            state: address.state.clone().unwrap_or_default(),
            postal_code: address.postal_code.clone().unwrap_or_default(),
            country: address.country.clone(),
            phone: address.phone.clone().unwrap_or_default(),
        }
    }
}

fn text_error(text: &str, presence: Presence) -> Option<AddressError> {
    if text.is_empty() {
        (presence == Presence::Required).then_some(AddressError::Missing)
    } else if text.chars().nth(MAX_LENGTH).is_some() {
        Some(AddressError::TooLong { max: MAX_LENGTH })
    } else if text.contains(char::is_control) {
        Some(AddressError::ControlCharacter)
    } else {
        None
    }
}

fn state_error(state: &str, asked: &Requirements) -> Option<AddressError> {
    let error = text_error(state, asked.state);
    if error.is_some() || state.is_empty() || asked.state_codes.is_empty() {
        return error;
    }
    let known = asked.state_codes.split(' ').any(|code| code == state);
    (!known).then_some(AddressError::UnknownState)
}

fn postal_error(address: &AddressInput, asked: &Requirements) -> Option<AddressError> {
    let error = text_error(&address.postal_code, asked.postal);
    if error.is_some() || address.postal_code.is_empty() {
        return error;
    }
    let known = is_postal_code(&address.postal_code, &address.country);
    (!known).then_some(AddressError::PostalFormat {
        example: asked.postal_example,
    })
}

fn country_error(country: &str) -> Option<AddressError> {
    match country.as_bytes() {
        [] => Some(AddressError::Missing),
        [first, second] if first.is_ascii_uppercase() && second.is_ascii_uppercase() => None,
        _ => Some(AddressError::NotACountry),
    }
}

/// Assumption: the API documents no form. Digits in any grouping, with a leading `+` and an
/// extension after `x` or `ext`, and five digits at least.
pub(super) fn phone_error(phone: &str) -> Option<AddressError> {
    let error = text_error(phone, Presence::Optional);
    if error.is_some() || phone.is_empty() {
        return error;
    }
    let digits = phone
        .chars()
        .filter(|character| ascii(*character).is_ascii_digit())
        .count();
    let foreign = |character: char| {
        !matches!(
            ascii(character),
            '0'..='9' | '+' | '-' | '(' | ')' | '.' | '/' | '#' | 'x' | 'e' | 't' | 'X'
        ) && !character.is_whitespace()
    };
    (digits < 5 || phone.contains(foreign)).then_some(AddressError::NotAPhone)
}

#[cfg(test)]
mod tests;
