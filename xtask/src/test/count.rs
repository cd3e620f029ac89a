//! Counts tests in the output of `cargo test`, one line at a time.

use std::{collections::BTreeSet, mem, ops::AddAssign};

/// How many passed, failed, or were not run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    /// Tests that passed.
    pub passed: usize,
    /// Tests that failed, and test programs that crashed.
    pub failed: usize,
    /// Tests marked `#[ignore]`.
    pub ignored: usize,
}

impl AddAssign for Count {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.ignored += other.ignored;
    }
}

/// Reads the output of one or more test programs.
#[derive(Debug, Default)]
pub struct Counter {
    total: Count,
    /// The tests seen of the program that is running, if one is.
    running: Option<Count>,
    /// What stands below the last heading `failures:` of the program that is running.
    listed: BTreeSet<String>,
    failed: BTreeSet<String>,
}

impl Counter {
    /// Takes in the next line.
    pub fn see(&mut self, line: &str) {
        if let Some(name) = line.strip_prefix("    ") {
            self.listed.insert(name.trim_end().to_owned());
        }
        let line = line.trim();
        if line == "failures:" {
            // There are two: below the first stands what failed tests printed, below the last their names.
            self.listed.clear();
        }
        if is_start(line) {
            self.listed.clear();
            self.close_crashed();
            self.running = Some(Count::default());
        } else if let Some(summary) = summary(line) {
            // The program's own sum is exact: a test's line may be mixed with what it printed.
            self.total += summary;
            self.running = None;
            if summary.failed > 0 {
                self.failed.append(&mut mem::take(&mut self.listed));
            }
        } else if let Some(running) = &mut self.running
            && line.starts_with("test ")
        {
            if line.ends_with("... ok") {
                running.passed += 1;
            } else if line.ends_with("... FAILED") {
                running.failed += 1;
            }
        }
    }

    /// The names of those that failed, as far as the programs got to tell them.
    pub fn failed(&self) -> &BTreeSet<String> {
        &self.failed
    }

    /// The sum; `succeeded` says how `cargo test` itself ended.
    pub fn finish(mut self, succeeded: bool) -> Count {
        self.close_crashed();
        if !succeeded && self.total.failed == 0 {
            // Something did not compile or start.
            self.total.failed = 1;
        }
        self.total
    }

    /// A program that began and never summed up has crashed: one failure more than it told.
    fn close_crashed(&mut self) {
        if let Some(mut crashed) = self.running.take() {
            crashed.failed += 1;
            self.total += crashed;
        }
    }
}

/// `running 12 tests`
fn is_start(line: &str) -> bool {
    line.strip_prefix("running ")
        .and_then(|rest| rest.strip_suffix(" tests").or(rest.strip_suffix(" test")))
        .is_some_and(|number| number.parse::<usize>().is_ok())
}

/// `test result: ok. 5 passed; 0 failed; 1 ignored; …`
fn summary(line: &str) -> Option<Count> {
    let (_, numbers) = line.strip_prefix("test result: ")?.split_once(". ")?;
    let mut count = Count::default();
    for part in numbers.split("; ") {
        let (number, what) = part.split_once(' ')?;
        let number = number.parse().unwrap_or(0);
        match what {
            "passed" => count.passed = number,
            "failed" => count.failed = number,
            "ignored" => count.ignored = number,
            _ => {}
        }
    }
    Some(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(output: &str, succeeded: bool) -> (usize, usize, usize) {
        let mut counter = Counter::default();
        output.lines().for_each(|line| counter.see(line));
        let count = counter.finish(succeeded);
        (count.passed, count.failed, count.ignored)
    }

    const GREEN: &str = "
running 2 tests
test a ... ok
noise test b ... ok
test result: ok. 2 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s
";
    const RED: &str = "
running 3 tests
test a ... ok
test b ... FAILED
failures:
    b
test result: FAILED. 2 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s
";
    const CRASHED: &str = "
running 3 tests
test a ... ok
error: test failed, to rerun pass `-p x`
  process didn't exit successfully: (signal: 6, SIGABRT: process abort signal)
";

    #[test]
    fn adds_up_several_programs() {
        assert_eq!(count(&format!("{GREEN}{RED}"), false), (4, 1, 1));
    }

    #[test]
    fn a_crash_is_a_failure() {
        assert_eq!(count(CRASHED, false), (1, 1, 0));
        assert_eq!(count(&format!("{CRASHED}{GREEN}"), false), (3, 1, 1));
    }

    #[test]
    fn what_does_not_compile_is_a_failure() {
        assert_eq!(count("error: could not compile `x`", false), (0, 1, 0));
        assert_eq!(count(GREEN, false), (2, 1, 1));
        assert_eq!(count(GREEN, true), (2, 0, 1));
    }

    #[test]
    fn those_that_failed_are_named() {
        let output = "
running 3 tests
test pad::a ... FAILED
test pad::b ... FAILED
failures:

---- pad::a stdout ----
console:
    no name
failures:
    nor this

failures:
    pad::a
    pad::b

test result: FAILED. 1 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s
";
        let mut counter = Counter::default();
        output.lines().for_each(|line| counter.see(line));
        GREEN.lines().for_each(|line| counter.see(line));
        let named: Vec<_> = counter.failed().iter().map(String::as_str).collect();
        assert_eq!(named, ["pad::a", "pad::b"]);
    }

    #[test]
    fn words_of_a_test_are_no_start() {
        assert_eq!(count("running some tests", true), (0, 0, 0));
    }
}
