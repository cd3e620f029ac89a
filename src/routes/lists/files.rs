//! Lists as files: saved for spreadsheets (CSV) or for this shop (JSON), and made of lines that came in one.

use crate::{
    browser::download,
    domain::{
        lists::saved_list::{CSV_COLUMNS, OrderList},
        quick_order::line_import::TypedLine,
        values::csv::Csv,
    },
    locale::Locale,
};

/// A file's name for a list: its name in plain letters and digits.
fn file_name(list: &OrderList, ending: &str) -> String {
    let mut name = String::new();
    for sign in list.name.chars() {
        if sign.is_alphanumeric() {
            name.push(sign);
        } else if !name.ends_with('-') && !name.is_empty() {
            name.push('-');
        }
    }
    let name = name.trim_end_matches('-');
    format!("{}.{ending}", if name.is_empty() { "list" } else { name })
}

/// Lets the browser save the list as CSV; says whether it took it.
pub(crate) fn save_csv(locale: Locale, list: &OrderList) -> bool {
    let columns = CSV_COLUMNS.map(|key| locale.text(key));
    let mut csv = Csv::new(&columns.each_ref().map(String::as_str));
    list.add_rows(&mut csv);
    let name = file_name(list, "csv");
    download::save_text(&name, "text/csv;charset=utf-8", &csv.finish())
}

/// Lets the browser save the list as JSON; says whether it took it.
pub(crate) fn save_json(list: &OrderList) -> bool {
    let name = file_name(list, "json");
    download::save_text(&name, "application/json", &list.to_json())
}

/// The list of lines from a file, and how many of its rows were not understood; none when there is none.
pub(crate) fn of_lines(file: &str, lines: Vec<TypedLine>) -> Option<(OrderList, usize)> {
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    OrderList::from_lines(stem, lines)
}
