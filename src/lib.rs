//! The Nymble storefront: a B2B storefront that runs wholly in the buyer's browser and talks straight
//! to the Nymble Commerce API. ARCHITECTURE.md is the map.

pub mod api;
pub mod app;
pub mod browser;
pub mod components;
pub mod config;
pub mod domain;
pub mod frame;
mod lazy_page;
pub mod locale;
pub mod route;
pub mod routes;
pub mod screens;
pub mod start;
pub mod state;
