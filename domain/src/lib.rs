//! The rules of the shop, free of browser, network and clock: plain functions from values to
//! values.
//!
//! Nothing in here panics, whatever it is given, and nothing computes with floating point. The
//! server decides; these rules say early what the server would refuse, and preview what it would
//! charge.
//!
//! The folders are the columns of the storefront: `state` and `routes` have the same ones.

pub mod account;
pub mod cart;
pub mod catalog;
pub mod checkout;
pub mod documents;
pub mod exactly_once;
pub mod home;
pub mod invoices;
pub mod keyboard;
pub mod lists;
pub mod orders;
pub mod payments;
pub mod quick_order;
pub mod session;
pub mod values;
