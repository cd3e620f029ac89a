//! The world around the storefront's state, simulated: tabs, time, stores, network. Tests only.
//!
//! What [`crate::ports`] offers has two implementations, chosen when it is compiled: the browser's in the bundle, and the
//! one here in tests. A test opens tabs in a [`world`]; each is an app of its own (owner, signals, tasks), all share one
//! device. The API is the sandbox's own router, called in this process. Nothing waits: the clock goes to the next thing
//! that is due. Everything that could come sooner or later does so by one seeded number, so a seed replays exactly.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]
#![allow(
    clippy::unused_async,
    clippy::unused_async_trait_impl,
    clippy::return_self_not_must_use,
    clippy::unnecessary_wraps,
    clippy::missing_panics_doc,
    missing_docs,
    reason = "signatures are those of the browser's side"
)]

pub(crate) mod abort;
pub(crate) mod clock;
pub(crate) mod database;
pub(crate) mod fetch;
pub(crate) mod intl;
pub(crate) mod json;
pub(crate) mod locks;
pub(crate) mod network;
pub(crate) mod place;
pub(crate) mod random;
pub(crate) mod rng;
mod sessions;
pub(crate) mod shop;
pub(crate) mod stores;
pub(crate) mod tab;
pub(crate) mod tabs;
pub(crate) mod task;
pub(crate) mod world;

mod tests;
