//! Excel workbooks (`.xlsx`, `.xlsm`): their sheets, and the cells of one of them as the spreadsheet shows them.
//!
//! What a buyer sees decides: a number's format, rows and columns that a filter hides, sheets that are hidden.
//! Libraries that read workbooks give the values and none of this, so the parts are read here, with `zip` and
//! `quick-xml`.

mod cells;
mod date;
mod digits;
mod number_format;
mod parts;
#[cfg(test)]
mod tests;

use super::table::{Cell, Nature, Row, Table};
use parts::Parts;

/// How numbers and days are written where the buyer is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Regional {
    /// `1,234.50`, `12/31/2026`
    #[default]
    American,
    /// `1,234.50`, `31/12/2026`
    English,
    /// `1.234,50`, `31.12.2026`
    German,
}

impl Regional {
    /// The customs of a language tag, of those that there is a message catalogue for.
    pub fn of(tag: &str) -> Self {
        match tag.split_once('-').unwrap_or((tag, "US")) {
            ("de", _) => Self::German,
            ("en", "US") => Self::American,
            _ => Self::English,
        }
    }

    fn is_german(self) -> bool {
        self == Self::German
    }

    fn decimal(self) -> char {
        if self.is_german() { ',' } else { '.' }
    }

    fn group(self) -> char {
        if self.is_german() { '.' } else { ',' }
    }

    fn short_date(self) -> &'static str {
        match self {
            Self::American => "m/d/yyyy",
            Self::English => "dd/mm/yyyy",
            Self::German => "dd.mm.yyyy",
        }
    }
}

/// A sheet that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetName {
    /// What it is called.
    pub name: String,
    /// Whether the spreadsheet hides it.
    pub hidden: bool,
}

/// A workbook of which one sheet was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Workbook {
    /// Its sheets of cells.
    pub sheets: Vec<SheetName>,
    /// Which of them was read.
    pub chosen: usize,
    /// The cells of that one.
    pub table: Table,
}

/// Reads a workbook: the sheet `wanted`, else the first that is not hidden and holds anything, else the first
/// that is not hidden. None when it is no workbook that can be read.
pub fn read(bytes: &[u8], wanted: Option<usize>, regional: Regional) -> Option<Workbook> {
    let mut parts = Parts::open(bytes)?;
    let sheets = parts.sheets()?;
    let look = parts.look();
    let strings = parts.shared_strings();
    let mut read = |at: usize| {
        let xml = parts.part(&sheets.get(at)?.part)?;
        cells::read(&xml, &strings, &look, regional)
    };
    let visible: Vec<usize> = (0..sheets.len())
        .filter(|at| !sheets[*at].name.hidden)
        .collect();
    let mut first = None;
    for at in wanted.map_or(visible, |wanted| vec![wanted]) {
        let table = read(at)?;
        let filled = !table.is_empty();
        if filled || first.is_none() {
            first = Some((at, table));
        }
        if filled {
            break;
        }
    }
    let (chosen, table) = first?;
    let sheets = sheets.into_iter().map(|sheet| sheet.name).collect();
    Some(Workbook {
        sheets,
        chosen,
        table,
    })
}
