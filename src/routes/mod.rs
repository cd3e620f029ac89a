//! The screens, one file or folder each.

pub mod account;
pub mod cart;
pub mod catalog;
pub mod checkout;
pub mod compare;
pub mod customers;
pub mod documents;
pub mod home;
pub mod intake;
pub mod invoices;
pub mod lists;
pub mod not_found;
pub mod order_placed;
pub mod orders;
pub mod product;
pub mod quick_order;
pub mod reorder;
pub mod sign_in;
