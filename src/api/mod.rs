//! The wire: what is asked of the Nymble Commerce API and how its answers are read, one file a resource.
//!
//! A resource file builds [`http::ApiRequest`]s and reads [`http::Answer`]s; it neither sends anything
//! nor knows a signal. [`http::send`] is the only place that talks to the API, and [`own_host`] to the host of the storefront.

pub(crate) mod addresses;
pub(crate) mod auth;
pub(crate) mod carts;
pub(crate) mod categories;
pub(crate) mod customers;
pub(crate) mod documents;
pub(crate) mod http;
pub(crate) mod invoices;
pub(crate) mod orders;
pub(crate) mod own_host;
pub(crate) mod page;
pub(crate) mod payments;
pub(crate) mod problem;
pub(crate) mod products;
