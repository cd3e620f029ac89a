//! Quick order: lines typed, pasted or read from a file, and what they mean.

pub mod line;
pub mod line_import;
pub mod pad;
pub mod repeats;
pub mod rows;
pub mod sums;
