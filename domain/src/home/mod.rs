//! What has happened since the last visit.

pub mod news;
