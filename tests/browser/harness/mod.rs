//! What every browser test stands on: a sandbox, the bundle served as a CDN would, and a browser in
//! which nothing is left of any other test ([`browsers`]).
//!
//! ```ignore
//! #[test]
//! fn the_catalog_names_its_products() {
//!     run(Setup::default(), async |shop| {
//!         shop.open_as("acme-buyer", "/catalog").await;
//!         shop.sees("WIDGET-BLU-L").await;
//!     });
//! }
//! ```
//!
//! Elements are found as a screen reader would name them, by role and accessible name ([`find`]).
//! Nothing sleeps: whatever has to come is waited for, up to [`PATIENCE`]. When a test ends, nothing
//! may stand in the browser's console that it did not expect ([`Shop::expect_console`]).

mod actions;
mod browsers;
mod chrome;
mod console;
mod devtools;
mod emulation;
pub(crate) mod find;
mod keyboard;
mod page;
mod run;
mod server;
mod shop;

pub(crate) use find::{Target, button, link, role, textbox};
pub(crate) use run::run;
pub(crate) use server::Server;
pub(crate) use shop::{Setup, Shop, file_of_bundle};

use std::time::Duration;

/// How long something may take that a buyer waits for, on a slow machine.
///
/// What the shop itself tries again with growing pauses takes some ten seconds by design.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);
/// How long to wait before looking again.
pub(crate) const GLANCE: Duration = Duration::from_millis(40);
