//! What ARCHITECTURE.md promises about the sources, checked on their text.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod circles;
mod dependencies;
mod pieces;
mod policy;
mod status_messages;
mod styles;

use regex::Regex;
use serde_json::Value;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};
use walkdir::WalkDir;

/// Past this, a file surely holds two things.
const LONGEST_FILE: usize = 600;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap()
        .to_path_buf()
}

struct Source {
    /// From the root, with `/`.
    path: String,
    text: String,
    /// Without comments: an explanation may name what the code must not use.
    code: String,
}

/// All files below some folders that end in `.<extension>`.
fn sources(folders: &[&str], extension: &str) -> Vec<Source> {
    let root = root();
    let mut sources = Vec::new();
    for folder in folders {
        for entry in WalkDir::new(root.join(folder)).sort_by_file_name() {
            let Ok(entry) = entry else { continue };
            if entry
                .path()
                .extension()
                .is_some_and(|found| found == extension)
            {
                let text = fs::read_to_string(entry.path()).unwrap();
                let path = entry.path().strip_prefix(&root).unwrap();
                sources.push(Source {
                    path: path.to_string_lossy().replace('\\', "/"),
                    code: without_comments(&text),
                    text,
                });
            }
        }
    }
    sources
}

fn without_comments(text: &str) -> String {
    let lines = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

const ALL: [&str; 6] = ["src", "tests", "domain", "wire", "sandbox", "xtask"];

/// Fails with every place in which a file uses what it must not.
#[track_caller]
fn forbid(folders: &[&str], pattern: &str, allowed: &[&str], why: &str) {
    let pattern = Regex::new(pattern).unwrap();
    let mut found = Vec::new();
    for source in sources(folders, "rs") {
        if allowed
            .iter()
            .any(|allowed| source.path.starts_with(allowed))
        {
            continue;
        }
        for hit in pattern.find_iter(&source.code) {
            found.push(format!("{}: {}", source.path, hit.as_str()));
        }
    }
    assert!(found.is_empty(), "{why}:\n{}", found.join("\n"));
}

/// Every file opens with what it is.
#[test]
fn every_file_opens_with_what_it_is() {
    let silent: Vec<_> = sources(&ALL, "rs")
        .into_iter()
        .filter(|source| !source.text.starts_with("//! "))
        .map(|source| source.path)
        .collect();
    assert!(
        silent.is_empty(),
        "these do not open with `//!`: {silent:#?}"
    );
}

/// No file has more than 600 lines.
#[test]
fn no_file_is_too_long() {
    let long: Vec<_> = sources(&ALL, "rs")
        .into_iter()
        .filter(|source| source.text.lines().count() > LONGEST_FILE)
        .map(|source| format!("{}: {} lines", source.path, source.text.lines().count()))
        .collect();
    assert!(
        long.is_empty(),
        "longer than {LONGEST_FILE} lines: {long:#?}"
    );
}

/// Nothing is left to do later.
#[test]
fn nothing_is_left_to_do_later() {
    // Put together, so that this line does not find itself.
    let marks = Regex::new(&format!(r"\b({}|{}|{})\b", "TO\x44O", "FIX\x4dE", "XX\x58")).unwrap();
    let mut found = Vec::new();
    for extension in ["rs", "js", "css", "toml", "html"] {
        for source in sources(
            &[
                "src", "tests", "domain", "wire", "sandbox", "xtask", "style", "boot",
            ],
            extension,
        ) {
            for (number, line) in source.text.lines().enumerate() {
                if marks.is_match(line) {
                    found.push(format!("{}:{}: {line}", source.path, number + 1));
                }
            }
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// Only `api` makes requests, of the Rust code.
#[test]
fn only_the_api_speaks_http() {
    forbid(
        &["src"],
        r"\b(gloo_net|fetch::|fetch_with_\w+|XmlHttpRequest|RequestInit|WebSocket|EventSource|send_beacon\w*)\b",
        &["src/api", "src/browser/fetch.rs", "src/simulation"],
        "only src/api makes requests",
    );
}

/// Every handler of keys leaves those of an input method alone.
#[test]
fn every_handler_of_keys_asks_whether_text_is_composed() {
    forbid(
        &[
            "src/components",
            "src/frame",
            "src/routes",
            "src/lazy_page.rs",
        ],
        r"\bevent\.key\(\)|\.is_composing\(|\.key_code\(|ev::key(up|press)\b|on:key(up|press)\b",
        &[],
        "browser::keys::pressed tells which key was pressed, and none while an input method has it",
    );
}

/// `api` knows no signals.
#[test]
fn an_api_knows_no_signals() {
    forbid(
        &["src/api"],
        r"\b(leptos|reactive_graph|RwSignal|ReadSignal|WriteSignal|LocalResource)\b",
        &[],
        "only src/state turns answers into signals",
    );
}

/// Every style sheet is imported once.
#[test]
fn every_style_sheet_is_imported_once() {
    let root = root();
    let indexes = ["index.css", "shop.css"];
    let read = |name: &str| fs::read_to_string(root.join("style").join(name)).expect(name);
    let imports = indexes.map(read).concat();
    for source in sources(&["style"], "css") {
        let name = source.path.trim_start_matches("style/");
        if !indexes.contains(&name) {
            let import =
                Regex::new(&format!(r#"@import[^;]*\b{}["']"#, regex::escape(name))).unwrap();
            assert_eq!(
                import.find_iter(&imports).count(),
                1,
                "{name} in style/index.css or style/shop.css"
            );
        }
    }
}

type Catalog = BTreeMap<String, String>;

/// The parts of the message catalogues by language and part; every message by its key, nested keys
/// joined by dots.
fn parts() -> BTreeMap<(String, String), Catalog> {
    let read = |source: Source| {
        let value: Value = serde_json::from_str(&source.text).expect(&source.path);
        let mut catalog = Catalog::new();
        flatten("", &value, &mut catalog);
        let name = source.path.trim_start_matches("locales/");
        let (language, part) = name.split_once('/').expect(&source.path);
        ((language.to_owned(), part.to_owned()), catalog)
    };
    sources(&["locales"], "json")
        .into_iter()
        .map(read)
        .collect()
}

/// The message catalogues by language.
fn catalogs() -> BTreeMap<String, Catalog> {
    let mut found: BTreeMap<String, Catalog> = BTreeMap::new();
    for ((language, part), messages) in parts() {
        let catalog = found.entry(language).or_default();
        for (key, text) in messages {
            let twice = catalog.insert(key.clone(), text).is_some();
            assert!(!twice, "{key} of {part} is in another part, too");
        }
    }
    assert!(found.len() >= 2, "locales/ holds {} languages", found.len());
    found
}

fn flatten(prefix: &str, value: &Value, into: &mut Catalog) {
    match value {
        Value::Object(entries) => {
            for (name, value) in entries {
                let key = if prefix.is_empty() {
                    name.clone()
                } else {
                    format!("{prefix}.{name}")
                };
                flatten(&key, value, into);
            }
        }
        Value::String(text) => {
            into.insert(prefix.to_owned(), text.clone());
        }
        other => panic!("{prefix} is {other}, not a text"),
    }
}

/// `cart.lines.one` → `cart.lines`: the forms of a plural are one message.
fn message(key: &str) -> &str {
    let forms = [".zero", ".one", ".two", ".few", ".many", ".other"];
    forms
        .iter()
        .find_map(|form| key.strip_suffix(form))
        .unwrap_or(key)
}

/// The message keys named in the sources.
fn used_keys() -> BTreeMap<String, String> {
    let call = Regex::new(r#"\b(?:text|text_with|plural)\(\s*"([^"]+)""#).unwrap();
    let mut used = BTreeMap::new();
    for source in sources(&["src", "domain/src"], "rs") {
        // Its `text("…")` reads a setting.
        if source.path == "src/config.rs" {
            continue;
        }
        for found in call.captures_iter(&source.code) {
            used.insert(found[1].to_owned(), source.path.clone());
        }
    }
    used
}

/// Every message that is used exists in every language.
#[test]
fn every_message_used_is_in_every_language() {
    let mut missing = Vec::new();
    for (language, catalog) in catalogs() {
        let known: BTreeSet<_> = catalog.keys().map(|key| message(key)).collect();
        for (key, path) in used_keys() {
            if !known.contains(key.as_str()) && !catalog.contains_key(&key) {
                missing.push(format!("{language}: {key} (used in {path})"));
            }
        }
    }
    assert!(
        missing.is_empty(),
        "missing messages:\n{}",
        missing.join("\n")
    );
}

/// No message is unused.
#[test]
fn no_message_is_unused() {
    // A key may also stand in a table or a match: any literal of the sources counts.
    let code: String = sources(&["src", "domain/src"], "rs")
        .into_iter()
        .map(|source| source.code)
        .collect();
    let mut unused = BTreeSet::new();
    for catalog in catalogs().values() {
        for key in catalog.keys() {
            let named = |key: &str| code.contains(&format!("\"{key}\""));
            if !named(key) && !named(message(key)) {
                unused.insert(key.clone());
            }
        }
    }
    assert!(unused.is_empty(), "unused messages: {unused:#?}");
}

/// What can speak before the words of a signed-in buyer's screens are there.
const FIRST_TO_SPEAK: [&str; 7] = [
    "src/api/problem.rs",
    "src/app.rs",
    "src/components/failed.rs",
    "src/config.rs",
    "src/frame/mod.rs",
    "src/lazy_page.rs",
    "src/routes/sign_in.rs",
];

#[test]
fn the_first_part_of_a_catalogue_holds_what_the_first_module_says() {
    let code: String = sources(&["src"], "rs")
        .into_iter()
        .filter(|source| FIRST_TO_SPEAK.contains(&source.path.as_str()))
        .map(|source| source.code)
        .collect();
    let mut wrong = BTreeSet::new();
    for ((_, part), catalog) in parts() {
        for key in catalog.keys().map(|key| message(key)) {
            if code.contains(&format!("\"{key}\"")) != (part == "first.json") {
                wrong.insert(format!("{key} in {part}"));
            }
        }
    }
    assert!(wrong.is_empty(), "in the wrong part: {wrong:#?}");
}

/// The blanks of a message agree in all languages.
#[test]
fn languages_have_the_same_messages_with_the_same_blanks() {
    let blank = Regex::new(r"\{\w+\}").unwrap();
    let blanks = |catalog: &Catalog| {
        let mut blanks: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (key, text) in catalog {
            let found = blank.find_iter(text).map(|found| found.as_str().to_owned());
            // Languages differ in their plural forms, and "one" may spell the number out.
            blanks
                .entry(message(key).to_owned())
                .or_default()
                .extend(found);
        }
        blanks
    };
    let catalogs = catalogs();
    let mut languages = catalogs.iter();
    let (first_name, first) = languages.next().expect("a language");
    for (name, catalog) in languages {
        let (one, other) = (blanks(first), blanks(catalog));
        for key in one.keys().chain(other.keys()) {
            assert_eq!(
                one.get(key),
                other.get(key),
                "{key} in {first_name} and {name}"
            );
        }
    }
}
