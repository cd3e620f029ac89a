//! What has come since the last visit.

pub mod last_visit;
