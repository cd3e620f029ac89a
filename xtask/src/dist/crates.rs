//! The crates that the bundle is compiled from, for its bill of materials and its list of licences.
//!
//! `cargo tree` knows which crates are compiled for the browser with the bundle's features; `cargo metadata` would add
//! what the sandbox and the tests ask of the same crates. Licences, authors and folders come from `cargo metadata`.

use crate::{command, workspace::Workspace};
use anyhow::{Context, Result, ensure};
use regex::Regex;
use serde::Deserialize;
use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
    process::Command,
};

/// The crate that the bundle is.
pub const ROOT: &str = "nymble-storefront";
/// What the bundle is compiled for.
const TARGET: &str = "wasm32-unknown-unknown";
/// The registry that all crates come from but the repository's own.
const REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// Tells one version of a crate from all others.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Id {
    /// The crate's name.
    pub name: String,
    /// Its exact version.
    pub version: String,
}

/// Where a crate comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// This repository.
    Own,
    /// crates.io.
    Registry,
    /// A repository, another registry, a folder.
    Elsewhere,
}

/// A crate that the bundle is compiled from.
#[derive(Debug, Clone)]
pub struct BundleCrate {
    /// Name and version.
    pub id: Id,
    /// Where it comes from.
    pub origin: Origin,
    /// The licence as an SPDX expression; none where the crate names none, or a file only.
    pub licence: Option<String>,
    /// Who wrote it, as far as it says.
    pub authors: Vec<String>,
    /// Where its sources are developed.
    pub repository: Option<String>,
    /// The SHA-256 of its archive in the registry, in hexadecimal.
    pub checksum: Option<String>,
    /// Where its sources are on this machine.
    pub folder: PathBuf,
    /// The crates it uses in the bundle.
    pub uses: BTreeSet<Id>,
}

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    version: String,
    license: Option<String>,
    authors: Vec<String>,
    repository: Option<String>,
    source: Option<String>,
    manifest_path: PathBuf,
}

#[derive(Deserialize)]
struct Lock {
    package: Vec<Locked>,
}

#[derive(Deserialize)]
struct Locked {
    name: String,
    version: String,
    checksum: Option<String>,
}

/// All crates that the bundle is compiled from, by name and version. Procedural macros, build scripts and what they use
/// run on the machine that builds, and are not among them.
pub fn of_bundle(workspace: &Workspace) -> Result<Vec<BundleCrate>> {
    let mut tree = command::cargo();
    tree.args(["tree", "--locked", "--package", ROOT, "--target", TARGET])
        .args(["--features", "split", "--edges", "normal,no-proc-macro"])
        .args(["--prefix", "depth", "--format", " {p}", "--color", "never"])
        .current_dir(workspace.root());
    let uses = read_tree(&output(&mut tree)?)?;

    let mut metadata = command::cargo();
    metadata
        .args(["metadata", "--locked", "--format-version", "1"])
        .args(["--filter-platform", TARGET, "--color", "never"])
        .current_dir(workspace.root());
    let metadata: Metadata = serde_json::from_str(&output(&mut metadata)?)?;
    let mut packages: BTreeMap<Id, Package> = BTreeMap::new();
    for package in metadata.packages {
        let id = Id {
            name: package.name.clone(),
            version: package.version.clone(),
        };
        packages.insert(id, package);
    }
    let lock: Lock = workspace.read_toml("Cargo.lock")?;
    let checksums: BTreeMap<Id, String> = lock
        .package
        .into_iter()
        .filter_map(|locked| {
            let id = Id {
                name: locked.name,
                version: locked.version,
            };
            Some((id, locked.checksum?))
        })
        .collect();

    uses.into_iter()
        .map(|(id, uses)| {
            let package = packages
                .remove(&id)
                .with_context(|| format!("`cargo metadata` has no {} {}", id.name, id.version))?;
            let folder = package.manifest_path.parent();
            let folder = folder.context("a manifest lies in a folder")?.to_path_buf();
            Ok(BundleCrate {
                origin: match package.source.as_deref() {
                    None if folder.starts_with(workspace.root()) => Origin::Own,
                    Some(REGISTRY) => Origin::Registry,
                    _ => Origin::Elsewhere,
                },
                licence: package.license.as_deref().map(expression),
                authors: package.authors,
                repository: package.repository,
                checksum: checksums.get(&id).cloned(),
                folder,
                uses,
                id,
            })
        })
        .collect()
}

fn output(command: &mut Command) -> Result<String> {
    let typed = command::typed(command);
    let result = command
        .output()
        .with_context(|| format!("cannot start `{typed}`"))?;
    ensure!(
        result.status.success(),
        "`{typed}` failed: {}",
        String::from_utf8_lossy(&result.stderr).trim()
    );
    Ok(String::from_utf8(result.stdout)?)
}

/// Reads lines such as `2 serde v1.0.229 (*)`: the depth, a crate, and whether what it uses stood there before.
fn read_tree(text: &str) -> Result<BTreeMap<Id, BTreeSet<Id>>> {
    let line_form = Regex::new(r"^(\d+) (\S+) v(\S+)")?;
    let mut uses: BTreeMap<Id, BTreeSet<Id>> = BTreeMap::new();
    let mut path: Vec<Id> = Vec::new();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let parts = line_form
            .captures(line)
            .with_context(|| format!("`cargo tree` wrote `{line}`, which is no crate"))?;
        let depth: usize = parts[1].parse()?;
        ensure!(
            depth <= path.len(),
            "`cargo tree` skipped a level: `{line}`"
        );
        let id = Id {
            name: parts[2].to_owned(),
            version: parts[3].to_owned(),
        };
        path.truncate(depth);
        if let Some(user) = path.last() {
            uses.entry(user.clone()).or_default().insert(id.clone());
        }
        uses.entry(id.clone()).or_default();
        path.push(id);
    }
    Ok(uses)
}

/// The licence in today's spelling: crates used to write `MIT/Apache-2.0` for `MIT OR Apache-2.0`.
fn expression(licence: &str) -> String {
    let alternatives: Vec<&str> = licence.split('/').map(str::trim).collect();
    alternatives.join(" OR ")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn id(name: &str, version: &str) -> Id {
        Id {
            name: name.to_owned(),
            version: version.to_owned(),
        }
    }

    #[test]
    fn a_tree_is_read_with_who_uses_whom() {
        let text = "0 shop v0.1.0 (/somewhere/shop)\n1 a v1.0.0\n2 c v3.0.0+x\n1 b v2.0.0\n2 a v1.0.0 (*)\n2 c v2.9.0\n";
        let uses = read_tree(text).unwrap();
        let both = |one: Id, other: Id| BTreeSet::from([one, other]);
        assert_eq!(
            uses[&id("shop", "0.1.0")],
            both(id("a", "1.0.0"), id("b", "2.0.0"))
        );
        assert_eq!(
            uses[&id("b", "2.0.0")],
            both(id("a", "1.0.0"), id("c", "2.9.0"))
        );
        assert_eq!(
            uses[&id("a", "1.0.0")],
            BTreeSet::from([id("c", "3.0.0+x")])
        );
        assert_eq!(uses.len(), 5);
    }

    #[test]
    fn a_tree_of_another_form_is_refused() {
        assert!(read_tree("shop v0.1.0").is_err());
        assert!(read_tree("0 shop v0.1.0\n2 a v1.0.0").is_err());
    }

    #[test]
    fn an_old_spelling_becomes_an_expression() {
        assert_eq!(expression("MIT/Apache-2.0"), "MIT OR Apache-2.0");
        assert_eq!(expression("MIT OR Zlib"), "MIT OR Zlib");
    }
}
