//! Orders: their history, their lines as a file, and ordering them again.

pub mod csv;
pub mod reorder;
pub mod timeline;
