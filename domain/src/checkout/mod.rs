//! Checkout: what an order needs, and what was chosen for it.

pub mod draft;
pub mod purchase_order;
