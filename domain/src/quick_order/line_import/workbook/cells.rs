//! The cells of one sheet as they are shown, with the rows and columns that are hidden.

use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};
use std::collections::{BTreeMap, BTreeSet};

use super::{
    Cell, Nature, Regional, Row, Table,
    number_format::{Format, unformatted},
    parts::{Look, add_text, attribute, reader, rich_text, says_yes, unescaped},
};

/// More rows than this are not taken: no order is that long, and a sheet may go on forever.
const MOST_ROWS: usize = 100_000;
/// More columns than this are not looked at.
const MOST_COLUMNS: usize = 256;

/// `B12` as a row and a column, both from 0.
fn place(reference: &str) -> Option<(usize, usize)> {
    let letters = reference.bytes().take_while(u8::is_ascii_alphabetic);
    let column = letters.clone().fold(0_usize, |column, letter| {
        column
            .saturating_mul(26)
            .saturating_add(usize::from(letter.to_ascii_uppercase() - b'A') + 1)
    });
    let row: usize = reference.get(letters.count()..)?.parse().ok()?;
    Some((row.checked_sub(1)?, column.checked_sub(1)?))
}

/// What is read so far.
#[derive(Default)]
struct Sheet {
    rows: BTreeMap<usize, Row>,
    hidden_columns: BTreeSet<usize>,
    /// Whether rows are hidden that do not say that they are not.
    hides_rows: bool,
    formats: BTreeMap<usize, Option<Format>>,
}

/// The cells of a sheet; none when it cannot be read.
pub(super) fn read(
    xml: &str,
    strings: &[String],
    look: &Look,
    regional: Regional,
) -> Option<Table> {
    let mut xml = reader(xml);
    let mut sheet = Sheet::default();
    let (mut row, mut column) = (0, 0);
    loop {
        match xml.read_event().ok()? {
            Event::Start(element) => match element.local_name().as_ref() {
                "sheetFormatPr" => sheet.hides_rows = says_yes(&element, "zeroHeight"),
                "col" => sheet.hide_columns(&element),
                "row" => {
                    if let Some(number) =
                        attribute(&element, "r").and_then(|it| it.parse::<usize>().ok())
                    {
                        row = number.saturating_sub(1);
                    }
                    column = 0;
                    if sheet.rows.len() < MOST_ROWS {
                        let hidden = match attribute(&element, "hidden") {
                            Some(_) => says_yes(&element, "hidden"),
                            None => sheet.hides_rows,
                        };
                        let flat = is_nothing(&element, "ht");
                        let new = Row {
                            hidden: hidden || flat,
                            ..Row::default()
                        };
                        sheet.rows.insert(row, new);
                    }
                }
                "c" => {
                    if let Some(at) = attribute(&element, "r").and_then(|it| place(&it)) {
                        (row, column) = at;
                    }
                    let cell = sheet.cell(&mut xml, &element, strings, look, regional)?;
                    sheet.put(row, column, cell);
                    column += 1;
                }
                "mergeCell" => sheet.merge(&attribute(&element, "ref").unwrap_or_default()),
                _ => {}
            },
            Event::End(element) if element.local_name().as_ref() == "row" => row += 1,
            Event::Eof => break,
            _ => {}
        }
    }
    let rows = sheet.rows.into_values().collect();
    Some(Table::of_sheet(rows, sheet.hidden_columns))
}

/// Whether a width or a height is none.
fn is_nothing(element: &BytesStart<'_>, name: &str) -> bool {
    attribute(element, name)
        .and_then(|it| it.parse::<f64>().ok())
        .is_some_and(|it| it <= 0.0)
}

impl Sheet {
    fn hide_columns(&mut self, element: &BytesStart<'_>) {
        let number = |name: &str| attribute(element, name).and_then(|it| it.parse::<usize>().ok());
        if (says_yes(element, "hidden") || is_nothing(element, "width"))
            && let (Some(first @ 1..), Some(last)) = (number("min"), number("max"))
        {
            self.hidden_columns
                .extend(first - 1..last.min(MOST_COLUMNS));
        }
    }

