//! Carts: one active cart per customer, changed freely until it is checked out, then immutable.

mod address;
mod checkout;
mod create;
mod details;
mod items;
mod list;
mod order;
mod pricing;
mod read;
mod record;

pub(crate) use checkout::complete;
pub(crate) use create::create;
pub(crate) use details::{set_po_number, set_shipping, update};
pub(crate) use items::{add, remove, set};
pub(crate) use list::list;
pub(crate) use read::{get, of_customer};
