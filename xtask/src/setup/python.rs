//! What comes from `PyPI`: schemathesis, which tests an API by its own description.

use super::not_installed;
use crate::{cache, command, progress::announce};
use anyhow::Result;
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// The tester with everything it needs, each at one version.
const REQUIREMENTS: &str = include_str!("schemathesis.txt");

/// A Python that can run `-m schemathesis.cli`.
#[derive(Debug, Clone)]
pub struct Schemathesis(PathBuf);

impl Schemathesis {
    /// The tester, ready for arguments.
    pub fn command(&self) -> Command {
        let mut command = Command::new(&self.0);
        command.args(["-m", "schemathesis.cli"]);
        command
    }
}

/// Makes sure of the tester, in a virtual environment of its own.
pub(super) fn schemathesis() -> Result<Schemathesis> {
    let version = version();
    let name = format!("schemathesis-{version}");
    let python = |folder: &Path| {
        folder.join(if cfg!(windows) {
            "Scripts/python.exe"
        } else {
            "bin/python"
        })
    };
    let installed = Schemathesis(python(&cache::folder()?.join(&name)));
    if works(&installed, version) {
        return Ok(installed);
    }
    let system = command::find("python3")
        .or_else(|| command::find("python"))
        .ok_or_else(|| not_installed("Python 3", "sudo apt-get install python3 python3-venv"))?;
    announce(&format!(
        "Installing schemathesis {version} from PyPI: about a minute"
    ));
    let place = cache::install(&name, |folder| {
        command::run(Command::new(&system).args(["-m", "venv"]).arg(folder))?;
        let list = folder.join("requirements.txt");
        fs::write(&list, REQUIREMENTS)?;
        let mut pip = Command::new(python(folder));
        pip.args([
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--requirement",
        ])
        .arg(&list);
        command::run(&mut pip)
    })
    .map_err(|error| {
        eprintln!("{error:#}");
        not_installed(
            &format!("schemathesis {version} (in a virtual environment)"),
            "sudo apt-get install python3 python3-venv && cargo xtask test --long",
        )
    })?;
    Ok(Schemathesis(python(&place)))
}

/// The version that is asked for.
fn version() -> &'static str {
    let mut lines = REQUIREMENTS.lines();
    lines
        .find_map(|line| line.strip_prefix("schemathesis=="))
        .unwrap_or_default()
}

fn works(tester: &Schemathesis, version: &str) -> bool {
    command::first_line(tester.command().arg("--version"))
        .is_some_and(|line| line.ends_with(version))
}
