//! The screens, one file or folder each.

pub mod cart;
pub mod catalog;
pub mod checkout;
pub mod not_found;
pub mod order_placed;
pub mod product;
pub mod sign_in;
