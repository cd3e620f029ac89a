//! `docs/assumptions.md` lists every file that decides what the API's documents leave open, and no other.

use super::{files, read, rows};
use regex::Regex;
use std::collections::BTreeSet;

/// Every `Assumption:` is listed, and whatever is listed is marked so.
#[test]
fn every_assumption_is_listed() {
    let marked: BTreeSet<String> = ["src", "domain", "wire"]
        .into_iter()
        .flat_map(|folder| files(folder, "rs"))
        .filter(|(_, text)| text.contains("Assumption:"))
        .map(|(path, _)| path)
        .collect();
    let file = Regex::new(r"`([\w/]+\.rs)`").unwrap();
    let listed: BTreeSet<String> = rows(&read("docs/assumptions.md"))
        .iter()
        .flat_map(|row| file.captures_iter(&row[0]))
        .map(|found| found[1].to_owned())
        .collect();
    assert!(marked.len() > 20, "{marked:?}");
    assert_eq!(marked, listed);
}
