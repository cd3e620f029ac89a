//! The cart's lines: how many units of each product, and each line as it is shown.

use std::{collections::HashMap, ops::Deref, sync::Arc};

use nymble_wire::{Cart, CartLine, Order};
use rust_decimal::Decimal;

/// Units of each product in a cart, or in an order.
#[derive(Debug)]
pub struct Units<'a>(HashMap<&'a str, i64>);

impl<'a> Units<'a> {
    /// Those of `cart`.
    pub fn of(cart: Option<&'a Cart>) -> Self {
        let lines = cart.map(|cart| cart.items.as_slice()).unwrap_or_default();
        let counted = lines.iter().map(|line| (line.sku.as_str(), line.quantity));
        // Were there two lines of one product, the first would count, as `Cart::line` has it.
        Self(counted.rev().collect())
    }

    /// Those of the order that a cart became.
    pub fn of_order(order: &'a Order) -> Self {
        let mut units = HashMap::new();
        for line in &order.items {
            *units.entry(line.sku.as_str()).or_default() += line.quantity;
        }
        Self(units)
    }

    /// Units of `sku`; 0 when there are none.
    pub fn get(&self, sku: &str) -> i64 {
        self.0.get(sku).copied().unwrap_or(0)
    }
}

/// A line as it is shown: what the server confirmed, with the waiting changes applied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownLine {
    /// The product.
    pub sku: String,
    /// Its name, or its SKU when no name is known.
    pub name: String,
    /// Units.
    pub quantity: i64,
    /// The server's unit price, of the last confirmed quantity.
    pub unit_price: Option<Decimal>,
    /// The server's line total; none while the quantity is not confirmed.
    pub line_total: Option<Decimal>,
    /// Whether the server has confirmed the line as shown.
    pub confirmed: bool,
}

impl ShownLine {
    /// The line as the server confirmed it.
    fn of(line: &CartLine) -> Self {
        Self {
            sku: line.sku.clone(),
            name: line.name.clone().unwrap_or_else(|| line.sku.clone()),
            quantity: line.quantity,
            unit_price: line.unit_price,
            line_total: line.line_total,
            confirmed: true,
        }
    }

    /// Whether [`Self::of`] this line is the same.
    fn shows(&self, line: &CartLine) -> bool {
        self.confirmed
            && self.sku == line.sku
            && self.name == *line.name.as_ref().unwrap_or(&line.sku)
            && self.quantity == line.quantity
            && self.unit_price == line.unit_price
            && self.line_total == line.line_total
    }
}

/// All lines as they are shown, in the cart's order; one is found by its SKU at once.
///
/// Lines that stay as they were are shared with what was shown before: of hundreds, one change touches one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ShownLines {
    lines: Vec<Arc<ShownLine>>,
    /// The places of the lines in the order of their SKUs.
    by_sku: Vec<usize>,
}

impl ShownLines {
    /// The lines of `cart` as the server confirmed them, after those shown `before`.
    pub fn of(cart: Option<&Cart>, before: Option<&Self>) -> Self {
        let none = Self::default();
        let before = before.unwrap_or(&none);
        let items = cart.map(|cart| cart.items.as_slice()).unwrap_or_default();
        let line_of = |(place, line): (usize, &CartLine)| {
            let here = before.lines.get(place);
            let known = here
                .filter(|known| known.sku == line.sku)
                .or_else(|| before.line(&line.sku))
                .filter(|known| known.shows(line));
            known.map_or_else(|| Arc::new(ShownLine::of(line)), Arc::clone)
        };
        let lines: Vec<_> = items.iter().enumerate().map(line_of).collect();
        let in_order = |lines: &[Arc<ShownLine>]| {
            let skus = lines.iter().map(|line| &line.sku);
            skus.eq(before.lines.iter().map(|line| &line.sku))
        };
        if in_order(&lines) {
            return Self {
                lines,
                by_sku: before.by_sku.clone(),
            };
        }
        Self::from_lines(lines)
    }

    fn from_lines(lines: Vec<Arc<ShownLine>>) -> Self {
        let mut shown = Self::default();
        for line in lines {
            shown.push(line);
        }
        shown
    }

    fn push(&mut self, line: Arc<ShownLine>) {
        // After one of the same SKU, were there any: the first counts, as `Cart::line` has it.
        let here = |place: &usize| self.lines[*place].sku <= line.sku;
        let at = self.by_sku.partition_point(here);
        self.by_sku.insert(at, self.lines.len());
        self.lines.push(line);
    }

    /// Where the line of `sku` stands.
    fn place(&self, sku: &str) -> Option<usize> {
        let before = |place: &usize| self.lines[*place].sku.as_str() < sku;
        let place = *self.by_sku.get(self.by_sku.partition_point(before))?;
        (self.lines[place].sku == sku).then_some(place)
    }

