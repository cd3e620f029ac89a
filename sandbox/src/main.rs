//! The `nymble-sandbox` command: reads the flags, starts the sandbox, waits for the signal to stop.

use std::{
    io::IsTerminal,
    net::{IpAddr, SocketAddr},
    path::PathBuf,
    process::ExitCode,
    time::Duration,
};

use clap::Parser;
use nymble_sandbox::{Db, Fault, Options, SIGN_INS, Sandbox};

/// Answers are many small texts, of which the system's allocator makes a fifth of the work.
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

const EXAMPLES: &str = "\
Examples:
  nymble-sandbox                                   http://127.0.0.1:8081, data in ./nymble-sandbox.db
  nymble-sandbox --db :memory: --products 300      a small one that keeps nothing
  nymble-sandbox --port 0 --db shop.db --reset     a free port, a database filled anew
  nymble-sandbox --latency 300 --fault 'POST /api/orders status status=503 count=2'

Open http://127.0.0.1:8081/_sandbox/ for tokens, recent requests and faults, and
http://127.0.0.1:8081/_sandbox/docs for the API's documentation.

Environment:
  RUST_LOG    what is logged to standard error, for example `debug` or `nymble_sandbox=warn` [default: info]

Exit codes:
  0  stopped by Ctrl-C or SIGTERM, after open requests had ended
  1  could not start: the port is taken, or the database cannot be used
  2  a flag is wrong";

/// The Nymble Commerce API on this machine: embedded database, demo data, faults on demand.
///
/// Sign in with organization code `acme-dist`, one of the client ids shown at the start, and the secret `sandbox`.
#[derive(Parser)]
#[command(version, about, long_about, after_help = EXAMPLES)]
struct Flags {
    /// Port to listen on; 0 takes a free one.
    #[arg(long, help_heading = "Listening", default_value_t = 8081)]
    port: u16,
    /// Address to listen on.
    #[arg(long, help_heading = "Listening", default_value = "127.0.0.1")]
    host: IpAddr,
    /// Database file, made when it does not exist; `:memory:` keeps nothing.
    #[arg(
        long,
        help_heading = "Data",
        value_name = "FILE",
        default_value = "nymble-sandbox.db"
    )]
    db: PathBuf,
    /// How many products a new database gets.
    #[arg(long, help_heading = "Data", default_value_t = 5_000)]
    products: usize,
    /// How many past orders a new database gets, with their invoices.
    #[arg(long, help_heading = "Data", default_value_t = 60)]
    orders: usize,
    /// Another seed makes other stock, prices and variants.
    #[arg(long, help_heading = "Data", default_value_t = 1)]
    seed: u64,
    /// Throw away what the database holds and fill it anew.
    #[arg(long, help_heading = "Data")]
    reset: bool,
    /// Milliseconds added to every answer of the API.
    #[arg(
        long,
        help_heading = "Trouble on purpose",
        value_name = "MS",
        default_value_t = 0
    )]
    latency: u64,
    /// A fault that is on from the start: `METHOD ROUTE EFFECT [name=value …]` or a JSON object; can be repeated.
    /// For example `--fault 'PUT /api/carts/{customerNumber}/{shoppingCartId} status status=503 count=2'`.
    #[arg(long, help_heading = "Trouble on purpose", value_name = "SPEC")]
    fault: Vec<Fault>,
    /// The only origin browsers may call from; any when not given.
    #[arg(long, help_heading = "Listening", value_name = "ORIGIN")]
    allow_origin: Option<String>,
    /// Origin that image addresses begin with; the request's own host when not given.
    #[arg(long, help_heading = "Listening", value_name = "ORIGIN")]
    public_url: Option<String>,
    /// Origin that the payment provider's page may send a browser back to; any on this machine when not given; can be
    /// repeated.
    #[arg(long, value_name = "ORIGIN", value_parser = origin)]
    return_origin: Vec<String>,
    /// Write the log as JSON, one object a line.
    #[arg(long, help_heading = "Logging")]
    log_json: bool,
}

/// Scheme and host, as in `https://shop.example`.
fn origin(given: &str) -> Result<String, &'static str> {
    url::Url::parse(given)
        .ok()
        .filter(|address| address.origin().is_tuple())
        .map(|address| address.origin().ascii_serialization())
        .ok_or("must be an origin such as https://shop.example")
}

impl Flags {
    fn options(self) -> Options {
        let memory = self.db.as_os_str() == ":memory:";
        Options {
            listen: SocketAddr::new(self.host, self.port),
            db: if memory {
                Db::Memory
            } else {
                Db::File(self.db)
            },
            products: self.products,
            orders: self.orders,
            seed: self.seed,
            reset: self.reset,
            latency: Duration::from_millis(self.latency),
            faults: self.fault,
            allow_origin: self.allow_origin,
            public_url: self.public_url,
            return_origins: self.return_origin,
            ..Options::default()
        }
    }
}

#[tokio::main]
async fn main() -> ExitCode {
    let flags = Flags::parse();
    start_log(flags.log_json);
    let running = match Sandbox::start(flags.options()).await {
        Ok(running) => running,
        Err(error) => {
            eprintln!("nymble-sandbox: {error}");
            return ExitCode::FAILURE;
        }
    };
    println!("Nymble Commerce sandbox: {}", running.base_url());
    println!("Its own page: {}/_sandbox/", running.base_url());
    println!("Organization code: acme-dist, every secret: sandbox");
    for (client_id, who) in SIGN_INS {
        println!("  {client_id:<14} {who}");
    }
    stop_signal().await;
    println!("Stopping.");
    running.stop().await;
    ExitCode::SUCCESS
}

fn start_log(json: bool) {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("info"));
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::stderr().is_terminal());
    if json {
        log.json().init();
    } else {
        log.init();
    }
}

/// Ctrl-C, or SIGTERM where there is one.
async fn stop_signal() {
    let interrupt = async {
        if let Err(error) = tokio::signal::ctrl_c().await {
            tracing::error!(%error, "ctrl-c cannot be heard");
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminate = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(error) => {
                tracing::error!(%error, "SIGTERM cannot be heard");
                std::future::pending::<()>().await;
            }
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! {
        () = interrupt => {}
        () = terminate => {}
    }
}
