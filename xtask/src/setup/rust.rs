//! The Rust toolchain that everything is built with.
//!
//! The pinned one is asked of rustup explicitly. It is not named in a `rust-toolchain.toml`: with such a file
//! no cargo starts where rustup does not install by itself, and then nothing here could say what to do.

use super::not_installed;
use crate::{
    command,
    progress::{announce, say},
    workspace::{Toolchain, Workspace},
};
use anyhow::Result;
use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
};

/// A toolchain that has all that is needed.
#[derive(Debug, Clone)]
pub struct Rust {
    /// rustup's name of it; without one it is the toolchain that runs this program.
    name: Option<String>,
    sysroot: PathBuf,
}

impl Rust {
    /// Its cargo, ready for arguments.
    pub fn cargo(&self) -> Command {
        let program = format!("cargo{}", env::consts::EXE_SUFFIX);
        let program = self.sysroot.join("bin").join(program);
        let mut cargo = if program.is_file() {
            Command::new(program)
        } else {
            Command::new("cargo")
        };
        self.choose_for(&mut cargo);
        cargo
    }

    /// Makes a program that calls `cargo` or `rustc` find those of this toolchain.
    pub fn choose_for(&self, command: &mut Command) {
        if let Some(name) = &self.name {
            command.env("RUSTUP_TOOLCHAIN", name);
        }
        // Set for this program by the cargo that runs it, which may be another one.
        for variable in ["CARGO", "LD_LIBRARY_PATH"] {
            command.env_remove(variable);
        }
    }

    /// Its folder.
    pub fn sysroot(&self) -> &Path {
        &self.sysroot
    }
}

/// Makes sure of the pinned toolchain; where it cannot be had, an installed one that is new enough will do.
pub(super) fn ensure(workspace: &Workspace) -> Result<Rust> {
    let pinned = workspace.toolchain()?;
    let running = Running::find();
    // The very version, under whatever name: `stable` on the day of its release, or without rustup.
    if let Some(running) = &running
        && running.version == pinned.channel
        && lacks(&running.sysroot, &pinned).is_empty()
    {
        return Ok(running.rust());
    }
    let rustup = command::find("rustup").is_some();
    if rustup && let Some(rust) = complete(&pinned) {
        return Ok(rust);
    }
    let mut install = installation(&pinned);
    if rustup {
        announce(&format!(
            "Installing Rust {} with its WebAssembly target: downloads about 100 MB",
            pinned.channel
        ));
        if command::run(&mut install).is_ok()
            && let Some(rust) = complete(&pinned)
        {
            return Ok(rust);
        }
    }
    if let Some(running) = running
        && let Some(rust) = running.instead_of(&pinned, &workspace.oldest_rust()?)
    {
        return Ok(rust);
    }
    let what = format!("Rust {}", pinned.channel);
    Err(not_installed(&what, &command::typed(&install)).into())
}

/// How rustup is asked for a toolchain, whatever it would do by itself.
fn installation(pinned: &Toolchain) -> Command {
    let mut install = Command::new("rustup");
    install
        .args(["toolchain", "install", &pinned.channel])
        .args(["--profile", "minimal", "--no-self-update"]);
    for component in &pinned.components {
        install.args(["--component", component]);
    }
    for target in &pinned.targets {
        install.args(["--target", target]);
    }
    install
}

/// The pinned toolchain, if it is installed with everything.
fn complete(pinned: &Toolchain) -> Option<Rust> {
    let mut which = Command::new("rustup");
    which.args(["which", "--toolchain", &pinned.channel, "rustc"]);
    // Without this rustup may begin to install it, and say nothing.
    which.env("RUSTUP_AUTO_INSTALL", "0");
    let rustc = PathBuf::from(command::first_line(&mut which)?);
    let sysroot = rustc.parent()?.parent()?.to_path_buf();
    lacks(&sysroot, pinned).is_empty().then(|| Rust {
        name: Some(pinned.channel.clone()),
        sysroot,
    })
}

/// The toolchain whose cargo runs this program.
#[derive(Debug)]
struct Running {
    version: String,
    sysroot: PathBuf,
}

