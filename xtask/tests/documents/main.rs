//! The documents are true: their links lead somewhere, their snippets do what the bundle needs, what they name exists.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod accessibility;
mod assumptions;
mod blocks;
mod deploying;
mod links;
mod named;
mod privacy;
mod servers;

use std::{
    fs,
    path::{Path, PathBuf},
};
use walkdir::WalkDir;

fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap().to_path_buf()
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Every file below a folder that ends in `.<extension>`, from the root, with its text.
fn files(folder: &str, extension: &str) -> Vec<(String, String)> {
    WalkDir::new(root().join(folder))
        .sort_by_file_name()
        .into_iter()
        .map(Result::unwrap)
        .filter(|entry| {
            entry
                .path()
                .extension()
                .is_some_and(|found| found == extension)
        })
        .map(|entry| {
            let path = entry.path().strip_prefix(root()).unwrap();
            let path = path.to_string_lossy().replace('\\', "/");
            let text = read(&path);
            (path, text)
        })
        .collect()
}

/// The documents, from the root.
fn documents() -> Vec<(String, String)> {
    let beside = [
        "README.md",
        "ARCHITECTURE.md",
        "CHANGELOG.md",
        "SECURITY.md",
        "sandbox/README.md",
    ];
    let beside = beside.map(|path| (path.to_owned(), read(path)));
    beside.into_iter().chain(files("docs", "md")).collect()
}

/// The rows of the tables of a document, without the lines below their heads, cell by cell.
fn rows(text: &str) -> Vec<Vec<String>> {
    text.lines()
        .filter_map(|line| line.strip_prefix('|')?.strip_suffix('|'))
        .filter(|line| !line.starts_with("---"))
        .map(|line| line.split('|').map(|cell| cell.trim().to_owned()).collect())
        .collect()
}

#[test]
fn the_readme_and_the_map_are_short() {
    for (path, longest) in [("README.md", 8_000), ("ARCHITECTURE.md", 10_000)] {
        let length = read(path).len();
        assert!(
            length <= longest,
            "{path} has {length} bytes; what is more belongs in docs/"
        );
    }
}
