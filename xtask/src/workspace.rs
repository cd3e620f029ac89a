//! Where things are in this checkout, and which versions it pins.

use crate::failure::Failure;
use anyhow::{Context, Result};
use serde::Deserialize;
use std::{
    env, fs,
    path::{Path, PathBuf},
};

/// This checkout.
#[derive(Debug, Clone)]
pub struct Workspace {
    root: PathBuf,
    target: PathBuf,
}

/// The toolchain that everything is built with: `[workspace.metadata.toolchain]` in the root `Cargo.toml`.
#[derive(Debug, Clone, Deserialize)]
pub struct Toolchain {
    /// The exact version, such as `1.99.1`.
    pub channel: String,
    /// Such as `clippy`.
    #[serde(default)]
    pub components: Vec<String>,
    /// Such as `wasm32-unknown-unknown`.
    #[serde(default)]
    pub targets: Vec<String>,
}

/// The part of the root `Cargo.toml` that is read here.
#[derive(Deserialize)]
struct Manifest {
    workspace: ManifestWorkspace,
}

#[derive(Deserialize)]
struct ManifestWorkspace {
    package: ManifestPackage,
    metadata: ManifestMetadata,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct ManifestPackage {
    rust_version: String,
}

#[derive(Deserialize)]
struct ManifestMetadata {
    toolchain: Toolchain,
}

impl Workspace {
    /// The checkout this program was built from.
    pub fn current() -> Result<Self> {
        let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
        let root = xtask
            .parent()
            .context("the folder `xtask` lies in the root of the checkout")?;
        if !root.join("Cargo.lock").is_file() {
            return Err(Failure::new(format!(
                "{} is no longer the checkout this program was built from.",
                root.display()
            ))
            .try_this("cargo clean --package xtask && cargo xtask setup")
            .into());
        }
        let target = env::var_os("CARGO_TARGET_DIR")
            .map_or_else(|| root.join("target"), |folder| root.join(folder));
        Ok(Self {
            root: root.to_path_buf(),
            target,
        })
    }

    /// A copy of the checkout's sources in another folder, with a target folder of its own.
    pub fn copied_to(root: PathBuf) -> Self {
        let target = root.join("target");
        Self { root, target }
    }

    /// The folder of the root `Cargo.toml`.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// A path inside the checkout.
    pub fn path(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    /// Where cargo puts what it builds.
    pub fn target(&self) -> &Path {
        &self.target
    }

    /// The bundle: what is put on a CDN.
    pub fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    /// The toolchain that the root `Cargo.toml` pins.
    pub fn toolchain(&self) -> Result<Toolchain> {
        Ok(self.manifest()?.workspace.metadata.toolchain)
    }

    /// The oldest Rust that the workspace compiles with, such as `1.95`: its `rust-version`.
    pub fn oldest_rust(&self) -> Result<String> {
        Ok(self.manifest()?.workspace.package.rust_version)
    }

    fn manifest(&self) -> Result<Manifest> {
        self.read_toml("Cargo.toml")
    }

    /// The version of a package in `Cargo.lock`.
    pub fn locked_version(&self, package: &str) -> Result<String> {
        #[derive(Deserialize)]
        struct Lock {
            package: Vec<Package>,
        }
        #[derive(Deserialize)]
        struct Package {
            name: String,
            version: String,
        }
        let lock: Lock = self.read_toml("Cargo.lock")?;
        lock.package
            .into_iter()
            .find(|found| found.name == package)
            .map(|found| found.version)
            .with_context(|| format!("Cargo.lock has no package `{package}`"))
    }

    /// Reads a file of the checkout.
    pub(crate) fn read_toml<T: serde::de::DeserializeOwned>(&self, relative: &str) -> Result<T> {
        let path = self.path(relative);
        let text =
            fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        toml::from_str(&text).with_context(|| format!("{relative} is not what was expected"))
    }
}
