//! `licences.txt`: the crates of the bundle with their licences, and the texts of those licences.
//!
//! Most licences ask that their text goes wherever the software goes. A text that many crates share stands there once.

use super::crates::{BundleCrate, Origin};
use anyhow::{Context, Result};
use regex::Regex;
use std::{
    collections::HashMap,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};
use walkdir::WalkDir;

/// The file's name in the bundle.
pub const FILE: &str = "licences.txt";

/// The licence that most crates without a text of their own are under.
const MIT: &str = include_str!("mit.txt");
/// Stands in [`MIT`] where the owners of the copyright go.
const OWNERS: &str = "<copyright holders>";

/// Writes the list into the bundle.
pub fn write(crates: &[BundleCrate], rust: &str, dist: &Path) -> Result<()> {
    let list = List::of(crates, rust)?;
    let path = dist.join(FILE);
    fs::write(&path, list.text()).with_context(|| format!("cannot write {}", path.display()))
}

/// The crates and the texts of their licences.
#[derive(Debug, Clone, Default)]
pub struct List {
    entries: Vec<Entry>,
    texts: Vec<String>,
    /// Where a text stands, by its words: two copies often differ in their line breaks only.
    places: HashMap<String, usize>,
}

#[derive(Debug, Clone)]
struct Entry {
    title: String,
    licence: String,
    repository: Option<String>,
    texts: Vec<usize>,
}

impl List {
    /// Reads the licences of all crates but the repository's own, and those of the standard library of a version of Rust.
    pub fn of(crates: &[BundleCrate], rust: &str) -> Result<Self> {
        let mut list = Self::default();
        list.add(
            format!("rust-std {rust}"),
            "MIT OR Apache-2.0".to_owned(),
            Some("https://github.com/rust-lang/rust".to_owned()),
            vec![MIT.replace(OWNERS, "The Rust Project contributors")],
        );
        for found in crates.iter().filter(|found| found.origin != Origin::Own) {
            list.add(
                format!("{} {}", found.id.name, found.id.version),
                found
                    .licence
                    .clone()
                    .unwrap_or_else(|| "see the text".to_owned()),
                found.repository.clone(),
                texts_of(found)?,
            );
        }
        Ok(list)
    }

    fn add(
        &mut self,
        title: String,
        licence: String,
        repository: Option<String>,
        texts: Vec<String>,
    ) {
        let texts = texts.into_iter().map(|text| self.place(text)).collect();
        self.entries.push(Entry {
            title,
            licence,
            repository,
            texts,
        });
    }

    fn place(&mut self, text: String) -> usize {
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        *self.places.entry(words).or_insert_with(|| {
            self.texts.push(text);
            self.texts.len()
        })
    }

    /// The crates whose licence is known by its name only.
    pub fn without_text(&self) -> Vec<&str> {
        self.entries
            .iter()
            .filter(|entry| entry.texts.is_empty())
            .map(|entry| entry.title.as_str())
            .collect()
    }

    /// The list as it goes into the bundle.
    pub fn text(&self) -> String {
        let mut text = String::from(
            "Software of others in this bundle, and its licences\n\n\
             Each line names a crate, its version, its licence as an SPDX expression, where it is developed,\n\
             and the numbers of the licence texts below.\n\n",
        );
        // Writing to a string cannot fail.
        for entry in &self.entries {
            let _ = write!(text, "{} | {}", entry.title, entry.licence);
            if let Some(repository) = &entry.repository {
                let _ = write!(text, " | {repository}");
            }
            let numbers: Vec<String> = entry
                .texts
                .iter()
                .map(|place| format!("[{place}]"))
                .collect();
            let _ = writeln!(text, " | {}", numbers.join(" "));
        }
        for (index, licence) in self.texts.iter().enumerate() {
            let _ = write!(text, "\n\n[{}] {}\n\n{licence}", index + 1, "-".repeat(72));
        }
        text.push('\n');
        text
    }
}

