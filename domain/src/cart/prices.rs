//! What the cart's lines cost when the buyer put them in, against what they cost now.

use std::collections::HashMap;

use nymble_wire::{Cart, Product};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::{
    cart::lines::ShownLine,
    catalog::{buyer::Buyer, stock::Shortage},
    orders::reorder::{self, Difference, ItemSnapshot, Today},
};

/// What was seen of a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Kept", into = "Kept")]
pub struct Seen {
    /// Units.
    pub quantity: i64,
    /// The price of one.
    pub unit_price: Decimal,
    /// The currency of the price, ISO 4217.
    pub currency: String,
    /// What else the buyer has read about the line, as [`mark`] has it.
    pub read: Vec<String>,
}

/// As it is kept: hundreds of lines without hundreds of names.
type Kept = (i64, Decimal, String, Vec<String>);

impl From<Kept> for Seen {
    fn from((quantity, unit_price, currency, read): Kept) -> Self {
        Self {
            quantity,
            unit_price,
            currency,
            read,
        }
    }
}

impl From<Seen> for Kept {
    fn from(seen: Seen) -> Self {
        (seen.quantity, seen.unit_price, seen.currency, seen.read)
    }
}

/// What was seen of each line, by SKU.
pub type SeenPrices = HashMap<String, Seen>;

/// Remembers the price of each line that is new, or whose quantity is another one: its price may have
/// changed with that. Lines that are gone are forgotten.
pub fn follow(seen: &SeenPrices, cart: Option<&Cart>) -> SeenPrices {
    let Some(cart) = cart else {
        return SeenPrices::new();
    };
    let currency = cart.currency_code.clone().unwrap_or_default();
    let lines = cart.items.iter().filter_map(|line| {
        let now = || {
            Some(Seen {
                quantity: line.quantity,
                unit_price: line.unit_price?,
                currency: currency.clone(),
                read: Vec::new(),
            })
        };
        let known = seen
            .get(&line.sku)
            .filter(|known| known.quantity == line.quantity);
        Some((line.sku.clone(), known.cloned().or_else(now)?))
    });
    lines.collect()
}

/// What a difference is remembered by once it was read; none for a price, which is remembered itself.
fn mark(difference: &Difference) -> Option<String> {
    match difference {
        Difference::NotOffered => Some("gone".to_owned()),
        Difference::Short(Shortage::OutOfStock) => Some("out".to_owned()),
        Difference::Short(Shortage::LessStock(on_hand)) => Some(on_hand.to_string()),
        Difference::Quantity(_) => Some("quantity".to_owned()),
        Difference::NoPrice
        | Difference::PriceIncreased { .. }
        | Difference::PriceDecreased { .. } => None,
    }
}

/// The buyer has read what [`price_changes`] found about these lines: what is seen of the cart from now on.
pub fn accept<'a>(
    seen: &SeenPrices,
    cart: Option<&Cart>,
    read: impl IntoIterator<Item = (&'a str, &'a Today)>,
) -> SeenPrices {
    let mut now = follow(&SeenPrices::new(), cart);
    for (sku, line) in &mut now {
        let before = seen.get(sku);
        if let Some(before) = before.filter(|before| before.quantity == line.quantity) {
            line.read.clone_from(&before.read);
        }
    }
    for (sku, today) in read {
        if let Some(line) = now.get_mut(sku) {
            line.read.extend(today.differences.iter().filter_map(mark));
        }
    }
    now
}

