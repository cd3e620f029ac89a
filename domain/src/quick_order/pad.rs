//! The order pad's table: lines of a SKU and a quantity, typed, pasted, undone and done again.
//!
//! It goes on below its last line without end, as a spreadsheet does: lines that nobody has reached are
//! blank. What is typed is kept as it is; what it means is [`crate::quick_order::line`]'s matter.

use super::line_import::TypedLine;

/// How many steps can be undone.
const STEPS: usize = 200;

/// A column of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Column {
    /// The product.
    Sku,
    /// How many.
    Quantity,
}

impl Column {
    /// Its place, from 0.
    pub fn place(self) -> usize {
        match self {
            Self::Sku => 0,
            Self::Quantity => 1,
        }
    }

    fn of(self, line: &mut TypedLine) -> &mut String {
        match self {
            Self::Sku => &mut line.sku,
            Self::Quantity => &mut line.quantity,
        }
    }

    /// What stands in this column of `line`.
    pub fn read(self, line: &TypedLine) -> &str {
        match self {
            Self::Sku => &line.sku,
            Self::Quantity => &line.quantity,
        }
    }
}

/// One change: at a place, lines went and others came.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Step {
    at: usize,
    before: Vec<TypedLine>,
    after: Vec<TypedLine>,
    /// Typing into one cell is one step, however many keys it took.
    typing: Option<Column>,
}

/// The table. Only its lines are written down, not what can be undone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OrderPad {
    lines: Vec<TypedLine>,
    undo: Vec<Step>,
    /// How many older steps can be undone no more.
    forgotten: usize,
    redo: Vec<Step>,
}

impl OrderPad {
    /// A table with these lines, and nothing to undo.
    pub fn of(lines: Vec<TypedLine>) -> Self {
        let mut pad = Self {
            lines,
            ..Self::default()
        };
        pad.trim();
        pad
    }

    /// The lines up to the last one that holds something; blank ones may be among them.
    pub fn lines(&self) -> &[TypedLine] {
        &self.lines
    }

    /// The line at `at`, blank where nobody has been.
    pub fn line(&self, at: usize) -> TypedLine {
        self.lines.get(at).cloned().unwrap_or_default()
    }

    /// Whether it holds nothing.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// How many steps were made that are not undone: another number tells that the lines were changed.
    pub fn steps(&self) -> usize {
        self.forgotten + self.undo.len()
    }

    /// Whether a step can be undone.
    pub fn can_undo(&self) -> bool {
        !self.undo.is_empty()
    }

    /// Whether an undone step can be done again.
    pub fn can_redo(&self) -> bool {
        !self.redo.is_empty()
    }

    fn trim(&mut self) {
        while self.lines.last().is_some_and(TypedLine::is_blank) {
            self.lines.pop();
        }
    }

    /// Puts `after` where `count` lines stood at `at`, as one step.
    fn splice(&mut self, at: usize, count: usize, after: Vec<TypedLine>, typing: Option<Column>) {
        if at >= self.lines.len() && after.iter().all(TypedLine::is_blank) {
            return;
        }
        if self.lines.len() < at {
            self.lines.resize(at, TypedLine::default());
        }
        let end = (at + count).min(self.lines.len());
        let before: Vec<TypedLine> = self.lines.splice(at..end, after.iter().cloned()).collect();
        self.trim();
        if before == after {
            return;
        }
        self.redo.clear();
        if let Some(last) = self.undo.last_mut()
            && typing.is_some()
            && (last.at, last.typing, last.after.len()) == (at, typing, 1)
        {
            last.after = after;
            return;
        }
        self.undo.push(Step {
            at,
            before,
            after,
            typing,
        });
        if self.undo.len() > STEPS {
            self.undo.remove(0);
            self.forgotten += 1;
        }
    }

    /// What is typed into a cell, key by key.
    pub fn write(&mut self, at: usize, column: Column, text: &str) {
        let mut line = self.line(at);
        text.clone_into(column.of(&mut line));
        self.splice(at, 1, vec![line], Some(column));
    }

