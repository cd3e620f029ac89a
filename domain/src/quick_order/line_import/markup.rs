//! Tables in web pages and in XML, which many systems save under the names of spreadsheets.

use std::collections::BTreeSet;

use super::table::{Cell, Row, Table};

/// A cell wider or taller than this is not meant: spreadsheets end their titles at the last column there can be.
const WIDEST: usize = 256;

/// A cell of such a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarkupCell {
    /// Its text.
    pub text: String,
    /// The column that it begins in, from 0, where it says so; else it follows the one before it.
    pub column: Option<usize>,
    /// How many columns it takes.
    pub columns: usize,
    /// How many rows it takes.
    pub rows: usize,
}

/// A row of such a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MarkupRow {
    /// Its cells.
    pub cells: Vec<MarkupCell>,
    /// Whether it is not shown.
    pub hidden: bool,
}

impl Table {
    /// The cells of a table in a web page or in XML, each text in the first of the places that its cell takes.
    pub fn of_markup(rows: Vec<MarkupRow>) -> Self {
        // For each column: how many further rows are taken by a cell above.
        let mut taken: Vec<usize> = Vec::new();
        let row = |row: MarkupRow| {
            let mut free: Vec<bool> = taken.iter().map(|rows| *rows == 0).collect();
            for rows in &mut taken {
                *rows = rows.saturating_sub(1);
            }
            let mut texts: Vec<String> = Vec::new();
            let mut at = 0;
            for cell in row.cells {
                at = cell.column.map_or(at, |column| column.min(WIDEST));
                while free.get(at) == Some(&false) {
                    at += 1;
                }
                let end = at + cell.columns.clamp(1, WIDEST);
                texts.resize(texts.len().max(at + 1), String::new());
                free.resize(free.len().max(end), true);
                taken.resize(taken.len().max(end), 0);
                texts[at] = cell.text;
                for column in at..end {
                    free[column] = false;
                    taken[column] = taken[column].max(cell.rows.clamp(1, WIDEST) - 1);
                }
                at = end;
            }
            Row {
                cells: texts.into_iter().map(Cell::text).collect(),
                hidden: row.hidden,
            }
        };
        let rows = rows.into_iter().map(row).collect();
        Self::of_sheet(rows, BTreeSet::new())
    }
}

/// The encoding that the beginning of a web page or of XML names: `charset=…` or `encoding="…"`.
pub fn named_encoding(bytes: &[u8]) -> Option<String> {
    let head = &bytes[..bytes.len().min(2_048)];
    let head: String = head.iter().map(|byte| char::from(*byte)).collect();
    let head = head.to_ascii_lowercase();
    let names = ["charset=", "encoding="];
    let after = names.iter().find_map(|name| Some(head.split_once(name)?.1));
    let label = after?.trim_start_matches(['"', '\'', ' ']);
    let label = label.split(|sign: char| !sign.is_ascii_alphanumeric() && !"-_:".contains(sign));
    let label = label.into_iter().next().filter(|label| !label.is_empty());
    label.map(str::to_owned)
}

/// Where `part` stands first in `text`, whatever the case of its letters.
fn find(text: &str, part: &str) -> Option<usize> {
    let (text, part) = (text.as_bytes(), part.as_bytes());
    let mut places = text.windows(part.len());
    places.position(|place| place.eq_ignore_ascii_case(part))
}

/// Whether a name begins like that, whatever the case of its letters.
fn begins(name: &str, with: &str) -> bool {
    name.get(..with.len())
        .is_some_and(|head| head.eq_ignore_ascii_case(with))
}

/// A web page without style sheets, its attributes `style` and `on…` under other names (`data-style`): the policy of this
/// site refuses them, and browsers report each one that they parse.
pub fn defused(page: &str) -> String {
    let mut plain = String::with_capacity(page.len());
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = if begins(rest, "<!--") {
            rest.find("-->").map(|end| end + 3)
        } else if begins(rest, "<style") {
            rest = find(rest, "</style").map_or("", |end| &rest[end..]);
            rest = rest.find('>').map_or("", |end| &rest[end + 1..]);
            continue;
        } else {
            None
        };
        if let Some(end) = end {
            plain.push_str(&rest[..end]);
            rest = &rest[end..];
            continue;
        }
        let length = tag(rest);
        let mut copied = 0;
        for name in names(&rest[..length]) {
            if begins(&rest[name..], "style") || begins(&rest[name..], "on") {
                plain.push_str(&rest[copied..name]);
                plain.push_str("data-");
                copied = name;
            }
        }
        plain.push_str(&rest[copied..length]);
        rest = &rest[length..];
    }
    plain.push_str(rest);
    plain
}

