//! Tests of card checks.

use super::*;
use proptest::prelude::*;

fn input() -> CardInput {
    CardInput {
        number: "4111 1111 1111 1111".to_owned().into(),
        holder: "Jane Smith".to_owned().into(),
        month: "10".to_owned(),
        year: "2028".to_owned(),
        cvv: "123".to_owned().into(),
    }
}

fn errors(input: &CardInput) -> Vec<CardError> {
    Card::new(input, 2026, 6).err().unwrap_or_default()
}

#[test]
fn brands_by_first_digits() {
    for (number, brand) in [
        ("", Brand::Unknown),
        ("4", Brand::Visa),
        ("4111 1111", Brand::Visa),
        ("5", Brand::Unknown),
        ("50", Brand::Unknown),
        ("51", Brand::Mastercard),
        ("55", Brand::Mastercard),
        ("56", Brand::Unknown),
        ("222", Brand::Unknown),
        ("2220", Brand::Unknown),
        ("2221", Brand::Mastercard),
        ("2720", Brand::Mastercard),
        ("2721", Brand::Unknown),
        ("34", Brand::Amex),
        ("37", Brand::Amex),
        ("3527", Brand::Unknown),
        ("3528", Brand::Jcb),
        ("3589", Brand::Jcb),
        ("3590", Brand::Unknown),
        ("300", Brand::Diners),
        ("305", Brand::Diners),
        ("306", Brand::Unknown),
        ("3095", Brand::Diners),
        ("36", Brand::Diners),
        ("38", Brand::Diners),
        ("39", Brand::Diners),
        ("6011", Brand::Discover),
        ("6012", Brand::Unknown),
        ("643", Brand::Unknown),
        ("644", Brand::Discover),
        ("65", Brand::Discover),
        ("62", Brand::UnionPay),
        ("81", Brand::UnionPay),
        ("0000", Brand::Unknown),
        ("４１１１", Brand::Visa),
    ] {
        assert_eq!(Brand::of(number), brand, "{number}");
    }
}

#[test]
fn test_numbers_of_every_brand_pass() {
    for (number, brand, cvv) in [
        ("4111111111111111", Brand::Visa, "123"),
        ("4222222222222", Brand::Visa, "123"),
        ("5555555555554444", Brand::Mastercard, "123"),
        ("2223003122003222", Brand::Mastercard, "123"),
        ("378282246310005", Brand::Amex, "1234"),
        ("6011111111111117", Brand::Discover, "123"),
        ("3566002020360505", Brand::Jcb, "123"),
        ("30569309025904", Brand::Diners, "123"),
        ("6200000000000005", Brand::UnionPay, "123"),
        ("6200000000000006", Brand::UnionPay, "123"),
    ] {
        let input = CardInput {
            number: number.to_owned().into(),
            cvv: cvv.to_owned().into(),
            ..input()
        };
        let card = Card::new(&input, 2026, 6).unwrap();
        assert_eq!(card.brand(), brand);
        assert!(brand.has_length(number.len()));
        assert_eq!(card.last_four(), &number[number.len() - 4..]);
    }
}

#[test]
fn numbers_are_shown_in_groups() {
    for (number, grouped) in [
        ("", ""),
        ("4111", "4111"),
        ("41111", "4111 1"),
        ("4111-1111-1111-1111", "4111 1111 1111 1111"),
        ("4111111111111111111", "4111 1111 1111 1111 111"),
        ("378282246310005", "3782 822463 10005"),
        ("37828", "3782 8"),
        ("30569309025904", "3056 930902 5904"),
        ("3056930902590400", "3056 9309 0259 0400"),
        ("４１１１１", "4111 1"),
    ] {
        assert_eq!(group(number).expose(), grouped);
    }
}

#[test]
fn luhn_finds_typing_errors() {
    assert!(luhn("4111111111111111"));
    assert!(!luhn("4111111111111112"));
    assert!(!luhn("4111111111111171"));
    assert!(!luhn(""));
    assert!(!luhn("4111 1111"));
    assert!(luhn("0"));
}

#[test]
fn a_card_is_valid_to_the_end_of_its_month() {
    assert!(!is_expired(6, 2026, 2026, 6));
    assert!(is_expired(5, 2026, 2026, 6));
    assert!(is_expired(12, 2025, 2026, 1));
    assert!(!is_expired(1, 2027, 2026, 12));
}

#[test]
fn number_errors() {
    for (number, error) in [
        ("  ", CardError::NumberMissing),
        ("abc", CardError::NumberNotDigits),
        ("4111 1111 1111 111x", CardError::NumberNotDigits),
        ("-", CardError::NumberLength),
        ("411111111111111", CardError::NumberLength),
        ("41111111111111111111", CardError::NumberLength),
        ("4111111111111112", CardError::NumberCheck),
    ] {
        let input = CardInput {
            number: number.to_owned().into(),
            ..input()
        };
        assert_eq!(errors(&input), [error], "{number}");
    }
}