impl Running {
    fn find() -> Option<Self> {
        let rustc = || Command::new(env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()));
        let version = command::first_line(rustc().arg("--version"))?;
        let sysroot = command::first_line(rustc().args(["--print", "sysroot"]))?;
        Some(Self {
            version: version.split_whitespace().nth(1)?.to_owned(),
            sysroot: PathBuf::from(sysroot),
        })
    }

    fn rust(&self) -> Rust {
        Rust {
            name: None,
            sysroot: self.sysroot.clone(),
        }
    }

    /// This toolchain in the place of the pinned one, if it is new enough and has, or can be given, all that is needed.
    fn instead_of(self, pinned: &Toolchain, oldest: &str) -> Option<Rust> {
        if !is_at_least(&self.version, oldest) {
            say(&format!(
                "  The installed Rust {} is older than {oldest}, the oldest that will do.",
                self.version
            ));
            return None;
        }
        for (kind, name) in lacks(&self.sysroot, pinned) {
            let mut add = Command::new("rustup");
            // Whether it worked is looked at below.
            let _ = command::run(add.args([kind, "add", name]));
        }
        let lacking = lacks(&self.sysroot, pinned);
        if lacking.is_empty() {
            say(&format!(
                "• Going on with the installed Rust {}: the pinned {} cannot be had",
                self.version, pinned.channel
            ));
            return Some(self.rust());
        }
        let names: Vec<&str> = lacking.into_iter().map(|(_, name)| name).collect();
        say(&format!(
            "  The installed Rust {} lacks {}.",
            self.version,
            names.join(", ")
        ));
        None
    }
}

/// What a toolchain's folder lacks: rustup's word for its kind, and its name.
///
/// Looking is one process less for each component.
fn lacks<'a>(sysroot: &Path, wanted: &'a Toolchain) -> Vec<(&'static str, &'a str)> {
    let targets = wanted.targets.iter().filter(|target| {
        let library = sysroot.join("lib/rustlib").join(target).join("lib");
        !library.is_dir()
    });
    let components = wanted.components.iter().filter(|name| !has(sysroot, name));
    targets
        .map(|name| ("target", name.as_str()))
        .chain(components.map(|name| ("component", name.as_str())))
        .collect()
}

fn has(sysroot: &Path, component: &str) -> bool {
    let program = match component {
        "clippy" => "cargo-clippy",
        other => other,
    };
    let program = format!("{program}{}", env::consts::EXE_SUFFIX);
    sysroot.join("bin").join(program).is_file()
}

/// Whether a version such as `1.99.1` or `1.96.0-nightly` is not before another one such as `1.95`.
fn is_at_least(version: &str, oldest: &str) -> bool {
    let numbers = |text: &str| -> Vec<u32> {
        let released = text.split('-').next().unwrap_or_default();
        released
            .split('.')
            .map_while(|it| it.parse().ok())
            .collect()
    };
    numbers(version) >= numbers(oldest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted() -> Toolchain {
        Toolchain {
            channel: "1.2.3".to_owned(),
            components: vec!["rustfmt".to_owned(), "clippy".to_owned()],
            targets: vec!["wasm32-unknown-unknown".to_owned()],
        }
    }

    #[test]
    fn versions_are_compared_as_numbers() {
        assert!(is_at_least("1.100.0", "1.95"));
        assert!(is_at_least("1.95.0", "1.95"));
        assert!(is_at_least("1.96.0-nightly", "1.95"));
        assert!(!is_at_least("1.94.1", "1.95"));
        assert!(!is_at_least("", "1.95"));
    }

    #[test]
    fn an_empty_folder_lacks_everything() {
        let wanted = wanted();
        let lacking = lacks(Path::new("/nowhere"), &wanted);
        assert_eq!(
            lacking,
            [
                ("target", "wasm32-unknown-unknown"),
                ("component", "rustfmt"),
                ("component", "clippy")
            ]
        );
    }

    #[test]
    fn one_that_is_too_old_or_incomplete_is_not_gone_on_with() {
        let running = |version: &str| Running {
            version: version.to_owned(),
            sysroot: PathBuf::from("/nowhere"),
        };
        assert!(running("1.94.0").instead_of(&wanted(), "1.95").is_none());
        let nothing_wanted = Toolchain {
            components: Vec::new(),
            targets: Vec::new(),
            ..wanted()
        };
        let rust = running("1.95.0").instead_of(&nothing_wanted, "1.95");
        assert!(rust.is_some_and(|rust| rust.name.is_none()));
    }
}
