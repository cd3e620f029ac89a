//! Lines of the order pad that are of the same product: the cart has one line of it, and prices them together.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{
    order_lines::TypedLine,
    pad_line::Known,
    pricing,
    quantity::{self, QuantityError},
};

/// Which lines are of the same product.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Repeats {
    /// For each line the place of the first one with the same product, where that is an earlier one.
    earlier: BTreeMap<usize, usize>,
    /// Pieces of all lines of a product that can be ordered, by the place of the first one, where there are several.
    together: BTreeMap<usize, u32>,
    /// Those of them whose quantity is no number.
    unreadable: BTreeSet<usize>,
}

/// How a line stands among those of the same product.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Among {
    /// The place of the first of them, where that is an earlier one.
    pub earlier: Option<usize>,
    /// Pieces of all of them that can be ordered; 0 when there is only this one.
    pub together: u32,
    /// Whether it can be put into the first of them.
    pub can_merge: bool,
}

impl Repeats {
    fn first_of(&self, place: usize) -> usize {
        self.earlier.get(&place).copied().unwrap_or(place)
    }

    /// How the line at `place` stands among those of its product.
    pub fn among(&self, place: usize) -> Among {
        let first = self.first_of(place);
        Among {
            earlier: self.earlier.get(&place).copied(),
            together: self.together.get(&first).copied().unwrap_or(0),
            can_merge: !self.unreadable.contains(&place) && !self.unreadable.contains(&first),
        }
    }

    /// The lines that are of the same product; [`Self::count`] counts them.
    pub fn find(lines: &[TypedLine], known: &BTreeMap<String, Known>) -> Self {
        let mut first: HashMap<&str, usize> = HashMap::new();
        let mut repeats = Self::default();
        for (place, line) in lines.iter().enumerate() {
            let identity = identity(line, known);
            if identity.is_empty() {
                continue;
            }
            match first.get(identity) {
                Some(earlier) => {
                    repeats.earlier.insert(place, *earlier);
                    repeats.together.insert(*earlier, 0);
                }
                None => {
                    first.insert(identity, place);
                }
            }
        }
        repeats
    }

    /// Counts the pieces of each product that stands in several lines.
    pub fn count(&mut self, lines: &[TypedLine], known: &BTreeMap<String, Known>) {
        self.unreadable.clear();
        let places: Vec<usize> = self
            .together
            .keys()
            .chain(self.earlier.keys())
            .copied()
            .collect();
        for first in self.together.values_mut() {
            *first = 0;
        }
        for place in places {
            let line = &lines[place];
            let first = self.first_of(place);
            if let Some(Known::Product(product)) = known.get(line.sku.trim())
                && let Some(together) = self.together.get_mut(&first)
            {
                // A line that cannot be ordered as it stands does not go into the cart.
                let rule = pricing::quantity_rule(product);
                let units = quantity::parse(&line.quantity, &rule).unwrap_or(0);
                *together = together.saturating_add(units);
            }
            if units_of(line).is_err() {
                self.unreadable.insert(place);
            }
        }
    }
}

/// The pieces of a line; none typed are none.
fn units_of(line: &TypedLine) -> Result<u32, QuantityError> {
    match quantity::parse_raw(&line.quantity) {
        Err(QuantityError::Empty) => Ok(0),
        other => other,
    }
}

/// The name that lines of the same product share: the product's own SKU, or what was typed.
fn identity<'a>(line: &'a TypedLine, known: &'a BTreeMap<String, Known>) -> &'a str {
    let sku = line.sku.trim();
    match known.get(sku) {
        Some(Known::Product(product)) => &product.sku,
        _ => sku,
    }
}

/// The changes that put the pieces of every repeated line into its first one: `(place, line)`. Lines whose
/// quantity is no number are left as they are.
pub fn merged(
    lines: &[TypedLine],
    repeats: &Repeats,
    only: Option<usize>,
) -> Vec<(usize, TypedLine)> {
    let mut changed: BTreeMap<usize, TypedLine> = BTreeMap::new();
    for (&place, &first) in &repeats.earlier {
        if only.is_some_and(|only| only != place) {
            continue;
        }
        let into = changed.get(&first).unwrap_or(&lines[first]).clone();
        let (Ok(one), Ok(other)) = (units_of(&into), units_of(&lines[place])) else {
            continue;
        };
        let sum = one.saturating_add(other);
        let quantity = if sum == 0 {
            String::new()
        } else {
            sum.to_string()
        };
        changed.insert(first, TypedLine { quantity, ..into });
        changed.insert(place, TypedLine::default());
    }
    changed.into_iter().collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use crate::domain::{
        pad_line::tests::{bolt, buyer, line},
        pad_sums::Sums,
    };
    use proptest::prelude::*;

    #[test]
    fn repeated_lines_become_one() {
        let known = BTreeMap::from([("BOLT".to_owned(), bolt()), ("bolt".to_owned(), bolt())]);
        let lines = [
            line("BOLT", "6"),
            line("NUT", "1"),
            line("bolt", "12"),
            line("BOLT", ""),
            line("NUT", "?"),
        ];
        let mut sums = Sums::default();
        let (summary, repeats) = sums.sum_up(&lines, &known, &buyer());
        let earlier = [0, 1, 2, 3, 4].map(|at| repeats.among(at).earlier);
        assert_eq!(earlier, [None, None, Some(0), Some(0), Some(1)]);
        // Six alone cannot be ordered.
        assert_eq!([0, 1, 2].map(|at| repeats.among(at).together), [12, 0, 12]);
        assert_eq!([3, 4].map(|at| repeats.among(at).can_merge), [true, false]);
        let changed = merged(&lines, repeats, None);
        assert_eq!(
            changed,
            [
                (0, line("BOLT", "18")),
                (2, line("", "")),
                (3, line("", ""))
            ]
        );
        assert_eq!(merged(&lines, repeats, Some(4)), []);
        assert_eq!((summary.lines, summary.ready, summary.wrong), (5, 1, 3));
        assert_eq!(
            (summary.unknown, summary.repeated, summary.roundable),
            (1, 3, 2)
        );
        assert_eq!(
            summary.total,
            Some(("102".parse().unwrap(), "USD".to_owned()))
        );
    }

    proptest! {
        #[test]
        fn merging_keeps_every_piece(lines in prop::collection::vec((0..4_u8, 1..100_u32), 0..20)) {
            let lines: Vec<TypedLine> = lines.iter().map(|(sku, quantity)| line(&sku.to_string(), &quantity.to_string())).collect();
            let pieces = |lines: &[TypedLine]| {
                let mut of: BTreeMap<String, u32> = BTreeMap::new();
                for line in lines.iter().filter(|line| !line.is_blank()) {
                    *of.entry(line.sku.clone()).or_default() += line.quantity.parse::<u32>().unwrap();
                }
                of
            };
            let find = |lines: &[TypedLine]| {
                let mut repeats = Repeats::find(lines, &BTreeMap::new());
                repeats.count(lines, &BTreeMap::new());
                repeats
            };
            let repeats = find(&lines);
            let mut after = lines.clone();
            for (place, line) in merged(&lines, &repeats, None) {
                after[place] = line;
            }
            prop_assert_eq!(pieces(&lines), pieces(&after));
            prop_assert_eq!(find(&after), Repeats::default());
        }
    }
}
