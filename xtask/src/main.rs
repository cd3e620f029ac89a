//! The command line of `cargo xtask`.

use clap::{Parser, Subcommand};
use std::{path::PathBuf, process::ExitCode, time::Duration};
use xtask::{bench, dev, dist, progress::say, serve, setup, test, workspace::Workspace};

/// This repository's own commands.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Install everything the other commands need; finds it all the second time.
    Setup {
        /// Make sure of the Rust toolchain only.
        #[arg(long)]
        rust_only: bool,
    },
    /// Build the release bundle for a CDN into dist/ and print its sizes.
    Dist {
        /// Leave out the compressed variants and the size table.
        #[arg(long)]
        no_compress: bool,
        /// Build it once more in another folder, and fail if a single byte differs: some minutes more.
        #[arg(long)]
        reproduce: bool,
    },
    /// Serve the release bundle and the sandbox API, with demo data.
    Serve(ServeArguments),
    /// Serve the development build, reloaded on every change, and the sandbox API.
    Dev(ServeArguments),
    /// Check format and lints, run all tests, and end with `N passed, N failed`.
    ///
    /// A browser test that fails is run once more. If it passes then, it counts as passed and is named as flaky. The
    /// slowest browser tests are named before the last lines.
    Test {
        /// Run one part only.
        #[arg(long)]
        only: Option<test::Part>,
        /// Also test the sandbox API by its own description, with schemathesis: about 5 minutes more.
        #[arg(long)]
        long: bool,
        /// Run one of n parts of the tests, such as 2/3: n machines run all of them. Which tests belong to a part
        /// depends on their names and on n alone. The first part also checks format and lints.
        #[arg(long, value_name = "I/N")]
        shard: Option<test::Shard>,
        /// Only browser tests whose name contains this.
        filter: Option<String>,
    },
    /// Measure how fast something answers, and print it.
    Bench {
        #[command(subcommand)]
        what: Bench,
    },
}

#[derive(Debug, Subcommand)]
enum Bench {
    /// The sandbox API on a database of its own, beside one of 10,000 products.
    Sandbox {
        /// How many products the catalogue has.
        #[arg(long, default_value_t = 1_000_000)]
        products: u64,
        /// How many connections ask at the same time.
        #[arg(long, default_value_t = 64)]
        connections: usize,
        /// How long each call is asked for.
        #[arg(long, default_value_t = 10)]
        seconds: u64,
    },
    /// The order pad with 2,000 lines and the cart with 500, in a browser.
    Ordering,
}

#[derive(Debug, clap::Args)]
struct ServeArguments {
    /// The storefront's port.
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// The API's port.
    #[arg(long, default_value_t = 8081)]
    api_port: u16,
    /// The sandbox's database file.
    #[arg(long)]
    db: Option<PathBuf>,
    /// How many products a new database gets.
    #[arg(long)]
    products: Option<u64>,
    /// Open the browser.
    #[arg(long)]
    open: bool,
}

impl From<ServeArguments> for serve::Options {
    fn from(arguments: ServeArguments) -> Self {
        Self {
            port: arguments.port,
            api_port: arguments.api_port,
            db: arguments.db,
            products: arguments.products,
            open: arguments.open,
        }
    }
}

fn main() -> ExitCode {
    match run(Arguments::parse().command) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Runs a task; `false` means that tests failed.
fn run(task: Task) -> anyhow::Result<bool> {
    let workspace = Workspace::current()?;
    match task {
        Task::Setup { rust_only: true } => {
            let rust = setup::toolchain(&workspace)?;
            say(&format!("• Rust is in {}", rust.sysroot().display()));
        }
        Task::Setup { rust_only: false } => {
            setup::build_tools(&workspace)?;
            setup::browser()?;
            say("• Everything is there");
        }
        Task::Dist {
            no_compress,
            reproduce,
        } => {
            let tools = setup::build_tools(&workspace)?;
            let options = dist::Options {
                compress: !no_compress,
            };
            if reproduce {
                dist::reproduce::check(&workspace, &tools, &options)?;
            } else {
                dist::build(&workspace, &tools, &options)?;
            }
        }
        Task::Serve(arguments) => serve::run(&workspace, &arguments.into())?,
        Task::Dev(arguments) => dev::run(&workspace, &arguments.into())?,
        Task::Test {
            only,
            long,
            shard,
            filter,
        } => {
            let options = test::Options {
                only,
                filter,
                long,
                shard,
            };
            return test::run(&workspace, &options);
        }
        Task::Bench {
            what: Bench::Ordering,
        } => bench::ordering(&workspace)?,
        Task::Bench {
            what:
                Bench::Sandbox {
                    products,
                    connections,
                    seconds,
                },
        } => bench::sandbox(
            &workspace,
            &bench::Options {
                products,
                connections,
                time: Duration::from_secs(seconds),
            },
        )?,
    }
    Ok(true)
}
