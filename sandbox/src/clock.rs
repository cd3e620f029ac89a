//! The wall clock, and instants as the database keeps them (RFC 3339, whole seconds, UTC).

use std::{
    cell::RefCell,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

use time::{
    Date, Duration, OffsetDateTime, UtcOffset,
    format_description::well_known::{Iso8601, Rfc3339},
};

/// A clock that is set by hand, in seconds since 1970: a simulation passes days in a moment.
pub(crate) type SetClock = Arc<AtomicI64>;

thread_local! {
    /// The clock of this thread's sandbox; none: the wall's.
    static SET: RefCell<Option<SetClock>> = const { RefCell::new(None) };
}

/// From now on this thread reads `clock` and not the one on the wall.
pub(crate) fn follow(clock: SetClock) {
    SET.set(Some(clock));
}

/// This instant.
pub(crate) fn now_utc() -> OffsetDateTime {
    let set = SET.with_borrow(|set| set.as_ref().map(|clock| clock.load(Ordering::Relaxed)));
    set.and_then(|seconds| OffsetDateTime::from_unix_timestamp(seconds).ok())
        .unwrap_or_else(OffsetDateTime::now_utc)
}

/// This moment, as the database keeps it.
pub(crate) fn now() -> String {
    text(now_utc())
}

/// This moment in seconds since 1970.
pub(crate) fn unix_now() -> i64 {
    now_utc().unix_timestamp()
}

/// An instant as the database keeps it.
pub(crate) fn text(instant: OffsetDateTime) -> String {
    let whole = instant.replace_nanosecond(0).unwrap_or(instant);
    whole.format(&Rfc3339).unwrap_or_default()
}

/// An instant from its text: RFC 3339 with any offset, or a date, which means its first second in UTC.
pub(crate) fn instant(given: &str) -> Option<OffsetDateTime> {
    let given = given.trim();
    let parsed = OffsetDateTime::parse(given, &Rfc3339)
        .ok()
        .or_else(|| date(given))?
        .checked_to_offset(UtcOffset::UTC)?;
    // Beyond these years the text would no longer sort as the instants do.
    (1..=9_998)
        .contains(&parsed.year())
        .then_some(parsed.replace_nanosecond(0).unwrap_or(parsed))
}

/// From when until (but without) when that is, as the database keeps instants: a whole day, or one second.
pub(crate) fn span(given: &str) -> Option<(String, String)> {
    let start = instant(given)?;
    let length = if date(given.trim()).is_some() {
        Duration::DAY
    } else {
        Duration::SECOND
    };
    Some((text(start), text(start.checked_add(length)?)))
}

fn date(given: &str) -> Option<OffsetDateTime> {
    // ISO 8601 also knows week dates and dates without hyphens, which no document shows.
    let shaped = given.len() == "2024-05-20".len() && !given.contains('W');
    let parsed = Date::parse(given, &Iso8601::DATE).ok().filter(|_| shaped)?;
    Some(parsed.midnight().assume_utc())
}

/// The instant that many seconds after 1970, as the database keeps it.
pub(crate) fn at(seconds: i64) -> String {
    OffsetDateTime::from_unix_timestamp(seconds).map_or_else(|_| String::new(), text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_a_day_and_an_instant_a_second() {
        let span = |given| span(given).map(|(start, end)| format!("{start} {end}"));
        assert_eq!(
            span("2024-02-29").as_deref(),
            Some("2024-02-29T00:00:00Z 2024-03-01T00:00:00Z")
        );
        assert_eq!(
            span("2024-02-29T23:59:59.75+02:00").as_deref(),
            Some("2024-02-29T21:59:59Z 2024-02-29T22:00:00Z")
        );
        for bad in [
            "",
            "2023-02-29",
            "yesterday",
            "2024-W09-4",
            "9999-12-31T23:59:59-23:59",
        ] {
            assert_eq!(span(bad), None, "{bad}");
        }
    }
}
