//! A program that runs beside the steps of a test run; what it prints is shown when it is waited for.

use crate::command::{self, Event};
use anyhow::{Result, anyhow};
use std::{
    process::{Command, ExitStatus},
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

/// A program under way.
#[derive(Debug)]
pub(super) struct Aside {
    thread: JoinHandle<Ended>,
}

/// What it printed, how it ended and how long it took.
type Ended = (Vec<String>, Result<ExitStatus>, Duration);

impl Aside {
    /// Starts it.
    pub(super) fn begin(mut command: Command) -> Self {
        let thread = thread::spawn(move || {
            let started = Instant::now();
            let mut lines = Vec::new();
            let status = command::each_line(&mut command, |event| {
                if let Event::Line(line) = event {
                    lines.push(line);
                }
            });
            (lines, status, started.elapsed())
        });
        Self { thread }
    }

    /// Waits for its end and shows what it has printed.
    pub(super) fn wait(self, show: impl Fn(Event)) -> Result<(ExitStatus, Duration)> {
        let (lines, status, took) = self
            .thread
            .join()
            .map_err(|_| anyhow!("what ran beside has died"))?;
        for line in lines {
            show(Event::Line(line));
        }
        Ok((status?, took))
    }
}

#[cfg(all(test, unix))]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use std::cell::RefCell;

    #[test]
    fn what_it_printed_is_shown_in_the_end_whether_it_passed_or_not() {
        for code in [0, 3] {
            let mut command = Command::new("sh");
            command.args(["-c", &format!("echo one; echo two; exit {code}")]);
            let aside = Aside::begin(command);
            let seen = RefCell::new(Vec::new());
            let (status, _) = aside
                .wait(|event| {
                    if let Event::Line(line) = event {
                        seen.borrow_mut().push(line);
                    }
                })
                .unwrap();
            assert_eq!(status.code(), Some(code));
            assert_eq!(seen.into_inner(), ["one", "two"]);
        }
    }
}
