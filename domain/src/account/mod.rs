//! A customer's addresses and contacts.

pub mod address;
pub mod changes;
pub mod contact;
