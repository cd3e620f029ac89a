//! Proves that the bundle follows from its sources alone: it is built once more, in another folder, and compared
//! file by file.

use super::{Options, build, compress, stamp::INPUTS};
use crate::{
    failure::Failure,
    progress::{announce, say},
    setup::BuildTools,
    workspace::Workspace,
};
use anyhow::{Context, Result};
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};
use walkdir::WalkDir;

/// Builds the bundle twice, and fails with the names of the files that differ.
pub fn check(workspace: &Workspace, tools: &BuildTools) -> Result<()> {
    let options = Options { compress: false };
    let first = build(workspace, tools, &options)?;
    // Another depth and another name, so that neither a path nor its length can be in what is made.
    let folder = workspace.target().join("reproduce").join("another/folder");
    if folder.exists() {
        fs::remove_dir_all(&folder).with_context(|| folder.display().to_string())?;
    }
    copy_sources(workspace, &folder)?;
    announce("Building the bundle once more, in another folder");
    let second = build(&Workspace::copied_to(folder.clone()), tools, &options)?;
    let differing = differing(&files(&first)?, &files(&second)?);
    if differing.is_empty() {
        say("• Both bundles are the same, byte for byte");
        return fs::remove_dir_all(&folder).with_context(|| folder.display().to_string());
    }
    Err(Failure::new(format!(
        "Two builds of the same sources differ in {}; both are kept ({} and {}).",
        differing.join(", "),
        first.display(),
        second.display()
    ))
    .into())
}

/// What the bundle is made from, and the manifests of the other crates of the workspace, without which cargo reads none.
fn copy_sources(workspace: &Workspace, folder: &Path) -> Result<()> {
    let others = ["sandbox", "xtask"];
    for input in INPUTS.iter().chain(&others) {
        for entry in WalkDir::new(workspace.path(input)) {
            let entry = entry?;
            let copy = folder.join(entry.path().strip_prefix(workspace.root())?);
            if entry.file_type().is_dir() {
                fs::create_dir_all(&copy)
            } else {
                fs::create_dir_all(copy.parent().unwrap_or(folder))?;
                fs::copy(entry.path(), &copy).map(|_| ())
            }
            .with_context(|| copy.display().to_string())?;
        }
    }
    Ok(())
}

/// Every file of a bundle but the compressed copies, which follow from the others.
fn files(dist: &Path) -> Result<BTreeMap<PathBuf, Vec<u8>>> {
    let mut files = BTreeMap::new();
    for entry in WalkDir::new(dist) {
        let entry = entry?;
        if entry.file_type().is_file() && !compress::is_copy(entry.path()) {
            let name = entry.path().strip_prefix(dist)?.to_path_buf();
            files.insert(name, fs::read(entry.path())?);
        }
    }
    Ok(files)
}

fn differing(one: &BTreeMap<PathBuf, Vec<u8>>, other: &BTreeMap<PathBuf, Vec<u8>>) -> Vec<String> {
    let mut names: Vec<&PathBuf> = one.keys().chain(other.keys()).collect();
    names.sort();
    names.dedup();
    names.retain(|name| one.get(*name) != other.get(*name));
    names
        .iter()
        .map(|name| name.display().to_string())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_a_missing_and_a_new_file_are_named() {
        let set = |files: &[(&str, &str)]| {
            let file =
                |(name, text): &(&str, &str)| (PathBuf::from(name), text.as_bytes().to_vec());
            files.iter().map(file).collect::<BTreeMap<_, _>>()
        };
        let one = set(&[("a", "1"), ("b", "1"), ("c", "1")]);
        let other = set(&[("a", "1"), ("b", "2"), ("d", "1")]);
        assert_eq!(differing(&one, &other), ["b", "c", "d"]);
        assert_eq!(differing(&one, &one), [""; 0]);
    }
}
