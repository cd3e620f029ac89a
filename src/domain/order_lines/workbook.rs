//! The cells of an Excel workbook (`.xlsx`, `.xlsm`).

use calamine::{Data, Reader, Xlsx};
use std::io::Cursor;

/// A sheet of a workbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// What it is called.
    pub name: String,
    /// Its cells as texts.
    pub rows: Vec<Vec<String>>,
}

/// More rows than this are not taken: no order is that long, and a sheet may go on forever.
const MOST_ROWS: usize = 100_000;

/// The first sheet that holds anything; none when it is no workbook that can be read, or holds nothing.
pub fn first_sheet(bytes: Vec<u8>) -> Option<Sheet> {
    let mut workbook = Xlsx::new(Cursor::new(bytes)).ok()?;
    let names = workbook.sheet_names();
    names.into_iter().find_map(|name| {
        let cells = workbook.worksheet_range(&name).ok()?;
        let rows = cells.rows().take(MOST_ROWS);
        let rows: Vec<Vec<String>> = rows.map(|row| row.iter().map(text).collect()).collect();
        let holds = rows.iter().flatten().any(|cell| !cell.trim().is_empty());
        holds.then_some(Sheet { name, rows })
    })
}

/// A cell as a buyer would type it: a SKU that the spreadsheet took for a number is that number, in full.
fn text(cell: &Data) -> String {
    match cell {
        Data::Empty => String::new(),
        Data::Float(number) => number.to_string(),
        Data::DateTime(date) => date.as_f64().to_string(),
        cell => cell.to_string(),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::super::Table;
    use super::*;
    use calamine::CellErrorType;

    const ORDER: &[u8] = include_bytes!("../../../tests/data/order.xlsx");

    #[test]
    fn the_first_sheet_that_holds_anything_is_read() {
        let sheet = first_sheet(ORDER.to_vec()).unwrap();
        assert_eq!(sheet.name, "Order");
        let table = Table::of_rows(sheet.rows);
        let lines = table.lines(table.guess());
        let lines: Vec<(&str, &str)> = lines
            .iter()
            .map(|line| (line.sku.as_str(), line.quantity.as_str()))
            .collect();
        assert_eq!(
            lines,
            [
                ("WIDGET-BLU-L", "60"),
                ("00123", "5"),
                ("4006381333931", "12"),
                ("WIDGET-RED-M", "1.5"),
            ]
        );
    }

    #[test]
    fn cells_are_what_a_buyer_would_type() {
        for (cell, typed) in [
            (Data::Empty, ""),
            (Data::Float(12.0), "12"),
            (Data::Float(4_006_381_333_931.0), "4006381333931"),
            (Data::Float(0.5), "0.5"),
            (Data::Int(7), "7"),
            (Data::Error(CellErrorType::NA), "#N/A"),
        ] {
            assert_eq!(text(&cell), typed);
        }
    }

    #[test]
    fn what_is_no_workbook_is_none() {
        assert_eq!(first_sheet(Vec::new()), None);
        assert_eq!(first_sheet(b"PK\x03\x04 and so on".to_vec()), None);
        for cut in [10, ORDER.len() / 2, ORDER.len() - 30] {
            assert_eq!(first_sheet(ORDER[..cut].to_vec()), None, "{cut}");
        }
    }
}
