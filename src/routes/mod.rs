//! The screens, one file or folder each.

pub(crate) mod account;
pub(crate) mod cart;
pub(crate) mod catalog;
pub(crate) mod checkout;
pub(crate) mod compare;
pub(crate) mod customers;
pub(crate) mod documents;
pub(crate) mod home;
pub(crate) mod intake;
pub(crate) mod invoices;
pub(crate) mod lists;
pub(crate) mod not_found;
pub(crate) mod order_placed;
pub(crate) mod orders;
pub(crate) mod product;
pub(crate) mod quick_order;
pub(crate) mod reorder;
pub(crate) mod sign_in;
