//! Amounts keep every digit that the server wrote: no float lies between text and [`Decimal`].

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

use common::{amount, examples, json};
use nymble_wire::{Cart, DecodeError, Product, decode, normalise};
use proptest::prelude::*;
use rust_decimal::Decimal;
use serde_json::Value;

fn priced(text: &str) -> Result<Product, DecodeError> {
    decode(&format!(r#"{{"sku":"A","price":{text}}}"#))
}

/// A product's price as it is sent.
fn sent_price(product: &Product) -> String {
    let text = serde_json::to_string(product).unwrap();
    json(&text)["price"].to_string()
}

/// Amounts keep every digit.
#[test]
fn amounts_survive_digit_for_digit() {
    for text in [
        "0.1",
        "18.50",
        "18.5",
        "18",
        "18.5000",
        "1234567890123.45",
        "0",
        "0.00",
        "24.99",
        "9007199254740993",
        "9007199254740993.01",
        "0.30000000000000004",
        "835831688725464.3",
        "-835831688725464.3",
        "835831688725464.2",
        "0.00000506",
        "18446744073709551616",
        "-18.50",
        "-0.01",
        "0.0000000000000000000000000001",
        "-0.0000000000000000000000000001",
        "9999999999999999999999999999",
        "79228162514264337593543950335",
        "-79228162514264337593543950335",
        "7.9228162514264337593543950335",
    ] {
        let product = priced(text).unwrap();
        assert_eq!(product.price.unwrap().to_string(), text);
        assert_eq!(sent_price(&product), text);
    }
}

/// Amounts keep their scale.
#[test]
fn the_scale_of_an_amount_is_kept() {
    for (text, scale) in [("18.50", 2), ("18.5", 1), ("18", 0), ("18.000", 3)] {
        assert_eq!(priced(text).unwrap().price.unwrap().scale(), scale);
    }
}

#[test]
fn exponents_are_read_exactly() {
    for (text, wanted) in [
        ("1e3", "1000"),
        ("1E3", "1000"),
        ("1e+3", "1000"),
        ("1.5e3", "1500"),
        ("1.5e-3", "0.0015"),
        ("1e-3", "0.001"),
        ("1e-7", "0.0000001"),
        ("5.06e-6", "0.00000506"),
        ("123456789.0123456789e2", "12345678901.23456789"),
        ("-1e3", "-1000"),
        ("1e28", "10000000000000000000000000000"),
        ("1e-28", "0.0000000000000000000000000001"),
        ("0e5", "0"),
    ] {
        let product = priced(text).unwrap();
        assert_eq!(product.price, Some(amount(wanted)), "{text}");
        // What is sent reads as the same amount again.
        let again = priced(&sent_price(&product)).unwrap();
        assert_eq!(again, product, "{text}");
    }
}

#[test]
fn zero_has_no_sign() {
    for text in ["-0", "-0.0", "-0.00", "-0e3"] {
        let product = priced(text).unwrap();
        assert_eq!(product.price, Some(Decimal::ZERO), "{text}");
        assert!(!product.price.unwrap().is_sign_negative(), "{text}");
        assert!(!sent_price(&product).starts_with('-'), "{text}");
    }
}

#[test]
fn amounts_beyond_reach_are_refused_not_bent() {
    for text in [
        "79228162514264337593543950336",
        "1e29",
        "1e400",
        "-1e400",
        "1e99999999999999999999",
    ] {
        let read = priced(text);
        assert!(
            matches!(read, Err(DecodeError::WrongShape(_))),
            "{text}: {read:?}"
        );
    }
    for text in ["true", "[]", "{}", r#""a lot""#] {
        let read = priced(text);
        assert!(
            matches!(read, Err(DecodeError::WrongShape(_))),
            "{text}: {read:?}"
        );
    }
}

#[test]
fn tenths_add_up() {
    let sum = priced("0.1").unwrap().price.unwrap() + priced("0.2").unwrap().price.unwrap();
    assert_eq!(sum.to_string(), "0.3");
}

#[test]
fn every_amount_of_the_examples_keeps_its_scale() {
    let cart: Cart = decode(examples::CART).unwrap();
    let line = &cart.items[0];
    assert_eq!(line.unit_price.unwrap().to_string(), "18.50");
    assert_eq!(line.line_total.unwrap().to_string(), "185.00");
    assert_eq!(cart.subtotal.unwrap().to_string(), "185.00");

    let product: Product = decode(examples::PRODUCT_TO_CREATE).unwrap();
    let prices: Vec<_> = product.prices.iter().map(|p| p.price.to_string()).collect();
    assert_eq!(prices, ["18.50", "16.00", "24.99"]);
    assert_eq!(product.weight.unwrap().to_string(), "1.2");
    let text = serde_json::to_string(&product).unwrap();
    for digits in [r#""price":18.50"#, r#""price":16.00"#, r#""weight":1.2,"#] {
        assert!(text.contains(digits), "{digits} in {text}");
    }
}

#[test]
fn numbers_of_attributes_keep_their_digits() {
    let attributes = r#"{"length":1.50,"mass":12345678901234567890.10}"#;
    let product: Product = decode(&format!(
        r#"{{"sku":"A","productAttributes":{attributes}}}"#
    ))
    .unwrap();
    let text = serde_json::to_string(&product).unwrap();
    assert!(text.contains(attributes), "{text}");
}

/// A number of at most 28 significant digits, as JSON writes it: its digits, and how many are decimals.
fn number() -> impl Strategy<Value = String> {
    // Floats begin to fail from 16 digits on, so those are tried as often as all others together.
    let digits =
        prop_oneof![1_u32..=28, 15_u32..=18].prop_flat_map(|digits| 0..10_u128.pow(digits));
    (digits, 0_usize..=28, any::<bool>()).prop_map(|(digits, decimals, negative)| {
        let mut text = format!("{digits:0width$}", width = decimals + 1);
        if decimals > 0 {
            text.insert(text.len() - decimals, '.');
        }
        if negative && digits != 0 {
            text.insert(0, '-');
        }
        text
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(5_000))]

    /// Amounts keep every digit and their scale.
    #[test]
    fn any_amount_of_28_digits_survives_digit_for_digit(text in number()) {
        let product = priced(&text).unwrap();
        prop_assert_eq!(product.price.unwrap().to_string(), text.clone());
        prop_assert_eq!(sent_price(&product), text);
    }

    #[test]
    fn whatever_is_written_as_a_number_is_read_or_refused(
        text in "-?(0|[1-9][0-9]{0,40})(\\.[0-9]{1,40})?([eE][+-]?[0-9]{1,6})?"
    ) {
        match priced(&text) {
            Ok(product) => prop_assert!(product.price.is_some()),
            Err(error) => prop_assert!(matches!(error, DecodeError::WrongShape(_)), "{}", error),
        }
        let quantity = decode::<Product>(&format!(r#"{{"sku":"A","quantityOnHand":{text}}}"#));
        prop_assert!(!matches!(quantity, Err(DecodeError::NotJson | DecodeError::MissingField(_))));
    }

    #[test]
    fn normalising_twice_changes_nothing(text in number(), key in "[A-Za-z]{0,5}") {
        let mut once: Value = json(&format!(r#"{{"{key}":[{{"PONumber":{text},"X":null}}]}}"#));
        normalise(&mut once);
        let mut twice = once.clone();
        normalise(&mut twice);
        prop_assert_eq!(once, twice);
    }
}
