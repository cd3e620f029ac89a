//! Text into rows and cells: which separator it has, quotes, and lines that have none.

use super::{Table, columns::header_worth, free, is_quantity, trim};

/// The separators, the surest first: a tab is in no name, a comma in many a number.
const SEPARATORS: [u8; 4] = *b"\t;|,";

/// Stands for a separator that is longer than a byte: no text holds it.
const OTHER: char = '\u{1F}';

/// The rows of `text`, divided by the separator that it names, else by whichever fits; a line that it does not
/// divide is looked at by itself.
pub(super) fn rows(text: &str) -> Vec<Vec<String>> {
    let text = text.trim_start_matches('\u{FEFF}');
    let (named, text) = named_separator(text);
    let lines = text.lines().filter(|line| !trim(line).is_empty()).count();
    if lines == 0 {
        return Vec::new();
    }
    let fitting = match named {
        Some(separator) => match u8::try_from(u32::from(separator)) {
            Ok(byte) if byte.is_ascii() => Some(read(text, byte, lines)),
            _ => {
                let text = text
                    .replace(OTHER, " ")
                    .replace(separator, &OTHER.to_string());
                Some(read(&text, OTHER as u8, lines))
            }
        },
        None => fitting(text, lines),
    };
    let Some(rows) = fitting else {
        return text.lines().map(free::cells).collect();
    };
    let usual = usual_width(&rows);
    let is_named = named.is_some();
    rows.into_iter()
        .map(|row| match row.as_slice() {
            [one] if !is_named => free::cells(one),
            [sku, thousands, rest]
                if usual == 2 && !is_named && is_divided_number(thousands, rest) =>
            {
                vec![sku.clone(), format!("{thousands},{rest}")]
            }
            _ => row,
        })
        .collect()
}

/// The separator that the first line names for spreadsheets (`sep=;`), and the text behind that line.
fn named_separator(text: &str) -> (Option<char>, &str) {
    let begin = text.trim_start_matches(['\r', '\n', ' ', '\u{FEFF}']);
    let end = begin.find(['\r', '\n']).unwrap_or(begin.len());
    let (line, rest) = begin.split_at(end);
    // A spreadsheet that saves the file again puts quotes around it, or empty cells behind.
    let bare = line.trim_start_matches(['"', '\'']);
    let Some(word) = bare
        .get(..3)
        .filter(|word| word.eq_ignore_ascii_case("sep"))
    else {
        return (None, text);
    };
    let Some(named) = bare[word.len()..].trim_start_matches(' ').strip_prefix('=') else {
        return (None, text);
    };
    let bare = named.trim_start_matches(' ');
    let named = if bare.is_empty() { named } else { bare };
    let word = named.trim_matches(['"', '\'', ' ', '\\']).to_lowercase();
    if matches!(word.as_str(), "tab" | "t") {
        return (Some('\t'), rest);
    }
    let quoted = named.trim_start_matches(['"', '\'']);
    let mut signs = if quoted.is_empty() { named } else { quoted }.chars();
    // `sep=` alone names nothing.
    let Some(separator) = signs.next() else {
        return (None, rest);
    };
    let padding = |sign: char| sign == separator || "\"' ,;\t|".contains(sign);
    if separator.is_alphanumeric() || !signs.all(padding) {
        return (None, text);
    }
    (Some(separator), rest)
}

/// The rows by the separator that fits: it divides more than half of the lines, others may be a title or a
/// group's name; or it divides a row of names near the top, with fewer lines below than titles above.
fn fitting(text: &str, lines: usize) -> Option<Vec<Vec<String>>> {
    let divided = |row: &Vec<String>| row.iter().filter(|cell| !trim(cell).is_empty()).count() > 1;
    let by = |separator: &u8| read(text, *separator, lines);
    let most = SEPARATORS.iter().map(by).find(|rows| {
        let fit = rows.iter().filter(|row| divided(row)).count();
        fit * 2 > rows.len()
    });
    let named = || {
        SEPARATORS.iter().map(by).find(|rows| {
            let table = Table::of_rows(rows.iter().take(40).cloned().collect());
            table.all_rows().iter().any(|row| header_worth(row) == 2)
        })
    };
    most.or_else(named)
}

/// How many cells most rows have.
fn usual_width(rows: &[Vec<String>]) -> usize {
    let mut counts = [0_usize; 16];
    for row in rows.iter().filter(|row| row.len() > 1) {
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