/// How long the tag is that `text` begins with: a sign in quotes does not end it.
fn tag(text: &str) -> usize {
    let mut quote = None;
    for (at, sign) in text.bytes().enumerate() {
        match (quote, sign) {
            (Some(open), _) if open == sign => quote = None,
            (None, b'"' | b'\'') => quote = Some(sign),
            (None, b'>') => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// Where the names of a tag's attributes begin.
fn names(tag: &str) -> Vec<usize> {
    let mut found = Vec::new();
    let mut quote = None;
    let mut before = b'<';
    for (at, sign) in tag.bytes().enumerate() {
        match (quote, sign) {
            (Some(open), _) if open == sign => quote = None,
            (Some(_), _) => {}
            (None, b'"' | b'\'') => quote = Some(sign),
            (None, _) => {
                let apart = before.is_ascii_whitespace() || matches!(before, b'"' | b'\'' | b'/');
                if apart && sign.is_ascii_alphabetic() {
                    found.push(at);
                }
            }
        }
        before = sign;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quick_order::line_import::Include;
    use proptest::prelude::*;

    fn cell(text: &str, columns: usize, rows: usize) -> MarkupCell {
        MarkupCell {
            text: text.to_owned(),
            column: None,
            columns,
            rows,
        }
    }

    fn row(cells: Vec<MarkupCell>) -> MarkupRow {
        MarkupRow {
            cells,
            hidden: false,
        }
    }

    fn one(text: &str) -> MarkupCell {
        cell(text, 1, 1)
    }

    /// Tables in web pages and XML are read as they are laid out.
    #[test]
    fn cells_that_take_several_places_move_the_others_on() {
        let table = Table::of_markup(vec![
            row(vec![cell("Order 7", 16_384, 1)]),
            row(vec![cell("Blue", 1, 2), one("A-1"), one("3")]),
            row(vec![one("A-2"), one("5")]),
            row(vec![one("Red"), cell("B-1", 1, 1), one("7")]),
        ]);
        assert_eq!(table.row(1), ["Blue", "A-1", "3"]);
        assert_eq!(table.row(2), ["", "A-2", "5"]);
        assert_eq!(table.row(3), ["Red", "B-1", "7"]);
        assert_eq!(table.width(), 3);
    }

    /// Tables in web pages and XML are read as they are laid out.
    #[test]
    fn a_cell_may_name_its_column_and_a_row_may_be_hidden() {
        let mut third = one("9");
        third.column = Some(2);
        let mut hidden = row(vec![one("B"), one(""), one("4")]);
        hidden.hidden = true;
        let names = row(vec![one("SKU"), one("Name"), one("Quantity")]);
        let table = Table::of_markup(vec![names, row(vec![one("A"), third]), hidden]);
        let (lines, left) = table.take(table.guess(), Include::default());
        assert_eq!((lines.len(), left.hidden), (1, 1));
        assert_eq!((&*lines[0].sku, &*lines[0].quantity), ("A", "9"));
    }

    #[test]
    fn the_named_encoding_is_found() {
        for (head, label) in [
            ("<meta charset=utf-8>", Some("utf-8")),
            (
                "<meta content=\"text/html; charset=Windows-1251\">",
                Some("windows-1251"),
            ),
            (
                "<?xml version='1.0' encoding='Shift_JIS'?>",
                Some("shift_jis"),
            ),
            ("<html><table>", None),
            ("<meta charset=\"\">", None),
        ] {
            assert_eq!(named_encoding(head.as_bytes()).as_deref(), label, "{head}");
        }
    }

    #[test]
    fn what_the_policy_refuses_is_taken_out() {
        for (page, plain) in [
            (
                "<tr STYLE='display:none' a=1>",
                "<tr data-STYLE='display:none' a=1>",
            ),
            (
                "<img src=x onerror=run()>",
                "<img src=x data-onerror=run()>",
            ),
            (
                "<a title='x > style=1'style=2>on</a>",
                "<a title='x > style=1'data-style=2>on</a>",
            ),
            ("a<Style>td > b {}</STYLE >b", "ab"),
            ("<style>never closed", ""),
            (
                "<!-- <a style=1> -->1 < 2 style=3",
                "<!-- <a style=1> -->1 < 2 data-style=3",
            ),
            ("plain style=1", "plain style=1"),
        ] {
            assert_eq!(defused(page), plain, "{page}");
        }
    }

    proptest! {
        #[test]
        fn no_page_panics(page: String, tags in "[<>/a-zé \"'=-]{0,40}") {
            let _ = defused(&page);
            let plain = defused(&tags);
            prop_assert!(plain.len() <= tags.len() * 6);
        }

        #[test]
        fn no_table_panics_or_loses_a_text(
            rows in prop::collection::vec(
                prop::collection::vec(("[a-z]{1,3}", prop::option::of(0..400_usize), 0..400_usize, 0..400_usize), 0..5),
                0..6,
            )
        ) {
            let texts: usize = rows.iter().map(|row| row.iter().filter(|it| it.1.is_none()).count()).sum();
            let of_cell = |(text, column, columns, rows): (String, Option<usize>, usize, usize)| MarkupCell { text, column, columns, rows };
            let rows: Vec<MarkupRow> = rows.into_iter().map(|cells| row(cells.into_iter().map(of_cell).collect())).collect();
            let placed = rows.iter().all(|row| row.cells.iter().all(|cell| cell.column.is_none()));
            let table = Table::of_markup(rows);
            let found: usize = table.all_rows().iter().map(|row| row.filled().count()).sum();
            prop_assert!(!placed || found == texts);
        }
    }
}
