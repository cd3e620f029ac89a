//! Orders that were read before.

pub mod book;
