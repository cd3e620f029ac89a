//! This repository's own commands: setting up tools, building the bundle, serving it, testing and measuring it.
//!
//! `cargo xtask <command>` runs them (`main.rs` reads the command line); the browser tests use
//! [`site`] directly, so that each test serves the bundle on a port of its own.

pub mod bench;
pub mod cache;
pub mod command;
pub mod dev;
pub mod dist;
pub mod failure;
pub mod progress;
mod sandbox;
pub mod serve;
pub mod setup;
pub mod site;
pub mod test;
pub mod workspace;
