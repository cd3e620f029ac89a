//! Bought before: the products of the latest orders, each with when it was last ordered.

use nymble_wire::{Order, Timestamp};

use super::{frequently_ordered::counts, sku::key};

/// A product that was ordered before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bought {
    /// The product.
    pub sku: String,
    /// What it was called when it was last ordered; empty when no order says.
    pub name: String,
    /// When it was last ordered, where the order says.
    pub last: Option<Timestamp>,
}

/// The products of `orders` (newest first), the one ordered last first, each once. Requests for a quote and
/// what was cancelled do not count.
pub fn bought(orders: &[Order]) -> Vec<Bought> {
    let mut found: Vec<Bought> = Vec::new();
    for order in orders.iter().filter(|order| counts(order)) {
        for line in order.items.iter().filter(|line| line.quantity > 0) {
            let name = line.name.as_deref().unwrap_or_default();
            match found.iter_mut().find(|known| known.sku == line.sku) {
                Some(known) if known.name.is_empty() => name.clone_into(&mut known.name),
                Some(_) => {}
                None => found.push(Bought {
                    sku: line.sku.clone(),
                    name: name.to_owned(),
                    last: order.order_date.clone(),
                }),
            }
        }
    }
    found
}

/// Those of `bought` in whose SKU or name every word of `term` stands, in any case.
pub fn matching<'a>(bought: &'a [Bought], term: &str) -> Vec<&'a Bought> {
    let term = key(term);
    let fits = |known: &&Bought| {
        let text = key(&[&*known.sku, " ", &known.name].concat());
        term.split_whitespace().all(|word| text.contains(word))
    };
    bought.iter().filter(fits).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn order(date: &str, status: &str, lines: &str) -> Order {
        nymble_wire::decode(&format!(
            r#"{{"id":"1","orderNumber":"M-1","orderDate":"{date}","orderStatus":"{status}","items":[{lines}]}}"#
        ))
        .unwrap()
    }

    fn orders() -> [Order; 3] {
        [
            order(
                "2026-03-01T10:00:00Z",
                "Cancelled",
                r#"{"sku":"C","quantity":1}"#,
            ),
            order(
                "2026-02-01T10:00:00Z",
                "Pending",
                r#"{"sku":"A","quantity":1},{"sku":"N","quantity":0}"#,
            ),
            order(
                "2026-01-01T10:00:00Z",
                "Complete",
                r#"{"sku":"B","name":"Hex Nut M8","quantity":2},{"sku":"A","name":"Blue Bolt","quantity":9}"#,
            ),
        ]
    }

    #[test]
    fn each_product_once_with_its_last_order() {
        let found = bought(&orders());
        let told: Vec<_> = found
            .iter()
            .map(|it| (it.sku.as_str(), it.name.as_str()))
            .collect();
        assert_eq!(told, [("A", "Blue Bolt"), ("B", "Hex Nut M8")]);
        let date = |place: usize| found[place].last.as_ref().unwrap().as_str().to_owned();
        assert!(date(0).starts_with("2026-02-01") && date(1).starts_with("2026-01-01"));
    }

    #[test]
    fn every_word_must_stand_in_sku_or_name() {
        let found = bought(&orders());
        let skus = |term| -> Vec<_> {
            matching(&found, term)
                .iter()
                .map(|it| it.sku.clone())
                .collect()
        };
        assert_eq!(skus("m8 HEX"), ["B"]);
        assert_eq!(skus("b"), ["A", "B"]);
        assert_eq!(skus(" "), ["A", "B"]);
        assert_eq!(skus("hex bolt"), Vec::<String>::new());
    }
}
