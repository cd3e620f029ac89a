//! What is typed into the palette, and which of the things that can be jumped to it means.

use crate::catalog::{quantity, sku::plain};

/// How well a name fits what was typed; the smaller, the better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// The name begins with it.
    Beginning,
    /// Each of its words begins a word of the name.
    Words,
    /// Each of its words is somewhere in the name.
    Somewhere,
}

/// How well `name` fits what was typed; none when it does not.
pub fn fit(name: &str, typed: &str) -> Option<Fit> {
    let (name, typed) = (plain(name).to_lowercase(), plain(typed).to_lowercase());
    if name.starts_with(&typed) {
        return Some(Fit::Beginning);
    }
    let begins = |word: &str| {
        let mut words = name.split(|letter: char| !letter.is_alphanumeric());
        words.any(|known| known.starts_with(word))
    };
    if typed.split_whitespace().all(begins) {
        return Some(Fit::Words);
    }
    let is_in = |word: &str| name.contains(word);
    typed
        .split_whitespace()
        .all(is_in)
        .then_some(Fit::Somewhere)
}

/// Whether what was typed may be the number of an order or an invoice: those have digits and no spaces inside.
pub fn may_be_a_number(typed: &str) -> bool {
    let typed = typed.trim();
    typed.contains(|letter: char| crate::values::typed::digit(letter).is_some())
        && !typed.contains(char::is_whitespace)
}

/// The SKU, or its beginning, and the units of it that are to be put into the cart: `SKU x 12`, `12 x SKU`, with `×` or
/// `*` too, and without the spaces around a number. None when no such thing is typed.
pub fn units_of_sku(typed: &str) -> Option<(String, u32)> {
    let typed = plain(typed);
    let times = ['x', 'X', '×', '*'];
    let is_times = |word: &str| word.strip_prefix(times) == Some("");
    let words: Vec<&str> = typed.split_whitespace().collect();
    let (sku, units) = match words[..] {
        [sku, between, units] if is_times(between) && quantity::parse_raw(units).is_ok() => {
            (sku, units)
        }
        [units, between, sku] if is_times(between) => (sku, units),
        [sku, units] if units.starts_with(times) => (sku, units.trim_start_matches(times)),
        [units, sku] if units.ends_with(times) => (sku, units.trim_end_matches(times)),
        _ => return None,
    };
    let units = quantity::parse_raw(units).ok().filter(|units| *units > 0)?;
    Some((sku.to_owned(), units))
}

/// The place `steps` further on (or back) in a list of `count`, around its ends; none in an empty one.
pub fn step(place: usize, steps: isize, count: usize) -> Option<usize> {
    let count = isize::try_from(count).ok().filter(|count| *count > 0)?;
    let place = isize::try_from(place).unwrap_or(0);
    usize::try_from((place + steps).rem_euclid(count)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_better_a_name_fits_the_earlier_it_comes() {
        assert_eq!(fit("Payment methods", "pay"), Some(Fit::Beginning));
        assert_eq!(fit("Payment methods", "METH"), Some(Fit::Words));
        assert_eq!(fit("Payment methods", "meth pay"), Some(Fit::Words));
        assert_eq!(fit("Payment methods", "ment"), Some(Fit::Somewhere));
        assert_eq!(fit("Payment methods", "order"), None);
        assert_eq!(fit("Über uns", "über"), Some(Fit::Beginning));
        assert_eq!(fit("Orders", "  "), Some(Fit::Beginning));
    }

    #[test]
    fn a_number_has_digits_and_no_spaces() {
        for number in ["1001", "ORD-7", " INV-2026-3 "] {
            assert!(may_be_a_number(number), "{number}");
        }
        for other in ["", "hose", "hose 3"] {
            assert!(!may_be_a_number(other), "{other}");
        }
    }

    #[test]
    fn units_of_a_sku_are_told_from_words() {
        for typed in [
            "AB-1 x 12",
            "AB-1 X 12",
            " 12 × AB-1",
            "AB-1 x12",
            "12* AB-1",
            "12x AB-1",
            "ＡＢ－１　ｘ　１２",
        ] {
            assert_eq!(
                units_of_sku(typed),
                Some(("AB-1".to_owned(), 12)),
                "{typed}"
            );
        }
        // Where both are numbers, the SKU comes first as in every other list.
        assert_eq!(units_of_sku("4711 x 2"), Some(("4711".to_owned(), 2)));
        assert_eq!(
            units_of_sku("AB-1 x 1,200"),
            Some(("AB-1".to_owned(), 1_200))
        );
        for other in [
            "AB-1",
            "AB-1 12",
            "hex bolt M8 x 40",
            "AB-1 x 0",
            "AB-1 x",
            "x 12",
            "box x big",
            "",
        ] {
            assert_eq!(units_of_sku(other), None, "{other}");
        }
    }

    #[test]
    fn steps_go_around() {
        assert_eq!(step(0, -1, 3), Some(2));
        assert_eq!(step(2, 1, 3), Some(0));
        assert_eq!(step(7, 0, 3), Some(1));
        assert_eq!(step(0, 1, 0), None);
    }

    proptest! {
        #[test]
        fn every_name_fits_itself_and_its_parts(name in "[\\PC]{1,20}", from in 0_usize..20, to in 0_usize..20) {
            prop_assert_eq!(fit(&name, ""), Some(Fit::Beginning));
            let letters: Vec<char> = name.chars().collect();
            let (from, to) = (from.min(to).min(letters.len()), from.max(to).min(letters.len()));
            let part: String = letters[from..to].iter().collect();
            // Lower case may be longer than upper case, and depend on what stands around.
            if name.is_ascii() {
                prop_assert!(fit(&name, &part).is_some());
            }
        }
    }
}
