//! Text into rows and cells: which separator it has, quotes, and lines that have none.

use super::{free, is_quantity, trim};

/// The separators, the surest first: a tab is in no name, a comma in many a number.
const SEPARATORS: [u8; 4] = *b"\t;|,";

/// The rows of `text`, divided by whichever separator fits; a line that it does not divide is looked at by
/// itself.
pub(super) fn rows(text: &str) -> Vec<Vec<String>> {
    let text = text.trim_start_matches('\u{FEFF}');
    let lines = text.lines().filter(|line| !trim(line).is_empty()).count();
    if lines == 0 {
        return Vec::new();
    }
    let divided = |row: &Vec<String>| row.iter().filter(|cell| !trim(cell).is_empty()).count() > 1;
    let fitting = SEPARATORS.iter().find_map(|separator| {
        let rows = read(text, *separator, lines);
        // More than half of the lines: others may be a title, or a group's name.
        let fit = rows.iter().filter(|row| divided(row)).count();
        (fit * 2 > rows.len()).then_some(rows)
    });
    let Some(rows) = fitting else {
        return text.lines().map(free::cells).collect();
    };
    let usual = usual_width(&rows);
    rows.into_iter()
        .map(|row| match row.as_slice() {
            [one] => free::cells(one),
            [sku, thousands, rest] if usual == 2 && is_divided_number(thousands, rest) => {
                vec![sku.clone(), format!("{thousands},{rest}")]
            }
            _ => row,
        })
        .collect()
}

/// How many cells most rows have.
fn usual_width(rows: &[Vec<String>]) -> usize {
    let mut counts = [0_usize; 16];
    for row in rows {
        counts[row.len().min(15)] += 1;
    }
    let most = counts.iter().enumerate().max_by_key(|(_, count)| **count);
    most.map_or(0, |(width, _)| width)
}

/// Whether two cells are one number whose thousands were set off by the separator: `1` and `000`.
fn is_divided_number(thousands: &str, rest: &str) -> bool {
    let (thousands, rest) = (trim(thousands), trim(rest));
    rest.len() == 3
        && rest.bytes().all(|byte| byte.is_ascii_digit())
        && thousands.len() <= 3
        && thousands.bytes().all(|byte| byte.is_ascii_digit())
        && is_quantity(thousands)
}

/// Reads CSV. A quote that is never closed would take the rest of the text into one cell: where that
/// happens, quotes are letters like any other.
fn read(text: &str, separator: u8, lines: usize) -> Vec<Vec<String>> {
    let rows = parse(text, separator, true);
    let cut = |row: &Vec<String>| row.iter().any(|cell| cell.lines().count() > 3);
    if rows.len() * 2 < lines || rows.iter().any(cut) {
        return parse(text, separator, false);
    }
    rows
}

fn parse(text: &str, separator: u8, quotes: bool) -> Vec<Vec<String>> {
    let mut reader = csv_core::ReaderBuilder::new()
        .delimiter(separator)
        .quoting(quotes)
        .build();
    let mut input = text.as_bytes();
    // No row is longer than the text, and no row has more cells than the text has signs and one.
    let mut output = vec![0; text.len().max(1)];
    let mut ends = vec![0; text.len() + 1];
    let mut rows = Vec::new();
    let (mut written, mut ended) = (0, 0);
    loop {
        let (result, read, wrote, cells) =
            reader.read_record(input, &mut output[written..], &mut ends[ended..]);
        input = &input[read..];
        written += wrote;
        ended += cells;
        match result {
            csv_core::ReadRecordResult::Record => {
                let mut begin = 0;
                let row = ends[..ended].iter().map(|end| {
                    let cell = String::from_utf8_lossy(&output[begin..*end]).into_owned();
                    begin = *end;
                    cell
                });
                rows.push(row.collect());
                (written, ended) = (0, 0);
            }
            // Nothing is left: one more call gives the row that no line end closes.
            csv_core::ReadRecordResult::InputEmpty => {}
            _ => return rows,
        }
    }
}
