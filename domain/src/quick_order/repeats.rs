//! Lines of the order pad that are of the same product: the cart has one line of it, and prices them together.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::line_import::TypedLine;
use crate::{
    catalog::{
        pricing,
        quantity::{self, QuantityError, Rule},
    },
    quick_order::line::Known,
};

/// Which lines are of the same product.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Repeats {
    /// For each line the place of the first one with the same product, where that is an earlier one.
    earlier: BTreeMap<usize, usize>,
    /// Pieces of all lines of a product that can be ordered, by the place of the first one, where there are several.
    together: BTreeMap<usize, u32>,
    /// What comes of putting a line into the first one of its product, where both quantities are numbers.
    merges: BTreeMap<usize, Merge>,
    /// The lines that can all be put into the first ones of their products, so that what comes of it can be ordered.
    all: BTreeSet<usize>,
}

/// What comes of putting one line into another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Merge {
    /// The quantity: of both lines together, or the next larger one that can be ordered.
    pub quantity: u32,
    /// Whether it is that larger one.
    pub rounded: bool,
}

/// How a line stands among those of the same product.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Among {
    /// The place of the first of them, where that is an earlier one.
    pub earlier: Option<usize>,
    /// Pieces of all of them that can be ordered; 0 when there is only this one.
    pub together: u32,
    /// What comes of putting it into the first of them, where that can be done.
    pub merge: Option<Merge>,
    /// Whether all of them can become one line that can be ordered, without a change of what they come to.
    pub merges_exactly: bool,
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
            merge: self.merges.get(&place).copied(),
            merges_exactly: self.all.contains(&place),
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
        self.merges.clear();
        self.all.clear();
        let rule_of = |line: &TypedLine| match known.get(line.sku.trim()) {
            Some(Known::Product(product)) => Some(pricing::quantity_rule(product)),
            _ => None,
        };
        // What all lines come to that are numbers, by the place of the first one, which is one of them.
        let mut sums: BTreeMap<usize, u32> = BTreeMap::new();
        for (first, together) in &mut self.together {
            *together = can_be_ordered(&lines[*first], rule_of(&lines[*first]));
            if let Ok(units) = units_of(&lines[*first]) {
                sums.insert(*first, units);
            }
        }
        for (place, first) in &self.earlier {
            let (line, rule) = (&lines[*place], rule_of(&lines[*place]));
            if let Some(together) = self.together.get_mut(first) {
                *together = together.saturating_add(can_be_ordered(line, rule));
            }
            if let (Some(sum), Ok(into), Ok(units)) = (
                sums.get_mut(first),
                units_of(&lines[*first]),
                units_of(line),
            ) {
                *sum = sum.saturating_add(units);
                if let Some(merge) = merge(into.saturating_add(units), rule) {
                    self.merges.insert(*place, merge);
                }
            }
        }
        for (place, first) in &self.earlier {
            let sum = sums.get(first).copied();
            let whole = sum.and_then(|sum| merge(sum, rule_of(&lines[*place])));
            if whole.is_some_and(|whole| !whole.rounded) && units_of(&lines[*place]).is_ok() {
                self.all.insert(*place);
            }
        }
    }
}

/// The pieces of a line that go into the cart: none of one that cannot be ordered as it stands.
fn can_be_ordered(line: &TypedLine, rule: Option<Rule>) -> u32 {
    rule.and_then(|rule| quantity::parse(&line.quantity, &rule).ok())
        .unwrap_or(0)
}

/// What `sum` pieces become in one line; none when that is more than one line may hold.
fn merge(sum: u32, rule: Option<Rule>) -> Option<Merge> {
    let rule = rule.unwrap_or_else(|| Rule::new(None, None));
    if sum > rule.last() {
        return None;
    }
    // No quantity at all stays none.
    let rounded = sum > 0 && !rule.allows(sum);
    let quantity = if rounded { rule.round_up(sum) } else { sum };
    Some(Merge { quantity, rounded })
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

/// The changes that put a line into the first one of its product, or (without `only`) all lines of which that makes
/// lines that can be ordered: `(place, line)`.
pub fn merged(
    lines: &[TypedLine],
    repeats: &Repeats,
    only: Option<usize>,
) -> Vec<(usize, TypedLine)> {
    let mut changed: BTreeMap<usize, TypedLine> = BTreeMap::new();
    for (&place, &first) in &repeats.earlier {
        let into = changed.get(&first).unwrap_or(&lines[first]).clone();
        let units = match only {
            Some(only) if only == place => repeats.merges.get(&place).map(|merge| merge.quantity),
            None if repeats.all.contains(&place) => {
                let both = units_of(&into).ok().zip(units_of(&lines[place]).ok());
                both.map(|(one, other)| one.saturating_add(other))
            }
            _ => None,
        };
        let Some(units) = units else { continue };
        let quantity = if units == 0 {
            String::new()
        } else {
            units.to_string()
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
    use crate::quick_order::{
        line::tests::{bolt, buyer, line},
        sums::Sums,
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
        let exact = |quantity| {
            Some(Merge {
                quantity,
                rounded: false,
            })
        };
        let rounded = |quantity| {
            Some(Merge {
                quantity,
                rounded: true,
            })
        };
        // The first and the last of them alone are too few.
        assert_eq!(
            [2, 3, 4].map(|at| repeats.among(at).merge),
            [exact(18), rounded(12), None]
        );
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
        assert_eq!(
            merged(&lines, repeats, Some(3)),
            [(0, line("BOLT", "12")), (3, line("", ""))]
        );
        assert_eq!((summary.lines, summary.ready, summary.wrong), (5, 1, 3));
        assert_eq!(
            (summary.unknown, summary.repeated, summary.roundable),
            (1, 2, 2)
        );
        assert_eq!(
            summary.total,
            Some(("102".parse().unwrap(), "USD".to_owned()))
        );
    }

    #[test]
    fn nothing_is_merged_into_what_cannot_be_ordered() {
        let known = BTreeMap::from([("BOLT".to_owned(), bolt())]);
        let found = |lines: &[TypedLine]| {
            let mut repeats = Repeats::find(lines, &known);
            repeats.count(lines, &known);
            repeats
        };
        let lines = [line("BOLT", "12"), line("BOLT", "8")];
        let repeats = found(&lines);
        assert_eq!(merged(&lines, &repeats, None), []);
        assert!(!repeats.among(1).merges_exactly);
        let one = merged(&lines, &repeats, Some(1));
        assert_eq!(one, [(0, line("BOLT", "24")), (1, line("", ""))]);
        // More than one line may hold.
        let lines = [line("BOLT", "999996"), line("BOLT", "999996")];
        assert_eq!(found(&lines).among(1).merge, None);
    }

    proptest! {
        /// Whatever stands in the lines, what is merged can be ordered.
        #[test]
        fn what_is_merged_can_be_ordered(quantities in prop::collection::vec(prop::sample::select(vec!["", "1", "6", "12", "20", "2.5", "x"]), 2..8), only in 0..8_usize) {
            let known = BTreeMap::from([("BOLT".to_owned(), bolt())]);
            let rule = Rule::new(Some(12), Some(6));
            let lines: Vec<TypedLine> = quantities.iter().map(|quantity| line("BOLT", quantity)).collect();
            let mut repeats = Repeats::find(&lines, &known);
            repeats.count(&lines, &known);
            for only in [None, Some(only)] {
                for (_, line) in merged(&lines, &repeats, only) {
                    prop_assert!(line.quantity.is_empty() || quantity::parse(&line.quantity, &rule).is_ok(), "{:?}", line);
                }
            }
        }

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
