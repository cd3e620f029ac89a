//! The browser's own services behind plain functions: time, storage, tabs, page.
//!
//! Nothing here knows the shop; everything above uses these instead of raw `web_sys` calls.

pub mod collation;
pub mod database;
pub mod device;
pub mod download;
pub mod focus;
pub mod json;
pub mod keys;
pub mod locks;
pub mod page;
pub mod query;
pub mod random;
pub mod storage;
pub mod tabs;
pub mod time;
pub mod upload;
