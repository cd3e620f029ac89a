//! Order lines as people paste them: cells of a spreadsheet, CSV of any separator, or plain "SKU x 12".
//!
//! Nothing is refused: whatever cannot be understood stays as it was pasted, for the buyer to put right.

mod aside;
mod columns;
mod divided;
mod encoding;
mod file_kind;
mod free;
mod markup;
mod plausible;
mod separated;
mod table;
#[cfg(test)]
mod tests;
mod workbook;

pub use columns::Columns;
pub use divided::{divided, pieces_in};
pub use encoding::{Decode, ENCODINGS, Reading, read_as, reading};
pub use file_kind::{FileKind, kind_of};
pub use markup::{MarkupCell, MarkupRow, defused, named_encoding};
pub use table::{Include, LeftOut, Table};
pub use workbook::{Regional, SheetName, Workbook, read as read_workbook};

use crate::catalog::quantity;

/// A SKU and a quantity, both as texts: whether they are any good is looked at later.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedLine {
    /// The SKU, without what spreadsheets put around it.
    pub sku: String,
    /// The quantity; empty where none was given.
    pub quantity: String,
}

impl TypedLine {
    /// Whether nothing stands in it.
    pub fn is_blank(&self) -> bool {
        self.sku.trim().is_empty() && self.quantity.trim().is_empty()
    }
}

/// `text` without the spaces of any kind and the invisible marks around it.
fn trim(text: &str) -> &str {
    let invisible = |sign: char| {
        sign.is_whitespace()
            || matches!(sign, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}' | '\u{FEFF}')
    };
    text.trim_matches(invisible)
}

/// A cell's SKU without what spreadsheets put around one to keep it a text: `'00123`, `="00123"`, quotes.
pub fn sku_of(cell: &str) -> &str {
    let mut sku = trim(cell);
    if let Some(inner) = sku.strip_prefix("=\"").and_then(|it| it.strip_suffix('"')) {
        sku = inner;
    }
    for (open, close) in [('"', '"'), ('“', '”'), ('„', '“')] {
        if let Some(inner) = sku.strip_prefix(open).and_then(|it| it.strip_suffix(close)) {
            sku = inner;
        }
    }
    trim(sku.trim_start_matches(['\'', '’', '‘']))
}

/// Words behind a quantity that say nothing more.
const UNITS: &[&str] = &[
    "pcs", "pc", "pce", "pieces", "piece", "ea", "each", "units", "unit", "x", "×", "stk", "stück",
    "st", "pièces", "pce.", "stk.", "st.", "pcs.", "個",
];

/// A cell's quantity without the unit behind it: `12 pcs` is `12`. A text that is no number stays.
pub fn quantity_of(cell: &str) -> &str {
    let quantity = trim(cell).trim_start_matches(['\'', '’', '‘']);
    let number = quantity.trim_end_matches(|sign: char| !sign.is_ascii_digit());
    let unit = trim(&quantity[number.len()..]).to_lowercase();
    if !number.is_empty() && UNITS.contains(&unit.as_str()) && is_quantity(number) {
        return trim(number);
    }
    quantity
}

/// Whether a text is a whole number of pieces, one or more.
fn is_quantity(text: &str) -> bool {
    quantity::parse_raw(text).is_ok_and(|quantity| quantity > 0)
}

/// Whether a spreadsheet has made a number or a day of a SKU, and so lost what it was: `1E+05`, `4.71E+11`,
/// `Mar-26`, `3/1/2026`.
pub fn is_mangled(sku: &str) -> bool {
    is_power_of_ten(sku) || is_day(sku)
}

fn is_power_of_ten(sku: &str) -> bool {
    let Some((number, power)) = sku.split_once(['E', 'e']) else {
        return false;
    };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, fraction) = number.split_once(['.', ',']).unwrap_or((number, "0"));
    let signed = power.strip_prefix(['+', '-']);
    digits(whole) && digits(fraction) && whole.len() == 1 && signed.is_some_and(digits)
}

/// The months as spreadsheets shorten them.
const MONTHS: &str = " jan feb mar apr may jun jul aug sep oct nov dec mrz mär mai okt dez ";

/// Whether a text is a day as spreadsheets write one. Numbers in groups, as many a SKU is written, are none.
fn is_day(text: &str) -> bool {
    let parts: Vec<&str> = text
        .split(['-', '/', '.', ' '])
        .filter(|it| !it.is_empty())
        .collect();
    let number = |part: &str, from: u32, to: u32| {
        part.len() <= 4
            && part
                .parse()
                .is_ok_and(|number: u32| (from..=to).contains(&number))
    };
    let month = |part: &str| {
        part.chars().count() == 3 && MONTHS.contains(&format!(" {} ", part.to_lowercase()))
    };
    let year = |part: &str| matches!(part.len(), 2 | 4) && number(part, 0, 2100);
    match parts[..] {
        [one, two] => (month(one) && year(two)) || (number(one, 1, 31) && month(two)),
        [one, two, three] if number(one, 1, 31) && year(three) => {
            month(two) || (text.contains(['/', '.']) && number(two, 1, 31) && three.len() == 4)
        }
        [one, two, three] => {
            text.contains('-')
                && one.len() == 4
                && number(one, 1900, 2100)
                && two.len() == 2
                && number(two, 1, 12)
                && three.len() == 2
                && number(three, 1, 31)
        }
        _ => false,
    }
}
