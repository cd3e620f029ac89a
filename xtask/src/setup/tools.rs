//! The development server's tools, which cargo builds: trunk and the program of wasm-bindgen.

use super::{Rust, not_installed};
use crate::{cache, command, progress::announce, workspace::Workspace};
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

/// The development server.
fn trunk_tool() -> Tool<'static> {
    Tool {
        package: "trunk",
        program: "trunk",
        version: TRUNK,
        locked: true,
        minutes: "4 minutes",
    }
}

/// The glue maker, which must be the very version of the library.
fn wasm_bindgen_tool(version: &str) -> Tool<'_> {
    Tool {
        package: "wasm-bindgen-cli",
        program: "wasm-bindgen",
        version,
        // Its own lock file names a version that the registry's copy lacks.
        locked: false,
        minutes: "a minute",
    }
}

/// Makes sure of the development server.
pub(super) fn trunk(rust: &Rust) -> Result<PathBuf> {
    ensure(&trunk_tool(), rust)
}

/// Makes sure of the glue maker.
pub(super) fn wasm_bindgen(workspace: &Workspace, rust: &Rust) -> Result<PathBuf> {
    let version = workspace.locked_version("wasm-bindgen")?;
    ensure(&wasm_bindgen_tool(&version), rust)
}

/// The development server, where it is installed.
pub(super) fn installed_trunk() -> Result<Option<PathBuf>> {
    installed(&trunk_tool())
}

/// The glue maker, where it is installed.
pub(super) fn installed_wasm_bindgen(workspace: &Workspace) -> Result<Option<PathBuf>> {
    let version = workspace.locked_version("wasm-bindgen")?;
    installed(&wasm_bindgen_tool(&version))
}

impl Tool<'_> {
    /// The name of its folder in the cache.
    fn name(&self) -> String {
        format!("{}-{}", self.program, self.version)
    }

    /// Its program in that folder.
    fn program_in(&self, folder: &Path) -> PathBuf {
        let file = format!("{}{}", self.program, env::consts::EXE_SUFFIX);
        folder.join("bin").join(file)
    }
}

fn installed(tool: &Tool<'_>) -> Result<Option<PathBuf>> {
    let program = tool.program_in(&cache::folder()?.join(tool.name()));
    Ok(works(&program, tool).then_some(program))
}

fn ensure(tool: &Tool<'_>, rust: &Rust) -> Result<PathBuf> {
    if let Some(program) = installed(tool)? {
        return Ok(program);
    }
    let name = tool.name();
    announce(&format!(
        "Installing {} {}: compiles it once, about {}",
        tool.program, tool.version, tool.minutes
    ));
    let mut manual = String::new();
    let place = cache::install(&name, |folder| {
        if prebuilt(tool, folder) && works(&tool.program_in(folder), tool) {
            return Ok(());
        }
        let mut install = compile(tool, rust, folder);
        manual = command::typed(&install);
        command::run(&mut install)
    })
    .map_err(|error| {
        eprintln!("{error:#}");
        let what = format!("{} {}", tool.program, tool.version);
        let by_hand = if manual.is_empty() {
            "cargo xtask dev"
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
    Ok(tool.program_in(&place))
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

fn compile(tool: &Tool<'_>, rust: &Rust, folder: &Path) -> Command {
    let mut install = rust.cargo();
    install
        .args(["install", tool.package, "--version", tool.version])
        .args(tool.locked.then_some("--locked"))
        .arg("--root")
        .arg(folder)
        // Away from the checkout, whose `.cargo/config.toml` is not for tools.
        .current_dir(folder)
        .env_remove("CARGO_TARGET_DIR")
        .envs(QUICK);
    install
}
