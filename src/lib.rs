//! The Nymble storefront: a B2B storefront that runs wholly in the buyer's browser and talks straight
//! to the Nymble Commerce API. ARCHITECTURE.md is the map.

pub mod api;
pub mod app;
pub mod browser;
pub mod components;
pub mod config;
pub mod frame;
mod lazy_page;
pub mod locale;
pub mod ports;
pub mod route;
pub mod routes;
pub mod screens;
#[cfg(test)]
mod simulation;
pub mod start;
pub mod state;

/// The rules, a crate of their own, under the name of the floor that they are.
pub use nymble_domain as domain;
