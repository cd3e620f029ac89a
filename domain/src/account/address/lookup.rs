//! What a postal code tells of an address: which fields it may fill.

use nymble_wire::Place;

use super::{Presence, is_postal_code, requirements, written_postal_code};

/// The postal code to look up: complete, as it is written in its country; none while it is not, or where
/// no form of a postal code is known.
pub fn complete_postal_code(typed: &str, country: &str) -> Option<String> {
    if requirements(country).postal_example.is_empty() {
        return None;
    }
    let code = written_postal_code(typed, country);
    is_postal_code(&code, country).then_some(code)
}

/// City and state of the places that a postal code names, each where they all agree; no state where the
/// country's form has none.
pub fn agreed(places: &[Place], country: &str) -> (Option<String>, Option<String>) {
    let here = || {
        places
            .iter()
            .filter(|place| place.country.eq_ignore_ascii_case(country))
    };
    let one = |text: fn(&Place) -> &str| {
        let first = text(here().next()?).trim();
        let agree = here().all(|place| text(place).trim() == first);
        (agree && !first.is_empty()).then(|| first.to_owned())
    };
    let city = one(|place| place.city.as_str());
    let state = match requirements(country).state {
        Presence::Hidden => None,
        _ => one(|place| place.state.as_deref().unwrap_or_default()),
    };
    (city, state)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn only_a_complete_code_is_looked_up() {
        for (typed, country, code) in [
            ("78701", "US", Some("78701")),
            (" 7870 ", "US", None),
            ("787011234", "US", Some("78701-1234")),
            ("k1a0b1", "CA", Some("K1A 0B1")),
            ("D-40212", "DE", Some("40212")),
            ("", "US", None),
            ("12345", "KE", None),
            ("999077", "HK", None),
        ] {
            assert_eq!(
                complete_postal_code(typed, country).as_deref(),
                code,
                "{typed} {country}"
            );
        }
    }

    #[test]
    fn places_fill_what_they_agree_on() {
        let place = |city: &str, state: &str, country: &str| Place {
            city: city.to_owned(),
            state: Some(state.to_owned()).filter(|state| !state.is_empty()),
            postal_code: "1".to_owned(),
            country: country.to_owned(),
        };
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(agreed(&[], "US"), (None, None));
        let austin = place("Austin", "TX", "US");
        assert_eq!(
            agreed(std::slice::from_ref(&austin), "US"),
            (some("Austin"), some("TX"))
        );
        let two = [austin.clone(), place("Rollingwood", "TX", "US")];
        assert_eq!(agreed(&two, "US"), (None, some("TX")));
        let elsewhere = [austin, place("Berlin", "BE", "DE")];
        assert_eq!(agreed(&elsewhere, "US"), (some("Austin"), some("TX")));
        assert_eq!(agreed(&elsewhere, "DE"), (some("Berlin"), None));
    }

    proptest! {
        /// Nothing that is typed or sent makes a rule panic.
        #[test]
        fn nothing_typed_panics_in_a_lookup(typed in ".*", country in "[A-Z]{2}") {
            let _ = complete_postal_code(&typed, &country);
        }
    }
}