/// The licence texts that come with a crate; where none does and its licence allows MIT, that text.
fn texts_of(found: &BundleCrate) -> Result<Vec<String>> {
    let mut texts = Vec::new();
    for path in licence_files(&found.folder)? {
        let bytes = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        texts.push(tidy(&String::from_utf8_lossy(&bytes)));
    }
    if texts.is_empty() && found.licence.as_deref().is_some_and(allows_mit) {
        let owners = if found.authors.is_empty() {
            format!("the authors of {}", found.id.name)
        } else {
            found.authors.join(", ")
        };
        texts.push(MIT.replace(OWNERS, &owners));
    }
    Ok(texts)
}

/// Whether nothing but the terms of MIT need be kept.
fn allows_mit(licence: &str) -> bool {
    !licence.contains("AND") && licence.split(" OR ").any(|one| one.trim() == "MIT")
}

/// The files that by their names hold a licence, beside the manifest or in a folder for them, in the order of their names.
fn licence_files(folder: &Path) -> Result<Vec<PathBuf>> {
    let form = Regex::new(r"(?i)^(licen[cs]es?|copying|copyright|notice|unlicense)([-._].*)?$")?;
    let is_one = |path: &Path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        form.is_match(&name)
    };
    let mut files = Vec::new();
    for entry in WalkDir::new(folder).max_depth(2).sort_by_file_name() {
        let entry = entry?;
        let outer = entry.path().parent().unwrap_or(folder);
        let counts = is_one(entry.path()) && outer == folder || outer != folder && is_one(outer);
        let is_source = entry.path().extension().is_some_and(|name| name == "rs");
        if entry.file_type().is_file() && counts && !is_source {
            files.push(entry.into_path());
        }
    }
    Ok(files)
}

/// The text with the line ends of this list and without spaces at them.
fn tidy(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    lines.join("\n").trim_matches('\n').to_owned()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::dist::crates::Id;
    use std::collections::BTreeSet;

    fn example(name: &str, licence: &str, folder: &Path) -> BundleCrate {
        BundleCrate {
            id: Id {
                name: name.to_owned(),
                version: "1.0.0".to_owned(),
            },
            origin: Origin::Registry,
            licence: Some(licence.to_owned()),
            authors: vec!["A. Uthor".to_owned()],
            repository: None,
            checksum: None,
            folder: folder.to_path_buf(),
            uses: BTreeSet::new(),
        }
    }

    fn folder(name: &str, files: &[(&str, &str)]) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("licences-{}-{name}", std::process::id()));
        for (file, text) in files {
            let path = folder.join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        folder
    }

    #[test]
    fn a_text_that_two_crates_share_stands_there_once() {
        let one = folder(
            "one",
            &[
                ("LICENSE-MIT", "Do as you like.\r\n"),
                ("src/license.rs", "code"),
            ],
        );
        let two = folder(
            "two",
            &[
                ("LICENSES/MIT.txt", "Do as you\nlike."),
                ("NOTICE", "By two."),
            ],
        );
        let crates = [example("one", "MIT", &one), example("two", "Zlib", &two)];
        let list = List::of(&crates, "1.99.1").unwrap();
        for made in [one, two] {
            fs::remove_dir_all(made).unwrap();
        }
        let text = list.text();
        assert!(text.contains("\none 1.0.0 | MIT | [2]\n"), "{text}");
        assert!(text.contains("\ntwo 1.0.0 | Zlib | [2] [3]\n"), "{text}");
        assert_eq!(text.matches("Do as you like.").count(), 1);
        assert!(!text.contains("code") && !text.contains('\r'));
        assert_eq!(list.without_text().len(), 0);
    }

    #[test]
    fn a_crate_without_a_text_gets_that_of_mit_only_where_its_licence_allows_it() {
        let none = folder("none", &[("Cargo.toml", "")]);
        let crates = [
            example("a", "MIT OR Apache-2.0", &none),
            example("b", "(MIT OR Apache-2.0) AND Unicode-3.0", &none),
        ];
        let list = List::of(&crates, "1.99.1").unwrap();
        fs::remove_dir_all(none).unwrap();
        assert!(list.text().contains("Copyright (c) A. Uthor"));
        assert_eq!(list.without_text(), ["b 1.0.0"]);
    }
}
