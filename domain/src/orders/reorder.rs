//! Ordering again: the lines of an old order against today's products, and what has changed since.

use nymble_wire::{Order, Product};
use rust_decimal::Decimal;

use crate::catalog::{
    buyer::Buyer,
    pricing,
    quantity::{self, MAX_QUANTITY, QuantityError},
    stock::{Shortage, shortage},
};

/// What was ordered of one product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemSnapshot {
    /// The product.
    pub sku: String,
    /// Its name then, or its SKU where the order does not say.
    pub name: String,
    /// Units, of all lines of the product together.
    pub quantity: u32,
    /// Price of one unit then, in the order's currency; none where the order does not say, or its lines
    /// differ.
    pub unit_price: Option<Decimal>,
}

/// The products of `order` with what was ordered of each, in its order. The cart has one line a product,
/// so lines of the same one are added up.
pub fn old_lines(order: &Order) -> Vec<ItemSnapshot> {
    let mut lines: Vec<ItemSnapshot> = Vec::new();
    for line in order.items.iter().filter(|line| line.quantity > 0) {
        let quantity = u32::try_from(line.quantity)
            .unwrap_or(MAX_QUANTITY)
            .min(MAX_QUANTITY);
        if let Some(known) = lines.iter_mut().find(|known| known.sku == line.sku) {
            known.quantity = known.quantity.saturating_add(quantity).min(MAX_QUANTITY);
            if known.unit_price != line.unit_price {
                known.unit_price = None;
            }
            continue;
        }
        let name = line.name.clone().filter(|name| !name.is_empty());
        lines.push(ItemSnapshot {
            sku: line.sku.clone(),
            name: name.unwrap_or_else(|| line.sku.clone()),
            quantity,
            unit_price: line.unit_price,
        });
    }
    lines
}

/// What has changed about a product since it was ordered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Difference {
    /// It is not in the catalogue any more, or not to be ordered.
    NotOffered,
    /// It has no price for this customer.
    NoPrice,
    /// A unit costs more.
    PriceIncreased {
        /// Price of one unit then.
        then: Decimal,
        /// Price of one unit now, at the offered quantity.
        now: Decimal,
    },
    /// A unit costs less.
    PriceDecreased {
        /// Price of one unit then.
        then: Decimal,
        /// Price of one unit now, at the offered quantity.
        now: Decimal,
    },
    /// There is less in stock than is to be ordered.
    Short(Shortage),
    /// The quantity of then does not fit the minimum or the increment of now; another one is offered.
    Quantity(QuantityError),
}

/// An old line as it can be ordered today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Today {
    /// The quantity to offer: that of then, or the next larger one that can be ordered.
    pub quantity: u32,
    /// Whether it can be ordered at all.
    pub orderable: bool,
    /// What is different, the gravest first.
    pub differences: Vec<Difference>,
}

