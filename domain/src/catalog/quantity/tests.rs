//! Tests of quantities.

use super::*;
use proptest::prelude::*;

const ANY: Rule = Rule {
    minimum: 1,
    increment: 1,
};

fn rule(minimum: i64, increment: i64) -> Rule {
    Rule::new(Some(minimum), Some(increment))
}

#[test]
fn absent_zero_and_negative_count_as_one() {
    assert_eq!(Rule::new(None, None), ANY);
    assert_eq!(rule(0, 0), ANY);
    assert_eq!(rule(-5, i64::MIN), ANY);
}

#[test]
fn the_first_quantity_is_the_multiple_that_reaches_the_minimum() {
    assert_eq!(ANY.first(), 1);
    assert_eq!(rule(10, 6).first(), 12);
    assert_eq!(rule(12, 6).first(), 12);
    assert_eq!(rule(1, 6).first(), 6);
    assert_eq!(rule(25, 1).first(), 25);
}

#[test]
fn an_absurd_rule_still_leaves_something_to_order() {
    for absurd in [
        rule(i64::MAX, 1),
        rule(1, i64::MAX),
        rule(700_000, 600_000),
        rule(i64::MAX, 7),
    ] {
        assert!(absurd.allows(absurd.first()), "{absurd:?}");
    }
    assert_eq!(rule(700_000, 600_000).first(), 600_000);
}

#[test]
fn steps_along_the_orderable_quantities() {
    let six = rule(10, 6);
    assert_eq!(
        [0, 11, 12, 13, 18].map(|quantity| six.step_up(quantity)),
        [12, 12, 18, 18, 24]
    );
    assert_eq!(
        [0, 12, 13, 18, 19].map(|quantity| six.step_down(quantity)),
        [12, 12, 12, 12, 18]
    );
    assert_eq!(six.step_up(u32::MAX), six.last());
    assert_eq!(six.step_down(u32::MAX), six.last());
}

#[test]
fn says_what_could_be_ordered_instead() {
    let six = rule(10, 6);
    assert_eq!(check(12, &six), Ok(()));
    assert_eq!(
        check(0, &six),
        Err(QuantityError::BelowMinimum {
            minimum: 10,
            suggestion: 12
        })
    );
    assert_eq!(
        check(6, &six),
        Err(QuantityError::BelowMinimum {
            minimum: 10,
            suggestion: 12
        })
    );
    assert_eq!(
        check(11, &six),
        Err(QuantityError::NotAMultiple {
            increment: 6,
            below: None,
            above: 12
        })
    );
    assert_eq!(
        check(20, &six),
        Err(QuantityError::NotAMultiple {
            increment: 6,
            below: Some(18),
            above: 24
        })
    );
    assert_eq!(
        check(1_000_000, &six),
        Err(QuantityError::TooLarge { max: 999_996 })
    );
    assert_eq!(
        check(0, &ANY),
        Err(QuantityError::BelowMinimum {
            minimum: 1,
            suggestion: 1
        })
    );
}

#[test]
fn reads_numbers_as_people_write_them() {
    for (text, quantity) in [
        ("12", 12),
        (" 12\t", 12),
        ("\u{FEFF}12\u{200E}\r\n", 12),
        ("+12", 12),
        ("+ 12", 12),
        ("0", 0),
        ("007", 7),
        ("12.0", 12),
        ("12,00", 12),
        ("12.", 12),
        ("0,0", 0),
        ("1,000", 1000),
        ("1.000", 1000),
        ("1'000", 1000),
        ("1’000", 1000),
        ("1 000", 1000),
        ("1\u{A0}000", 1000),
        ("1\u{202F}000\u{202F}000", 1_000_000),
        ("1,000.00", 1000),
        ("1.000,0", 1000),
        ("1 000,0", 1000),
        ("1234.000", 1234),
        ("１２", 12),
        ("１，０００", 1000),
    ] {
        assert_eq!(parse_raw(text), Ok(quantity), "{text:?}");
    }
}

#[test]
fn refuses_what_is_no_quantity() {
    use QuantityError::{Empty, Negative, NotANumber, NotWhole, TooLarge};
    for (text, error) in [
        ("", Empty),
        (" \u{A0}\t", Empty),
        ("abc", NotANumber),
        ("1e9", NotANumber),
        ("0x10", NotANumber),
        ("12 pcs", NotANumber),
        ("12 5", NotANumber),
        ("1 0000", NotANumber),
        ("1  000", NotANumber),
        ("1,00,000", NotANumber),
        ("1,000,00", NotANumber),
        ("1.000.5", NotANumber),
        ("1,000.000,5", NotANumber),
        ("012,000", NotANumber),
        ("0 500", NotANumber),
        (".", NotANumber),
        ("+", NotANumber),
        ("-", NotANumber),
        ("--1", NotANumber),
        ("+-1", NotANumber),
        ("12-", NotANumber),
        ("1-2", NotANumber),
        ("½", NotANumber),
        ("-1", Negative),
        ("−1", Negative),
        ("- 1.5", Negative),
        ("1.5", NotWhole { whole: 1 }),
        ("1,5", NotWhole { whole: 1 }),
        ("0.500", NotWhole { whole: 0 }),
        ("1,000.25", NotWhole { whole: 1_000 }),
        ("1000001", TooLarge { max: MAX_QUANTITY }),
        ("1,000,001", TooLarge { max: MAX_QUANTITY }),
        ("99999999999999999999999999", TooLarge { max: MAX_QUANTITY }),
    ] {
        assert_eq!(parse_raw(text), Err(error), "{text:?}");
    }
    assert_eq!(parse_raw(".5"), Err(NotWhole { whole: 0 }));
    assert_eq!(
        parse_raw(&"9".repeat(10_000)),
        Err(TooLarge { max: MAX_QUANTITY })
    );
}

