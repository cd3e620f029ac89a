//! How many may be ordered: whole positive numbers, a minimum, multiples of an increment. Pure.

/// The largest quantity of one line.
///
/// Assumption: the documents name no limit; a million of one SKU is refused as a typing error beyond this.
pub const LARGEST: i64 = 1_000_000;

/// Why a quantity cannot be put into a cart, if so. Zero is decided by the caller: it removes a line.
pub fn refusal(quantity: i64) -> Option<String> {
    if quantity < 1 {
        Some("'Quantity' must be greater than '0'.".to_owned())
    } else if quantity > LARGEST {
        Some(format!(
            "'Quantity' must be less than or equal to '{LARGEST}'."
        ))
    } else {
        None
    }
}

/// Why a quantity cannot be checked out, if so.
///
/// Assumption: "units must be ordered in multiples of this value" counts from zero, so a minimum of 50 with an
/// increment of 12 first allows 60.
pub fn checkout_refusal(sku: &str, quantity: i64, minimum: i64, increment: i64) -> Option<String> {
    if quantity < minimum {
        Some(format!(
            "'{sku}' has a minimum order quantity of {minimum}; the cart holds {quantity}."
        ))
    } else if increment > 1 && quantity % increment != 0 {
        Some(format!(
            "'{sku}' must be ordered in multiples of {increment}; the cart holds {quantity}."
        ))
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_what_no_one_orders() {
        assert!(refusal(0).is_some());
        assert!(refusal(-1).is_some());
        assert!(refusal(LARGEST + 1).is_some());
        assert_eq!(refusal(1), None);
    }

    #[test]
    fn minimum_and_increment_hold_at_checkout() {
        assert!(
            checkout_refusal("S", 11, 12, 6)
                .is_some_and(|why| why.contains("minimum order quantity of 12"))
        );
        assert!(checkout_refusal("S", 13, 12, 6).is_some_and(|why| why.contains("multiples of 6")));
        assert_eq!(checkout_refusal("S", 18, 12, 6), None);
        assert_eq!(checkout_refusal("S", 1, 1, 1), None);
    }
}
