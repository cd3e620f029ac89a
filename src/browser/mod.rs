//! The browser's own services behind plain functions: time, storage, tabs, page.
//!
//! Nothing here knows the shop; everything above uses these instead of raw `web_sys` calls. What state and API need is a
//! port ([`crate::ports`]): in tests its implementation is the one of the simulated world, under the same name.

pub mod collation;
pub mod device;
pub mod download;
pub mod focus;
pub(crate) mod kept;
pub mod keys;
pub mod page;
pub mod query;
pub mod storage;
pub mod time;
pub mod upload;

#[cfg(test)]
pub use crate::simulation::{
    abort, clock, database, fetch, intl, json, locks, place, random, stores, tabs, task,
};
#[cfg(not(test))]
pub mod abort;
#[cfg(not(test))]
mod clock;
#[cfg(not(test))]
pub mod database;
#[cfg(not(test))]
pub mod fetch;
#[cfg(not(test))]
pub mod intl;
#[cfg(not(test))]
pub mod json;
#[cfg(not(test))]
pub mod locks;
#[cfg(not(test))]
pub mod place;
#[cfg(not(test))]
pub mod random;
#[cfg(not(test))]
mod stores;
#[cfg(not(test))]
pub mod tabs;
#[cfg(not(test))]
pub mod task;
