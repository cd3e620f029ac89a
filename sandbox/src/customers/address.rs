//! Which addresses goods can be sent to. Pure.

use nymble_wire::{Address, FieldProblem};

const LONGEST_LINE: usize = 200;

/// Countries whose mail does not arrive without a state or province and a postal code.
const NEEDS_STATE: [&str; 5] = ["US", "CA", "AU", "BR", "MX"];

/// What an address lacks, field by field, each name led by `prefix`.
///
/// Assumption: "fully filled" means street, city and a two-letter country, and in the countries that need them a
/// state and a postal code.
pub(crate) fn faults(address: &Address, prefix: &str) -> Vec<FieldProblem> {
    let mut errors = Vec::new();
    let mut wrong = |field: &str, reason: &str| {
        errors.push(FieldProblem {
            name: format!("{prefix}.{field}"),
            reason: format!("'{field}' {reason}"),
        });
    };
    let state = address.state.as_deref().unwrap_or_default();
    let postal_code = address.postal_code.as_deref().unwrap_or_default();
    for (field, text) in [
        ("line1", &address.line1),
        ("city", &address.city),
        ("country", &address.country),
    ] {
        if text.trim().is_empty() {
            wrong(field, "must not be empty.");
        }
    }
    let country = address.country.trim();
    if !country.is_empty()
        && (country.len() != 2 || !country.bytes().all(|byte| byte.is_ascii_alphabetic()))
    {
        wrong("country", "must be a two-letter ISO 3166-1 code.");
    }
    if NEEDS_STATE
        .iter()
        .any(|needs| needs.eq_ignore_ascii_case(country))
    {
        for (field, text) in [("state", state), ("postalCode", postal_code)] {
            if text.trim().is_empty() {
                wrong(field, "must not be empty.");
            }
        }
    }
    let lines = [
        ("line1", address.line1.as_str()),
        ("line2", address.line2.as_deref().unwrap_or_default()),
        ("city", &address.city),
        ("state", state),
        ("postalCode", postal_code),
        ("phone", address.phone.as_deref().unwrap_or_default()),
    ];
    for (field, text) in lines {
        if text.chars().count() > LONGEST_LINE {
            wrong(field, "must not be longer than 200 letters.");
        }
    }
    errors
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_country_decides_what_is_needed() {
        let mut address = Address {
            line1: "1 Quai".into(),
            city: "Nice".into(),
            country: "FR".into(),
            ..Address::default()
        };
        assert_eq!(faults(&address, "a"), []);
        address.country = "us".into();
        let names: Vec<String> = faults(&address, "a")
            .into_iter()
            .map(|fault| fault.name)
            .collect();
        assert_eq!(names, ["a.state", "a.postalCode"]);
        address.country = "USA".into();
        assert_eq!(faults(&address, "a").len(), 1);
    }
}
