//! Places and postal codes of six countries, embedded. Pure.

use nymble_wire::Place;

const PLACES: &str = include_str!("places.txt");

/// What is looked for; what is absent fits everything.
pub(super) struct Wanted {
    /// Two letters, in any casing.
    pub(super) country: Option<String>,
    /// The whole code, or its beginning.
    pub(super) postal_code: Option<String>,
    /// The beginning of the name, in any casing.
    pub(super) city: Option<String>,
}

/// The first places that fit.
pub(super) fn find(wanted: &Wanted, most: usize) -> Vec<Place> {
    let city = wanted
        .city
        .as_deref()
        .map(|city| city.trim().to_lowercase());
    PLACES
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let mut parts = line.split('|');
            Some((parts.next()?, parts.next()?, parts.next()?, parts.next()?))
        })
        .filter(|(country, _, name, _)| {
            wanted
                .country
                .as_deref()
                .is_none_or(|given| given.trim().eq_ignore_ascii_case(country))
                && city
                    .as_deref()
                    .is_none_or(|city| name.to_lowercase().starts_with(city))
        })
        .flat_map(|(country, state, name, codes)| {
            codes.split(' ').map(move |code| Place {
                city: name.to_owned(),
                state: Some(state.to_owned()).filter(|state| !state.is_empty()),
                postal_code: code.to_owned(),
                country: country.to_owned(),
            })
        })
        .filter(|place| {
            wanted
                .postal_code
                .as_deref()
                .is_none_or(|given| fits(given, place))
        })
        .take(most)
        .collect()
}

/// Whether a code as people write it is, or begins, the place's. Of Canada and Great Britain the table has the part
/// before the last three characters only, so a whole code is cut to it.
fn fits(given: &str, place: &Place) -> bool {
    let bare = |code: &str| -> String {
        let letters = code.chars().filter(char::is_ascii_alphanumeric);
        letters.collect::<String>().to_ascii_uppercase()
    };
    let (given, known) = (bare(given), bare(&place.postal_code));
    let whole = match place.country.as_str() {
        "CA" | "GB" if given.len() >= 5 => given.len() - 3,
        _ => return !given.is_empty() && known.starts_with(&given),
    };
    given.get(..whole) == Some(known.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_is_a_place() {
        let lines = PLACES.lines().filter(|line| !line.starts_with('#'));
        for line in lines {
            let parts: Vec<&str> = line.split('|').collect();
            assert_eq!(parts.len(), 4, "{line}");
            assert!(
                ["US", "CA", "FR", "DE", "JP", "GB"].contains(&parts[0]),
                "{line}"
            );
            assert!(parts[3].split(' ').all(|code| code.len() >= 2), "{line}");
        }
        let all = Wanted {
            country: None,
            postal_code: None,
            city: None,
        };
        assert!(find(&all, usize::MAX).len() > 350);
    }
}
