//! Exact amounts: the minor unit of each currency, line totals rounded half-even, amounts as text for people, and
//! the catalogue's integer representation. Pure.

use rust_decimal::{Decimal, RoundingStrategy};

/// Catalogue prices are kept as integers of this many decimal places.
pub const PRICE_PLACES: u32 = 4;

/// The largest price the sandbox accepts, in whole units of a currency.
pub const LARGEST_PRICE: i64 = 999_999_999;

/// How many decimal places a currency's smallest coin has (ISO 4217).
pub fn minor_unit(currency: &str) -> u32 {
    match currency {
        "BIF" | "CLP" | "DJF" | "GNF" | "ISK" | "JPY" | "KMF" | "KRW" | "PYG" | "RWF" | "UGX"
        | "VND" | "VUV" | "XAF" | "XOF" | "XPF" => 0,
        "BHD" | "IQD" | "JOD" | "KWD" | "LYD" | "OMR" | "TND" => 3,
        _ => 2,
    }
}

/// An amount rounded half-even to the currency's minor unit, written with exactly that many places.
pub fn to_minor(amount: Decimal, currency: &str) -> Decimal {
    let places = minor_unit(currency);
    let mut rounded = amount.round_dp_with_strategy(places, RoundingStrategy::MidpointNearestEven);
    rounded.rescale(places);
    rounded
}

/// A unit price as it is shown: at least the currency's places, and more only where the price itself has more.
pub fn unit_price(amount: Decimal, currency: &str) -> Decimal {
    let mut price = amount.normalize();
    if price.scale() < minor_unit(currency) {
        price.rescale(minor_unit(currency));
    }
    price
}

/// What a line costs: quantity times unit price, rounded once, to the currency's minor unit.
pub fn line_total(unit: Decimal, quantity: i64, currency: &str) -> Decimal {
    to_minor(unit * Decimal::from(quantity), currency)
}

/// The sum of line totals, each of which is already whole in the minor unit.
pub fn subtotal(totals: impl IntoIterator<Item = Decimal>, currency: &str) -> Decimal {
    to_minor(totals.into_iter().sum(), currency)
}

/// A price from the catalogue's integer.
pub fn from_stored(amount: i64, currency: &str) -> Decimal {
    unit_price(Decimal::new(amount, PRICE_PLACES), currency)
}

/// A price as the catalogue's integer, or why it cannot be one.
pub fn to_stored(price: Decimal) -> Result<i64, &'static str> {
    if price.is_sign_negative() && !price.is_zero() {
        return Err("must not be negative.");
    }
    if price > Decimal::from(LARGEST_PRICE) {
        return Err("must not be more than 999999999.");
    }
    let exact = price.normalize();
    if exact.scale() > PRICE_PLACES {
        return Err("must not have more than 4 decimal places.");
    }
    let mut scaled = exact;
    scaled.rescale(PRICE_PLACES);
    i64::try_from(scaled.mantissa()).map_err(|_| "is out of range.")
}

/// An amount that a caller gives, or why it cannot be one: nothing negative, no fractions of the smallest coin.
pub fn given(amount: Decimal, currency: &str) -> Result<Decimal, String> {
    if amount.is_sign_negative() && !amount.is_zero() {
        return Err("must not be negative.".to_owned());
    }
    if amount > Decimal::from(LARGEST_PRICE) {
        return Err(format!("must not be more than {LARGEST_PRICE}."));
    }
    if amount.normalize().scale() > minor_unit(currency) {
        return Err(format!(
            "must not have more than {} decimal places in {currency}.",
            minor_unit(currency)
        ));
    }
    Ok(to_minor(amount, currency))
}

/// An amount for people: symbol, thousands, places.
///
/// Assumption: `priceFormatted` is always in the American style of the documents' only example (`$24.99`), whatever
/// the currency: symbol first, comma between thousands.
pub fn formatted(amount: Decimal, currency: &str) -> String {
    let places = amount.scale().max(minor_unit(currency));
    let mut exact = amount.abs();
    exact.rescale(places);
    let digits = exact.to_string();
    let whole = digits.find('.').unwrap_or(digits.len());
    // A page of products has hundreds of prices: one text each, filled as it goes.
    let mut shown = String::with_capacity(digits.len() + whole / 3 + 5);
    if amount.is_sign_negative() && !amount.is_zero() {
        shown.push('-');
    }
    if let Some(symbol) = symbol(currency) {
        shown.push_str(symbol);
    } else {
        shown.push_str(currency);
        shown.push(' ');
    }
    for (position, digit) in digits.chars().enumerate() {
        if (1..whole).contains(&position) && (whole - position).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
    }
    shown
}

