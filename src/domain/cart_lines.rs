//! The cart's lines: how many units of each product, and each line as it is shown.

use std::{collections::HashMap, ops::Deref};

use nymble_wire::Cart;
use rust_decimal::Decimal;

/// Units of each product in a cart.
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

/// All lines as they are shown, in the cart's order; one is found by its SKU at once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ShownLines {
    lines: Vec<ShownLine>,
    places: HashMap<String, usize>,
}

impl ShownLines {
    /// The lines of `cart` as the server confirmed them.
    pub fn of(cart: Option<&Cart>) -> Self {
        let mut shown = Self::default();
        for line in cart.map(|cart| cart.items.as_slice()).unwrap_or_default() {
            shown.push(ShownLine {
                sku: line.sku.clone(),
                name: line.name.clone().unwrap_or_else(|| line.sku.clone()),
                quantity: line.quantity,
                unit_price: line.unit_price,
                line_total: line.line_total,
                confirmed: true,
            });
        }
        shown
    }

    fn push(&mut self, line: ShownLine) {
        let place = self.lines.len();
        self.places.entry(line.sku.clone()).or_insert(place);
        self.lines.push(line);
    }

    /// Adds units to a product's line, or sets them; a line that is not there is added, with `name` or,
    /// where that is empty, its SKU.
    pub fn apply(&mut self, sku: &str, name: &str, quantity: i64, adds: bool) {
        if let Some(place) = self.places.get(sku) {
            let line = &mut self.lines[*place];
            line.quantity = if adds {
                line.quantity.saturating_add(quantity)
            } else {
                quantity
            };
            line.confirmed = false;
            line.line_total = None;
        } else {
            self.push(ShownLine {
                sku: sku.to_owned(),
                name: if name.is_empty() { sku } else { name }.to_owned(),
                quantity,
                unit_price: None,
                line_total: None,
                confirmed: false,
            });
        }
    }

    /// Only the lines that hold something.
    #[must_use]
    pub fn without_removed(self) -> Self {
        if self.lines.iter().all(|line| line.quantity > 0) {
            return self;
        }
        let mut left = Self::default();
        for line in self.lines.into_iter().filter(|line| line.quantity > 0) {
            left.push(line);
        }
        left
    }

    /// The line of `sku`.
    pub fn line(&self, sku: &str) -> Option<&ShownLine> {
        self.lines.get(*self.places.get(sku)?)
    }

    /// Units of `sku`; 0 when there are none.
    pub fn units(&self, sku: &str) -> u32 {
        self.line(sku)
            .map_or(0, |line| u32::try_from(line.quantity).unwrap_or(0))
    }
}

impl Deref for ShownLines {
    type Target = [ShownLine];

    fn deref(&self) -> &[ShownLine] {
        &self.lines
    }
}
