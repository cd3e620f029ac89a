//! `integrity.json`: every page, script, module and style sheet of the bundle with its hash and its purpose.
//!
//! A payment page must have such a list (PCI DSS 4.0, 6.4.3), and what is served can be compared with it (11.6.1).

use anyhow::{Context, Result};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde::Serialize;
use sha2::{Digest as _, Sha384};
use std::{fs, path::Path};
use walkdir::WalkDir;

/// The file's name in the bundle.
pub const FILE: &str = "integrity.json";

/// What a browser runs or applies, by the ends of the files' names.
const KINDS: [(&str, &str); 5] = [
    (".html", "page"),
    (".js", "script"),
    (".mjs", "script"),
    (".wasm", "module"),
    (".css", "style"),
];
/// What files are for, by the ends of their names; the first that fits counts.
const PURPOSES: [(&str, &str); 13] = [
    (
        "index.html",
        "The page: first paint, policy, and the hashes of what is loaded first",
    ),
    (
        "service-worker.js",
        "Keeps the parts of the release for a load without a connection",
    ),
    (
        "boot.js",
        "Loads the first module, checks its hash, shows a failure",
    ),
    ("app.js", "Connects the modules with the browser"),
    (
        "split.js",
        "Loads the modules of screens, checks their hashes",
    ),
    (
        "app_bg.wasm",
        "The first module: start, session, requests, sign-in",
    ),
    (".wasm", "The module of a screen, or a part of such modules"),
    (
        "shop.css",
        "The appearance of the screens after the sign-in",
    ),
    ("boot.css", "The appearance of the first paint"),
    (".css", "The appearance of the first paint and the sign-in"),
    (".js", "Connects a library with the browser"),
    (".mjs", "Connects a library with the browser"),
    (".html", "A page"),
];

#[derive(Debug, Serialize)]
struct Inventory {
    about: &'static str,
    files: Vec<File>,
}

#[derive(Debug, Serialize)]
struct File {
    path: String,
    kind: &'static str,
    bytes: usize,
    integrity: String,
    purpose: &'static str,
}

/// Writes the list into the bundle; to be called when all other files are there.
pub fn write(dist: &Path) -> Result<()> {
    let inventory = Inventory {
        about: "What this bundle lets a browser run or apply. `path` is the address from the root of the host, \
            `integrity` the SHA-384 of the uncompressed file as in an `integrity` attribute.",
        files: files(dist)?,
    };
    let text = serde_json::to_string_pretty(&inventory)? + "\n";
    let path = dist.join(FILE);
    fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))
}

/// The files of a bundle in the order of their addresses.
fn files(dist: &Path) -> Result<Vec<File>> {
    let mut files = Vec::new();
    for entry in WalkDir::new(dist) {
        let entry = entry?;
        let name = entry
            .path()
            .strip_prefix(dist)?
            .to_string_lossy()
            .replace('\\', "/");
        let (Some(kind), Some(purpose)) =
            (found_by_end(&KINDS, &name), found_by_end(&PURPOSES, &name))
        else {
            continue;
        };
        if !entry.file_type().is_file() {
            continue;
        }
        let bytes = fs::read(entry.path())
            .with_context(|| format!("cannot read {}", entry.path().display()))?;
        files.push(File {
            path: format!("/{name}"),
            kind,
            bytes: bytes.len(),
            integrity: format!("sha384-{}", STANDARD.encode(Sha384::digest(&bytes))),
            purpose,
        });
    }
    files.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(files)
}

fn found_by_end(table: &[(&str, &'static str)], name: &str) -> Option<&'static str> {
    let found = table.iter().find(|(end, _)| name.ends_with(end));
    found.map(|(_, value)| *value)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn every_kind_has_a_purpose() {
        for (end, _) in KINDS {
            assert!(
                found_by_end(&PURPOSES, &format!("any{end}")).is_some(),
                "{end}"
            );
        }
    }

    #[test]
    fn whatever_a_browser_runs_is_listed_with_its_hash_and_nothing_else() {
        let dist = std::env::temp_dir().join(format!("inventory-{}", std::process::id()));
        fs::create_dir_all(dist.join("pkg-1/snippets/a")).unwrap();
        for name in [
            "index.html",
            "index.html.br",
            "config.json",
            "sbom.cdx.json",
            "service-worker.js",
            "pkg-1/app.js",
            "pkg-1/app.js.gz",
            "pkg-1/pack_pad.wasm",
            "pkg-1/style.css",
            "pkg-1/snippets/a/inline0.js",
            "pkg-1/parts.json",
        ] {
            fs::write(dist.join(name), "").unwrap();
        }
        let files = files(&dist).unwrap();
        fs::remove_dir_all(dist).unwrap();
        let listed: Vec<_> = files
            .iter()
            .map(|file| (file.path.as_str(), file.kind))
            .collect();
        assert_eq!(
            listed,
            [
                ("/index.html", "page"),
                ("/pkg-1/app.js", "script"),
                ("/pkg-1/pack_pad.wasm", "module"),
                ("/pkg-1/snippets/a/inline0.js", "script"),
                ("/pkg-1/style.css", "style"),
                ("/service-worker.js", "script"),
            ]
        );
        // That of no bytes.
        let expected = "sha384-OLBgp1GsljhM2TJ+sbHjaiH9txEUvgdDTAzHv2P24donTt6/529l+9Ua0vFImLlb";
        assert!(
            files
                .iter()
                .all(|file| file.integrity == expected && file.bytes == 0)
        );
    }
}
