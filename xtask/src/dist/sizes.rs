//! The size table: every file, and all that a first visit of a screen loads.

use super::{
    bundle::Manifest,
    compress::{beside, is_copy},
    packs::FRAME,
};
use crate::{progress::say, workspace::Workspace};
use anyhow::{Context, Result};
use serde::Serialize;
use std::{collections::BTreeSet, fs, path::Path};
use walkdir::WalkDir;

/// What everything up to a working sign-in may weigh, in bytes after brotli.
const SIGN_IN_BUDGET: u64 = 140_000;
/// The same for a working catalogue.
const CATALOG_BUDGET: u64 = 185_000;
/// The same for a working quick order.
const PAD_BUDGET: u64 = 195_000;
/// Split parts that no screen's first visit consists of: the frame, and the reader of Excel workbooks, which comes when
/// one is chosen.
const NO_SCREENS: [&str; 2] = [FRAME, "workbook"];
/// What no browser loads, though it lies in the bundle.
const NEVER_LOADED: [&str; 1] = ["config.schema.json"];
/// The screens with a budget, by the name of their split part: they stand right below the sign-in.
const BUDGETS: [(&str, u64); 2] = [("catalog", CATALOG_BUDGET), ("pad", PAD_BUDGET)];
/// The modules whose screens have words of their own, and the parts of the message catalogue they are in.
const WORDS: [(&str, &[&str]); 6] = [
    ("home", &["home"]),
    ("pad", &["quick"]),
    ("product", &["browse", "palette"]),
    ("ordering", &["cart"]),
    ("portal", &["orders", "lists", "assist"]),
    ("billing", &["invoices", "account", "documents"]),
];

/// Bytes as they are, and as they travel.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
struct Weight {
    raw: u64,
    gzip: u64,
    brotli: u64,
}

impl Weight {
    fn plus(self, other: Self) -> Self {
        Self {
            raw: self.raw + other.raw,
            gzip: self.gzip + other.gzip,
            brotli: self.brotli + other.brotli,
        }
    }
}

#[derive(Debug, Clone, Serialize)]
struct File {
    path: String,
    #[serde(flatten)]
    weight: Weight,
}

#[derive(Debug, Serialize)]
struct Screen {
    name: String,
    #[serde(flatten)]
    weight: Weight,
    #[serde(skip_serializing_if = "Option::is_none")]
    budget: Option<u64>,
}

#[derive(Debug, Serialize)]
struct Report {
    files: Vec<File>,
    screens: Vec<Screen>,
}

/// Prints the table and writes it to `target/sizes.json`.
pub(super) fn report(workspace: &Workspace, dist: &Path, manifest: &Manifest) -> Result<()> {
    let files = weighed(dist)?;
    let screens = screens(&files, manifest);
    let report = Report { files, screens };
    say(&table(&report));
    let path = workspace.target().join("sizes.json");
    fs::write(&path, serde_json::to_vec_pretty(&report)?)
        .with_context(|| format!("cannot write {}", path.display()))
}

fn weighed(dist: &Path) -> Result<Vec<File>> {
    let mut files = Vec::new();
    for entry in WalkDir::new(dist).sort_by_file_name() {
        let entry = entry?;
        let path = entry.path();
        if !entry.file_type().is_file() || is_copy(path) {
            continue;
        }
        let raw = entry.metadata()?.len();
        let size = |extension| fs::metadata(beside(path, extension)).map_or(raw, |file| file.len());
        files.push(File {
            path: path
                .strip_prefix(dist)?
                .to_string_lossy()
                .replace('\\', "/"),
            weight: Weight {
                raw,
                gzip: size("gz"),
                brotli: size("br"),
            },
        });
    }
    Ok(files)
}

/// What the first visit of each screen loads, from an empty cache.
fn screens(files: &[File], manifest: &Manifest) -> Vec<Screen> {
    let inside = |name: &str| format!("{}/{name}", manifest.folder);
    let mut first: BTreeSet<String> = [
        "index.html",
        "config.json",
        "favicon.svg",
        "service-worker.js",
    ]
    .map(str::to_owned)
    .into();
    for name in ["style.css", "boot.js", "app.js", "split.js", "app_bg.wasm"] {
        first.insert(inside(name));
    }
    for file in files {
        if file.path.starts_with(&inside("snippets/")) {
            first.insert(file.path.clone());
        }
    }
    first.extend(largest(files, "first"));

    let mut screens = vec![Screen {
        name: "working sign-in".to_owned(),
        weight: sum(files, &first),
        budget: Some(SIGN_IN_BUDGET),
    }];
    let frame = manifest.pages.get(FRAME).into_iter().flatten();
    let mut signed_in: BTreeSet<String> = frame.map(|name| inside(name)).chain(first).collect();
    signed_in.insert(inside("shop.css"));
    signed_in.extend(largest(files, "shop"));
    let budget_of = |page: &str| BUDGETS.iter().find(|(name, _)| *name == page);
    let mut pages: Vec<_> = manifest.pages.iter().collect();
    pages.retain(|(page, _)| !NO_SCREENS.contains(&page.as_str()));
    pages.sort_by_key(|(page, _)| budget_of(page).is_none());
    for (page, modules) in pages {
        let mut needed = signed_in.clone();
        needed.extend(modules.iter().map(|name| inside(name)));
        // A first visit loads the words of one screen; the largest stands for all.
        let words = WORDS.iter().find(|(module, _)| module == page);
        let words = words.into_iter().flat_map(|(_, parts)| *parts);
        let heaviest = words
            .filter_map(|part| largest(files, part))
            .max_by_key(|path| sum(files, &[path.clone()].into()).brotli);
        needed.extend(heaviest);
        screens.push(Screen {
            name: format!("working {}", page.replace('_', " ")),
            weight: sum(files, &needed),
            budget: budget_of(page).map(|(_, budget)| *budget),
        });
    }
    let is_loaded = |path: &&String| !NEVER_LOADED.contains(&path.as_str());
    let all = files.iter().map(|file| &file.path).filter(is_loaded);
    let all = all.cloned().collect();
    screens.push(Screen {
        name: "whole bundle".to_owned(),
        weight: sum(files, &all),
        budget: None,
    });
    screens
}

