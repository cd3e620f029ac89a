//! What comes from npm: binaryen's `wasm-opt`, and axe-core for the accessibility tests.

use super::{not_installed, system};
use crate::{cache, command, progress::announce};
use anyhow::Result;
use serde::Deserialize;
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// Older ones (Debian's, the one on the crate registry) do not know what today's rustc emits.
const BINARYEN: &str = "132.0.0";

/// The accessibility rules the browser tests apply.
const AXE: &str = "4.14.1";

/// Node and its package manager.
#[derive(Debug, Clone)]
pub(super) struct Node {
    /// The runtime.
    pub(super) node: PathBuf,
    npm: PathBuf,
}

/// Makes sure of Node.
pub(super) fn ensure() -> Result<Node> {
    if let Some(found) = find() {
        return Ok(found);
    }
    system::install("Node with npm", "downloads about 60 MB", &["nodejs", "npm"])?;
    find().ok_or_else(|| not_installed("Node with npm", "sudo apt-get install nodejs npm").into())
}

fn find() -> Option<Node> {
    Some(Node {
        node: command::find("node")?,
        npm: command::find("npm")?,
    })
}

/// Makes sure of `wasm-opt`.
pub(super) fn wasm_opt(node: &Node) -> Result<PathBuf> {
    package(node, "binaryen", BINARYEN, "bin/wasm-opt")
}

/// Makes sure of axe-core's script.
pub(super) fn axe(node: &Node) -> Result<PathBuf> {
    package(node, "axe-core", AXE, "axe.min.js")
}

/// Makes sure of one file of a package.
fn package(node: &Node, name: &str, version: &str, file: &str) -> Result<PathBuf> {
    let label = format!("{name}-{version}");
    let inside = |folder: &Path| folder.join("node_modules").join(name);
    let installed = inside(&cache::folder()?.join(&label));
    // The folder got its name when the installation was complete: its own description is enough.
    if has_version(&installed, version) && installed.join(file).is_file() {
        return Ok(installed.join(file));
    }
    announce(&format!(
        "Installing {name} {version} from npm: about half a minute"
    ));
    let by_hand = format!(
        "npm install --prefix {} {name}@{version}",
        cache::folder()?.join(&label).display()
    );
    let place = cache::install(&label, |folder| {
        let mut npm = Command::new(&node.npm);
        npm.args([
            "install",
            "--no-audit",
            "--no-fund",
            "--ignore-scripts",
            "--prefix",
        ])
        .arg(folder)
        .arg(format!("{name}@{version}"))
        .current_dir(folder);
        command::run(&mut npm)
    })
    .map_err(|error| {
        eprintln!("{error:#}");
        not_installed(&format!("{name} {version}"), &by_hand)
    })?;
    Ok(inside(&place).join(file))
}

fn has_version(package: &Path, version: &str) -> bool {
    #[derive(Deserialize)]
    struct Description {
        version: String,
    }
    fs::read(package.join("package.json"))
        .ok()
        .and_then(|text| serde_json::from_slice::<Description>(&text).ok())
        .is_some_and(|description| description.version == version)
}
