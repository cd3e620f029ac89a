//! Paying invoices exactly once, and lists of all of them.

pub mod all_pages;
pub mod payment;
