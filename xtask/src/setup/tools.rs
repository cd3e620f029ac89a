//! Tools that cargo builds: trunk and wasm-bindgen.

use super::not_installed;
use crate::{
    cache, command,
    progress::announce,
    workspace::{Toolchain, Workspace},
};
use anyhow::Result;
use std::{
    env,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// The version `Trunk.toml` asks for too.
const TRUNK: &str = "0.22.1";

/// Compile a tool quickly rather than well: minutes instead of a quarter of an hour.
const QUICK: [(&str, &str); 3] = [
    ("CARGO_PROFILE_RELEASE_LTO", "off"),
    ("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0"),
    ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16"),
];

struct Tool<'a> {
    package: &'a str,
    program: &'a str,
    version: &'a str,
    locked: bool,
    minutes: &'a str,
}

/// The bundler.
pub(super) fn trunk(toolchain: &Toolchain) -> Result<PathBuf> {
    let tool = Tool {
        package: "trunk",
        program: "trunk",
        version: TRUNK,
        locked: true,
        minutes: "4 minutes",
    };
    ensure(&tool, toolchain)
}

/// The glue maker, which must be the very version of the library.
pub(super) fn wasm_bindgen(workspace: &Workspace, toolchain: &Toolchain) -> Result<PathBuf> {
    let tool = Tool {
        package: "wasm-bindgen-cli",
        program: "wasm-bindgen",
        version: &workspace.locked_version("wasm-bindgen")?,
        // Its own lock file names a version that the registry's copy lacks.
        locked: false,
        minutes: "a minute",
    };
    ensure(&tool, toolchain)
}

fn ensure(tool: &Tool<'_>, toolchain: &Toolchain) -> Result<PathBuf> {
    let name = format!("{}-{}", tool.program, tool.version);
    let program = |folder: &Path| {
        let file = format!("{}{}", tool.program, env::consts::EXE_SUFFIX);
        folder.join("bin").join(file)
    };
    let installed = program(&cache::folder()?.join(&name));
    if works(&installed, tool) {
        return Ok(installed);
    }
    announce(&format!(
        "Installing {} {}: compiles it once, about {}",
        tool.program, tool.version, tool.minutes
    ));
    let mut manual = String::new();
    let place = cache::install(&name, |folder| {
        if prebuilt(tool, folder) && works(&program(folder), tool) {
            return Ok(());
        }
        let mut install = compile(tool, toolchain, folder);
        manual = command::typed(&install);
        command::run(&mut install)
    })
    .map_err(|error| {
        eprintln!("{error:#}");
        let what = format!("{} {}", tool.program, tool.version);
        let by_hand = if manual.is_empty() {
            "cargo xtask setup"
        } else {
            &manual
        };
        let place = cache::folder().unwrap_or_default().join(&name);
        let by_hand = match by_hand.split_once(" --root ") {
            Some((start, _)) => format!("{start} --root {}", place.display()),
            None => by_hand.to_owned(),
        };
        not_installed(&what, &by_hand)
    })?;
    Ok(program(&place))
}

fn works(program: &Path, tool: &Tool<'_>) -> bool {
    command::first_line(Command::new(program).arg("--version"))
        .is_some_and(|line| line.split_whitespace().nth(1) == Some(tool.version))
}

/// Tries `cargo binstall`, where somebody has it; whatever goes wrong, compiling is left.
fn prebuilt(tool: &Tool<'_>, folder: &Path) -> bool {
    if command::find("cargo-binstall").is_none() {
        return false;
    }
    let mut install = Command::new("cargo-binstall");
    install
        .args(["binstall", "--no-confirm", "--no-symlinks", "--quiet"])
        .args([
            "--disable-strategies",
            "compile",
            "--maximum-resolution-timeout",
            "15",
        ])
        .args(["--install-path".as_ref(), folder.join("bin").as_os_str()])
        .arg(format!("{}@{}", tool.package, tool.version))
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    install.status().is_ok_and(|status| status.success())
}

fn compile(tool: &Tool<'_>, toolchain: &Toolchain, folder: &Path) -> Command {
    let mut install = command::cargo();
    install
        .args(["install", tool.package, "--version", tool.version])
        .args(tool.locked.then_some("--locked"))
        .arg("--root")
        .arg(folder)
        // Away from the checkout, whose `.cargo/config.toml` is not for tools.
        .current_dir(folder)
        .env("RUSTUP_TOOLCHAIN", &toolchain.channel)
        .env_remove("CARGO_TARGET_DIR")
        .envs(QUICK);
    install
}
