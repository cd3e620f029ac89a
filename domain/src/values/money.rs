//! Amounts of money: a currency's minor unit, rounding, and what this client computes itself.

use rust_decimal::{Decimal, RoundingStrategy};

/// The number of decimal places of a currency's minor unit (2 for USD: cents; 0 for JPY; 3 for
/// KWD), by ISO 4217.
///
/// Upper and lower case are the same. Unknown codes have 2, as most currencies do.
pub fn minor_units(currency: &str) -> u32 {
    let &[a, b, c] = currency.as_bytes() else {
        return 2;
    };
    let code = [a, b, c].map(|letter| letter.to_ascii_uppercase());
    match &code {
        b"BIF" | b"CLP" | b"DJF" | b"GNF" | b"ISK" | b"JPY" | b"KMF" | b"KRW" | b"PYG" | b"RWF"
        | b"UGX" | b"UYI" | b"VND" | b"VUV" | b"XAF" | b"XOF" | b"XPF" => 0,
        b"BHD" | b"IQD" | b"JOD" | b"KWD" | b"LYD" | b"OMR" | b"TND" => 3,
        b"CLF" | b"UYW" => 4,
        _ => 2,
    }
}

/// `amount` in `currency`, rounded half-even to the currency's minor unit.
///
/// Digits are only taken away, never added: `18.5` USD stays `18.5`.
pub fn round_to_minor(amount: Decimal, currency: &str) -> Decimal {
    amount.round_dp_with_strategy(minor_units(currency), RoundingStrategy::MidpointNearestEven)
}

/// An amount this client computed, not the server.
///
/// The type keeps previews apart from the server's totals: a screen that shows one says that it is
/// an estimate, and no request carries one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Preview(Decimal);

impl Preview {
    /// `amount` in `currency`, rounded to its minor unit.
    pub fn new(amount: Decimal, currency: &str) -> Self {
        Self(round_to_minor(amount, currency))
    }

    /// The computed amount, rounded to its currency's minor unit.
    pub fn amount(self) -> Decimal {
        self.0
    }
}

/// What a line of `quantity` pieces would cost at `unit_price` (per piece, in `currency`), before
/// tax and shipping.
///
/// A product beyond what a decimal holds (about 7.9 × 10²⁸) saturates at that bound instead of
/// failing: no price of this world gets there, and the server's own total is what is charged.
pub fn line_total_preview(unit_price: Decimal, quantity: u32, currency: &str) -> Preview {
    Preview::new(unit_price.saturating_mul(Decimal::from(quantity)), currency)
}

/// The exact decimal digits of `amount`, as `Intl.NumberFormat` takes them: never an exponent,
/// never a negative zero.
pub fn to_plain_string(amount: Decimal) -> String {
    if amount.is_zero() {
        amount.abs().to_string()
    } else {
        amount.to_string()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn dec(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn minor_units_by_iso_4217() {
        for (currency, digits) in [
            ("USD", 2),
            ("EUR", 2),
            ("JPY", 0),
            ("jpy", 0),
            ("KRW", 0),
            ("VND", 0),
            ("CLP", 0),
            ("ISK", 0),
            ("BHD", 3),
            ("KWD", 3),
            ("OMR", 3),
            ("JOD", 3),
            ("TND", 3),
            ("IQD", 3),
            ("LYD", 3),
            ("CLF", 4),
            ("UYW", 4),
            ("", 2),
            ("JPYX", 2),
            ("円", 2),
        ] {
            assert_eq!(minor_units(currency), digits, "{currency}");
        }
    }

    #[test]
    fn rounds_half_to_even() {
        for (amount, currency, rounded) in [
            ("0.125", "USD", "0.12"),
            ("0.135", "USD", "0.14"),
            ("0.1251", "USD", "0.13"),
            ("-0.125", "USD", "-0.12"),
            ("2.5", "JPY", "2"),
            ("3.5", "JPY", "4"),
            ("1.0005", "KWD", "1.000"),
            ("18.5", "USD", "18.5"),
        ] {
            assert_eq!(
                round_to_minor(dec(amount), currency),
                dec(rounded),
                "{amount} {currency}"
            );
        }
    }

    #[test]
    fn previews_a_line() {
        assert_eq!(
            line_total_preview(dec("18.50"), 10, "USD").amount(),
            dec("185.00")
        );
        assert_eq!(
            line_total_preview(dec("0.3333"), 3, "EUR").amount(),
            dec("1.00")
        );
        assert_eq!(
            line_total_preview(dec("333.5"), 1, "JPY").amount(),
            dec("334")
        );
        assert_eq!(
            line_total_preview(dec("18.50"), 0, "USD").amount(),
            Decimal::ZERO
        );
    }

    #[test]
    fn a_line_beyond_all_decimals_saturates() {
        assert_eq!(
            line_total_preview(Decimal::MAX, u32::MAX, "USD").amount(),
            Decimal::MAX
        );
        assert_eq!(
            line_total_preview(Decimal::MIN, 2, "USD").amount(),
            Decimal::MIN
        );
    }

    /// An amount leaves for `Intl` as its exact digits.
    #[test]
    fn plain_strings_are_exact() {
        for text in ["0", "18.50", "1234567890123.45", "-3.10", "0.00000001"] {
            assert_eq!(to_plain_string(dec(text)), text);
        }
        assert_eq!(
            to_plain_string(Decimal::from_scientific("1e3").unwrap()),
            "1000"
        );
        assert_eq!(
            to_plain_string(round_to_minor(dec("-0.001"), "USD")),
            "0.00"
        );
    }

    proptest! {
        #[test]
        fn rounding_is_idempotent_and_close(
            mantissa: i64,
            scale in 0_u32..12,
            currency in "[A-Z]{3}",
        ) {
            let amount = Decimal::new(mantissa, scale);
            let rounded = round_to_minor(amount, &currency);
            prop_assert_eq!(round_to_minor(rounded, &currency), rounded);
            prop_assert!((rounded - amount).abs() <= Decimal::new(5, minor_units(&currency) + 1));
        }

        #[test]
        fn a_preview_is_the_exact_product_for_whole_minor_units(
            cents in 0_i64..1_000_000_000,
            quantity in 0_u32..1_000_000,
        ) {
            let exact = i128::from(cents) * i128::from(quantity);
            let total = line_total_preview(Decimal::new(cents, 2), quantity, "USD").amount();
            prop_assert_eq!(total, Decimal::from_i128_with_scale(exact, 2));
        }

        /// An amount leaves for `Intl` as its exact digits.
        #[test]
        fn a_plain_string_reads_back(mantissa: i64, scale in 0_u32..28) {
            let amount = Decimal::new(mantissa, scale);
            let text = to_plain_string(amount);
            prop_assert!(!text.contains(['e', 'E']));
            prop_assert_eq!(dec(&text), amount);
        }

        /// Nothing that is typed or sent makes a rule panic.
        #[test]
        fn no_line_panics(mantissa: i64, scale in 0_u32..28, quantity: u32, currency: String) {
            let _ = line_total_preview(Decimal::new(mantissa, scale), quantity, &currency);
        }
    }
}
