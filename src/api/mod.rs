//! The wire: what is asked of the Nymble Commerce API and how its answers are read, one file a resource.
//!
//! A resource file builds [`http::ApiRequest`]s and reads [`http::Answer`]s; it neither sends anything
//! nor knows a signal. [`http::send`] is the only place that talks to the API, and [`own_host`] to the host of the storefront.

pub mod addresses;
pub mod auth;
pub mod carts;
pub mod categories;
pub mod customers;
pub mod documents;
pub mod http;
pub mod invoices;
pub mod orders;
pub mod own_host;
pub mod page;
pub mod payments;
pub mod problem;
pub mod products;
