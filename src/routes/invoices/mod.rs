//! Invoices: the list, and one of them.

pub mod invoice;
pub mod list;