    fn put(&mut self, row: usize, column: usize, cell: Cell) {
        if let Some(row) = self.rows.get_mut(&row)
            && column < MOST_COLUMNS
            && cell != Cell::default()
        {
            if row.cells.len() <= column {
                row.cells.resize(column + 1, Cell::default());
            }
            row.cells[column] = cell;
        }
    }

    /// Cells that are one show what stands in the first of them. Down a column each row has it; but a quantity
    /// is not there twice.
    fn merge(&mut self, reference: &str) {
        let Some((first, last)) = reference.split_once(':') else {
            return;
        };
        let (Some((top, left)), Some((bottom, _))) = (place(first), place(last)) else {
            return;
        };
        let shown = self
            .rows
            .get(&top)
            .and_then(|row| row.cells.get(left))
            .cloned();
        let Some(shown) = shown.filter(|_| bottom > top) else {
            return;
        };
        let below: Vec<usize> = self
            .rows
            .range(top + 1..=bottom)
            .map(|(at, _)| *at)
            .collect();
        for at in below {
            let cell = Cell {
                quantity: Some(String::new()),
                ..shown.clone()
            };
            if self
                .rows
                .get(&at)
                .is_some_and(|row| row.cells.iter().any(|it| !it.text.is_empty()))
            {
                self.put(at, left, cell);
            }
        }
    }

    /// A cell whose begin was read.
    fn cell(
        &mut self,
        xml: &mut Reader<&[u8]>,
        element: &BytesStart<'_>,
        strings: &[String],
        look: &Look,
        regional: Regional,
    ) -> Option<Cell> {
        let kind = attribute(element, "t").unwrap_or_default();
        let style = attribute(element, "s")
            .and_then(|it| it.parse().ok())
            .unwrap_or(0);
        let (mut value, mut text, mut computed, mut within) = (None::<String>, None, false, false);
        loop {
            let event = xml.read_event().ok()?;
            match &event {
                Event::Start(element) => match element.local_name().as_ref() {
                    "v" => {
                        value = Some(String::new());
                        within = true;
                    }
                    "is" => text = Some(rich_text(xml, "is")?),
                    "f" => computed = true,
                    _ => {}
                },
                Event::End(element) => match element.local_name().as_ref() {
                    "c" => break,
                    "v" => within = false,
                    _ => {}
                },
                Event::Eof => return None,
                event => {
                    if let Some(value) = value.as_mut().filter(|_| within) {
                        add_text(value, event);
                    }
                }
            }
        }
        let format = self
            .formats
            .entry(style)
            .or_insert_with(|| look.format(style, regional));
        let format = format.as_ref();
        let shown = |text: &str| {
            Cell::text(format.map_or_else(|| text.to_owned(), |format| format.text(text)))
        };
        let Some(value) = value.filter(|value| !value.is_empty()) else {
            return Some(match text {
                Some(text) => shown(&text),
                // What the formula comes to was never worked out.
                None if computed && kind != "str" => Cell::doubtful(""),
                None => Cell::default(),
            });
        };
        Some(match kind.as_str() {
            "inlineStr" => shown(&text.unwrap_or_default()),
            "s" => match value
                .trim()
                .parse()
                .ok()
                .and_then(|at: usize| strings.get(at))
            {
                Some(text) => shown(text),
                None => Cell::doubtful(""),
            },
            "str" => shown(&unescaped(&value)),
            "b" => {
                let words = if regional.is_german() {
                    ["FALSCH", "WAHR"]
                } else {
                    ["FALSE", "TRUE"]
                };
                Cell::text(words[usize::from(matches!(value.trim(), "1" | "true"))].to_owned())
            }
            "e" => Cell::text(value),
            "d" => Cell {
                text: value.trim_end_matches("T00:00:00").to_owned(),
                nature: Nature::Date,
                ..Cell::default()
            },
            _ => match value.trim().parse::<f64>() {
                Ok(number) if number.is_finite() => match format {
                    Some(format) => format.cell(number, regional, look.from_1904),
                    None => unformatted(number, regional),
                },
                _ => shown(&value),
            },
        })
    }
}