/// A part of the message catalogue; one language is loaded, and the largest stands for all.
fn largest(files: &[File], part: &str) -> Option<String> {
    let name = format!("/{part}.json");
    let parts = files
        .iter()
        .filter(|file| file.path.contains("/locales/") && file.path.ends_with(&name));
    let largest = parts.max_by_key(|file| file.weight.brotli)?;
    Some(largest.path.clone())
}

fn sum(files: &[File], chosen: &BTreeSet<String>) -> Weight {
    files
        .iter()
        .filter(|file| chosen.contains(&file.path))
        .fold(Weight::default(), |sum, file| sum.plus(file.weight))
}

fn table(report: &Report) -> String {
    let names = report.files.iter().map(|file| file.path.len());
    let width = names.chain([28]).max().unwrap_or_default();
    let mut text = format!(
        "\n{:width$} {:>10} {:>9} {:>9}\n",
        "file", "raw", "gzip", "brotli"
    );
    let row = |name: &str, weight: Weight, note: &str| {
        format!(
            "{name:width$} {:>10} {:>9} {:>9}{note}\n",
            grouped(weight.raw),
            grouped(weight.gzip),
            grouped(weight.brotli)
        )
    };
    for file in &report.files {
        text.push_str(&row(&file.path, file.weight, ""));
    }
    text.push_str("\nall that a first visit loads, from an empty cache\n");
    for screen in &report.screens {
        let note = screen.budget.map_or_else(String::new, |budget| {
            let verdict = if screen.weight.brotli <= budget {
                "ok"
            } else {
                "OVER"
            };
            format!("  of {}: {verdict}", grouped(budget))
        });
        text.push_str(&row(&screen.name, screen.weight, &note));
    }
    text
}

/// `12345` → `12,345`.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn file(path: &str, brotli: u64) -> File {
        File {
            path: path.to_owned(),
            weight: Weight {
                raw: brotli * 3,
                gzip: brotli * 2,
                brotli,
            },
        }
    }

    fn example() -> (Vec<File>, Manifest) {
        let files = vec![
            file("_headers", 5),
            file("config.json", 10),
            file("config.schema.json", 1_500),
            file("index.html", 1_000),
            file("pkg-1/app.js", 8_000),
            file("pkg-1/app_bg.wasm", 120_000),
            file("pkg-1/chunk.wasm", 20_000),
            file("pkg-1/frame.wasm", 500),
            file("pkg-1/orders.wasm", 7),
            file("pkg-1/locales/de/first.json", 3_000),
            file("pkg-1/locales/de/shop.json", 300),
            file("pkg-1/locales/en/first.json", 2_000),
            file("pkg-1/locales/en/shop.json", 200),
        ];
        let page = |name: &str, file: &str| (name.to_owned(), vec![file.to_owned()]);
        let pages = [
            page(FRAME, "frame.wasm"),
            page("catalog", "chunk.wasm"),
            page("a_list", "orders.wasm"),
        ];
        let manifest = Manifest {
            folder: "pkg-1".to_owned(),
            pages: pages.into(),
        };
        (files, manifest)
    }

    #[test]
    fn a_screen_weighs_what_its_first_visit_loads() {
        let (files, manifest) = example();
        let screens = screens(&files, &manifest);
        let weights: Vec<_> = screens
            .iter()
            .map(|screen| (screen.name.as_str(), screen.weight.brotli))
            .collect();
        assert_eq!(
            weights,
            [
                ("working sign-in", 132_010),
                ("working catalog", 152_810),
                ("working a list", 132_817),
                ("whole bundle", 155_022),
            ]
        );
    }

    #[test]
    fn the_table_names_budgets_and_verdicts() {
        let (files, manifest) = example();
        let screens = screens(&files, &manifest);
        let text = table(&Report { files, screens });
        assert!(text.contains("132,010  of 140,000: ok"), "{text}");
        assert!(text.contains("152,810  of 185,000: ok"), "{text}");
    }

    #[test]
    fn groups_digits() {
        assert_eq!(grouped(0), "0");
        assert_eq!(grouped(999), "999");
        assert_eq!(grouped(1_234_567), "1,234,567");
    }
}
