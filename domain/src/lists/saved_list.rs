//! A named list of what to order: its lines and their order, what can be done with it, and how two tabs'
//! changes of the same list become one.

use std::collections::HashMap;

use crate::{catalog::quantity::MAX_QUANTITY, orders::reorder::ItemSnapshot};

mod written;

pub use written::CSV_COLUMNS;

/// The most lines a list has.
pub const MAX_LINES: usize = 2_000;
/// The longest name, in characters after trimming.
pub const MAX_NAME: usize = 100;

/// A named list. A line's price is the one that was seen when the line was put in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OrderList {
    /// What the buyer calls it.
    pub name: String,
    /// The currency of its prices, ISO 4217; none where no price is known.
    pub currency: Option<String>,
    /// When it was last changed, in seconds since 1970 by the clock of the device that did.
    pub changed: u64,
    /// What is on it, one line a product, in the buyer's order.
    pub lines: Vec<ItemSnapshot>,
}

/// Why a name cannot be a list's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameError {
    /// Nothing but white space.
    Empty,
    /// More than [`MAX_NAME`] characters.
    TooLong,
}

/// The list's name in what was typed: trimmed, white space inside as single blanks.
pub fn check_name(typed: &str) -> Result<String, NameError> {
    let name: Vec<&str> = typed.split_whitespace().collect();
    let name: String = name
        .join(" ")
        .chars()
        .filter(|sign| !sign.is_control())
        .collect();
    if name.is_empty() {
        Err(NameError::Empty)
    } else if name.chars().nth(MAX_NAME).is_some() {
        Err(NameError::TooLong)
    } else {
        Ok(name)
    }
}

/// A name like `name` that is not `taken`: “Weekly”, “Weekly (2)”, “Weekly (3)”.
pub fn free_name(name: &str, taken: &[&str]) -> String {
    let free = |name: &String| !taken.contains(&name.as_str());
    let plain = name.to_owned();
    let numbered = || {
        let stem: String = name.chars().take(MAX_NAME - 8).collect();
        (2..=taken.len() + 2).map(move |number| format!("{stem} ({number})"))
    };
    std::iter::once(plain.clone())
        .chain(numbered())
        .find(free)
        .unwrap_or(plain)
}

/// What two changes of the same list do not agree about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Clash {
    /// Both gave it another name.
    Name,
    /// Both changed the line of this product, or one changed and the other removed it.
    Line(String),
}

impl OrderList {
    /// A list with these lines; several of one product become one, no more than [`MAX_LINES`] are taken.
    pub fn new(name: String, currency: Option<String>, lines: Vec<ItemSnapshot>) -> Self {
        let mut list = Self {
            name,
            currency,
            ..Self::default()
        };
        list.add(lines);
        list
    }

    /// Puts lines on it; says how many there was no room for. Units of a product that is on it already are
    /// added up, and the price seen last holds.
    pub fn add(&mut self, lines: Vec<ItemSnapshot>) -> usize {
        let mut places: HashMap<String, usize> = self.places();
        let mut left = 0;
        for mut line in lines {
            if line.sku.is_empty() || line.quantity == 0 {
                continue;
            }
            line.quantity = line.quantity.min(MAX_QUANTITY);
            let known = places
                .get(&line.sku)
                .and_then(|place| self.lines.get_mut(*place));
            if let Some(known) = known {
                known.quantity = known
                    .quantity
                    .saturating_add(line.quantity)
                    .min(MAX_QUANTITY);
                known.unit_price = line.unit_price.or(known.unit_price);
            } else if self.lines.len() < MAX_LINES {
                places.insert(line.sku.clone(), self.lines.len());
                self.lines.push(line);
            } else {
                left += 1;
            }
        }
        left
    }

    fn places(&self) -> HashMap<String, usize> {
        let places = self.lines.iter().enumerate();
        places
            .map(|(place, line)| (line.sku.clone(), place))
            .collect()
    }

    /// The line of a product.
    pub fn line(&self, sku: &str) -> Option<&ItemSnapshot> {
        self.lines.iter().find(|line| line.sku == sku)
    }

    /// Sets a line's quantity.
    pub fn set_quantity(&mut self, sku: &str, quantity: u32) {
        if let Some(line) = self.lines.iter_mut().find(|line| line.sku == sku) {
            line.quantity = quantity.clamp(1, MAX_QUANTITY);
        }
    }

