//! The browser's own services behind plain functions: time, storage, tabs, page.
//!
//! Nothing here knows the shop; everything above uses these instead of raw `web_sys` calls. What state and API need is a
//! port ([`crate::ports`]): in tests its implementation is the one of the simulated world, under the same name.

pub(crate) mod collation;
pub(crate) mod device;
pub(crate) mod download;
pub(crate) mod focus;
pub(crate) mod kept;
pub(crate) mod keys;
pub(crate) mod page;
pub(crate) mod query;
pub(crate) mod storage;
pub(crate) mod time;
pub(crate) mod unheard;
pub(crate) mod upload;

#[cfg(test)]
pub(crate) use crate::simulation::{
    abort, clock, database, fetch, intl, json, locks, place, random, stores, tabs, task,
};
#[cfg(not(test))]
pub(crate) mod abort;
#[cfg(not(test))]
mod clock;
#[cfg(not(test))]
pub(crate) mod database;
#[cfg(not(test))]
pub(crate) mod fetch;
#[cfg(not(test))]
pub(crate) mod intl;
#[cfg(not(test))]
pub(crate) mod json;
#[cfg(not(test))]
pub(crate) mod locks;
#[cfg(not(test))]
pub(crate) mod place;
#[cfg(not(test))]
pub(crate) mod random;
#[cfg(not(test))]
mod stores;
#[cfg(not(test))]
pub(crate) mod tabs;
#[cfg(not(test))]
pub(crate) mod task;
