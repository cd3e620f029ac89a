//! What all lines of the order pad come to. A line is looked at once, and again when it has changed: there may be
//! thousands of them, and they are summed up while the buyer types.

use std::{collections::BTreeMap, sync::Arc};

use nymble_wire::Product;
use rust_decimal::Decimal;

use super::line_import::TypedLine;
use crate::{
    catalog::buyer::Buyer,
    quick_order::{
        line::{CheckedLine, Known, check_line, rounds},
        repeats::{Among, Repeats},
    },
    values::money::Preview,
};

/// What all lines come to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Summary {
    /// Lines that hold something.
    pub lines: usize,
    /// Lines that can go into the cart.
    pub ready: usize,
    /// Lines that cannot.
    pub wrong: usize,
    /// Lines whose product is not known yet.
    pub unknown: usize,
    /// Lines that can be put into an earlier one of the same product.
    pub repeated: usize,
    /// Lines that can go into the cart, at a price that is not known here.
    pub unpriced: usize,
    /// Lines with a quantity to offer in the place of theirs.
    pub roundable: usize,
    /// What the lines that can go come to; none when they are in several currencies.
    pub total: Option<(Decimal, String)>,
}

/// What one line adds to the sums.
#[derive(Clone, Copy, Debug)]
enum Share {
    /// It can go into the cart, and comes to this where it is priced.
    Ready(Option<Decimal>),
    /// It cannot; whether a quantity is offered in the place of its own.
    Wrong { roundable: bool },
    /// Its product is not known yet.
    Unknown,
}

impl Share {
    fn of(looked: &CheckedLine) -> Self {
        if looked.trouble.is_some() {
            let roundable = rounds(looked).is_some();
            Self::Wrong { roundable }
        } else if looked.is_ready() {
            Self::Ready(looked.total.map(Preview::amount))
        } else {
            Self::Unknown
        }
    }
}

/// A line, as it was looked at last.
#[derive(Debug)]
struct Seen {
    line: TypedLine,
    product: Option<Arc<Product>>,
    among: Among,
    /// None of a blank line.
    share: Option<Share>,
}

impl Seen {
    /// Whether its SKU is still of the same product. Of a SKU without one it is not said: more may be known of it.
    fn is_of(&self, found: Option<&Known>) -> bool {
        match (&self.product, found) {
            (Some(seen), Some(Known::Product(product))) => Arc::ptr_eq(seen, product),
            _ => false,
        }
    }
}

/// The sums of the table, and what is remembered for the next time.
#[derive(Debug, Default)]
pub struct Sums {
    buyer: Buyer,
    seen: Vec<Seen>,
    /// Whether more, or something else, is known of the SKUs than when they were looked at.
    stale: bool,
    repeats: Repeats,
    summary: Summary,
    /// How many lines are priced in a currency, and what they come to.
    totals: Vec<(String, usize, Decimal)>,
}

impl Sums {
    /// More, or something else, is known of the SKUs now.
    pub fn learn(&mut self) {
        self.stale = true;
    }

    /// Sums up `lines`; what is `known` is what it was the last time, unless [`Self::learn`] was called. What the lines
    /// come to, and which are of the same product.
    pub fn sum_up(
        &mut self,
        lines: &[TypedLine],
        known: &BTreeMap<String, Known>,
        buyer: &Buyer,
    ) -> (&Summary, &Repeats) {
        if self.buyer != *buyer {
            *self = Self {
                buyer: buyer.clone(),
                ..Self::default()
            };
        }
        self.find_repeats(lines, known);
        while self.seen.len() > lines.len() {
            let gone = self.seen.pop();
            self.count(gone.as_ref(), false);
        }
        for (place, line) in lines.iter().enumerate() {
            let among = self.repeats.among(place);
            let known = || known.get(line.sku.trim());
            if let Some(seen) = self.seen.get(place)
                && seen.line == *line
                && seen.among == among
                && (!self.stale || seen.is_of(known()))
            {
                continue;
            }
            let found = known();
            let now = Seen {
                line: line.clone(),
                product: match found {
                    Some(Known::Product(product)) => Some(Arc::clone(product)),
                    _ => None,
                },
                among,
                share: (!line.is_blank())
                    .then(|| Share::of(&check_line(line, found, among, buyer))),
            };
            self.count(Some(&now), true);
            if place < self.seen.len() {
                let before = std::mem::replace(&mut self.seen[place], now);
                self.count(Some(&before), false);
            } else {
                self.seen.push(now);
            }
        }
        self.stale = false;
        let mut priced = self.totals.iter().filter(|(_, lines, _)| *lines > 0);
        self.summary.total = match (priced.next(), priced.next()) {
            (Some((currency, _, total)), None) => Some((*total, currency.clone())),
            _ => None,
        };
        (&self.summary, &self.repeats)
    }

