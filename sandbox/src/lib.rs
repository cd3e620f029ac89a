//! The Nymble Commerce API on this machine.
//!
//! The same endpoints, objects and refusals as the reference documents, on an embedded database with demo data; real
//! signed tokens; and, under `/_sandbox/`, what a test or a demo needs beside it: faults on demand, tokens, orders
//! to count, images.
//!
//! ```no_run
//! # async fn example() -> Result<(), nymble_sandbox::StartError> {
//! use nymble_sandbox::{Options, Sandbox};
//! let sandbox = Sandbox::start(Options { products: 300, ..Options::default() }).await?;
//! println!("{}", sandbox.base_url());
//! sandbox.stop().await;
//! # Ok(()) }
//! ```

mod addresses;
mod auth;
mod carts;
mod catalog;
mod clock;
mod companydocs;
mod connection;
mod control;
mod customers;
mod demo;
mod http;
mod images;
mod in_process;
mod invoices;
pub mod money;
mod openapi;
mod options;
mod orders;
mod organizations;
mod payments;
pub mod pricing;
mod problem;
pub mod quantity;
pub mod rng;
mod routes;
mod sales_reps;
mod server;
mod state;
mod store;
mod users;

pub use control::{Effect, Fault};
pub use demo::SIGN_INS;
pub use in_process::{Answered, InProcess};
pub use options::{Db, Options};
pub use server::{Running, Sandbox, StartError};
