//! What can be chosen when a sandbox is started.

use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::PathBuf,
    time::Duration,
};

use crate::control::Fault;

/// Where the data lives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Db {
    /// Gone when the sandbox stops.
    Memory,
    /// A file (and SQLite's `-wal` and `-shm` beside it) that survives restarts.
    File(PathBuf),
}

/// What can be chosen when a sandbox is started.
#[derive(Clone, Debug)]
pub struct Options {
    /// Where to listen; port 0 takes a free one.
    pub listen: SocketAddr,
    /// Where the data lives.
    pub db: Db,
    /// How many products the first organisation's catalogue has, at least those of the documents.
    pub products: usize,
    /// How many past orders the demo customers have, with their invoices.
    pub orders: usize,
    /// Same seed, same data.
    pub seed: u64,
    /// Throw away what the file holds and seed it anew.
    pub reset: bool,
    /// Added to every API answer.
    pub latency: Duration,
    /// Faults that are on from the start.
    pub faults: Vec<Fault>,
    /// The only origin browsers may call from; any when `None`.
    pub allow_origin: Option<String>,
    /// Origin that image addresses begin with; the request's own `Host` when `None`.
    pub public_url: Option<String>,
    /// How many sign-ins per minute one `ClientId` may try.
    pub logins_per_minute: u32,
    /// How many times per minute one address may call each endpoint that needs no token.
    pub visits_per_minute: u32,
    /// How long the card that times out takes to do so.
    pub gateway_timeout: Duration,
    /// Origins that the payment provider's page may send a browser back to; any on this machine when empty.
    pub return_origins: Vec<String>,
    /// How long the payment provider's page can be used, in whole seconds.
    pub hosted_payment_life: Duration,
    /// How long a document's signed address works, in whole seconds.
    pub document_address_life: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            listen: SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0),
            db: Db::Memory,
            products: 300,
            orders: 0,
            seed: 1,
            reset: false,
            latency: Duration::ZERO,
            faults: Vec::new(),
            allow_origin: None,
            public_url: None,
            logins_per_minute: 10,
            visits_per_minute: 10,
            gateway_timeout: Duration::from_secs(1),
            return_origins: Vec::new(),
            hosted_payment_life: Duration::from_secs(600),
            document_address_life: Duration::from_secs(3_600),
        }
    }
}
