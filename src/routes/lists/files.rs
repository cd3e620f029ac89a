//! Lists as files: saved for spreadsheets (CSV) or for this shop (JSON), and read back.

use crate::{
    browser::download,
    domain::{
        csv::Csv,
        order_list::{CSV_COLUMNS, OrderList},
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
pub fn save_csv(locale: Locale, list: &OrderList) -> bool {
    let columns = CSV_COLUMNS.map(|key| locale.text(key));
    let mut csv = Csv::new(&columns.each_ref().map(String::as_str));
    list.add_rows(&mut csv);
    let name = file_name(list, "csv");
    download::save_text(&name, "text/csv;charset=utf-8", &csv.finish())
}

/// Lets the browser save the list as JSON; says whether it took it.
pub fn save_json(list: &OrderList) -> bool {
    let name = file_name(list, "json");
    download::save_text(&name, "application/json", &list.to_json())
}

/// The list in a file, and how many of its rows were not understood; none when there is no list in it.
pub fn read(name: &str, text: &str) -> Option<(OrderList, usize)> {
    let is_json = text
        .trim_start_matches('\u{FEFF}')
        .trim_start()
        .starts_with('{');
    if is_json {
        return OrderList::from_json(text).map(|list| (list, 0));
    }
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    OrderList::from_rows(stem, text)
}
