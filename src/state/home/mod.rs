//! What has come since the last visit.

pub(crate) mod last_visit;