/// Compares `line`, of an order in `currency` (ISO 4217), with the product as it is now; none when there
/// is no such product any more.
///
/// Prices are compared only in the same currency, and at the quantity that is offered.
pub fn compare(
    line: &ItemSnapshot,
    currency: Option<&str>,
    product: Option<&Product>,
    buyer: &Buyer,
) -> Today {
    let gone = |difference| Today {
        quantity: line.quantity,
        orderable: false,
        differences: vec![difference],
    };
    let Some(product) = product.filter(|product| product.active) else {
        return gone(Difference::NotOffered);
    };
    let rule = pricing::quantity_rule(product);
    let offered = rule.round_up(line.quantity);
    if !pricing::may_be_ordered(product, buyer, offered) {
        return gone(Difference::NoPrice);
    }
    let mut differences = Vec::new();
    if let Err(error) = quantity::check(line.quantity, &rule) {
        differences.push(Difference::Quantity(error));
    }
    differences.extend(shortage(product.quantity_on_hand, offered).map(Difference::Short));
    let comparable =
        currency.is_none_or(|currency| currency.eq_ignore_ascii_case(buyer.currency_of(product)));
    let now = pricing::unit_price(product, buyer, offered);
    if let (Some(then), Some(now)) = (line.unit_price.filter(|_| comparable), now) {
        if now > then {
            differences.push(Difference::PriceIncreased { then, now });
        } else if now < then {
            differences.push(Difference::PriceDecreased { then, now });
        }
    }
    Today {
        quantity: offered,
        orderable: true,
        differences,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use nymble_wire::PriceEntry;
    use proptest::prelude::*;

    fn dec(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn buyer() -> Buyer {
        Buyer {
            tier: Some("Wholesale".to_owned()),
            currency: "USD".to_owned(),
            ..Buyer::default()
        }
    }

    fn line(quantity: u32, price: &str) -> ItemSnapshot {
        ItemSnapshot {
            sku: "A".to_owned(),
            name: "Bolt".to_owned(),
            quantity,
            unit_price: Some(dec(price)),
        }
    }

    fn product(json: &str) -> Product {
        nymble_wire::decode(json).unwrap()
    }

    const BOLT: &str = r#"{"sku":"A","price":10,"currencyCode":"USD","quantityOnHand":100,
        "minimumOrderQuantity":12,"quantityIncrement":6,
        "prices":[{"tier":"Wholesale","price":8.50,"atQuantity":1},
                  {"tier":"Wholesale","price":8.00,"atQuantity":24}]}"#;

    fn today(line: &ItemSnapshot, product: Option<&Product>) -> Today {
        compare(line, Some("USD"), product, &buyer())
    }

    #[test]
    fn nothing_changed_is_nothing_to_say() {
        let bolt = product(BOLT);
        let found = today(&line(12, "8.5"), Some(&bolt));
        assert_eq!((found.quantity, found.orderable), (12, true));
        assert_eq!(found.differences, []);
    }

    #[test]
    fn prices_are_compared_at_the_quantity_that_is_offered() {
        let bolt = product(BOLT);
        let (then, now) = (dec("8"), dec("8.50"));
        assert_eq!(
            today(&line(18, "8"), Some(&bolt)).differences,
            [Difference::PriceIncreased { then, now }]
        );
        let (then, now) = (dec("8.5"), dec("8.00"));
        // 20 become 24, which reach the break.
        assert_eq!(
            today(&line(20, "8.5"), Some(&bolt)).differences,
            [
                Difference::Quantity(QuantityError::NotAMultiple {
                    increment: 6,
                    below: Some(18),
                    above: 24
                }),
                Difference::PriceDecreased { then, now }
            ]
        );
    }

    #[test]
    fn prices_in_another_currency_are_not_compared() {
        let bolt = product(BOLT);
        let found = compare(&line(12, "900"), Some("JPY"), Some(&bolt), &buyer());
        assert_eq!(found.differences, []);
        let mut silent = line(12, "900");
        silent.unit_price = None;
        assert_eq!(today(&silent, Some(&bolt)).differences, []);
    }

    #[test]
    fn what_is_gone_cannot_be_ordered() {
        let found = today(&line(12, "8.5"), None);
        assert!(!found.orderable);
        assert_eq!(found.differences, [Difference::NotOffered]);
        let mut bolt = product(BOLT);
        bolt.active = false;
        assert_eq!(
            today(&line(12, "8.5"), Some(&bolt)).differences,
            [Difference::NotOffered]
        );
        let unpriced = product(r#"{"sku":"A"}"#);
        let found = today(&line(12, "8.5"), Some(&unpriced));
        assert!(!found.orderable);
        assert_eq!(found.differences, [Difference::NoPrice]);
    }

    /// What has no price can be added by who acts for a customer, from an earlier order too. Whoever acts for a customer
    /// is not shown every price that the server has.
    #[test]
    fn what_has_no_price_for_a_rep_can_be_ordered() {
        let unpriced = product(r#"{"sku":"A","currencyCode":"USD"}"#);
        let rep = Buyer {
            acted_for: true,
            ..buyer()
        };
        let found = compare(&line(12, "8.5"), Some("USD"), Some(&unpriced), &rep);
        assert!(found.orderable);
        assert_eq!(found.differences, []);
    }

    #[test]
    fn stock_is_compared_with_the_quantity_that_is_offered() {
        let mut bolt = product(BOLT);
        bolt.quantity_on_hand = Some(0);
        assert_eq!(
            today(&line(12, "8.5"), Some(&bolt)).differences,
            [Difference::Short(Shortage::OutOfStock)]
        );
        bolt.quantity_on_hand = Some(11);
        assert_eq!(
            today(&line(12, "8.5"), Some(&bolt)).differences,
            [Difference::Short(Shortage::LessStock(11))]
        );
        bolt.quantity_on_hand = Some(12);
        assert_eq!(today(&line(12, "8.5"), Some(&bolt)).differences, []);
        bolt.quantity_on_hand = None;
        assert_eq!(today(&line(12, "8.5"), Some(&bolt)).differences, []);
    }

    #[test]
    fn a_quantity_below_the_minimum_is_mended() {
        let found = today(&line(4, "8.5"), Some(&product(BOLT)));
        assert_eq!(found.quantity, 12);
        assert_eq!(
            found.differences,
            [Difference::Quantity(QuantityError::BelowMinimum {
                minimum: 12,
                suggestion: 12
            })]
        );
    }

    #[test]
    fn lines_of_one_product_are_added_up() {
        let order: Order = nymble_wire::decode(
            r#"{"id":"1","orderNumber":"M","items":[
                {"sku":"A","name":"Bolt","quantity":2,"unitPrice":1},
                {"sku":"B","quantity":1,"unitPrice":5},
                {"sku":"A","quantity":3,"unitPrice":1},
                {"sku":"B","quantity":1,"unitPrice":4},
                {"sku":"C","quantity":0},{"sku":"D","quantity":-4}]}"#,
        )
        .unwrap();
        let lines = old_lines(&order);
        let found: Vec<_> = lines
            .iter()
            .map(|line| (line.name.as_str(), line.quantity, line.unit_price))
            .collect();
        assert_eq!(
            found,
            [("Bolt", 5, Some(dec("1"))), ("B", 2, None::<Decimal>)]
        );
    }

    proptest! {
        /// What reordering offers can be ordered, and every difference it reports is one.
        #[test]
        fn what_is_offered_can_be_ordered_and_every_difference_is_one(
            quantity in prop_oneof![1_u32..500, any::<u32>()],
            then in 1_i64..10_000,
            prices in prop::collection::vec((0_i64..10_000, 0_i64..100), 0..5),
            price in prop::option::of(1_i64..10_000),
            minimum in any::<i64>(),
            increment in -3_i64..60,
            on_hand in prop::option::of(-5_i64..600),
            active: bool,
        ) {
            let mut product = product(r#"{"sku":"A","currencyCode":"USD"}"#);
            product.active = active;
            product.price = price.map(|cents| Decimal::new(cents, 2));
            product.minimum_order_quantity = Some(minimum);
            product.quantity_increment = Some(increment);
            product.quantity_on_hand = on_hand;
            for (cents, at_quantity) in prices {
                product.prices.push(PriceEntry {
                    tier: "Wholesale".to_owned(),
                    price: Decimal::new(cents, 2),
                    price_formatted: None,
                    at_quantity,
                });
            }
            let old = ItemSnapshot {
                sku: "A".to_owned(),
                name: String::new(),
                quantity,
                unit_price: Some(Decimal::new(then, 2)),
            };
            let found = today(&old, Some(&product));
            let rule = pricing::quantity_rule(&product);
            if !found.orderable {
                prop_assert_eq!(found.differences.len(), 1);
                prop_assert_eq!(found.quantity, quantity);
                return Ok(());
            }
            prop_assert!(active && rule.allows(found.quantity));
            prop_assert!(found.quantity >= quantity || found.quantity == rule.last());
            let mended = found.differences.iter().any(|it| matches!(it, Difference::Quantity(_)));
            prop_assert_eq!(mended, !rule.allows(quantity));
            if !mended {
                prop_assert_eq!(found.quantity, quantity);
            }
            let now = pricing::unit_price(&product, &buyer(), found.quantity).unwrap();
            for difference in &found.differences {
                match difference {
                    Difference::PriceIncreased { then, now: shown } => prop_assert!(now > *then && *shown == now),
                    Difference::PriceDecreased { then, now: shown } => prop_assert!(now < *then && *shown == now),
                    Difference::Short(Shortage::OutOfStock) => prop_assert!(on_hand.unwrap() <= 0),
                    Difference::Short(Shortage::LessStock(left)) => {
                        prop_assert!(*left > 0 && *left < found.quantity);
                    }
                    Difference::Quantity(_) => {}
                    Difference::NotOffered | Difference::NoPrice => prop_assert!(false),
                }
            }
            let same = found.differences.iter().all(|it| {
                !matches!(it, Difference::PriceIncreased { .. } | Difference::PriceDecreased { .. })
            });
            prop_assert_eq!(same, now == Decimal::new(then, 2));
        }
    }
}
