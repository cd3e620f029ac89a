//! Quick order: the pad, its draft, looking products up, and into the cart.

pub(crate) mod draft;
pub(crate) mod lookup;
pub(crate) mod pad;
pub(crate) mod submit;

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests;