    /// Ends the typing into a cell: what is typed next is a step of its own.
    pub fn leave(&mut self) {
        if let Some(last) = self.undo.last_mut() {
            last.typing = None;
        }
    }

    /// Puts other lines in the place of some: `(place, line)`, as one step.
    pub fn mend(&mut self, mended: &[(usize, TypedLine)]) {
        let (Some(first), Some(last)) = (
            mended.iter().map(|(at, _)| *at).min(),
            mended.iter().map(|(at, _)| *at).max(),
        ) else {
            return;
        };
        let mut after: Vec<TypedLine> = (first..=last).map(|at| self.line(at)).collect();
        for (at, line) in mended {
            after[at - first] = line.clone();
        }
        self.splice(first, last - first + 1, after, None);
    }

    /// Writes a block of cells over the table, its first cell at `at` and `column`. Cells right of the
    /// quantity are left out; those that the block does not reach keep what they hold.
    pub fn paste(&mut self, at: usize, column: Column, block: &[Vec<String>]) {
        let mut after: Vec<TypedLine> = (at..at + block.len()).map(|at| self.line(at)).collect();
        for (line, cells) in after.iter_mut().zip(block) {
            let places = [Column::Sku, Column::Quantity];
            for (place, text) in places[column.place()..].iter().zip(cells) {
                text.clone_into(place.of(line));
            }
        }
        self.splice(at, block.len(), after, None);
    }

    /// Inserts lines before the one at `at`.
    pub fn insert(&mut self, at: usize, lines: Vec<TypedLine>) {
        self.splice(at, 0, lines, None);
    }

    /// Adds lines below the last one that holds something.
    pub fn append(&mut self, lines: Vec<TypedLine>) {
        self.splice(self.lines.len(), 0, lines, None);
    }

    /// Removes the line at `at`.
    pub fn remove(&mut self, at: usize) {
        if at < self.lines.len() {
            self.splice(at, 1, Vec::new(), None);
        }
    }

    /// Removes all lines that `goes` is true of, as one step.
    pub fn remove_where(&mut self, goes: impl Fn(usize, &TypedLine) -> bool) {
        let all = std::mem::take(&mut self.lines);
        let kept = all.iter().enumerate();
        let kept = kept
            .filter(|(at, line)| !goes(*at, line))
            .map(|(_, line)| line.clone())
            .collect();
        let count = all.len();
        self.lines = all;
        self.splice(0, count, kept, None);
    }

    /// Writes SKUs in other letters, also in what can be undone: it is no step of its own. `respelled` says how a
    /// SKU is written, `open` is a line that is being typed into and stays. Says whether anything has changed.
    pub fn respell(
        &mut self,
        respelled: impl Fn(&str) -> Option<String>,
        open: Option<usize>,
    ) -> bool {
        let mut changed = false;
        let steps = self.undo.iter_mut().chain(&mut self.redo);
        let steps = steps.flat_map(|step| step.before.iter_mut().chain(&mut step.after));
        let open = open
            .and_then(|open| self.lines.get(open))
            .map(|line| line.sku.clone());
        for line in self.lines.iter_mut().chain(steps) {
            // Where it is being typed, all that is written like it stays too: a step must fit the line that it made.
            if open.as_ref() != Some(&line.sku)
                && let Some(sku) = respelled(line.sku.trim())
                && sku != line.sku
            {
                line.sku = sku;
                changed = true;
            }
        }
        changed
    }

    /// Takes the last step back; the place where it was made.
    pub fn undo(&mut self) -> Option<usize> {
        let step = self.undo.pop()?;
        self.exchange(step.at, step.after.len(), &step.before);
        let at = step.at;
        self.redo.push(step);
        Some(at)
    }

