//! Orders: the list, and one of them.

pub(crate) mod details;
pub(crate) mod export;
pub(crate) mod filters;
pub(crate) mod lines;
pub(crate) mod list;
pub(crate) mod of_invoices;
pub(crate) mod order;
pub(crate) mod query;
pub(crate) mod table;
pub(crate) mod timeline;
pub(crate) mod words;
