//! The toolchain of `rust-toolchain.toml`, asked of rustup explicitly.
//!
//! Explicitly, because rustup's automatic installation may be switched off, and because a toolchain
//! that is there may still lack the target or a component.

use super::not_installed;
use crate::{
    command,
    progress::announce,
    workspace::{Toolchain, Workspace},
};
use anyhow::Result;
use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
};

/// Makes sure of the toolchain with all its targets and components.
pub(super) fn ensure(workspace: &Workspace) -> Result<Toolchain> {
    let toolchain = workspace.toolchain()?;
    if is_complete(&toolchain) {
        return Ok(toolchain);
    }
    let mut install = Command::new("rustup");
    install
        .args(["toolchain", "install", &toolchain.channel])
        .args(["--profile", "minimal", "--no-self-update"]);
    for component in &toolchain.components {
        install.args(["--component", component]);
    }
    for target in &toolchain.targets {
        install.args(["--target", target]);
    }
    announce(&format!(
        "Installing Rust {} with its WebAssembly target: downloads about 100 MB",
        toolchain.channel
    ));
    let what = format!("Rust {}", toolchain.channel);
    let typed = command::typed(&install);
    if command::find("rustup").is_none() || command::run(&mut install).is_err() {
        return Err(not_installed(&what, &typed).into());
    }
    Ok(toolchain)
}

fn rustc() -> Command {
    Command::new(env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()))
}

fn sysroot_of(rustc: &mut Command) -> Option<PathBuf> {
    command::first_line(rustc.args(["--print", "sysroot"])).map(PathBuf::from)
}

/// The folder of the workspace's toolchain.
pub fn sysroot(workspace: &Workspace) -> Option<PathBuf> {
    sysroot_of(rustc().current_dir(workspace.root()))
}

/// Looks into the toolchain's own folder: one process instead of one per component.
fn is_complete(toolchain: &Toolchain) -> bool {
    let mut rustc = rustc();
    rustc.env("RUSTUP_TOOLCHAIN", &toolchain.channel);
    let Some(sysroot) = sysroot_of(&mut rustc) else {
        return false;
    };
    let targets = toolchain.targets.iter().all(|target| {
        sysroot
            .join("lib/rustlib")
            .join(target)
            .join("lib")
            .is_dir()
    });
    targets && toolchain.components.iter().all(|name| has(&sysroot, name))
}

fn has(sysroot: &Path, component: &str) -> bool {
    let program = match component {
        "clippy" => "cargo-clippy",
        other => other,
    };
    let program = format!("{program}{}", env::consts::EXE_SUFFIX);
    sysroot.join("bin").join(program).is_file()
}
