//! The usual: what a customer orders again and again, found in the latest orders.

use nymble_wire::{Order, OrderStatus};

/// A product that is ordered often.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrequentlyOrdered {
    /// The product.
    pub sku: String,
    /// What it was called when it was last ordered; empty when no order says.
    pub name: String,
    /// In how many of the orders it is.
    pub orders: usize,
    /// The quantity that is usual, in pieces: the median of what was ordered, and of two middle ones the
    /// smaller, so that it is one that was ordered. At least 1.
    pub quantity: u32,
}

/// Whether an order says what is needed: it is neither a request for a quote nor given up.
pub(super) fn counts(order: &Order) -> bool {
    let quote = order
        .order_type
        .as_deref()
        .is_some_and(|kind| kind.eq_ignore_ascii_case("Quote"));
    !quote && order.order_status != OrderStatus::Cancelled
}

/// The products that are in the most of `orders` (newest first): at most `most` of them, the most frequent
/// first, of equally frequent ones the one ordered last first.
///
/// Several lines of one product in one order count as one, with their quantities together. Lines of no
/// quantity count for nothing.
pub fn frequently_ordered(orders: &[Order], most: usize) -> Vec<FrequentlyOrdered> {
    // In the order in which they are met, which is the one in which they were last ordered.
    let mut found: Vec<(FrequentlyOrdered, Vec<u32>)> = Vec::new();
    for order in orders.iter().filter(|order| counts(order)) {
        let mut here: Vec<(&str, &str, i64)> = Vec::new();
        for line in order.items.iter().filter(|line| line.quantity > 0) {
            let name = line.name.as_deref().unwrap_or_default();
            match here.iter_mut().find(|(sku, ..)| *sku == line.sku) {
                Some((.., quantity)) => *quantity = quantity.saturating_add(line.quantity),
                None => here.push((&line.sku, name, line.quantity)),
            }
        }
        for (sku, name, quantity) in here {
            let quantity = u32::try_from(quantity).unwrap_or(u32::MAX);
            let place = found.iter().position(|(known, _)| known.sku == sku);
            let place = place.unwrap_or_else(|| {
                let sku = sku.to_owned();
                let first = FrequentlyOrdered {
                    sku,
                    name: String::new(),
                    orders: 0,
                    quantity: 1,
                };
                found.push((first, Vec::new()));
                found.len() - 1
            });
            if let Some((known, quantities)) = found.get_mut(place) {
                known.orders += 1;
                if known.name.is_empty() {
                    name.clone_into(&mut known.name);
                }
                quantities.push(quantity);
            }
        }
    }
    // Stable, so that equally frequent ones stay in their order.
    found.sort_by_key(|(known, _)| std::cmp::Reverse(known.orders));
    found.truncate(most);
    let with_median = |(mut known, quantities): (FrequentlyOrdered, Vec<u32>)| {
        known.quantity = lower_median(quantities);
        known
    };
    found.into_iter().map(with_median).collect()
}

