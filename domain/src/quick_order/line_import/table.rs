//! Rows and cells, and the order lines in them.

use std::collections::BTreeSet;

use super::{
    Columns, TypedLine, aside, columns::is_same_name, is_quantity, quantity_of, separated, sku_of,
    trim,
};
use crate::catalog::quantity;

/// What is known of a cell beside its text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Nature {
    /// It is what it seems.
    #[default]
    Text,
    /// A day or a time.
    Date,
    /// The spreadsheet may show something else.
    Doubtful,
}

/// A cell as it is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Cell {
    pub(super) text: String,
    /// What it says where it is a quantity, if that is not its text.
    pub(super) quantity: Option<String>,
    pub(super) nature: Nature,
}

impl Cell {
    pub(super) fn text(text: String) -> Self {
        Self {
            text,
            ..Self::default()
        }
    }

    /// A cell that may be shown otherwise.
    pub(super) fn doubtful(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            quantity: None,
            nature: Nature::Doubtful,
        }
    }

    /// What it says where it is a SKU. What is doubtful has a question mark, so that no product is found by it.
    pub(super) fn sku(&self) -> String {
        let sku = sku_of(&self.text);
        match self.nature {
            Nature::Doubtful => format!("{sku} ?").trim_start().to_owned(),
            _ => sku.to_owned(),
        }
    }

    /// What it says where it is a quantity.
    pub(super) fn quantity(&self) -> String {
        match (&self.quantity, self.nature) {
            (Some(quantity), _) => quantity.clone(),
            (None, Nature::Doubtful) => self.sku(),
            (None, _) => quantity_of(&self.text).to_owned(),
        }
    }
}

/// A row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) cells: Vec<Cell>,
    /// Whether the spreadsheet hides it.
    pub(super) hidden: bool,
}

impl Row {
    /// The text of a cell, without what a spreadsheet puts around it.
    pub(super) fn at(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", |cell| cell.text.as_str())
    }

    /// The texts of its cells that hold any.
    pub(super) fn filled(&self) -> impl Iterator<Item = &str> {
        self.cells
            .iter()
            .map(|cell| cell.text.as_str())
            .filter(|text| !text.is_empty())
    }
}

/// What is taken besides the lines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Include {
    /// Rows and columns that the spreadsheet hides.
    pub hidden: bool,
    /// Titles, totals and notes.
    pub asides: bool,
}

/// What is not taken, and what is doubtful in what is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// How many rows the spreadsheet hides.
    pub hidden: usize,
    /// Titles, repeated names of columns, totals and notes, each as its texts.
    pub asides: Vec<String>,
    /// How many SKUs are days.
    pub days: usize,
    /// How many cells the spreadsheet may show otherwise.
    pub doubtful: usize,
}

impl LeftOut {
    /// Whether all was taken and nothing is doubtful.
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }
}

/// Rows and cells, without the rows that hold nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    rows: Vec<Row>,
    hidden_columns: BTreeSet<usize>,
}

impl Table {
    /// Reads pasted text or a file of text. It is separated by what its first line names (`sep=;`), else by tabs,
    /// semicolons, bars or commas, whichever fits; a line that none of them divides is read as "SKU x 12",
    /// "12 x SKU" or the like.
    pub fn read(text: &str) -> Self {
        Self::of_rows(separated::rows(text))
    }

    /// Cells that are texts.
    pub fn of_rows(rows: Vec<Vec<String>>) -> Self {
        let row = |row: Vec<String>| Row {
            cells: row.into_iter().map(Cell::text).collect(),
            hidden: false,
        };
        Self::of_sheet(rows.into_iter().map(row).collect(), BTreeSet::new())
    }

    /// The cells of a spreadsheet.
    pub(super) fn of_sheet(rows: Vec<Row>, hidden_columns: BTreeSet<usize>) -> Self {
        let clean = |mut row: Row| {
            for cell in &mut row.cells {
                cell.text = trim(&cell.text).to_owned();
            }
            while row
                .cells
                .last()
                .is_some_and(|cell| *cell == Cell::default())
            {
                row.cells.pop();
            }
            row
        };
        let rows = rows.into_iter().map(clean);
        Self {
            rows: rows.filter(|row| !row.cells.is_empty()).collect(),
            hidden_columns,
        }
    }

