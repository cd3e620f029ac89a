//! What is wrong with a PO number, in words.

use crate::{domain::checkout::purchase_order::PoError, locale::Locale};

/// The sentence for `error`.
pub(crate) fn explain(locale: Locale, error: PoError) -> String {
    match error {
        PoError::Missing => locale.text("po_number.missing"),
        PoError::TooLong { max } => locale.plural("field.too_long", max as u64, &[]),
        PoError::ControlCharacter => locale.text("field.control_character"),
        PoError::Pattern => locale.text("po_number.pattern"),
    }
}
