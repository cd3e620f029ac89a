//! `cargo xtask test`: everything that must hold, ending in one line `N passed, N failed`.

mod aside;
mod count;
mod durations;
mod flaky;
mod lints;
mod long;
mod programs;
mod shard;

pub use count::{Count, Counter};
pub use shard::Shard;

use crate::{
    command::{self, Event},
    progress::say,
    setup::{self, Rust, browser::Browser},
    workspace::Workspace,
};
use anyhow::{Context, Result, ensure};
use aside::Aside;
use lints::Driver;
use std::{
    collections::BTreeSet,
    env, fs,
    path::Path,
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
    /// Lints: native, and of what runs in the browser.
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
    /// One of several parts of the tests.
    pub shard: Option<Shard>,
}

/// Runs it all and tells whether nothing failed.
pub fn run(workspace: &Workspace, options: &Options) -> Result<bool> {
    let mut run = Run {
        workspace,
        options,
        rust: None,
        linting: None,
        started: Instant::now(),
        steps: Vec::new(),
        notes: Vec::new(),
    };
    run.all();
    Ok(run.sum_up())
}

struct Run<'a> {
    workspace: &'a Workspace,
    options: &'a Options,
    /// What compiles; none before, or without, the setup.
    rust: Option<Rust>,
    /// Lints what is compiled for the tests, where that is wanted.
    linting: Option<Driver>,
    started: Instant,
    steps: Vec<Step>,
    /// Lines that come before the table.
    notes: Vec<String>,
}

struct Step {
    name: &'static str,
    count: Count,
    time: Duration,
}

