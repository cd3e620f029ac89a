//! Why a product was refused, where what is known of it says so better than the server does.

use nymble_wire::Product;

use crate::catalog::{
    buyer::Buyer,
    pricing::{Reading, ShownPrice, quantity_rule, shown_price},
    quantity::{self, QuantityError},
    stock::{Shortage, shortage},
};

/// What is against ordering so much of a product.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It is not offered any more.
    NotOffered,
    /// It has no price for the buyer.
    NoPrice,
    /// The quantity is none that can be ordered.
    Quantity(QuantityError),
    /// There is less of it.
    Short(Shortage),
}

/// Which field a refusal is about that names none, by the server's own words, which are English: none where it says
/// nothing.
pub fn field_in(words: &str) -> &'static str {
    const OF_QUANTITY: [&str; 5] = ["quantity", "minimum", "multiple", "increment", "stock"];
    const OF_PRODUCT: [&str; 4] = ["price", "catalog", "sku", "inactive"];
    let words = words.to_ascii_lowercase();
    let speaks_of = |signs: &[&str]| signs.iter().any(|sign| words.contains(sign));
    if words.trim().is_empty() {
        ""
    } else if speaks_of(&OF_QUANTITY) {
        "quantity"
    } else if speaks_of(&OF_PRODUCT) {
        "sku"
    } else {
        "something else"
    }
}

/// Why `wanted` pieces in all were refused, where that can be told: by what is known of `product`, and by the `fields`
/// that the server named.
///
/// A refusal that names another field is about something else, whatever else is wrong. More than is in stock can be
/// ordered from most merchants: that is the reason only where the server speaks of the quantity.
pub fn why(product: &Product, buyer: &Buyer, wanted: u32, fields: &[&str]) -> Option<Refusal> {
    let (of_product, of_quantity, silent) = about(fields);
    if of_product && !product.active {
        return Some(Refusal::NotOffered);
    }
    if of_product
        && !buyer.acted_for
        && shown_price(product, buyer, wanted, Reading::Done) == ShownPrice::OnRequest
    {
        return Some(Refusal::NoPrice);
    }
    if !of_quantity && !silent {
        return None;
    }
    match quantity::check(wanted, &quantity_rule(product)) {
        Err(error) => Some(Refusal::Quantity(error)),
        Ok(()) if of_quantity => shortage(product.quantity_on_hand, wanted).map(Refusal::Short),
        Ok(()) => None,
    }
}

/// Whether the named `fields` are about the product, and about its quantity; and whether none is named.
fn about(fields: &[&str]) -> (bool, bool, bool) {
    let names = |ending: &str| {
        let mut lower = fields.iter().map(|field| field.to_ascii_lowercase());
        lower.any(|field| field.ends_with(ending))
    };
    let silent = fields.iter().all(|field| field.is_empty());
    (names("sku") || silent, names("quantity"), silent)
}

/// Whether a product can tell why it was refused, by the fields that the server named.
pub fn can_tell(fields: &[&str]) -> bool {
    let (of_product, of_quantity, _) = about(fields);
    of_product || of_quantity
}