/// The middle one of some numbers, of two the smaller; 1 without any.
fn lower_median(mut numbers: Vec<u32>) -> u32 {
    numbers.sort_unstable();
    let middle = numbers.len().saturating_sub(1) / 2;
    numbers.get(middle).copied().unwrap_or(1)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn order(status: &str, kind: &str, lines: &[(&str, i64)]) -> Order {
        let mut order: Order = nymble_wire::decode(&format!(
            r#"{{"id":"1","orderNumber":"M-1","orderStatus":"{status}","orderType":"{kind}"}}"#
        ))
        .unwrap();
        order.items = lines
            .iter()
            .map(|(sku, quantity)| {
                nymble_wire::decode(&format!(
                    r#"{{"sku":"{sku}","name":"Name of {sku}","quantity":{quantity}}}"#
                ))
                .unwrap()
            })
            .collect();
        order
    }

    fn told(orders: &[Order]) -> Vec<(String, usize, u32)> {
        let all = frequently_ordered(orders, 10).into_iter();
        all.map(|it| (it.sku, it.orders, it.quantity)).collect()
    }

    fn row(sku: &str, orders: usize, quantity: u32) -> (String, usize, u32) {
        (sku.to_owned(), orders, quantity)
    }

    #[test]
    fn the_most_frequent_come_first_then_the_latest() {
        let orders = [
            order("Pending", "Web", &[("NEW", 5), ("OFTEN", 10)]),
            order("Complete", "Standard", &[("OLD", 1), ("OFTEN", 30)]),
            order("Complete", "Standard", &[("OFTEN", 20), ("OLDEST", 2)]),
        ];
        assert_eq!(
            told(&orders),
            [
                row("OFTEN", 3, 20),
                row("NEW", 1, 5),
                row("OLD", 1, 1),
                row("OLDEST", 1, 2),
            ]
        );
        assert_eq!(frequently_ordered(&orders, 2).len(), 2);
        assert_eq!(frequently_ordered(&orders, 1)[0].name, "Name of OFTEN");
    }

    #[test]
    fn of_two_middle_quantities_the_smaller_is_usual() {
        let orders = [
            order("Complete", "Web", &[("A", 100)]),
            order("Complete", "Web", &[("A", 6)]),
        ];
        assert_eq!(told(&orders), [row("A", 2, 6)]);
    }

    #[test]
    fn quotes_and_what_was_cancelled_do_not_count() {
        let orders = [
            order("Cancelled", "Web", &[("A", 1)]),
            order("Pending", "quote", &[("B", 1)]),
            order("Pending", "Web", &[("C", 0), ("D", -4)]),
        ];
        assert_eq!(told(&orders), []);
    }

    #[test]
    fn lines_of_one_product_count_together() {
        let orders = [order("Complete", "Web", &[("A", 4), ("B", 1), ("A", 8)])];
        assert_eq!(told(&orders), [row("A", 1, 12), row("B", 1, 1)]);
    }

    fn some_orders() -> impl Strategy<Value = Vec<Order>> {
        let line = (0_usize..6, prop_oneof![-2_i64..40, any::<i64>()]);
        let lines = prop::collection::vec(line, 0..5);
        prop::collection::vec(lines, 0..12).prop_map(|orders| {
            let skus = ["A", "B", "C", "D", "E", "F"];
            let order_of = |lines: Vec<(usize, i64)>| {
                let lines: Vec<_> = lines.iter().map(|(sku, it)| (skus[*sku], *it)).collect();
                order("Complete", "Web", &lines)
            };
            orders.into_iter().map(order_of).collect()
        })
    }

    proptest! {
        /// Frequency decides what is ordered again and again, then recency. The quantity offered is one that was ordered.
        #[test]
        fn frequency_decides_then_recency(orders in some_orders(), most in 0_usize..8) {
            let found = frequently_ordered(&orders, most);
            prop_assert!(found.len() <= most);
            let has = |order: &Order, sku: &str| {
                order.items.iter().any(|line| line.sku == sku && line.quantity > 0)
            };
            let latest = |sku: &str| orders.iter().position(|order| has(order, sku));
            for one in &found {
                let times = orders.iter().filter(|order| has(order, &one.sku)).count();
                prop_assert_eq!(one.orders, times);
                prop_assert!(one.quantity >= 1);
                let of_order = |order: &Order| {
                    let mine = order.items.iter().filter(|it| it.sku == one.sku && it.quantity > 0);
                    let sum = mine.fold(0_i64, |sum, line| sum.saturating_add(line.quantity));
                    u32::try_from(sum).unwrap_or(u32::MAX)
                };
                prop_assert!(orders.iter().any(|order| of_order(order) == one.quantity));
                let at_most = orders.iter().filter(|it| has(it, &one.sku) && of_order(it) <= one.quantity);
                prop_assert!(at_most.count() * 2 >= times);
            }
            for pair in found.windows(2) {
                let (one, next) = (&pair[0], &pair[1]);
                let earlier = latest(&one.sku) <= latest(&next.sku);
                prop_assert!(one.orders > next.orders || one.orders == next.orders && earlier);
            }
        }
    }
}
