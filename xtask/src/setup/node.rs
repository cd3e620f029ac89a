//! What comes from npm: the tools that shrink the bundle, and axe-core for the accessibility tests.

use super::{not_installed, system};
use crate::{cache, command, progress::announce};
use anyhow::Result;
use serde::Deserialize;
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// A package at a version.
type Package = (&'static str, &'static str);

/// What makes the bundle smaller; each brings what it needs ready to run.
const BUILD: [Package; 3] = [
    // wasm-opt. Older ones (Debian's, the one on the crate registry) do not know what today's rustc emits.
    ("binaryen", "132.0.0"),
    ("esbuild", "0.28.2"),
    ("lightningcss", "1.33.0"),
];

/// The accessibility rules the browser tests apply.
const AXE: Package = ("axe-core", "4.14.1");

/// Node and its package manager.
#[derive(Debug, Clone)]
pub(super) struct Node {
    node: PathBuf,
    npm: PathBuf,
}

/// Installed packages, and what runs scripts that use them.
#[derive(Debug, Clone)]
pub struct Packages {
    node: PathBuf,
    /// The folder `node_modules`.
    folder: PathBuf,
}

impl Packages {
    /// Which packages these are, with their versions.
    pub fn label(&self) -> String {
        let folder = self.folder.parent().and_then(Path::file_name);
        folder.unwrap_or_default().to_string_lossy().into_owned()
    }

    /// Runs a script of this program, which gets the folder `node_modules` as its first argument.
    pub fn script(&self, script: &Path) -> Command {
        let mut command = Command::new(&self.node);
        command.arg(script).arg(&self.folder);
        command
    }
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

impl Node {
    /// Makes sure of what shrinks the bundle.
    pub(super) fn build_packages(&self) -> Result<Packages> {
        Ok(Packages {
            node: self.node.clone(),
            folder: self.install(&BUILD)?,
        })
    }

    /// Makes sure of axe-core's script.
    pub(super) fn axe(&self) -> Result<PathBuf> {
        Ok(self.install(&[AXE])?.join(AXE.0).join("axe.min.js"))
    }

    /// Makes sure of packages; the folder `node_modules` that holds them.
    fn install(&self, packages: &[Package]) -> Result<PathBuf> {
        let named = |separator: &str| -> Vec<String> {
            let name = |(name, version): &Package| [name, separator, version].concat();
            packages.iter().map(name).collect()
        };
        let label = named("-").join("_");
        let inside = |folder: &Path| folder.join("node_modules");
        let installed = inside(&cache::folder()?.join(&label));
        // The folder got its name when the installation was complete: the packages' own descriptions are enough.
        if packages.iter().all(|it| is_in(&installed, it)) {
            return Ok(installed);
        }
        let listed = named(" ").join(", ");
        announce(&format!(
            "Installing {listed} from npm: about half a minute"
        ));
        let by_hand = format!(
            "npm install --prefix {} {}",
            cache::folder()?.join(&label).display(),
            named("@").join(" ")
        );
        let place = cache::install(&label, |folder| {
            let mut npm = Command::new(&self.npm);
            npm.args([
                "install",
                "--no-audit",
                "--no-fund",
                "--ignore-scripts",
                "--prefix",
            ])
            .arg(folder)
            .args(named("@"))
            .current_dir(folder);
            command::run(&mut npm)
        })
        .map_err(|error| {
            eprintln!("{error:#}");
            not_installed(&listed, &by_hand)
        })?;
        Ok(inside(&place))
    }
}

/// Whether `node_modules` holds the package at its version.
fn is_in(folder: &Path, (name, version): &Package) -> bool {
    #[derive(Deserialize)]
    struct Description {
        version: String,
    }
    fs::read(folder.join(name).join("package.json"))
        .ok()
        .and_then(|text| serde_json::from_slice::<Description>(&text).ok())
        .is_some_and(|description| description.version == *version)
}
