//! Addresses in words.

use nymble_wire::Address;

use crate::locale::Locale;

/// An address in one line, for a label.
pub(crate) fn in_one_line(locale: Locale, address: &Address) -> String {
    let mut text = String::new();
    let parts = [
        Some(address.line1.as_str()),
        address.line2.as_deref(),
        Some(address.city.as_str()),
        address.state.as_deref(),
        address.postal_code.as_deref(),
    ];
    for part in parts.into_iter().flatten().filter(|part| !part.is_empty()) {
        if !text.is_empty() {
            text.push_str(", ");
        }
        text.push_str(part);
    }
    if !address.country.is_empty() {
        text.push_str(", ");
        text.push_str(&locale.country(&address.country));
    }
    text
}
