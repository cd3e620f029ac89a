//! What was changed at checkout.

pub mod draft;
