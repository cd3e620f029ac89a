//! `/_sandbox/…`: what only the sandbox has. Nothing here can be mistaken for the API, and nothing here is touched by
//! faults, latency or rate limits.

mod admin;
mod faults;
mod inject;
mod orders;
mod request_log;
mod reset;
mod tokens;

pub(crate) use admin::{page as admin_page, script as admin_script};
pub use faults::{Effect, Fault};
pub(crate) use faults::{
    Faults, add as add_fault, clear as clear_faults, list as list_faults, remove as remove_fault,
};
pub(crate) use inject::inject;
pub(crate) use orders::list as list_orders;
pub(crate) use request_log::{RequestLog, clear as clear_requests, list as list_requests, record};
pub(crate) use reset::reset;
pub(crate) use tokens::{issue as issue_token, revoke as revoke_tokens};
