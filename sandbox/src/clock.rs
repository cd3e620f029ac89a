//! The wall clock, and instants as the database keeps them (RFC 3339, whole seconds, UTC).

use time::{OffsetDateTime, format_description::well_known::Rfc3339};

/// This moment, as the database keeps it.
pub(crate) fn now() -> String {
    text(OffsetDateTime::now_utc())
}

/// This moment in seconds since 1970.
pub(crate) fn unix_now() -> i64 {
    OffsetDateTime::now_utc().unix_timestamp()
}

/// An instant as the database keeps it.
fn text(instant: OffsetDateTime) -> String {
    let whole = instant.replace_nanosecond(0).unwrap_or(instant);
    whole.format(&Rfc3339).unwrap_or_default()
}