    /// Finds the lines of the same product anew, where that can have changed.
    fn find_repeats(&mut self, lines: &[TypedLine], known: &BTreeMap<String, Known>) {
        let same_skus = !self.stale
            && lines.len() == self.seen.len()
            && lines
                .iter()
                .zip(&self.seen)
                .all(|(line, seen)| line.sku == seen.line.sku);
        if !same_skus {
            self.repeats = Repeats::find(lines, known);
        }
        self.repeats.count(lines, known);
    }

    /// Counts a line in, or out.
    fn count(&mut self, seen: Option<&Seen>, into: bool) {
        let Some((seen, share)) = seen.and_then(|seen| Some((seen, seen.share?))) else {
            return;
        };
        let step = |count: &mut usize| *count = if into { *count + 1 } else { *count - 1 };
        let summary = &mut self.summary;
        step(&mut summary.lines);
        if seen.among.merges_exactly {
            step(&mut summary.repeated);
        }
        match share {
            Share::Wrong { roundable } => {
                step(&mut summary.wrong);
                if roundable {
                    step(&mut summary.roundable);
                }
            }
            Share::Unknown => step(&mut summary.unknown),
            Share::Ready(amount) => {
                step(&mut summary.ready);
                if amount.is_none() {
                    step(&mut summary.unpriced);
                }
                if let (Some(amount), Some(product)) = (amount, &seen.product) {
                    let currency = self.buyer.currency_of(product);
                    let place = self.totals.iter().position(|(of, ..)| of == currency);
                    let place = place.unwrap_or_else(|| {
                        self.totals.push((currency.to_owned(), 0, Decimal::ZERO));
                        self.totals.len() - 1
                    });
                    let (_, lines, total) = &mut self.totals[place];
                    step(lines);
                    *total = if into {
                        total.saturating_add(amount)
                    } else {
                        total.saturating_sub(amount)
                    };
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quick_order::line::tests::{bolt, buyer, line};
    use proptest::prelude::*;

    /// A SKU, or none; a quantity, good or not.
    fn typed() -> impl Strategy<Value = TypedLine> {
        let sku = prop::sample::select(vec!["", "BOLT", "bolt", "NUT", "GONE", "NEW"]);
        let quantity = prop::sample::select(vec!["", "5", "12", "18", "24", "a dozen"]);
        (sku, quantity).prop_map(|(sku, quantity)| line(sku, quantity))
    }

    proptest! {
        /// Whatever is remembered, the sums are those of somebody who looks at every line for the first time.
        #[test]
        fn what_is_remembered_is_what_would_be_seen(
            mut lines in prop::collection::vec(typed(), 1..12),
            edits in prop::collection::vec((any::<prop::sample::Index>(), typed(), 0..5_u8), 0..12),
        ) {
            let bolts = |skus: [&str; 2]| BTreeMap::from(skus.map(|sku| (sku.to_owned(), bolt())));
            let mut known = bolts(["BOLT", "bolt"]);
            known.insert("GONE".to_owned(), Known::Missing(vec![]));
            let mut buyer = buyer();
            let mut sums = Sums::default();
            sums.sum_up(&lines, &known, &buyer);
            for (at, typed, kind) in edits {
                match kind {
                    0 => {
                        known.extend(bolts(["NUT", "BOLT"]));
                        known.remove("GONE");
                        sums.learn();
                    }
                    1 => buyer.tier = if buyer.tier.is_none() { Some("Wholesale".to_owned()) } else { None },
                    2 => lines.insert(at.index(lines.len()), typed),
                    3 if lines.len() > 1 => {
                        lines.remove(at.index(lines.len()));
                    }
                    _ => {
                        let at = at.index(lines.len());
                        lines[at] = typed;
                    }
                }
                let mut anew = Sums::default();
                prop_assert_eq!(sums.sum_up(&lines, &known, &buyer), anew.sum_up(&lines, &known, &buyer));
            }
        }
    }
}