    /// Does an undone step again; the place where it is made.
    pub fn redo(&mut self) -> Option<usize> {
        let mut step = self.redo.pop()?;
        self.exchange(step.at, step.before.len(), &step.after);
        let at = step.at;
        step.typing = None;
        self.undo.push(step);
        Some(at)
    }

    fn exchange(&mut self, at: usize, count: usize, lines: &[TypedLine]) {
        if self.lines.len() < at {
            self.lines.resize(at, TypedLine::default());
        }
        let end = (at + count).min(self.lines.len());
        self.lines.splice(at..end, lines.iter().cloned());
        self.trim();
    }

    /// Its lines as a text to be kept; see [`Self::restored`].
    pub fn kept(&self) -> String {
        let lines = self.lines.iter();
        let lines: Vec<(&str, &str)> = lines
            .map(|line| (line.sku.as_str(), line.quantity.as_str()))
            .collect();
        serde_json::to_string(&lines).unwrap_or_default()
    }

    /// The table of a text that [`Self::kept`] made; none when it is no such text.
    pub fn restored(text: &str) -> Option<Self> {
        let lines: Vec<(String, String)> = serde_json::from_str(text).ok()?;
        let lines = lines.into_iter();
        Some(Self::of(
            lines
                .map(|(sku, quantity)| TypedLine { sku, quantity })
                .collect(),
        ))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn line(sku: &str, quantity: &str) -> TypedLine {
        TypedLine {
            sku: sku.to_owned(),
            quantity: quantity.to_owned(),
        }
    }

    fn cells(block: &[&[&str]]) -> Vec<Vec<String>> {
        let row = |row: &&[&str]| row.iter().map(|cell| (*cell).to_owned()).collect();
        block.iter().map(row).collect()
    }

    #[test]
    fn typing_into_a_cell_is_one_step() {
        let mut pad = OrderPad::default();
        for text in ["A", "A-", "A-1"] {
            pad.write(0, Column::Sku, text);
        }
        pad.write(0, Column::Quantity, "1");
        pad.write(0, Column::Quantity, "12");
        assert_eq!(pad.lines(), [line("A-1", "12")]);
        pad.undo();
        assert_eq!(pad.lines(), [line("A-1", "")]);
        pad.undo();
        assert!(pad.is_empty() && !pad.can_undo());
        pad.redo();
        pad.redo();
        assert_eq!(pad.lines(), [line("A-1", "12")]);
        pad.leave();
        pad.write(0, Column::Quantity, "5");
        pad.undo();
        assert_eq!(pad.lines(), [line("A-1", "12")]);
    }

    #[test]
    fn a_block_goes_anywhere_and_covers_only_its_cells() {
        let mut pad = OrderPad::of(vec![line("A", "1"), line("B", "2")]);
        pad.paste(1, Column::Quantity, &cells(&[&["5", "x"], &["6"]]));
        assert_eq!(pad.lines(), [line("A", "1"), line("B", "5"), line("", "6")]);
        pad.paste(5, Column::Sku, &cells(&[&["Z"], &["Y", "7", "more"]]));
        assert_eq!(pad.lines().len(), 7);
        assert_eq!(pad.lines()[6], line("Y", "7"));
        pad.undo();
        pad.undo();
        assert_eq!(pad.lines(), [line("A", "1"), line("B", "2")]);
    }

    #[test]
    fn lines_are_mended_inserted_and_removed() {
        let mut pad = OrderPad::of(vec![line("A", "1"), line("B", "2"), line("A", "3")]);
        pad.mend(&[(0, line("A", "4")), (2, line("", ""))]);
        assert_eq!(pad.lines(), [line("A", "4"), line("B", "2")]);
        pad.insert(1, vec![TypedLine::default()]);
        assert_eq!(pad.lines()[1], TypedLine::default());
        pad.remove(0);
        pad.remove(9);
        pad.remove_where(|_, line| line.is_blank());
        assert_eq!(pad.lines(), [line("B", "2")]);
        while pad.undo().is_some() {}
        assert_eq!(
            pad.lines(),
            [line("A", "1"), line("B", "2"), line("A", "3")]
        );
    }

    #[test]
    fn other_letters_are_no_step() {
        let mut pad = OrderPad::of(vec![line("bolt", "1")]);
        pad.write(1, Column::Sku, "bolt");
        pad.write(2, Column::Sku, "nut");
        let respelled = |sku: &str| (sku == "bolt").then(|| "BOLT".to_owned());
        // Somebody is typing just that.
        assert!(!pad.respell(respelled, Some(1)));
        assert!(pad.respell(respelled, Some(2)));
        assert!(!pad.respell(respelled, None));
        let after = [line("BOLT", "1"), line("BOLT", ""), line("nut", "")];
        assert_eq!(pad.lines(), after);
        pad.undo();
        pad.undo();
        assert_eq!(pad.lines(), [line("BOLT", "1")]);
        pad.redo();
        pad.redo();
        assert_eq!(pad.lines(), after);
    }

    #[test]
    fn lines_are_kept_as_they_are() {
        let pad = OrderPad::of(vec![
            line("A \"x\"", "1,000"),
            line("", ""),
            line("東", "?"),
        ]);
        assert_eq!(OrderPad::restored(&pad.kept()).unwrap(), pad);
        assert_eq!(OrderPad::restored("{}"), None);
    }

    #[derive(Clone, Debug)]
    enum Doing {
        Write(usize, bool, String),
        Paste(usize, bool, Vec<Vec<String>>),
        Insert(usize),
        Remove(usize),
        RemoveWhere(usize),
        Leave,
    }

    fn doing() -> impl Strategy<Value = Doing> {
        let text = || "[A-C0-2]{0,2}";
        prop_oneof![
            (0..6_usize, any::<bool>(), text())
                .prop_map(|(at, sku, text)| Doing::Write(at, sku, text)),
            (
                0..6_usize,
                any::<bool>(),
                prop::collection::vec(prop::collection::vec(text(), 0..3), 0..4)
            )
                .prop_map(|(at, sku, block)| Doing::Paste(at, sku, block)),
            (0..6_usize).prop_map(Doing::Insert),
            (0..6_usize).prop_map(Doing::Remove),
            (0..3_usize).prop_map(Doing::RemoveWhere),
            Just(Doing::Leave),
        ]
    }

    proptest! {
        /// Whatever was done, undoing all of it gives what was there, and doing it again gives what became of it.
        #[test]
        fn everything_can_be_undone_and_done_again(first in prop::collection::vec(text_line(), 0..4), steps in prop::collection::vec(doing(), 0..30)) {
            let mut pad = OrderPad::of(first);
            let begin = pad.lines().to_vec();
            for step in steps {
                let column = |sku| if sku { Column::Sku } else { Column::Quantity };
                match step {
                    Doing::Write(at, sku, text) => pad.write(at, column(sku), &text),
                    Doing::Paste(at, sku, block) => pad.paste(at, column(sku), &block),
                    Doing::Insert(at) => pad.insert(at, vec![TypedLine { sku: "N".to_owned(), quantity: String::new() }]),
                    Doing::Remove(at) => pad.remove(at),
                    Doing::RemoveWhere(every) => pad.remove_where(|at, _| at % 3 == every),
                    Doing::Leave => pad.leave(),
                }
                prop_assert!(!pad.lines().last().is_some_and(TypedLine::is_blank));
            }
            let end = pad.lines().to_vec();
            while pad.undo().is_some() {}
            prop_assert_eq!(pad.lines(), begin);
            while pad.redo().is_some() {}
            prop_assert_eq!(pad.lines(), end);
        }
    }

    fn text_line() -> impl Strategy<Value = TypedLine> {
        ("[A-C]{0,1}", "[0-2]{0,1}").prop_map(|(sku, quantity)| TypedLine { sku, quantity })
    }
}
