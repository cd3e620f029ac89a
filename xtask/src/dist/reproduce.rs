//! Proves that the bundle follows from its sources alone: it is built once more, in another folder, and compared
//! file by file.
//!
//! Both builds share what was compiled of other people's crates: their sources lie in one folder of this machine
//! anyway. The crates of the workspace are compiled again, and all that follows is done again.

use super::{
    Options, build, compress,
    split::TARGET,
    stamp::{INPUTS, Stamp},
};
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
use walkdir::{DirEntry, WalkDir};

/// What is remembered of sources that gave the same bundle twice.
const PROVED: &str = "twice the same";

/// Whose compiled crates are not shared.
const OURS: &str = "nymble";

/// Builds the bundle twice, and fails with the names of the files that differ. What was proved of the same sources
/// before is not proved again.
pub fn check(workspace: &Workspace, tools: &BuildTools, options: &Options) -> Result<()> {
    let first = build(workspace, tools, options)?;
    let proof = Stamp::of(workspace, "reproduced")?;
    if proof.says(PROVED)? {
        say("• It was built twice before: both bundles were the same, byte for byte");
        return Ok(());
    }
    // Another depth and another name, so that neither a path nor its length can be in what is made.
    let folder = workspace.target().join("reproduce").join("another/folder");
    if folder.exists() {
        fs::remove_dir_all(&folder).with_context(|| folder.display().to_string())?;
    }
    copy_sources(workspace, &folder)?;
    let copy = Workspace::copied_to(folder.clone());
    share_dependencies(workspace, &copy)?;
    announce("Building the bundle once more, in another folder");
    let second = build(&copy, tools, &Options { compress: false })?;
    let differing = differing(&files(&first)?, &files(&second)?);
    if differing.is_empty() {
        proof.write(PROVED)?;
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

/// Links what was compiled of the dependencies into the copy's target folder.
fn share_dependencies(workspace: &Workspace, copy: &Workspace) -> Result<()> {
    for profile in [PathBuf::from("release"), Path::new(TARGET).join("release")] {
        for part in [".fingerprint", "build", "deps"] {
            let from = workspace.target().join(&profile).join(part);
            if from.is_dir() {
                link_others(&from, &copy.target().join(&profile).join(part))?;
            }
        }
    }
    Ok(())
}

/// Links all files of a folder but those of our own crates.
fn link_others(from: &Path, to: &Path) -> Result<()> {
    let is_ours = |entry: &DirEntry| {
        let name = entry.file_name().to_string_lossy();
        name.trim_start_matches("lib").starts_with(OURS)
    };
    for entry in WalkDir::new(from)
        .into_iter()
        .filter_entry(|entry| !is_ours(entry))
    {
        let entry = entry?;
        let place = to.join(entry.path().strip_prefix(from)?);
        if entry.file_type().is_dir() {
            fs::create_dir_all(&place)
        } else {
            // Its time counts for cargo: a link has it, and costs nothing.
            fs::hard_link(entry.path(), &place)
        }
        .with_context(|| place.display().to_string())?;
    }
    Ok(())
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
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn what_is_our_own_is_not_shared() {
        let folder = std::env::temp_dir().join(format!("nymble-twice-{}", std::process::id()));
        let (from, to) = (folder.join("from"), folder.join("to"));
        for name in [
            "libleptos-1.rlib",
            "libnymble_wire-1.rlib",
            "nymble-wire-1/dep",
            "serde-1/dep",
        ] {
            let file = from.join(name);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, name).unwrap();
        }
        link_others(&from, &to).unwrap();
        let names: Vec<_> = files(&to).unwrap().into_keys().collect();
        assert_eq!(
            names,
            ["libleptos-1.rlib", "serde-1/dep"].map(PathBuf::from)
        );
        fs::remove_dir_all(&folder).unwrap();
    }

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
