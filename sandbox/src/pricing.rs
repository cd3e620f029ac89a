//! Which price applies: the tier's own entries, else the default base price; the highest quantity break reached.
//! Pure.

use rust_decimal::Decimal;

/// One entry of a price list in one currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Break<'a> {
    /// The tier the entry belongs to; empty for the product's default base price.
    pub tier: &'a str,
    /// From this quantity on.
    pub at_quantity: i64,
    /// The unit price.
    pub price: Decimal,
}

/// The unit price of `quantity` units for `tier`.
///
/// Assumption: a tier without an entry of its own pays the product's default base price, and a quantity below the
/// first break pays the first break's price. `None` when the product has no price at all in this currency.
pub fn unit_price(breaks: &[Break<'_>], tier: &str, quantity: i64) -> Option<Decimal> {
    price_in(breaks, tier, quantity).or_else(|| price_in(breaks, "", quantity))
}

fn price_in(breaks: &[Break<'_>], tier: &str, quantity: i64) -> Option<Decimal> {
    let own = || breaks.iter().filter(|entry| entry.tier == tier);
    own()
        .filter(|entry| entry.at_quantity <= quantity)
        .max_by_key(|entry| entry.at_quantity)
        .or_else(|| own().min_by_key(|entry| entry.at_quantity))
        .map(|entry| entry.price)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]

    use super::*;
    use proptest::prelude::*;

    fn entry(tier: &str, at_quantity: i64, cents: i64) -> Break<'_> {
        Break {
            tier,
            at_quantity,
            price: Decimal::new(cents, 2),
        }
    }

    #[test]
    fn the_documents_widget() {
        let breaks = [
            entry("Wholesale", 1, 1850),
            entry("Wholesale", 50, 1600),
            entry("Retail", 1, 2499),
        ];
        assert_eq!(
            unit_price(&breaks, "Wholesale", 49),
            Some(Decimal::new(1850, 2))
        );
        assert_eq!(
            unit_price(&breaks, "Wholesale", 50),
            Some(Decimal::new(1600, 2))
        );
        assert_eq!(
            unit_price(&breaks, "Retail", 500),
            Some(Decimal::new(2499, 2))
        );
        assert_eq!(unit_price(&breaks, "Premium", 1), None);
    }

    #[test]
    fn falls_back_to_the_base_price_and_to_the_first_break() {
        let breaks = [entry("", 1, 999), entry("Wholesale", 10, 500)];
        assert_eq!(unit_price(&breaks, "Gold", 1), Some(Decimal::new(999, 2)));
        assert_eq!(
            unit_price(&breaks, "Wholesale", 1),
            Some(Decimal::new(500, 2))
        );
    }

    proptest! {
        #[test]
        fn more_never_costs_more_each_when_breaks_fall(
            first in 100_i64..100_000,
            steps in prop::collection::vec((1_i64..500, 1_i64..20), 0..5),
            quantity in 1_i64..3_000,
        ) {
            let mut breaks = vec![entry("T", 1, first)];
            let (mut at, mut cents) = (1, first);
            for (more, less) in steps {
                at += more;
                cents = (cents - less).max(1);
                breaks.push(entry("T", at, cents));
            }
            let here = unit_price(&breaks, "T", quantity).unwrap();
            let next = unit_price(&breaks, "T", quantity + 1).unwrap();
            prop_assert!(next <= here);
            let expected = breaks.iter().rev().find(|b| b.at_quantity <= quantity).unwrap();
            prop_assert_eq!(here, expected.price);
        }
    }
}