#[test]
fn holder_errors() {
    for (holder, error) in [
        (" ".to_owned(), CardError::HolderMissing),
        ("x".repeat(101), CardError::HolderTooLong { max: 100 }),
        (
            "Jane\u{0}Smith".to_owned(),
            CardError::HolderControlCharacter,
        ),
    ] {
        let input = CardInput {
            holder: holder.into(),
            ..input()
        };
        assert_eq!(errors(&input), [error]);
    }
}

#[test]
fn expiry_errors() {
    for (month, year, found) in [
        ("10", "28", &[][..]),
        ("1", "2027", &[]),
        (" 06 ", "2026", &[]),
        ("０６", "２６", &[]),
        ("5", "26", &[CardError::Expired]),
        ("12", "1999", &[CardError::Expired]),
        ("0", "28", &[CardError::Month]),
        ("13", "28", &[CardError::Month]),
        ("010", "28", &[CardError::Month]),
        ("", "", &[CardError::Month, CardError::Year]),
        ("-1", "028", &[CardError::Month, CardError::Year]),
        ("1", "20280", &[CardError::Year]),
        ("1", "99999999999", &[CardError::Year]),
        ("1", "2046", &[]),
        ("1", "2047", &[CardError::Year]),
    ] {
        let input = CardInput {
            month: month.to_owned(),
            year: year.to_owned(),
            ..input()
        };
        assert_eq!(errors(&input), found, "{month}/{year}");
    }
}

#[test]
fn cvv_errors() {
    for (cvv, error) in [
        ("", CardError::CvvMissing),
        ("12", CardError::Cvv { min: 3, max: 3 }),
        ("1234", CardError::Cvv { min: 3, max: 3 }),
        ("1 23", CardError::Cvv { min: 3, max: 3 }),
        ("12a", CardError::Cvv { min: 3, max: 3 }),
    ] {
        let input = CardInput {
            cvv: cvv.to_owned().into(),
            ..input()
        };
        assert_eq!(errors(&input), [error], "{cvv}");
    }
    let amex = CardInput {
        number: "378282246310005".to_owned().into(),
        ..input()
    };
    assert_eq!(errors(&amex), [CardError::Cvv { min: 4, max: 4 }]);
}

#[test]
fn everything_wrong_is_said_at_once_by_field() {
    let found = errors(&CardInput::default());
    let fields: Vec<CardField> = found.iter().map(|error| error.field()).collect();
    assert_eq!(
        fields,
        [
            CardField::Number,
            CardField::Holder,
            CardField::Month,
            CardField::Year,
            CardField::Cvv
        ]
    );
}

#[test]
fn the_wire_gets_the_documented_form() {
    let input = CardInput {
        month: "3".to_owned(),
        year: "28".to_owned(),
        ..input()
    };
    let sent = serde_json::to_value(Card::new(&input, 2026, 6).unwrap().to_wire()).unwrap();
    let expected = serde_json::json!({
        "cardNumber": "4111111111111111", "cardholderName": "Jane Smith",
        "expiryMonth": "03", "expiryYear": 2028, "cvv": "123",
    });
    assert_eq!(sent, expected);
}

/// `Debug` shows nothing of a card.
#[test]
fn debug_shows_no_secret() {
    let input = input();
    let card = Card::new(&input, 2026, 6).unwrap();
    let shown = [
        format!("{input:?}"),
        format!("{card:?}"),
        format!("{:?}", errors(&input)),
    ]
    .concat();
    for secret in ["4111", "1111", "123", "Jane"] {
        assert!(!shown.contains(secret), "{shown}");
    }
}

proptest! {
    /// Nothing that is typed or sent makes a rule panic.
    #[test]
    fn nothing_typed_panics(texts: [String; 5], today_year: u16, today_month: u8) {
        let [number, holder, month, year, cvv] = texts;
        let _ = group(&number);
        let (number, holder, cvv) = (number.into(), holder.into(), cvv.into());
        let input = CardInput { number, holder, month, year, cvv };
        let _ = Card::new(&input, today_year, today_month);
    }

    #[test]
    fn every_number_has_one_check_digit(digits in "[0-9]{1,18}") {
        let right = (0..10).filter(|check| luhn(&format!("{digits}{check}"))).count();
        prop_assert_eq!(right, 1);
    }

    #[test]
    fn grouping_keeps_the_digits(number in "[0-9 -]{0,24}") {
        let grouped = group(&number);
        let (ungrouped, kept) = (digits(grouped.expose()), digits(&number));
        prop_assert_eq!(ungrouped.expose(), kept.expose());
        let again = group(grouped.expose());
        prop_assert_eq!(again.expose(), grouped.expose());
    }

    #[test]
    fn a_card_accepted_today_has_not_expired(month in 0_u8..14, year in 2020_u16..2060) {
        let input = CardInput { month: month.to_string(), year: year.to_string(), ..input() };
        let accepted = Card::new(&input, 2026, 6).is_ok();
        let expired = is_expired(month, year, 2026, 6);
        let expected = (1..=12).contains(&month) && !expired && year <= 2046;
        prop_assert_eq!(accepted, expected);
    }
}
