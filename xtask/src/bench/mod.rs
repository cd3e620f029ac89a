//! `cargo xtask bench sandbox`: how fast the sandbox answers, and how that grows with the catalogue.
//! `cargo xtask bench ordering` is in [`ordering`].

mod calls;
mod load;
mod ordering;
mod report;

pub use ordering::ordering;

use crate::{
    progress::{announce, say},
    sandbox::{self, Sandbox},
    serve, setup,
    workspace::Workspace,
};
use anyhow::{Context, Result};
use calls::Call;
use load::Measured;
use std::{
    fs,
    net::{Ipv4Addr, TcpListener},
    path::Path,
    sync::mpsc,
    time::{Duration, Instant},
};

/// The catalogue that the wanted one is compared with.
const SMALL: u64 = 10_000;

/// What to measure.
#[derive(Debug, Clone)]
pub struct Options {
    /// Size of the catalogue.
    pub products: u64,
    /// How many connections ask at the same time, each one question after the other.
    pub connections: usize,
    /// How long each call is asked for.
    pub time: Duration,
}

/// One sandbox, measured.
struct Measurement {
    products: u64,
    /// From the start of the program on an absent file to its first answer.
    seeding: Duration,
    /// The same on the file as it was left.
    restart: Duration,
    /// Bytes of the database file after the seeding.
    file: u64,
    /// The most memory the process had, in bytes, parts of the database file among it that the system can take back at
    /// any time; not known on every system.
    memory: Option<u64>,
    /// What of it was the process' own at the end.
    own: Option<u64>,
    calls: Vec<(Call, Measured)>,
}

/// Measures and prints; nothing is asserted.
pub fn sandbox(workspace: &Workspace, options: &Options) -> Result<()> {
    let program = sandbox::build(workspace, &setup::toolchain(workspace)?)?;
    let stop = serve::stop_signal()?;
    let folder = workspace.target().join("bench");
    let mut measurements = Vec::new();
    for products in [SMALL.min(options.products), options.products] {
        let measured = measure(workspace, &program, &folder, products, options, &stop);
        if folder.is_dir() {
            fs::remove_dir_all(&folder)
                .with_context(|| format!("cannot remove {}", folder.display()))?;
        }
        measurements.push(measured?);
        if products == options.products {
            break;
        }
    }
    say(&report::table(&measurements, options));
    Ok(())
}

fn measure(
    workspace: &Workspace,
    program: &Path,
    folder: &Path,
    products: u64,
    options: &Options,
    stop: &mpsc::Receiver<()>,
) -> Result<Measurement> {
    if folder.is_dir() {
        fs::remove_dir_all(folder)
            .with_context(|| format!("cannot remove {}", folder.display()))?;
    }
    let db = folder.join("bench.db");
    let start = || -> Result<(Sandbox, u16, Duration)> {
        let api_port = free_port()?;
        let started = Instant::now();
        let asked = serve::Options {
            port: 0,
            api_port,
            db: Some(db.clone()),
            products: Some(products),
            open: false,
        };
        let mut sandbox = Sandbox::start(workspace, program, &asked)?;
        sandbox.wait_until_it_answers(stop)?;
        Ok((sandbox, api_port, started.elapsed()))
    };
    let (sandbox, _, seeding) = start()?;
    sandbox.stop();
    let file = fs::metadata(&db)?.len();
    let (sandbox, port, restart) = start()?;
    announce(&format!(
        "Asking {products} products over {} connections",
        options.connections
    ));
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let calls = runtime.block_on(load::measure(&format!("http://127.0.0.1:{port}"), options))?;
    let memory = status(sandbox.child.id(), "VmHWM:");
    let own = status(sandbox.child.id(), "RssAnon:");
    sandbox.stop();
    Ok(Measurement {
        products,
        seeding,
        restart,
        file,
        memory,
        own,
        calls,
    })
}

/// A port that is free now.
fn free_port() -> Result<u16> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("no port is free")?;
    Ok(listener.local_addr()?.port())
}

/// An amount of memory that Linux tells of a process.
fn status(process: u32, name: &str) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(name))?;
    let kilobytes: u64 = line.trim().strip_suffix(" kB")?.trim().parse().ok()?;
    Some(kilobytes * 1024)
}
