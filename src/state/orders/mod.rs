//! Orders that were read before.

pub(crate) mod book;
