//! What was changed at checkout, and the order that comes of it.

pub(crate) mod draft;
pub(crate) mod order;
