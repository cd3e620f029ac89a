//! What was changed at checkout, and the order that comes of it.

pub(crate) mod draft;
pub(crate) mod order;

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests;
