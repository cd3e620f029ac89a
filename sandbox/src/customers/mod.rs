//! Customers: the business accounts of an organization.

mod get;
mod record;

pub(crate) use get::get;
pub(crate) use record::{Account, account};
