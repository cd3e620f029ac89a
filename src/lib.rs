//! The Nymble storefront: a B2B storefront that runs wholly in the buyer's browser and talks straight
//! to the Nymble Commerce API. ARCHITECTURE.md is the map.
//!
//! Its only way in is [`start`]: the modules are private, so the compiler finds what nobody uses.

#![warn(clippy::missing_docs_in_private_items)]
// The macro of components makes items that are `pub`, however narrow the component is.
#![allow(unreachable_pub)]

mod api;
mod app;
mod browser;
mod components;
mod config;
mod frame;
mod lazy_page;
mod locale;
mod ports;
mod route;
mod routes;
mod screens;
#[cfg(test)]
mod simulation;
mod start;
mod state;

pub use start::start;

/// The rules, a crate of their own, under the name of the floor that they are.
pub(crate) use nymble_domain as domain;
