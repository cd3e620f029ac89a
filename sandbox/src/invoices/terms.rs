//! When an invoice is due. Pure.

use time::{Duration, OffsetDateTime};

/// The longest terms in days that are believed.
const LONGEST: i64 = 3_650;

/// When an invoice of that date is due.
///
/// Assumption: `NET` and a number, in any casing, means that many days after the invoice's date; anything else (`COD`,
/// prepaid, none) is due at once.
pub(super) fn due(terms: Option<&str>, invoiced: OffsetDateTime) -> OffsetDateTime {
    let days = terms
        .map(|terms| terms.trim().to_ascii_lowercase())
        .and_then(|terms| terms.strip_prefix("net")?.trim().parse::<i64>().ok())
        .filter(|days| (0..=LONGEST).contains(days));
    days.and_then(|days| invoiced.checked_add(Duration::days(days)))
        .unwrap_or(invoiced)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_are_days_after_the_invoice() {
        let invoiced = OffsetDateTime::UNIX_EPOCH;
        let days = |terms| (due(terms, invoiced) - invoiced).whole_days();
        assert_eq!(days(Some("NET30")), 30);
        assert_eq!(days(Some("Net 60")), 60);
        for at_once in [
            None,
            Some("COD"),
            Some(""),
            Some("NET"),
            Some("NET-5"),
            Some("NET99999"),
        ] {
            assert_eq!(days(at_once), 0, "{at_once:?}");
        }
    }
}