fn symbol(currency: &str) -> Option<&'static str> {
    Some(match currency {
        "USD" => "$",
        "EUR" => "€",
        "JPY" => "¥",
        "GBP" => "£",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used)]

    use super::*;
    use proptest::prelude::*;

    fn decimal(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn rounds_half_to_even_in_each_currency() {
        assert_eq!(to_minor(decimal("2.345"), "USD").to_string(), "2.34");
        assert_eq!(to_minor(decimal("2.355"), "USD").to_string(), "2.36");
        assert_eq!(to_minor(decimal("2.5"), "JPY").to_string(), "2");
        assert_eq!(to_minor(decimal("3.5"), "JPY").to_string(), "4");
        assert_eq!(to_minor(decimal("1.0005"), "KWD").to_string(), "1.000");
        assert_eq!(to_minor(decimal("1.0015"), "KWD").to_string(), "1.002");
    }

    #[test]
    fn the_documents_line_costs_what_they_say() {
        assert_eq!(
            line_total(decimal("18.50"), 10, "USD").to_string(),
            "185.00"
        );
        assert_eq!(
            line_total(decimal("0.0375"), 100, "USD").to_string(),
            "3.75"
        );
    }

    #[test]
    fn formats_for_people() {
        assert_eq!(formatted(decimal("24.99"), "USD"), "$24.99");
        assert_eq!(formatted(decimal("1234567.5"), "EUR"), "€1,234,567.50");
        assert_eq!(formatted(decimal("2900"), "JPY"), "¥2,900");
        assert_eq!(formatted(decimal("1.25"), "KWD"), "KWD 1.250");
        assert_eq!(formatted(decimal("0.0375"), "USD"), "$0.0375");
        assert_eq!(formatted(decimal("-3"), "USD"), "-$3.00");
    }

    #[test]
    fn refuses_prices_it_cannot_keep_exactly() {
        assert!(to_stored(decimal("-0.01")).is_err());
        assert!(to_stored(decimal("0.00001")).is_err());
        assert!(to_stored(decimal("1000000000")).is_err());
        assert_eq!(to_stored(decimal("18.5")), Ok(185_000));
    }

    proptest! {
        #[test]
        fn a_stored_price_comes_back_exactly(amount in 0_i64..9_999_999_990_000) {
            for currency in ["USD", "JPY", "KWD"] {
                let price = from_stored(amount, currency);
                prop_assert_eq!(to_stored(price), Ok(amount));
                prop_assert!(price.scale() >= minor_unit(currency));
            }
        }

        #[test]
        fn rounding_moves_by_at_most_half_a_minor_unit(amount in 0_i64..1_000_000_000_000, quantity in 1_i64..1_000_000) {
            for currency in ["USD", "EUR", "JPY", "KWD"] {
                let exact = Decimal::new(amount, PRICE_PLACES) * Decimal::from(quantity);
                let total = line_total(Decimal::new(amount, PRICE_PLACES), quantity, currency);
                let half = Decimal::new(5, minor_unit(currency) + 1);
                prop_assert!((total - exact).abs() <= half);
                prop_assert_eq!(total.scale(), minor_unit(currency));
            }
        }

        #[test]
        fn a_subtotal_is_the_sum_of_what_the_lines_show(amounts in prop::collection::vec((0_i64..100_000_000, 1_i64..10_000), 0..40)) {
            for currency in ["USD", "JPY", "KWD"] {
                let totals: Vec<Decimal> =
                    amounts.iter().map(|(a, q)| line_total(Decimal::new(*a, PRICE_PLACES), *q, currency)).collect();
                let by_hand = totals.iter().fold(Decimal::ZERO, |sum, total| sum + total);
                prop_assert_eq!(subtotal(totals, currency), by_hand);
            }
        }
    }
}