    /// Whether it holds nothing.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    pub(super) fn all_rows(&self) -> &[Row] {
        &self.rows
    }

    /// How many columns the widest row has.
    pub fn width(&self) -> usize {
        self.rows
            .iter()
            .map(|row| row.cells.len())
            .max()
            .unwrap_or(0)
    }

    /// The columns that can be chosen.
    pub fn columns(&self, include: Include) -> Vec<usize> {
        let shown = |column: &usize| include.hidden || !self.hidden_columns.contains(column);
        (0..self.width()).filter(shown).collect()
    }

    /// How many columns the spreadsheet hides that hold anything.
    pub fn hidden_columns(&self) -> usize {
        let filled = |column: &&usize| self.rows.iter().any(|row| !row.at(**column).is_empty());
        self.hidden_columns.iter().filter(filled).count()
    }

    /// The row at a place, as texts.
    pub fn row(&self, at: usize) -> Vec<String> {
        let row = self.rows.get(at);
        row.map(|row| row.cells.iter().map(|cell| cell.text.clone()).collect())
            .unwrap_or_default()
    }

    /// The first rows that are taken.
    pub fn first(&self, columns: Columns, include: Include, most: usize) -> Vec<Vec<String>> {
        let taken = self.walk(columns, include, &mut LeftOut::default());
        taken
            .into_iter()
            .take(most)
            .map(|(at, _)| self.row(at))
            .collect()
    }

    /// The lines, with SKU and quantity taken from `columns`. Rows with neither are left out.
    pub fn lines(&self, columns: Columns) -> Vec<TypedLine> {
        self.take(columns, Include::default()).0
    }

    /// The lines, with SKU and quantity taken from `columns`, and what is not taken. Rows with neither are left
    /// out without a word.
    pub fn take(&self, columns: Columns, include: Include) -> (Vec<TypedLine>, LeftOut) {
        let mut left = LeftOut::default();
        let lines = self.walk(columns, include, &mut left);
        (lines.into_iter().map(|(_, line)| line).collect(), left)
    }

    /// The rows that are taken, by their places, as lines.
    fn walk(
        &self,
        columns: Columns,
        include: Include,
        left: &mut LeftOut,
    ) -> Vec<(usize, TypedLine)> {
        let mut lines: Vec<(usize, TypedLine)> = Vec::new();
        // What has been taken since the last total, and in all: a total is the sum of either.
        let mut sums = aside::Sums::default();
        for (at, row) in self.rows.iter().enumerate() {
            if Some(at) == columns.header {
                continue;
            }
            let (sku, quantity) = (
                row.cells.get(columns.sku),
                columns.quantity.and_then(|at| row.cells.get(at)),
            );
            let line = TypedLine {
                sku: sku.map(Cell::sku).unwrap_or_default(),
                quantity: quantity.map(Cell::quantity).unwrap_or_default(),
            };
            if line.is_blank() {
                continue;
            }
            if row.hidden && !include.hidden {
                left.hidden += 1;
                continue;
            }
            if self.is_aside(at, columns, &line, &mut sums) && !include.asides {
                left.asides.push(row.filled().collect::<Vec<_>>().join(" "));
                continue;
            }
            sums.add(&line);
            left.days += usize::from(sku.is_some_and(|cell| cell.nature == Nature::Date));
            let doubtful =
                |cell: Option<&Cell>| cell.is_some_and(|cell| cell.nature == Nature::Doubtful);
            left.doubtful += usize::from(doubtful(sku)) + usize::from(doubtful(quantity));
            lines.push((at, line));
        }
        lines
    }

    /// Whether a row is a title, a repetition of the columns' names, a total or a note.
    fn is_aside(
        &self,
        at: usize,
        columns: Columns,
        line: &TypedLine,
        sums: &mut aside::Sums,
    ) -> bool {
        let row = &self.rows[at];
        if let Some(header) = columns.header {
            let named = |column: Option<usize>| {
                let (name, text) = (
                    column.map(|it| self.rows[header].at(it)),
                    column.map(|it| row.at(it)),
                );
                name.is_some_and(|name| {
                    !name.is_empty() && text.is_some_and(|text| is_same_name(name, text))
                })
            };
            if at < header || named(Some(columns.sku)) || named(columns.quantity) {
                return true;
            }
        }
        let Some(column) = columns.quantity else {
            return false;
        };
        if line.sku.is_empty() {
            let number = quantity::parse_raw(&line.quantity).ok();
            let word = row.filled().any(aside::is_total);
            let unit = columns.header.is_some()
                && !line.quantity.contains(|sign: char| sign.is_ascii_digit());
            return sums.is_total(word, number) || unit;
        }
        if aside::is_total(row.at(columns.sku)) {
            return sums.is_total(true, None);
        }
        let alone = row.at(column).is_empty() && row.filled().count() == 1;
        alone && aside::is_note(row.at(columns.sku))
    }

    /// The cells as a block to paste at a place in a table: SKU and quantity cleaned where they would come to
    /// stand when the block's first column is the SKU (`0`) or the quantity (`1`).
    pub fn block(&self, first_column: usize) -> Vec<Vec<String>> {
        let clean = |(place, cell): (usize, &Cell)| match first_column + place {
            0 => cell.sku(),
            _ => cell.quantity(),
        };
        let row = |row: &Row| row.cells.iter().enumerate().map(clean).collect();
        self.rows.iter().map(row).collect()
    }

    /// Whether most rows have a quantity in some column.
    pub(super) fn has_quantities(row: &Row) -> bool {
        row.cells.iter().any(|cell| is_quantity(&cell.quantity()))
    }
}
