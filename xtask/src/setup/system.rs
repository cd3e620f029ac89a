//! Packages of the operating system, where they can be installed without asking (Debian and kin).

use super::not_installed;
use crate::{command, failure::Failure, progress::announce};
use std::process::{Command, Stdio};

/// Installs packages with apt, or says what to type.
pub(super) fn install(what: &str, size: &str, packages: &[&str]) -> Result<(), Failure> {
    let by_hand = format!("sudo apt-get install {}", packages.join(" "));
    let failed = || not_installed(what, &by_hand);
    let prefix = administrator().ok_or_else(failed)?;
    announce(&format!("Installing {what} with apt: {size}"));
    let update = apt(prefix, &["update", "-q"], &[]);
    let options = ["install", "-q", "-y", "--no-install-recommends"];
    let install = apt(prefix, &options, packages);
    // An update that fails for one of several sources need not stop the installation.
    for mut step in [update, install] {
        if let Err(error) = command::run(&mut step) {
            eprintln!("{error:#}");
        }
    }
    Ok(())
}

/// How to become the administrator without a question: as root by nothing, else by `sudo -n`.
fn administrator() -> Option<&'static [&'static str]> {
    command::find("apt-get")?;
    if command::first_line(Command::new("id").arg("-u")).as_deref() == Some("0") {
        return Some(&[]);
    }
    let allowed = Command::new("sudo")
        .args(["-n", "true"])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success());
    allowed.then_some(&["sudo", "-n"])
}

fn apt(prefix: &[&str], options: &[&str], packages: &[&str]) -> Command {
    let mut words = prefix
        .iter()
        .chain(&["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"])
        .chain(options)
        .chain(packages)
        .copied();
    let mut command = Command::new(words.next().unwrap_or("env"));
    command.args(words);
    command
}