    /// Adds units to a product's line, or sets them; a line that is not there is added, with `name` or,
    /// where that is empty, its SKU.
    pub fn apply(&mut self, sku: &str, name: &str, quantity: i64, adds: bool) {
        if let Some(place) = self.place(sku) {
            let line = Arc::make_mut(&mut self.lines[place]);
            line.quantity = if adds {
                line.quantity.saturating_add(quantity)
            } else {
                quantity
            };
            line.confirmed = false;
            line.line_total = None;
        } else {
            self.push(Arc::new(ShownLine {
                sku: sku.to_owned(),
                name: if name.is_empty() { sku } else { name }.to_owned(),
                quantity,
                unit_price: None,
                line_total: None,
                confirmed: false,
            }));
        }
    }

    /// Only the lines that hold something.
    #[must_use]
    pub fn without_removed(self) -> Self {
        if self.lines.iter().all(|line| line.quantity > 0) {
            return self;
        }
        let left = self.lines.into_iter().filter(|line| line.quantity > 0);
        Self::from_lines(left.collect())
    }

    /// The lines in the order of their ranks; those without one come last, as they are.
    #[must_use]
    pub fn in_order(mut self, ranks: &HashMap<&str, usize>) -> Self {
        let rank = |line: &Arc<ShownLine>| ranks.get(line.sku.as_str()).copied();
        self.lines
            .sort_by_key(|line| rank(line).unwrap_or(usize::MAX));
        Self::from_lines(self.lines)
    }

    /// The line of `sku`.
    pub fn line(&self, sku: &str) -> Option<&Arc<ShownLine>> {
        self.lines.get(self.place(sku)?)
    }

    /// Units of `sku`; 0 when there are none.
    pub fn units(&self, sku: &str) -> u32 {
        self.line(sku)
            .map_or(0, |line| u32::try_from(line.quantity).unwrap_or(0))
    }
}

impl Deref for ShownLines {
    type Target = [Arc<ShownLine>];

    fn deref(&self) -> &[Arc<ShownLine>] {
        &self.lines
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cart(lines: &[(u8, i64)]) -> Cart {
        let lines: Vec<String> = lines
            .iter()
            .map(|(sku, quantity)| {
                format!(r#"{{"sku":"{sku}","quantity":{quantity},"unitPrice":{quantity}.5}}"#)
            })
            .collect();
        let lines = lines.join(",");
        nymble_wire::decode(&format!(r#"{{"shoppingCartId":"c","items":[{lines}]}}"#)).unwrap()
    }

    fn some_lines() -> impl Strategy<Value = Vec<(u8, i64)>> {
        prop::collection::vec((0_u8..40, 1_i64..4), 0..30)
    }

    proptest! {
        #[test]
        fn what_was_shown_before_changes_nothing(earlier in some_lines(), now in some_lines(), touched in 0_u8..40) {
            let mut before = ShownLines::of(Some(&cart(&earlier)), None);
            before.apply(&touched.to_string(), "Bolt", 1, true);
            let now = cart(&now);
            let shown = ShownLines::of(Some(&now), Some(&before));
            prop_assert_eq!(&shown, &ShownLines::of(Some(&now), None));
            prop_assert!(shown.iter().map(|line| &line.sku).eq(now.items.iter().map(|line| &line.sku)));
            for sku in 0..40 {
                let sku = sku.to_string();
                let line = shown.line(&sku).map(|line| (line.quantity, line.unit_price));
                prop_assert_eq!(line, now.line(&sku).map(|line| (line.quantity, line.unit_price)));
            }
        }

        #[test]
        fn removed_lines_are_not_found_and_the_others_are(lines in some_lines(), removed in 0_u8..40) {
            let mut shown = ShownLines::of(Some(&cart(&lines)), None);
            let sku = removed.to_string();
            shown.apply(&sku, "", 0, false);
            let first_is_gone = shown.without_removed();
            let left = first_is_gone.iter().map(|line| line.sku.clone()).collect::<Vec<_>>();
            let of_sku = lines.iter().filter(|(sku, _)| *sku == removed).count();
            prop_assert_eq!(left.len(), lines.len() - of_sku.min(1));
            prop_assert_eq!(first_is_gone.line(&sku).is_some(), of_sku > 1);
        }
    }

    #[test]
    fn lines_that_stay_are_the_same_ones() {
        let before = ShownLines::of(Some(&cart(&[(1, 1), (2, 1), (3, 1)])), None);
        let after = ShownLines::of(Some(&cart(&[(1, 1), (3, 1), (2, 2)])), Some(&before));
        let same = |sku| Arc::ptr_eq(before.line(sku).unwrap(), after.line(sku).unwrap());
        assert_eq!(["1", "2", "3"].map(same), [true, false, true]);
    }
}
