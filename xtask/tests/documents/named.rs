//! The tests that the documents name as a proof exist.

use super::{files, read, root};
use regex::Regex;
use std::collections::BTreeSet;

/// The names of all functions of the repository.
fn functions() -> BTreeSet<String> {
    let function = Regex::new(r"\bfn (\w+)").unwrap();
    let folders = ["src", "tests", "domain", "wire", "sandbox", "xtask"];
    let sources = folders.iter().flat_map(|folder| files(folder, "rs"));
    let mut names = BTreeSet::new();
    for (_, text) in sources {
        names.extend(
            function
                .captures_iter(&text)
                .map(|found| found[1].to_owned()),
        );
    }
    names
}

/// The map and what lies in `docs/`, with their paths.
fn map_and_docs() -> Vec<(String, String)> {
    let map = ("ARCHITECTURE.md".to_owned(), read("ARCHITECTURE.md"));
    std::iter::once(map).chain(files("docs", "md")).collect()
}

/// The tests that `ARCHITECTURE.md` and `docs/` name exist.
#[test]
fn every_test_that_the_map_names_exists() {
    // Three words or more: that is how tests are called here, and nothing else that documents name.
    let name = Regex::new(r"`([a-z0-9]+(?:_[a-z0-9]+){2,})`").unwrap();
    let functions = functions();
    let mut named = BTreeSet::new();
    let mut missing = Vec::new();
    for (path, text) in map_and_docs() {
        for found in name.captures_iter(&text) {
            if !functions.contains(&found[1]) {
                missing.push(format!("{path}: {}", &found[1]));
            }
            named.insert(found[1].to_owned());
        }
    }
    assert!(named.len() >= 20, "only {} are named", named.len());
    assert!(missing.is_empty(), "{missing:#?}");
}

/// The files and folders that `ARCHITECTURE.md` and `docs/` name exist.
#[test]
fn every_file_that_the_map_names_exists() {
    let path_of_source = Regex::new(
        r"`((?:src|domain|wire|sandbox|xtask|tests|boot|public|style|locales|routes|state|components|frame|browser)/[\w./-]*)`",
    )
    .unwrap();
    let mut count = 0;
    let mut missing = Vec::new();
    for (document, text) in map_and_docs() {
        for found in path_of_source.captures_iter(&text) {
            count += 1;
            let path = &found[1];
            // Documents leave `src/` out where the column says enough.
            if !root().join(path).exists() && !root().join("src").join(path).exists() {
                missing.push(format!("{document}: {path}"));
            }
        }
    }
    assert!(count > 150, "only {count} are named");
    assert!(missing.is_empty(), "{missing:#?}");
}

/// The browser tests that a text names as `file::test`, and those of them that are not there.
pub(crate) fn browser_tests(text: &str) -> (usize, Vec<String>) {
    let name = Regex::new(r"`((?:[a-z_]+::)+)([a-z0-9_]+)`").unwrap();
    let sources = files("tests/browser", "rs");
    let mut missing = Vec::new();
    let mut count = 0;
    for found in name.captures_iter(text) {
        count += 1;
        let file = found[1].trim_end_matches("::").replace("::", "/");
        let source = sources
            .iter()
            .find(|(path, _)| *path == format!("tests/browser/{file}.rs"));
        let is_there =
            source.is_some_and(|(_, text)| text.contains(&format!("fn {}()", &found[2])));
        if !is_there {
            missing.push(found[0].to_owned());
        }
    }
    (count, missing)
}

#[test]
fn a_test_that_is_not_there_is_noticed() {
    let (count, missing) = browser_tests(
        "`keyboard::axe_finds_nothing` `keyboard::no_such_test` `no_file::axe_finds_nothing`",
    );
    assert_eq!(count, 3);
    assert_eq!(
        missing,
        ["`keyboard::no_such_test`", "`no_file::axe_finds_nothing`"]
    );
}
