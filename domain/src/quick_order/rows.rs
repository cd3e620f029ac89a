//! Where the order pad's lines stand, of which only those in sight are there. A line that holds something may be
//! higher than a blank one.

use super::line_import::TypedLine;

/// How high lines are, in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Heights {
    /// One that holds something.
    pub filled: i32,
    /// A blank one.
    pub blank: i32,
}

/// The lines of the table as rows, with the blank ones that are shown below the last of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rows {
    /// How many rows there are.
    all: usize,
    /// How many of them are lines of the table.
    lines: usize,
    /// The places of the blank ones among those, from 0.
    blank: Vec<usize>,
}

impl Rows {
    /// The rows of `lines`, at least `least` of them; one blank one is always below the last line.
    pub fn of(lines: &[TypedLine], least: usize) -> Self {
        let places = lines.iter().enumerate();
        Self {
            all: (lines.len() + 1).max(least),
            lines: lines.len(),
            blank: places
                .filter(|(_, line)| line.is_blank())
                .map(|(place, _)| place)
                .collect(),
        }
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.all
    }

    /// Whether the row at `at` is blank.
    pub fn is_blank(&self, at: usize) -> bool {
        at >= self.lines || self.blank.binary_search(&at).is_ok()
    }

    /// How many rows stand above the one at `at`: those that hold something, and blank ones.
    pub fn above(&self, at: usize) -> (usize, usize) {
        let blank = self.blank.partition_point(|place| *place < at) + at.saturating_sub(self.lines);
        (at - blank, blank)
    }

    /// How far from the top the row at `at` begins, in CSS pixels.
    pub fn top(&self, at: usize, heights: Heights) -> i32 {
        let (filled, blank) = self.above(at);
        let count = |rows: usize| i32::try_from(rows).unwrap_or(i32::MAX);
        let filled = count(filled).saturating_mul(heights.filled);
        filled.saturating_add(count(blank).saturating_mul(heights.blank))
    }

    /// The row that stands at `pixels` from the top; the last one below all of them.
    pub fn at(&self, pixels: i32, heights: Heights) -> usize {
        let (mut low, mut high) = (0, self.all.saturating_sub(1));
        while low < high {
            let middle = low + (high - low).div_ceil(2);
            if self.top(middle, heights) <= pixels {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        low
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rows(held: &[bool], least: usize) -> Rows {
        let line = |held: &bool| TypedLine {
            sku: if *held { "A".to_owned() } else { String::new() },
            quantity: String::new(),
        };
        Rows::of(&held.iter().map(line).collect::<Vec<_>>(), least)
    }

    #[test]
    fn blank_rows_are_lower() {
        let rows = rows(&[true, false, true], 10);
        let heights = Heights {
            filled: 100,
            blank: 50,
        };
        assert_eq!(rows.count(), 10);
        let tops: Vec<i32> = (0..5).map(|at| rows.top(at, heights)).collect();
        assert_eq!(tops, [0, 100, 150, 250, 300]);
        assert_eq!(
            [0, 1, 2, 3, 9].map(|at| rows.is_blank(at)),
            [false, true, false, true, true]
        );
        assert_eq!(
            [-5, 0, 99, 100, 149, 260, 9_999].map(|y| rows.at(y, heights)),
            [0, 0, 0, 1, 1, 3, 9]
        );
    }

    proptest! {
        #[test]
        fn every_row_is_found_where_it_stands(held in prop::collection::vec(any::<bool>(), 0..40), least in 0..50_usize, filled in 1..200_i32, blank in 1..200_i32) {
            let rows = rows(&held, least);
            let heights = Heights { filled, blank };
            for at in 0..rows.count() {
                let top = rows.top(at, heights);
                prop_assert_eq!(rows.at(top, heights), at);
                let height = if rows.is_blank(at) { blank } else { filled };
                prop_assert_eq!(rows.top(at + 1, heights), top + height);
                prop_assert_eq!(rows.at(top + height - 1, heights), at);
            }
        }
    }
}
