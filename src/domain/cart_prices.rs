//! What the cart's lines cost when the buyer put them in, against what they cost now.

use std::collections::HashMap;

use nymble_wire::{Cart, Product};
use rust_decimal::Decimal;

use super::{
    buyer::Buyer,
    cart_lines::ShownLine,
    reorder::{self, Difference, OldLine, Today},
};

/// What was seen of a line: units, the price of one, and its currency (ISO 4217).
pub type Seen = (i64, Decimal, String);

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
        let now = || Some((line.quantity, line.unit_price?, currency.clone()));
        let known = seen.get(&line.sku).filter(|known| known.0 == line.quantity);
        Some((line.sku.clone(), known.cloned().or_else(now)?))
    });
    lines.collect()
}

/// What has changed about a line since, when anything has. Until the product is known only the price counts.
pub fn drift(
    line: &ShownLine,
    currency: &str,
    seen: &SeenPrices,
    product: Option<&Product>,
    buyer: &Buyer,
) -> Option<Today> {
    let (quantity, then, of) = seen.get(&line.sku)?;
    if !line.confirmed || *quantity != line.quantity || of != currency {
        return None;
    }
    let old = OldLine {
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
                Difference::Dearer { .. } | Difference::Cheaper { .. }
            )
        });
        if now > *then {
            today
                .differences
                .push(Difference::Dearer { then: *then, now });
        } else if now < *then {
            today
                .differences
                .push(Difference::Cheaper { then: *then, now });
        }
    } else {
        // The cart has a price: what the catalogue cannot show here is none of its business.
        today
            .differences
            .retain(|difference| *difference != Difference::NoPrice);
    }
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
        let then = Decimal::TEN;
        assert_eq!(seen["A"], (5, then, "USD".to_owned()));
        // Only the price has changed: the old one stays remembered.
        let dearer = cart(r#"{"sku":"A","quantity":5,"unitPrice":12}"#);
        assert_eq!(follow(&seen, Some(&dearer)), seen);
        // The buyer has set another quantity, and has seen what it costs.
        let more = cart(r#"{"sku":"A","quantity":50,"unitPrice":9}"#);
        assert_eq!(follow(&seen, Some(&more))["A"].1, Decimal::from(9));
        assert_eq!(follow(&seen, Some(&cart(""))), SeenPrices::new());
        assert_eq!(follow(&seen, None), SeenPrices::new());
    }

    #[test]
    fn what_changed_is_said_once_the_line_stands() {
        let seen: SeenPrices = [("A".to_owned(), (5, Decimal::TEN, "USD".to_owned()))].into();
        let found = |line: &ShownLine, currency: &str| drift(line, currency, &seen, None, &buyer());
        let (then, now) = (Decimal::TEN, Decimal::new(1250, 2));
        assert_eq!(
            found(&line(5, 1250), "USD").unwrap().differences,
            [Difference::Dearer { then, now }]
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
        let seen: SeenPrices = [("A".to_owned(), (5, Decimal::TEN, "USD".to_owned()))].into();
        let found = |product: &str| {
            let product: Product = nymble_wire::decode(product).unwrap();
            drift(&line(5, 1000), "USD", &seen, Some(&product), &buyer())
        };
        let little = r#"{"sku":"A","price":11,"currencyCode":"USD","quantityOnHand":2}"#;
        assert_eq!(
            found(little).unwrap().differences,
            [Difference::LessStock { on_hand: 2 }]
        );
        let gone = r#"{"sku":"A","price":10,"currencyCode":"USD","active":false}"#;
        assert_eq!(found(gone).unwrap().differences, [Difference::NotOffered]);
        assert_eq!(found(r#"{"sku":"A"}"#), None);
    }
}