/// What there is to know about a line before it is ordered, when there is anything: its price has changed since, or it
/// cannot be had as it stands. What the buyer has read already is left out. Until the product is known only the price
/// counts.
pub fn price_changes(
    line: &ShownLine,
    currency: &str,
    seen: &SeenPrices,
    product: Option<&Product>,
    buyer: &Buyer,
) -> Option<Today> {
    let Seen {
        quantity,
        unit_price: then,
        currency: of,
        read,
    } = seen.get(&line.sku)?;
    if !line.confirmed || *quantity != line.quantity || of != currency {
        return None;
    }
    let old = ItemSnapshot {
        sku: line.sku.clone(),
        name: line.name.clone(),
        quantity: u32::try_from(line.quantity).ok()?,
        unit_price: Some(*then),
    };
    let mut today = match product {
        Some(_) => reorder::compare(&old, Some(currency), product, buyer),
        None => Today {
            quantity: old.quantity,
            orderable: true,
            differences: Vec::new(),
        },
    };
    // What the cart itself says of the price goes before what the catalogue would say.
    let now = line.unit_price?;
    if today.orderable {
        today.differences.retain(|difference| {
            !matches!(
                difference,
                Difference::PriceIncreased { .. } | Difference::PriceDecreased { .. }
            )
        });
        if now > *then {
            today
                .differences
                .push(Difference::PriceIncreased { then: *then, now });
        } else if now < *then {
            today
                .differences
                .push(Difference::PriceDecreased { then: *then, now });
        }
    } else {
        // The cart has a price: what the catalogue cannot show here is none of its business.
        today
            .differences
            .retain(|difference| *difference != Difference::NoPrice);
    }
    today
        .differences
        .retain(|difference| mark(difference).is_none_or(|mark| !read.contains(&mark)));
    (!today.differences.is_empty()).then_some(today)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn cart(lines: &str) -> Cart {
        nymble_wire::decode(&format!(
            r#"{{"shoppingCartId":"c","currencyCode":"USD","items":[{lines}]}}"#
        ))
        .unwrap()
    }

    fn line(quantity: i64, cents: i64) -> ShownLine {
        ShownLine {
            sku: "A".to_owned(),
            name: "Bolt".to_owned(),
            quantity,
            unit_price: Some(Decimal::new(cents, 2)),
            line_total: None,
            confirmed: true,
        }
    }

    fn at_ten() -> SeenPrices {
        let seen = Seen {
            quantity: 5,
            unit_price: Decimal::TEN,
            currency: "USD".to_owned(),
            read: Vec::new(),
        };
        [("A".to_owned(), seen)].into()
    }

    fn buyer() -> Buyer {
        Buyer {
            currency: "USD".to_owned(),
            ..Buyer::default()
        }
    }

    #[test]
    fn the_price_of_the_last_change_by_the_buyer_is_remembered() {
        let seen = follow(
            &SeenPrices::new(),
            Some(&cart(
                r#"{"sku":"A","quantity":5,"unitPrice":10},{"sku":"B","quantity":1}"#,
            )),
        );
        assert_eq!(seen.len(), 1);
        assert_eq!(seen, at_ten());
        let kept = serde_json::to_string(&seen).unwrap();
        assert_eq!(
            serde_json::from_str::<SeenPrices>(&kept).unwrap(),
            seen,
            "{kept}"
        );
        // Only the price has changed: the old one stays remembered.
        let dearer = cart(r#"{"sku":"A","quantity":5,"unitPrice":12}"#);
        assert_eq!(follow(&seen, Some(&dearer)), seen);
        // The buyer has set another quantity, and has seen what it costs.
        let more = cart(r#"{"sku":"A","quantity":50,"unitPrice":9}"#);
        assert_eq!(follow(&seen, Some(&more))["A"].unit_price, Decimal::from(9));
        assert_eq!(follow(&seen, Some(&cart(""))), SeenPrices::new());
        assert_eq!(follow(&seen, None), SeenPrices::new());
    }

    #[test]
    fn what_changed_is_said_once_the_line_stands() {
        let seen = at_ten();
        let found =
            |line: &ShownLine, currency: &str| price_changes(line, currency, &seen, None, &buyer());
        let (then, now) = (Decimal::TEN, Decimal::new(1250, 2));
        assert_eq!(
            found(&line(5, 1250), "USD").unwrap().differences,
            [Difference::PriceIncreased { then, now }]
        );
        assert_eq!(found(&line(5, 1000), "USD"), None);
        assert_eq!(found(&line(6, 1250), "USD"), None);
        assert_eq!(found(&line(5, 1250), "EUR"), None);
        let mut waiting = line(5, 1250);
        waiting.confirmed = false;
        assert_eq!(found(&waiting, "USD"), None);
    }

    #[test]
    fn stock_and_what_is_no_longer_offered_count_too() {
        let seen = at_ten();
        let found = |product: &str| {
            let product: Product = nymble_wire::decode(product).unwrap();
            price_changes(&line(5, 1000), "USD", &seen, Some(&product), &buyer())
        };
        let little = r#"{"sku":"A","price":11,"currencyCode":"USD","quantityOnHand":2}"#;
        assert_eq!(
            found(little).unwrap().differences,
            [Difference::Short(Shortage::LessStock(2))]
        );
        let gone = r#"{"sku":"A","price":10,"currencyCode":"USD","active":false}"#;
        assert_eq!(found(gone).unwrap().differences, [Difference::NotOffered]);
        assert_eq!(found(r#"{"sku":"A"}"#), None);
    }

    #[test]
    fn what_was_read_is_said_again_only_when_it_gets_worse_or_the_buyer_wants_another_quantity() {
        let bought = cart(r#"{"sku":"A","quantity":5,"unitPrice":10}"#);
        let seen = follow(&SeenPrices::new(), Some(&bought));
        let left = |seen: &SeenPrices, quantity: i64, left: i64| {
            let product =
                format!(r#"{{"sku":"A","price":10,"currencyCode":"USD","quantityOnHand":{left}}}"#);
            let product: Product = nymble_wire::decode(&product).unwrap();
            price_changes(&line(quantity, 1000), "USD", seen, Some(&product), &buyer())
        };
        let told = left(&seen, 5, 2).unwrap();
        let read = accept(&seen, Some(&bought), [("A", &told)]);
        assert_eq!(left(&read, 5, 2), None);
        let worse = left(&read, 5, 0).unwrap();
        assert_eq!(worse.differences, [Difference::Short(Shortage::OutOfStock)]);
        // Read twice, nothing of it is said again.
        let read = accept(&read, Some(&bought), [("A", &worse)]);
        assert_eq!((left(&read, 5, 2), left(&read, 5, 0)), (None, None));
        let more = cart(r#"{"sku":"A","quantity":6,"unitPrice":10}"#);
        assert!(left(&follow(&read, Some(&more)), 6, 2).is_some());
    }
}