/// The line that a field such as `items[SKU].quantity` or `items[0].quantity` is of, and the field of that line: `sku`
/// where the line is named as a whole. `skus` are those of the lines.
pub fn line_of<'a>(field: &'a str, skus: &[&str]) -> Option<(usize, &'a str)> {
    let (list, rest) = field.split_once('[')?;
    if !list.to_ascii_lowercase().ends_with("items") {
        return None;
    }
    let (line, of_line) = rest.rsplit_once(']')?;
    let of_line = of_line.trim_start_matches('.');
    let by_sku = skus.iter().position(|sku| *sku == line);
    let by_place = || line.parse().ok().filter(|place| *place < skus.len());
    let of_line = if of_line.is_empty() { "sku" } else { of_line };
    Some((by_sku.or_else(by_place)?, of_line))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    fn product() -> Product {
        let text = r#"{"sku":"A","price":1,"minimumOrderQuantity":50,"quantityIncrement":12,"quantityOnHand":100}"#;
        nymble_wire::decode(text).unwrap()
    }

    fn reason(product: &Product, wanted: u32, fields: &[&str]) -> Option<Refusal> {
        why(product, &Buyer::default(), wanted, fields)
    }

    /// A refusal is told in the words of the product where the server speaks of its quantity.
    #[test]
    fn minimum_and_increment_are_said_where_the_server_speaks_of_nothing_else() {
        let below = Some(Refusal::Quantity(QuantityError::BelowMinimum {
            minimum: 50,
            suggestion: 60,
        }));
        let between = Some(Refusal::Quantity(QuantityError::NotAMultiple {
            increment: 12,
            below: Some(60),
            above: 72,
        }));
        for fields in [&["quantity"][..], &["Cart.Quantity"], &["", ""], &[]] {
            assert_eq!(reason(&product(), 12, fields), below, "{fields:?}");
            assert_eq!(reason(&product(), 61, fields), between, "{fields:?}");
        }
        assert_eq!(reason(&product(), 12, &["customerNumber"]), None);
        assert_eq!(reason(&product(), 12, &["sku"]), None);
    }

    /// A refusal is told in the words of the product where the server speaks of its quantity.
    #[test]
    fn the_stock_is_the_reason_only_of_a_refused_quantity() {
        let short = Some(Refusal::Short(Shortage::LessStock(100)));
        assert_eq!(reason(&product(), 120, &["quantity"]), short);
        assert_eq!(reason(&product(), 120, &[]), None);
        assert_eq!(reason(&product(), 96, &["quantity"]), None);
        let mut none = product();
        none.quantity_on_hand = Some(0);
        let out = Some(Refusal::Short(Shortage::OutOfStock));
        assert_eq!(reason(&none, 60, &["Quantity"]), out);
    }

    #[test]
    fn what_is_not_offered_or_has_no_price_is_said() {
        let mut gone = product();
        gone.active = false;
        assert_eq!(reason(&gone, 60, &["sku"]), Some(Refusal::NotOffered));
        assert_eq!(reason(&gone, 60, &[]), Some(Refusal::NotOffered));
        assert_eq!(reason(&gone, 60, &["poNumber"]), None);
        let mut unpriced = product();
        unpriced.price = None;
        assert_eq!(reason(&unpriced, 60, &["sku"]), Some(Refusal::NoPrice));
        // Whoever acts for a customer is not shown every price that there is.
        let rep = Buyer {
            acted_for: true,
            ..Buyer::default()
        };
        assert_eq!(why(&unpriced, &rep, 60, &["sku"]), None);
    }

    #[test]
    fn a_refusal_without_a_field_is_about_what_its_words_speak_of() {
        for (words, field) in [
            ("The minimum order quantity is 50.", "quantity"),
            ("Not enough stock", "quantity"),
            ("'A' has no price in USD.", "sku"),
            ("The account is on credit hold.", "something else"),
            (" ", ""),
        ] {
            assert_eq!(field_in(words), field, "{words}");
        }
        // So what the product says does not hide it.
        assert_eq!(reason(&product(), 61, &["something else"]), None);
        assert!(!can_tell(&["something else", "poNumber"]) && can_tell(&[]));
    }

    /// A refusal is told in the words of the product that it concerns.
    #[test]
    fn a_field_of_a_line_is_found_by_its_sku_or_its_place() {
        let skus = ["A.B[1]", "7", "C"];
        let of = |field| line_of(field, &skus);
        assert_eq!(of("items[A.B[1]].quantity"), Some((0, "quantity")));
        assert_eq!(of("Items[7]"), Some((1, "sku")));
        assert_eq!(of("cart.items[2].Quantity"), Some((2, "Quantity")));
        for other in ["items[9]", "items", "prices[0].amount", "items]0["] {
            assert_eq!(of(other), None, "{other}");
        }
    }
}
