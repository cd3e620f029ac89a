//! What was changed at checkout, and the order that comes of it.

pub mod draft;
pub mod order;
