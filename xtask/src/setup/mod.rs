//! Installs what the other commands need, at pinned versions; finds it all at once the second time.

pub mod browser;
mod node;
mod python;
mod rust;
mod system;
mod tools;

pub use node::Packages;
pub use python::Schemathesis;
pub use rust::Rust;

use crate::{failure::Failure, workspace::Workspace};
use anyhow::Result;
use std::{env, ffi::OsString, path::PathBuf};

/// The tools that make the bundle.
#[derive(Debug, Clone)]
pub struct BuildTools {
    /// Compiles.
    pub rust: Rust,
    /// Shrink what was compiled, the style sheets and the scripts.
    pub packages: Packages,
}

/// The tools of the development server, which are programs of their own.
#[derive(Debug, Clone)]
pub struct DevTools {
    /// Compiles.
    pub rust: Rust,
    /// Builds and serves.
    pub trunk: PathBuf,
    /// Makes the JavaScript glue for trunk; the very version of the library in `Cargo.lock`.
    pub wasm_bindgen: PathBuf,
}

impl DevTools {
    /// `PATH` with these tools before all others.
    pub fn path(&self) -> Result<OsString> {
        let own = [&self.trunk, &self.wasm_bindgen];
        let own = own.into_iter().filter_map(|tool| tool.parent());
        let inherited = env::var_os("PATH").unwrap_or_default();
        let inherited: Vec<_> = env::split_paths(&inherited).collect();
        Ok(env::join_paths(own.map(PathBuf::from).chain(inherited))?)
    }
}

/// Makes sure of the toolchain alone.
pub fn toolchain(workspace: &Workspace) -> Result<Rust> {
    rust::ensure(workspace)
}

/// Makes sure of the toolchain and of everything that makes the bundle.
pub fn build_tools(workspace: &Workspace) -> Result<BuildTools> {
    let rust = rust::ensure(workspace)?;
    let packages = node::ensure()?.build_packages()?;
    Ok(BuildTools { rust, packages })
}

/// Makes sure of the toolchain and of the development server.
pub fn dev_tools(workspace: &Workspace) -> Result<DevTools> {
    let rust = rust::ensure(workspace)?;
    let wasm_bindgen = tools::wasm_bindgen(workspace, &rust)?;
    let trunk = tools::trunk(&rust)?;
    Ok(DevTools {
        rust,
        trunk,
        wasm_bindgen,
    })
}

/// The development server's tools where they are installed already; nothing is installed.
pub fn installed_dev_tools(workspace: &Workspace) -> Result<Option<DevTools>> {
    let found = tools::installed_trunk()?.zip(tools::installed_wasm_bindgen(workspace)?);
    let Some((trunk, wasm_bindgen)) = found else {
        return Ok(None);
    };
    Ok(Some(DevTools {
        rust: rust::ensure(workspace)?,
        trunk,
        wasm_bindgen,
    }))
}

/// Makes sure of the browser, its driver and the accessibility checker the tests use.
pub fn browser() -> Result<browser::Browser> {
    let axe = node::ensure()?.axe()?;
    browser::ensure(axe)
}

/// Makes sure of the tester of the long test mode.
pub fn schemathesis() -> Result<Schemathesis> {
    python::schemathesis()
}

/// Explains how to get a program that could not be installed from here.
fn not_installed(what: &str, command: &str) -> Failure {
    Failure::new(format!(
        "{what} is missing and could not be installed from here."
    ))
    .try_this(command)
}
