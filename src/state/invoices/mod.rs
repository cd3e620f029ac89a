//! Paying invoices exactly once, and lists of all of them.

pub(crate) mod all_pages;
pub(crate) mod payment;

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests;