#[test]
fn parse_applies_the_rule() {
    assert_eq!(parse("18", &rule(10, 6)), Ok(18));
    assert_eq!(
        parse("0", &ANY),
        Err(QuantityError::BelowMinimum {
            minimum: 1,
            suggestion: 1
        })
    );
    assert_eq!(
        parse("20", &rule(10, 6)),
        Err(QuantityError::NotAMultiple {
            increment: 6,
            below: Some(18),
            above: 24
        })
    );
}

fn rules() -> impl Strategy<Value = Rule> {
    (
        prop_oneof![0_i64..200, any::<i64>()],
        prop_oneof![0_i64..50, 0_i64..2_000_000, any::<i64>()],
    )
        .prop_map(|(minimum, increment)| rule(minimum, increment))
}

/// Many of them small, so that usual rules meet them on both sides.
fn quantities() -> impl Strategy<Value = u32> {
    prop_oneof![0_u32..2_000, 0..=MAX_QUANTITY, any::<u32>()]
}

proptest! {
    #[test]
    fn first_and_last_are_orderable(rule in rules()) {
        prop_assert!(rule.allows(rule.first()));
        prop_assert!(rule.allows(rule.last()));
    }

    #[test]
    fn allows_agrees_with_check(rule in rules(), quantity in quantities()) {
        prop_assert_eq!(rule.allows(quantity), check(quantity, &rule).is_ok());
    }

    #[test]
    fn round_up_is_orderable_idempotent_and_minimal(rule in rules(), quantity in quantities()) {
        let rounded = rule.round_up(quantity);
        prop_assert!(rule.allows(rounded));
        prop_assert_eq!(rule.round_up(rounded), rounded);
        if quantity <= rule.last() {
            prop_assert!(rounded >= quantity);
            // One increment less would miss the wish, or the minimum.
            let less = rounded - rule.increment();
            prop_assert!(less < quantity || less < rule.first());
        }
    }

    /// A suggested quantity can be ordered.
    #[test]
    fn suggestions_are_orderable_and_surround(rule in rules(), quantity in quantities()) {
        match check(quantity, &rule) {
            Ok(()) => prop_assert_eq!(rule.nearest_below(quantity), Some(quantity)),
            Err(QuantityError::TooLarge { max }) => {
                prop_assert!(rule.allows(max) && max < quantity);
            }
            Err(QuantityError::BelowMinimum { suggestion, .. }) => {
                prop_assert!(rule.allows(suggestion) && suggestion > quantity);
            }
            Err(QuantityError::NotAMultiple { below, above, .. }) => {
                prop_assert!(rule.allows(above) && above > quantity);
                prop_assert!(below.is_none_or(|below| rule.allows(below) && below < quantity));
            }
            Err(other) => prop_assert!(false, "{:?}", other),
        }
    }

    #[test]
    fn steps_are_orderable_and_undo_each_other(rule in rules(), quantity in quantities()) {
        let up = rule.step_up(quantity);
        let down = rule.step_down(quantity);
        prop_assert!(rule.allows(up) && rule.allows(down));
        if rule.allows(quantity) && quantity < rule.last() {
            prop_assert!(up > quantity);
            prop_assert_eq!(rule.step_down(up), quantity);
        }
    }

    #[test]
    fn a_displayed_quantity_reads_back(
        quantity in 0_u32..=MAX_QUANTITY,
        separator in prop::sample::select(vec!["", ",", ".", "'", " ", "\u{A0}", "\u{202F}"]),
    ) {
        prop_assert_eq!(parse_raw(&quantity.to_string()), Ok(quantity));
        let (millions, thousands, rest) =
            (quantity / 1_000_000, quantity / 1_000 % 1_000, quantity % 1_000);
        let grouped = match (millions, thousands) {
            (0, 0) => rest.to_string(),
            (0, _) => format!("{thousands}{separator}{rest:03}"),
            _ => format!("{millions}{separator}{thousands:03}{separator}{rest:03}"),
        };
        prop_assert_eq!(parse_raw(&grouped), Ok(quantity));
    }

    /// Nothing that is typed or sent makes a rule panic.
    #[test]
    fn no_text_panics(text: String, rule in rules()) {
        let _ = parse(&text, &rule);
    }

    #[test]
    fn no_number_like_text_panics(text in "[-+0-9,.' ０-９]{0,12}", rule in rules()) {
        if let Ok(quantity) = parse(&text, &rule) {
            prop_assert!(rule.allows(quantity));
        }
    }
}
