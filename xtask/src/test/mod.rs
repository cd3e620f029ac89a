//! `cargo xtask test`: everything that must hold, ending in one line `N passed, N failed`.

mod count;
mod long;

pub use count::{Count, Counter};

use crate::{
    command::{self, Event},
    dist,
    progress::say,
    setup::{self, BuildTools, Rust, browser::Browser},
    workspace::Workspace,
};
use anyhow::Result;
use std::{
    fs,
    process::Command,
    time::{Duration, Instant},
};

/// Browsers are heavy: so many at once, and no more.
const BROWSERS_AT_ONCE: &str = "2";

/// A part of the whole that can be run alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Part {
    /// Formatting.
    Fmt,
    /// Lints: native, and for the browser with and without splitting.
    Clippy,
    /// Tests that need no browser.
    Native,
    /// The bundle, and the tests that drive it in a browser.
    Browser,
}

/// What to run.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// One part only.
    pub only: Option<Part>,
    /// Only browser tests whose name contains this.
    pub filter: Option<String>,
    /// What takes minutes, too.
    pub long: bool,
}

/// Runs it all and tells whether nothing failed.
pub fn run(workspace: &Workspace, options: &Options) -> Result<bool> {
    let mut run = Run {
        workspace,
        rust: None,
        steps: Vec::new(),
    };
    run.all(options);
    Ok(run.sum_up())
}

struct Run<'a> {
    workspace: &'a Workspace,
    /// What compiles; none before, or without, the setup.
    rust: Option<Rust>,
    steps: Vec<Step>,
}

struct Step {
    name: &'static str,
    count: Count,
    time: Duration,
}

