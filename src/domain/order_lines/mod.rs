//! Order lines as people paste them: cells of a spreadsheet, CSV of any separator, or plain "SKU x 12".
//!
//! Nothing is refused: whatever cannot be understood stays as it was pasted, for the buyer to put right.

mod columns;
mod free;
mod separated;
#[cfg(test)]
mod tests;
mod workbook;

pub use columns::Columns;
pub use workbook::{Sheet, first_sheet};

use super::quantity;

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

/// Rows and cells, without the rows that hold nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    /// Reads pasted text or a file of text. It is separated by tabs, semicolons, bars or commas, whichever
    /// fits; a line that none of them divides is read as "SKU x 12", "12 x SKU" or the like.
    pub fn read(text: &str) -> Self {
        Self::of_rows(separated::rows(text))
    }

    /// The cells of a spreadsheet.
    pub fn of_rows(rows: Vec<Vec<String>>) -> Self {
        let clean = |row: Vec<String>| -> Vec<String> {
            let mut row: Vec<String> = row.iter().map(|cell| trim(cell).to_owned()).collect();
            while row.last().is_some_and(String::is_empty) {
                row.pop();
            }
            row
        };
        let rows = rows.into_iter().map(clean);
        Self {
            rows: rows.filter(|row| !row.is_empty()).collect(),
        }
    }

    /// Whether it holds nothing.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The rows, as they are.
    pub fn rows(&self) -> &[Vec<String>] {
        &self.rows
    }

    /// How many columns the widest row has.
    pub fn width(&self) -> usize {
        self.rows.iter().map(Vec::len).max().unwrap_or(0)
    }

    /// The lines, with SKU and quantity taken from `columns`. Rows with neither are left out.
    pub fn lines(&self, columns: Columns) -> Vec<TypedLine> {
        let cell = |row: &[String], column: Option<usize>| {
            column.and_then(|column| row.get(column)).cloned()
        };
        self.rows
            .iter()
            .skip(usize::from(columns.header))
            .map(|row| TypedLine {
                sku: sku_of(&cell(row, Some(columns.sku)).unwrap_or_default()).to_owned(),
                quantity: quantity_of(&cell(row, columns.quantity).unwrap_or_default()).to_owned(),
            })
            .filter(|line| !line.is_blank())
            .collect()
    }

    /// The cells as a block to paste at a place in a table: SKU and quantity cleaned where they would come to
    /// stand when the block's first column is the SKU (`0`) or the quantity (`1`).
    pub fn block(&self, first_column: usize) -> Vec<Vec<String>> {
        let clean = |(place, cell): (usize, &String)| match first_column + place {
            0 => sku_of(cell).to_owned(),
            _ => quantity_of(cell).to_owned(),
        };
        let row = |row: &Vec<String>| row.iter().enumerate().map(clean).collect();
        self.rows.iter().map(row).collect()
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

/// Whether a spreadsheet has made a number of a SKU, and so lost its digits: `1E+05`, `4.71E+11`.
pub fn is_mangled(sku: &str) -> bool {
    let Some((number, power)) = sku.split_once(['E', 'e']) else {
        return false;
    };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, fraction) = number.split_once(['.', ',']).unwrap_or((number, "0"));
    let signed = power.strip_prefix(['+', '-']);
    digits(whole) && digits(fraction) && whole.len() == 1 && signed.is_some_and(digits)
}