impl Run<'_> {
    fn all(&mut self) {
        let Options { only, shard, .. } = *self.options;
        let wanted = |part| only.is_none_or(|only| only == part);
        // What cannot be divided is done once, whatever the number of parts.
        let undivided = shard.is_none_or(Shard::is_first);
        let browser = self.setup(wanted(Part::Browser));
        if wanted(Part::Fmt) && undivided {
            let words = ["fmt", "--all", "--check", "--", "--color", "never"];
            self.check("format", &mut self.cargo(&words));
        }
        let bundle = browser.as_ref().and_then(|_| self.begin_bundle());
        if wanted(Part::Native) || wanted(Part::Browser) {
            self.compile(wanted(Part::Clippy) && undivided);
        } else if wanted(Part::Clippy) && undivided {
            self.check("lints", &mut self.cargo(lints::NATIVE));
        }
        if wanted(Part::Clippy) && undivided {
            self.check("lints, browser", &mut self.cargo(lints::BROWSER));
        }
        if wanted(Part::Native) {
            self.tests("native tests", Self::native);
        }
        if let (Some(browser), Some(bundle)) = (browser, bundle)
            && self.end_bundle(bundle)
        {
            self.tests("browser tests", |run| run.browser(&browser));
        }
        if self.options.long && undivided {
            self.tests("sessions by chance", Self::sessions);
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
    fn setup(&mut self, for_browser: bool) -> Option<Browser> {
        let (mut rust, mut browser) = (None, None);
        self.step("setup", |workspace| {
            rust = Some(setup::toolchain(workspace)?);
            if for_browser {
                setup::build_tools(workspace)?;
                browser = Some(setup::browser()?);
            }
            Ok(())
        });
        self.rust = rust;
        browser
    }

    /// Begins to make the bundle, twice to prove that it follows from its sources, beside what does not need it: for
    /// much of its time it keeps one core busy only.
    fn begin_bundle(&mut self) -> Option<Aside> {
        let begun = env::current_exe()
            .context("this program's own path")
            .map(|program| {
                let mut dist = Command::new(program);
                dist.args(["dist", "--reproduce"])
                    .current_dir(self.workspace.root());
                Aside::begin(dist)
            });
        match begun {
            Ok(begun) => Some(begun),
            Err(error) => {
                self.step("bundle", |_| Err(error));
                None
            }
        }
    }

    /// Waits for the bundle. Without it, the failure of this step stands for all browser tests.
    fn end_bundle(&mut self, bundle: Aside) -> bool {
        let mut made = false;
        self.step("bundle", |_| {
            let (status, took) = bundle.wait(show)?;
            say(&format!(
                "({} s, most of them beside the steps above)",
                took.as_secs()
            ));
            ensure!(status.success(), "`cargo xtask dist --reproduce` failed");
            made = true;
            Ok(())
        });
        made
    }

    /// Compiles all test programs at once, and lints them by the way.
    fn compile(&mut self, linting: bool) {
        let words = programs::words(&["--no-run"]);
        if !linting {
            return self.check("compiling", &mut self.cargo(&words));
        }
        let before = self.steps.len();
        let driver = self.rust.as_ref().map(Driver::of);
        let mut cargo = self.cargo(&words);
        self.step("lints, compiling", |_| {
            let driver = driver.context("no toolchain could be had")??;
            driver.lint(&mut cargo);
            let status = command::each_line(&mut cargo, show)?;
            ensure!(
                status.success(),
                "a lint, or the compiler, has something to say"
            );
            Ok(())
        });
        // What does not pass the lints is tested all the same.
        if self
            .steps
            .iter()
            .skip(before)
            .all(|step| step.count.failed == 0)
        {
            let driver = self.rust.as_ref().map(Driver::of);
            self.linting = driver.and_then(Result::ok);
        }
    }

    /// A `cargo test`, of what has been compiled.
    fn programs(&self, words: &[String]) -> Command {
        let mut cargo = self.cargo(words);
        if let Some(driver) = &self.linting {
            driver.lint(&mut cargo);
        }
        cargo
    }

    fn native(&mut self) -> Result<Count> {
        let mut metadata = self.cargo(&["metadata", "--no-deps", "--format-version", "1"]);
        let metadata = metadata.output().context("cargo does not start")?;
        let metadata = String::from_utf8(metadata.stdout).context("cargo's metadata")?;
        let mut count = Count::default();
        for words in [programs::native(&metadata)?, programs::examples()] {
            let chosen = match self.options.shard {
                None => Vec::new(),
                Some(shard) => {
                    let chosen = shard.choose(programs::names(self.programs(&words))?);
                    if chosen.is_empty() {
                        continue;
                    }
                    [vec!["--exact".to_owned()], chosen].concat()
                }
            };
            let mut cargo = self.programs(&words);
            cargo.arg("--").args(chosen);
            count += counted(&mut cargo)?.0;
        }
        Ok(count)
    }

    /// Whole sessions by chance, many times as many as the tests run by themselves.
    fn sessions(&mut self) -> Result<Count> {
        let mut cargo = self.programs(&programs::words(&["--lib"]));
        cargo.args(["--", "--nocapture", long::SESSIONS_TEST]);
        cargo.env("NYMBLE_SESSIONS", long::SESSIONS);
        Ok(counted(&mut cargo)?.0)
    }

    fn browser(&mut self, browser: &Browser) -> Result<Count> {
        let artifacts = self.workspace.target().join("browser-artifacts");
        fs::create_dir_all(&artifacts)
            .with_context(|| format!("cannot make {}", artifacts.display()))?;
        let durations = artifacts.join("durations.tsv");
        // Those of the last run are of no interest any more.
        let _ = fs::remove_file(&durations);
        let wanted = self.options.filter.as_deref();
        let chosen: Vec<String> = match self.options.shard {
            None => wanted.into_iter().map(str::to_owned).collect(),
            Some(shard) => {
                let mut names = programs::names(self.programs(&programs::browser()))?;
                names.retain(|name| wanted.is_none_or(|part| name.contains(part)));
                let chosen = shard.choose(names);
                if chosen.is_empty() {
                    return Ok(Count::default());
                }
                [vec!["--exact".to_owned()], chosen].concat()
            }
        };
        let command = |run: &Self, chosen: &[String]| {
            let mut cargo = run.programs(&programs::browser());
            cargo
                .args(["--", "--test-threads", BROWSERS_AT_ONCE])
                .args(chosen)
                .env("NYMBLE_DIST", run.workspace.dist())
                .env("NYMBLE_CHROMIUM", &browser.chromium)
                .env("NYMBLE_CHROMEDRIVER", &browser.chromedriver)
                .env("NYMBLE_AXE", &browser.axe)
                .env("NYMBLE_ARTIFACTS", &artifacts)
                .env("NYMBLE_DURATIONS", &durations);
            cargo
        };
        let (mut count, failed) = counted(&mut command(self, &chosen))?;
        if let Some(again) = flaky::to_retry(&failed) {
            say(&format!("\n== {} once more", number_of_tests(again.len())));
            let again = [vec!["--exact".to_owned()], again].concat();
            let (second, still) = counted(&mut command(self, &again))?;
            let (settled, flaky) = flaky::settle(count, &failed, second, &still);
            count = settled;
            let note = |name: &String| format!("FLAKY: {name} failed once and passed once");
            self.notes.extend(flaky.iter().map(note));
        }
        self.note_durations(&durations);
        Ok(count)
    }

    fn note_durations(&mut self, file: &Path) {
        // Without a single browser test there is no such file.
        let text = fs::read_to_string(file).unwrap_or_default();
        self.notes.extend(durations::report(durations::read(&text)));
    }

    fn cargo(&self, words: &[impl AsRef<std::ffi::OsStr>]) -> Command {
        let cargo = self.rust.as_ref().map(Rust::cargo);
        let mut cargo = cargo.unwrap_or_else(|| Command::new("cargo"));
        cargo.args(words).current_dir(self.workspace.root());
        cargo
    }

    /// A command that passes or fails as a whole.
    fn check(&mut self, name: &'static str, command: &mut Command) {
        self.step(name, |_| {
            let status = command::each_line(command, show)?;
            ensure!(status.success(), "`{}` failed", command::typed(command));
            Ok(())
        });
    }

    /// A step that passes or fails as a whole.
    fn step(&mut self, name: &'static str, work: impl FnOnce(&Workspace) -> Result<()>) {
        let workspace = self.workspace;
        self.tests(name, |_| {
            work(workspace).map(|()| Count {
                passed: 1,
                ..Count::default()
            })
        });
    }

    /// A step whose tests are counted; an error is one failure.
    fn tests(&mut self, name: &'static str, work: impl FnOnce(&mut Self) -> Result<Count>) {
        say(&format!("\n== {name}"));
        let started = Instant::now();
        let count = work(self).unwrap_or_else(|error| {
            say(&format!("{name} failed: {error:#}"));
            Count {
                failed: 1,
                ..Count::default()
            }
        });
        self.steps.push(Step {
            name,
            count,
            time: started.elapsed(),
        });
    }

    /// Prints the table and the last line.
    fn sum_up(&self) -> bool {
        say("");
        for note in &self.notes {
            say(note);
        }
        if let Some(shard) = self.options.shard {
            say(&format!("Part {shard} of the tests"));
        }
        let mut total = Count::default();
        for step in &self.steps {
            total += step.count;
            say(&row(step.name, step.count, step.time));
        }
        say(&row("all", total, self.started.elapsed()));
        say(&format!("{} passed, {} failed", total.passed, total.failed));
        total.failed == 0
    }
}

/// Runs a `cargo test`; its count, and who failed.
fn counted(cargo: &mut Command) -> Result<(Count, BTreeSet<String>)> {
    let mut counter = Counter::default();
    let status = command::each_line(cargo, |event| {
        if let Event::Line(line) = &event {
            counter.see(line);
        }
        show(event);
    })?;
    let failed = counter.failed().clone();
    Ok((counter.finish(status.success()), failed))
}

fn show(event: Event) {
    if let Event::Line(line) = event {
        say(&line);
    }
}

fn number_of_tests(number: usize) -> String {
    if number == 1 {
        "one test".to_owned()
    } else {
        format!("{number} tests")
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
