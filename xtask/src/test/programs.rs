//! The test programs of the workspace, all compiled with one and the same set of features: so that nothing is compiled
//! twice, neither for the tests without a browser nor for those with one.

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use std::{collections::BTreeSet, process::Command};

/// The program of the browser tests.
const BROWSER: &str = "browser";

/// The words of a `cargo test` for this part of the programs.
pub(super) fn words(more: &[&str]) -> Vec<String> {
    let all = ["test", "--workspace", "--features", "browser-tests"];
    all.iter().chain(more).map(ToString::to_string).collect()
}

/// Those of the tests in a browser.
pub(super) fn browser() -> Vec<String> {
    words(&["--test", BROWSER])
}

/// Those of all tests that need no browser but the examples in documents: cargo runs only one or the other.
pub(super) fn native(metadata: &str) -> Result<Vec<String>> {
    let mut words = words(&["--no-fail-fast", "--lib", "--bins"]);
    for name in integration_tests(metadata)? {
        if name != BROWSER {
            words.extend(["--test".to_owned(), name]);
        }
    }
    Ok(words)
}

/// Those of the examples in documents.
pub(super) fn examples() -> Vec<String> {
    words(&["--no-fail-fast", "--doc"])
}

/// The names of all integration tests, by what `cargo metadata --no-deps` says.
fn integration_tests(metadata: &str) -> Result<BTreeSet<String>> {
    #[derive(Deserialize)]
    struct Metadata {
        packages: Vec<Package>,
    }
    #[derive(Deserialize)]
    struct Package {
        targets: Vec<Target>,
    }
    #[derive(Deserialize)]
    struct Target {
        name: String,
        kind: Vec<String>,
    }
    let metadata: Metadata = serde_json::from_str(metadata).context("cargo's metadata")?;
    let targets = metadata.packages.into_iter().flat_map(|it| it.targets);
    let tests = targets.filter(|target| target.kind.iter().any(|kind| kind == "test"));
    Ok(tests.map(|target| target.name).collect())
}

/// The names of all tests that `cargo` (a `cargo test` with words of its own) would run.
pub(super) fn names(mut cargo: Command) -> Result<BTreeSet<String>> {
    cargo.args(["--", "--list", "--format", "terse"]);
    let output = cargo.output().context("cargo does not start")?;
    if !output.status.success() {
        bail!("{}", String::from_utf8_lossy(&output.stderr));
    }
    Ok(listed(&String::from_utf8_lossy(&output.stdout)))
}

fn listed(output: &str) -> BTreeSet<String> {
    let names = output
        .lines()
        .filter_map(|line| line.strip_suffix(": test"));
    names.map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::{command, workspace::Workspace};

    fn metadata() -> String {
        let workspace = Workspace::current().unwrap();
        let mut cargo = command::cargo();
        cargo
            .args([
                "metadata",
                "--no-deps",
                "--offline",
                "--format-version",
                "1",
            ])
            .current_dir(workspace.root());
        String::from_utf8(cargo.output().unwrap().stdout).unwrap()
    }

    /// Every test program is run, once.
    #[test]
    fn every_integration_test_is_run_once() {
        let all = integration_tests(&metadata()).unwrap();
        assert!(all.contains("browser") && all.contains("api") && all.contains("invariants"));
        let native = native(&metadata()).unwrap();
        let mut run: Vec<_> = native
            .windows(2)
            .filter(|pair| pair[0] == "--test")
            .map(|pair| pair[1].clone())
            .collect();
        assert!(!run.contains(&"browser".to_owned()));
        run.push("browser".to_owned());
        run.sort();
        assert_eq!(run, all.into_iter().collect::<Vec<_>>());
    }

    #[test]
    fn everything_is_compiled_with_the_same_features() {
        let compiled = words(&[]);
        for part in [native(&metadata()).unwrap(), browser(), examples()] {
            assert_eq!(part[..compiled.len()], compiled);
            assert!(
                !part[compiled.len()..]
                    .iter()
                    .any(|word| word.contains("features"))
            );
        }
    }

    #[test]
    fn names_are_read_from_the_list() {
        let output = "tests::a: test\nb: benchmark\nsandbox/src/lib.rs - (line 7): test\n\n";
        let names: Vec<_> = listed(output).into_iter().collect();
        assert_eq!(names, ["sandbox/src/lib.rs - (line 7)", "tests::a"]);
    }
}