impl Run<'_> {
    fn all(&mut self, options: &Options) {
        let wanted = |part| options.only.is_none_or(|only| only == part);
        let tools = self.setup(wanted(Part::Browser));
        if wanted(Part::Fmt) {
            let words = ["fmt", "--all", "--check", "--", "--color", "never"];
            self.check("format", &mut self.cargo(&words));
        }
        if wanted(Part::Clippy) {
            self.clippy();
        }
        if wanted(Part::Native) {
            let mut cargo = self.cargo(&["test", "--workspace", "--no-fail-fast"]);
            self.tests("native tests", &mut cargo);
        }
        if let Some((tools, browser)) = tools {
            self.browser(&tools, browser, options.filter.as_deref());
        }
        if options.long {
            self.step("API by its description", |workspace| {
                long::run(
                    workspace,
                    &setup::toolchain(workspace)?,
                    &setup::schemathesis()?,
                )
            });
        }
    }

    /// Makes sure of the toolchain, and of the tools of the browser tests where they are wanted.
    ///
    /// Without those tools the failure of this step stands for all browser tests.
    fn setup(&mut self, for_browser: bool) -> Option<(BuildTools, Browser)> {
        let (mut rust, mut tools) = (None, None);
        self.step("setup", |workspace| {
            rust = Some(setup::toolchain(workspace)?);
            if for_browser {
                tools = Some((setup::build_tools(workspace)?, setup::browser()?));
            }
            Ok(())
        });
        self.rust = rust;
        tools
    }

    fn clippy(&mut self) {
        let deny = ["--", "-D", "warnings"];
        let browser = [
            "clippy",
            "--package",
            "nymble-storefront",
            "--lib",
            "--bins",
        ];
        let wasm = ["--target", "wasm32-unknown-unknown"];
        let split = ["--features", "split"];
        let native = ["clippy", "--workspace", "--all-targets"];
        let tests = ["--features", "browser-tests"];
        let checks: [(_, Vec<&[&str]>); 3] = [
            ("lints", vec![&native, &tests, &deny]),
            ("lints, browser", vec![&browser, &wasm, &deny]),
            (
                "lints, browser, split",
                vec![&browser, &wasm, &split, &deny],
            ),
        ];
        for (name, words) in checks {
            let mut cargo = self.cargo(&words.concat());
            self.check(name, &mut cargo);
        }
    }

    fn browser(&mut self, tools: &BuildTools, browser: Browser, filter: Option<&str>) {
        let mut made = None;
        self.step("bundle", |workspace| {
            made = Some(dist::build(workspace, tools, &dist::Options::default())?);
            Ok(())
        });
        // Without a bundle, the failure of that step stands for all browser tests.
        let Some(dist) = made else { return };
        let artifacts = self.workspace.target().join("browser-artifacts");
        if let Err(error) = fs::create_dir_all(&artifacts) {
            say(&format!("{}: {error}", artifacts.display()));
        }
        let mut cargo = self.cargo(&["test", "--package", "nymble-storefront"]);
        cargo
            .args(["--features", "browser-tests", "--test", "browser", "--"])
            .args(["--test-threads", BROWSERS_AT_ONCE])
            .args(filter)
            .env("NYMBLE_DIST", dist)
            .env("NYMBLE_CHROMIUM", browser.chromium)
            .env("NYMBLE_CHROMEDRIVER", browser.chromedriver)
            .env("NYMBLE_AXE", browser.axe)
            .env("NYMBLE_ARTIFACTS", artifacts);
        self.tests("browser tests", &mut cargo);
    }

    fn cargo(&self, words: &[&str]) -> Command {
        let cargo = self.rust.as_ref().map(Rust::cargo);
        let mut cargo = cargo.unwrap_or_else(|| Command::new("cargo"));
        cargo.args(words).current_dir(self.workspace.root());
        cargo
    }

    /// A command that passes or fails as a whole.
    fn check(&mut self, name: &'static str, command: &mut Command) {
        self.step(name, |_| {
            let status = command::each_line(command, show)?;
            anyhow::ensure!(status.success(), "`{}` failed", command::typed(command));
            Ok(())
        });
    }

    /// A step that passes or fails as a whole.
    fn step(&mut self, name: &'static str, work: impl FnOnce(&Workspace) -> Result<()>) {
        say(&format!("\n== {name}"));
        let started = Instant::now();
        let mut count = Count::default();
        match work(self.workspace) {
            Ok(()) => count.passed = 1,
            Err(error) => {
                say(&format!("{name} failed: {error:#}"));
                count.failed = 1;
            }
        }
        self.steps.push(Step {
            name,
            count,
            time: started.elapsed(),
        });
    }

    /// A `cargo test`, whose tests are counted.
    fn tests(&mut self, name: &'static str, command: &mut Command) {
        say(&format!("\n== {name}"));
        let started = Instant::now();
        let mut counter = Counter::default();
        let status = command::each_line(command, |event| {
            if let Event::Line(line) = &event {
                counter.see(line);
            }
            show(event);
        });
        if let Err(error) = &status {
            say(&format!("{name} failed: {error:#}"));
        }
        self.steps.push(Step {
            name,
            count: counter.finish(status.is_ok_and(|status| status.success())),
            time: started.elapsed(),
        });
    }

    /// Prints the table and the last line.
    fn sum_up(&self) -> bool {
        let mut total = Count::default();
        let mut time = Duration::ZERO;
        say("");
        for step in &self.steps {
            total += step.count;
            time += step.time;
            say(&row(step.name, step.count, step.time));
        }
        say(&row("all", total, time));
        say(&format!("{} passed, {} failed", total.passed, total.failed));
        total.failed == 0
    }
}

fn show(event: Event) {
    if let Event::Line(line) = event {
        say(&line);
    }
}

fn row(name: &str, count: Count, time: Duration) -> String {
    let mut row = format!(
        "{name:<24} {:>6} s {:>5} ok {:>4} bad",
        time.as_secs(),
        count.passed,
        count.failed
    );
    if count.ignored > 0 {
        row = format!("{row} {:>4} ignored", count.ignored);
    }
    row
}
