//! Installs what the other commands need, at pinned versions; finds it all at once the second time.

pub mod browser;
mod node;
mod python;
mod rust;
mod system;
mod tools;

pub use python::Schemathesis;
pub use rust::sysroot;

use crate::{failure::Failure, workspace::Workspace};
use anyhow::Result;
use std::{env, ffi::OsString, path::PathBuf, process::Command};

/// The tools that make the bundle.
#[derive(Debug, Clone)]
pub struct BuildTools {
    /// Bundles and, in development, serves.
    pub trunk: PathBuf,
    /// Makes the JavaScript glue; the very version of the library in `Cargo.lock`.
    pub wasm_bindgen: PathBuf,
    /// The script of binaryen's optimiser, run by `node`.
    pub wasm_opt: PathBuf,
    /// Runs `wasm_opt`.
    pub node: PathBuf,
}

impl BuildTools {
    /// `wasm-opt`, ready for arguments.
    pub fn wasm_opt(&self) -> Command {
        let mut command = Command::new(&self.node);
        command.arg(&self.wasm_opt);
        command
    }

    /// `PATH` with the pinned tools before all others.
    pub fn path(&self) -> Result<OsString> {
        let own = [&self.trunk, &self.wasm_bindgen, &self.wasm_opt];
        let own = own.into_iter().filter_map(|tool| tool.parent());
        let inherited = env::var_os("PATH").unwrap_or_default();
        let inherited: Vec<_> = env::split_paths(&inherited).collect();
        Ok(env::join_paths(own.map(PathBuf::from).chain(inherited))?)
    }
}

/// Makes sure of the toolchain alone.
pub fn toolchain(workspace: &Workspace) -> Result<()> {
    rust::ensure(workspace).map(|_| ())
}

/// Makes sure of the toolchain and of everything that makes the bundle.
pub fn build_tools(workspace: &Workspace) -> Result<BuildTools> {
    let toolchain = rust::ensure(workspace)?;
    let wasm_bindgen = tools::wasm_bindgen(workspace, &toolchain)?;
    let trunk = tools::trunk(&toolchain)?;
    let node = node::ensure()?;
    let wasm_opt = node::wasm_opt(&node)?;
    Ok(BuildTools {
        trunk,
        wasm_bindgen,
        wasm_opt,
        node: node.node,
    })
}

/// Makes sure of the browser, its driver and the accessibility checker the tests use.
pub fn browser() -> Result<browser::Browser> {
    let node = node::ensure()?;
    let axe = node::axe(&node)?;
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
