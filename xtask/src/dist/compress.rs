//! Writes `.br` and `.gz` beside what gains by it, at the highest level: it is done once, not per visitor.

use super::{Site, batch::Script, known::Known};
use crate::setup::BuildTools;
use anyhow::{Context, Result};
use std::{
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
};
use walkdir::WalkDir;

/// The compressed forms, by the ending that a file's copy gets.
pub(super) const FORMS: [&str; 2] = ["br", "gz"];
/// Node's own brotli takes half the time of the one in Rust.
const SCRIPTS: [Script; 2] = [script(&[FORMS[0]]), script(&[FORMS[1]])];

const fn script(words: &'static [&'static str]) -> Script {
    Script {
        name: "compress.mjs",
        text: include_str!("compress.mjs"),
        words,
    }
}

/// What is compressed already gains nothing.
const PACKED: [&str; 8] = ["br", "gz", "png", "jpg", "webp", "avif", "woff2", "ico"];
/// `_headers` is for the host itself; `config.json` is edited after the build, and a compressed copy
/// would still hold the old text.
const LEFT_ALONE: [&str; 2] = ["_headers", "config.json"];

/// Compresses all files of a folder; `known` are files that were compressed before.
pub(super) fn folder(dist: &Path, known: &Known, site: &Site, tools: &BuildTools) -> Result<()> {
    let files = compressible(dist)?;
    for script in SCRIPTS {
        let results = script.results(&files, known, site, tools, |_| {})?;
        for (path, result) in files.iter().zip(results) {
            // The smallest files would only grow.
            if fs::metadata(&result)?.len() < fs::metadata(path)?.len() {
                fs::copy(&result, beside(path, script.words[0]))
                    .with_context(|| format!("cannot write beside {}", path.display()))?;
            }
        }
    }
    Ok(())
}

/// The files worth compressing.
fn compressible(dist: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in WalkDir::new(dist).sort_by_file_name() {
        let entry = entry?;
        if entry.file_type().is_file() && is_compressible(entry.path()) {
            files.push(entry.into_path());
        }
    }
    Ok(files)
}

fn is_compressible(path: &Path) -> bool {
    !has(path.extension(), &PACKED) && !has(path.file_name(), &LEFT_ALONE)
}

/// Whether a file is the compressed copy of another one.
pub(super) fn is_copy(path: &Path) -> bool {
    has(path.extension(), &FORMS)
}

fn has(part: Option<&OsStr>, list: &[&str]) -> bool {
    part.and_then(OsStr::to_str)
        .is_some_and(|part| list.contains(&part))
}

/// `app.js` → `app.js.br`.
pub(super) fn beside(path: &Path, extension: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(extension);
    PathBuf::from(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is edited after the build has no compressed copy.
    #[test]
    fn what_is_edited_after_the_build_has_no_compressed_copy() {
        for name in ["dist/config.json", "dist/_headers", "dist/pkg-1/app.js.br"] {
            assert!(!is_compressible(Path::new(name)), "{name}");
        }
        for name in ["dist/index.html", "dist/pkg-1/locales/en/first.json"] {
            assert!(is_compressible(Path::new(name)), "{name}");
        }
    }
}
