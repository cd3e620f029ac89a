//! Says what a long step does, and while it runs, that it is still alive.

use std::{
    io::{self, IsTerminal, Write},
    time::{Duration, Instant},
};

/// How often a line is printed where no terminal can be rewritten (a log file, a CI job).
const LOG_INTERVAL: Duration = Duration::from_secs(30);

/// How much of the last line of output fits beside the seconds on a terminal.
const TAIL_WIDTH: usize = 60;

/// From how long on it is told how long a step took.
const WORTH_TELLING: Duration = Duration::from_secs(5);

/// Announces a step.
pub fn announce(text: &str) {
    say(&format!("• {text}"));
}

/// Tells how long a step took, if that is worth telling.
pub fn tell(took: Duration) {
    if took >= WORTH_TELLING {
        say(&format!("  took {} s", took.as_secs()));
    }
}

/// Announces a step, does it, and tells how long it took.
pub fn timed<T>(text: &str, work: impl FnOnce() -> T) -> T {
    announce(text);
    let started = Instant::now();
    let result = work();
    tell(started.elapsed());
    result
}

/// Prints a line; a closed standard output is not worth dying for.
pub fn say(text: &str) {
    let mut out = io::stdout().lock();
    let _ = writeln!(out, "{text}");
    let _ = out.flush();
}

/// The progress line of one running step.
#[derive(Debug)]
pub struct Progress {
    started: Instant,
    printed: Instant,
    terminal: bool,
}

impl Progress {
    /// Starts counting.
    pub fn start() -> Self {
        let now = Instant::now();
        Self {
            started: now,
            printed: now,
            terminal: io::stdout().is_terminal(),
        }
    }

    /// Shows the elapsed seconds and the last line of output: at once on a terminal, otherwise
    /// as a plain line now and then.
    pub fn tick(&mut self, last_line: &str) {
        let seconds = self.started.elapsed().as_secs();
        let tail: String = last_line.trim().chars().take(TAIL_WIDTH).collect();
        if self.terminal {
            let mut out = io::stdout().lock();
            let _ = write!(out, "\r\x1b[K  {seconds} s  {tail}");
            let _ = out.flush();
        } else if self.printed.elapsed() >= LOG_INTERVAL {
            self.printed = Instant::now();
            say(&format!("  {seconds} s  {tail}"));
        }
    }

    /// Clears the line and gives the time the step took.
    pub fn finish(self) -> Duration {
        if self.terminal {
            let mut out = io::stdout().lock();
            let _ = write!(out, "\r\x1b[K");
            let _ = out.flush();
        }
        self.started.elapsed()
    }
}
