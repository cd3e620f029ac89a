//! Orders: the list, and one of them.

pub mod address;
pub mod details;
pub mod export;
pub mod filters;
pub mod lines;
pub mod list;
pub mod of_invoices;
pub mod order;
pub mod table;
pub mod timeline;
pub mod words;