    /// Takes a line away; says where it was, to be put back by [`OrderList::put_back`].
    pub fn remove(&mut self, sku: &str) -> Option<(usize, ItemSnapshot)> {
        let place = self.lines.iter().position(|line| line.sku == sku)?;
        Some((place, self.lines.remove(place)))
    }

    /// Puts a removed line back where it was, unless its product is on the list again.
    pub fn put_back(&mut self, place: usize, line: ItemSnapshot) {
        if self.line(&line.sku).is_none() {
            self.lines.insert(place.min(self.lines.len()), line);
        }
    }

    /// Moves a line one place up or down; says whether it moved.
    pub fn shift(&mut self, sku: &str, down: bool) -> bool {
        let Some(place) = self.lines.iter().position(|line| line.sku == sku) else {
            return false;
        };
        let other = if down {
            Some(place + 1)
        } else {
            place.checked_sub(1)
        };
        match other.filter(|other| *other < self.lines.len()) {
            Some(other) => {
                self.lines.swap(place, other);
                true
            }
            None => false,
        }
    }

    /// What comes of `mine` and `theirs`, both made from `base`: every change of either. Where they do not
    /// agree, mine holds, and it is said.
    pub fn merge(base: &Self, mine: &Self, theirs: &Self) -> (Self, Vec<Clash>) {
        let mut clashes = Vec::new();
        let name = one_of(&base.name, &mine.name, &theirs.name);
        if name.is_none() {
            clashes.push(Clash::Name);
        }
        let (in_base, in_mine, in_theirs) = (base.places(), mine.places(), theirs.places());
        // Whoever has moved lines has the say about their order; if both have, this tab.
        let theirs_lead = same_lines(base, mine)
            || (!same_lines(base, theirs)
                && in_order_of(base, &in_mine)
                && !in_order_of(base, &in_theirs));
        let (first, second) = if theirs_lead {
            (theirs, mine)
        } else {
            (mine, theirs)
        };
        let first_places = if theirs_lead { &in_theirs } else { &in_mine };
        let both = first.lines.iter().chain(
            second
                .lines
                .iter()
                .filter(|line| !first_places.contains_key(&line.sku)),
        );
        let mut lines = Vec::new();
        for line in both {
            let sku = line.sku.as_str();
            let before = at(base, &in_base, sku);
            let (my, their) = (at(mine, &in_mine, sku), at(theirs, &in_theirs, sku));
            let line = one_of(&before, &my, &their).unwrap_or_else(|| {
                clashes.push(Clash::Line(sku.to_owned()));
                my
            });
            lines.extend(line.cloned());
        }
        lines.truncate(MAX_LINES);
        let merged = Self {
            name: name.unwrap_or_else(|| mine.name.clone()),
            currency: mine.currency.clone().or_else(|| theirs.currency.clone()),
            changed: mine.changed.max(theirs.changed),
            lines,
        };
        (merged, clashes)
    }
}

/// The line of a product, by its place.
fn at<'a>(
    list: &'a OrderList,
    places: &HashMap<String, usize>,
    sku: &str,
) -> Option<&'a ItemSnapshot> {
    list.lines.get(*places.get(sku)?)
}

/// What holds of two values made from `base`; none when they do not agree.
fn one_of<T: Clone + PartialEq>(base: &T, mine: &T, theirs: &T) -> Option<T> {
    if mine == theirs || theirs == base {
        Some(mine.clone())
    } else if mine == base {
        Some(theirs.clone())
    } else {
        None
    }
}

/// Whether both have the same products in the same order.
fn same_lines(one: &OrderList, other: &OrderList) -> bool {
    let skus = |list: &OrderList| {
        list.lines
            .iter()
            .map(|line| line.sku.clone())
            .collect::<Vec<_>>()
    };
    skus(one) == skus(other)
}

/// Whether the lines of `base` that are still there stand in the same order.
fn in_order_of(base: &OrderList, places: &HashMap<String, usize>) -> bool {
    let there: Vec<usize> = base
        .lines
        .iter()
        .filter_map(|line| places.get(&line.sku).copied())
        .collect();
    there.is_sorted()
}

#[cfg(test)]
mod tests;
