//! Lints, which are denied: of what runs here while it is compiled for the tests, of what runs in the browser by
//! themselves.

use crate::setup::Rust;
use anyhow::Result;
use std::{
    path::{Path, PathBuf},
    process::Command,
};

/// What `cargo clippy … -- -D warnings` hands to its driver.
const DENY: &str = "-D__CLIPPY_HACKERY__warnings__CLIPPY_HACKERY__";

/// The words of `cargo clippy` for all that runs on this machine.
pub(super) const NATIVE: &[&str] = &[
    "clippy",
    "--workspace",
    "--all-targets",
    "--features",
    "browser-tests",
    "--",
    "-D",
    "warnings",
];

/// For what runs in the browser, as it is delivered.
///
/// Only the macros that cut pages off (`lazy_page.rs`) know whether it is split; what they are without is linted with
/// all that runs here.
pub(super) const BROWSER: &[&str] = &[
    "clippy",
    "--package",
    "nymble-storefront",
    "--lib",
    "--bins",
    "--target",
    "wasm32-unknown-unknown",
    "--features",
    "split",
    "--",
    "-D",
    "warnings",
];

/// Clippy's compiler, which is the toolchain's own with more lints.
#[derive(Debug, Clone)]
pub(super) struct Driver {
    program: PathBuf,
}

impl Driver {
    /// That of a toolchain.
    pub(super) fn of(rust: &Rust) -> Result<Self> {
        Self::at(rust.sysroot())
    }

    fn at(sysroot: &Path) -> Result<Self> {
        let name = format!("clippy-driver{}", std::env::consts::EXE_SUFFIX);
        let program = sysroot.join("bin").join(name);
        anyhow::ensure!(program.is_file(), "{} is missing", program.display());
        Ok(Self { program })
    }

    /// Has a command of cargo lint this workspace's crates while it compiles them, as `cargo clippy` does while it checks
    /// them. So what they are made of is compiled once, instead of compiled for the tests and checked for the lints.
    pub(super) fn lint(&self, cargo: &mut Command) {
        cargo
            .env("RUSTC_WORKSPACE_WRAPPER", &self.program)
            .env("CLIPPY_ARGS", DENY);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::{setup, workspace::Workspace};
    use std::{env, fs, process};

    /// Compiles a text as cargo has a crate compiled by the driver; its complaints when it does not pass.
    fn complaints(text: &str) -> Option<String> {
        let driver =
            Driver::of(&setup::toolchain(&Workspace::current().unwrap()).unwrap()).unwrap();
        let folder = env::temp_dir().join(format!("nymble-lints-{}", process::id()));
        fs::create_dir_all(&folder).unwrap();
        let file = folder.join("sample.rs");
        fs::write(&file, text).unwrap();
        let mut cargo = Command::new("cargo");
        driver.lint(&mut cargo);
        let given = cargo
            .get_envs()
            .filter_map(|(name, value)| Some((name, value?)));
        let output = Command::new(&driver.program)
            .args([
                "rustc",
                "--crate-type=lib",
                "--emit=metadata",
                "--edition=2024",
            ])
            .arg("--out-dir")
            .arg(&folder)
            .arg(&file)
            .envs(given)
            .output()
            .unwrap();
        fs::remove_dir_all(&folder).unwrap();
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        (!output.status.success()).then_some(text)
    }

    /// Everything that is compiled is linted, and warnings are denied. So no `unsafe` and no undocumented public item
    /// gets in.
    #[test]
    fn whatever_is_compiled_is_linted_and_warnings_are_denied() {
        assert_eq!(complaints("//! Good.\n"), None);
        let clippy = complaints("pub fn two(one: u8) -> u8 { return one + 1; }").unwrap();
        assert!(clippy.contains("needless_return"), "{clippy}");
        let compiler = complaints("fn nobody_calls_it() {}").unwrap();
        assert!(compiler.contains("never used"), "{compiler}");
    }
}
