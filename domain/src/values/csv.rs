//! Writing tables as CSV that spreadsheets open as they stand.

/// Written first: by it a spreadsheet sees that the text is UTF-8.
const BYTE_ORDER_MARK: char = '\u{FEFF}';

/// A table as CSV (RFC 4180) being written row by row.
#[derive(Clone, Debug)]
pub struct Csv(String);

impl Csv {
    /// Begins with the names of the columns.
    pub fn new(columns: &[&str]) -> Self {
        let mut csv = Self(BYTE_ORDER_MARK.to_string());
        csv.row(columns);
        csv
    }

    /// Adds a row.
    ///
    /// A text that a spreadsheet would take for a formula is shown as text: it gets a `'` in front. Amounts
    /// and numbers, also negative ones, stay as they are.
    pub fn row(&mut self, cells: &[&str]) {
        for (place, cell) in cells.iter().enumerate() {
            if place > 0 {
                self.0.push(',');
            }
            self.cell(cell);
        }
        self.0.push_str("\r\n");
    }

    fn cell(&mut self, cell: &str) {
        let text = is_formula(cell);
        let quoted = text || cell.contains([',', '"', '\r', '\n', ';', '\t']);
        if quoted {
            self.0.push('"');
        }
        if text {
            self.0.push('\'');
        }
        for character in cell.chars() {
            if character == '"' {
                self.0.push('"');
            }
            self.0.push(character);
        }
        if quoted {
            self.0.push('"');
        }
    }

    /// The whole text.
    pub fn finish(self) -> String {
        self.0
    }
}

/// Whether a spreadsheet might run it.
fn is_formula(cell: &str) -> bool {
    let number = || {
        let digits = cell.strip_prefix(['-', '+']).unwrap_or(cell);
        digits.starts_with(|first: char| first.is_ascii_digit())
            && digits.chars().all(|it| it.is_ascii_digit() || it == '.')
    };
    cell.trim_start()
        .starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'])
        && !number()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rows(rows: &[&[&str]]) -> String {
        let mut csv = Csv::new(&["a"]);
        for row in rows {
            csv.row(row);
        }
        csv.finish()
    }

    #[test]
    fn cells_are_quoted_where_they_must_be() {
        assert_eq!(
            rows(&[&["A-1", "5/8\" bolt, zinc", "-12.50", ""]]),
            "\u{FEFF}a\r\nA-1,\"5/8\"\" bolt, zinc\",-12.50,\r\n"
        );
    }

    #[test]
    fn formulas_are_texts() {
        for cell in ["=1+1", "+cmd", "-2+3", "@SUM(A1)", " =1", "\t=1", "＝1"] {
            let text = rows(&[&[cell]]);
            assert!(text.contains(&format!("\"'{cell}\"")), "{text}");
        }
        for cell in ["-5", "+5", "5", "A=1", "-0.25"] {
            assert!(rows(&[&[cell]]).ends_with(&format!("\r\n{cell}\r\n")));
        }
    }

    /// A reader that knows RFC 4180 and nothing else.
    fn read(text: &str) -> Vec<Vec<String>> {
        let mut rows = vec![vec![String::new()]];
        let mut quoted = false;
        let mut signs = text.trim_start_matches(BYTE_ORDER_MARK).chars().peekable();
        while let Some(sign) = signs.next() {
            let row = rows.last_mut().unwrap();
            match sign {
                '"' if quoted && signs.peek() == Some(&'"') => {
                    signs.next();
                    row.last_mut().unwrap().push('"');
                }
                '"' => quoted = !quoted,
                ',' if !quoted => row.push(String::new()),
                '\r' if !quoted => {
                    signs.next();
                    rows.push(vec![String::new()]);
                }
                other => row.last_mut().unwrap().push(other),
            }
        }
        rows.pop();
        rows
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(cells in prop::collection::vec(any::<String>(), 1..5)) {
            let mut csv = Csv::new(&["a"]);
            let borrowed: Vec<&str> = cells.iter().map(String::as_str).collect();
            csv.row(&borrowed);
            let read = read(&csv.finish());
            for (cell, written) in read[1].iter().zip(&cells) {
                if is_formula(written) {
                    prop_assert_eq!(cell, &format!("'{written}"));
                } else {
                    prop_assert_eq!(cell, written);
                }
            }
        }
    }
}
