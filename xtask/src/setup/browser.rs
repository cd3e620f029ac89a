//! The browser the tests drive, and its driver.

use super::{not_installed, system};
use crate::{command, failure::Failure};
use anyhow::Result;
use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
    thread,
};

const BROWSERS: [&str; 4] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
];
const DRIVER: &str = "chromedriver";
const BY_HAND: &str = "sudo apt-get install chromium chromium-driver";

/// What a browser test needs.
#[derive(Debug, Clone)]
pub struct Browser {
    /// The browser.
    pub chromium: PathBuf,
    /// Its `WebDriver` server, of the same major version.
    pub chromedriver: PathBuf,
    /// The accessibility rules, a script to inject.
    pub axe: PathBuf,
}

/// Makes sure of a browser and a driver that fit together.
///
/// `NYMBLE_CHROMIUM` and `NYMBLE_CHROMEDRIVER` name others than those on `PATH`.
pub fn ensure(axe: PathBuf) -> Result<Browser> {
    let (chromium, chromedriver) = if let Some(pair) = find() {
        pair
    } else {
        system::install(
            "Chromium with its driver",
            "downloads about 100 MB",
            &["chromium", "chromium-driver", "fonts-liberation"],
        )?;
        find().ok_or_else(|| not_installed("Chromium with its driver", BY_HAND))?
    };
    let (browser, driver) = thread::scope(|scope| {
        let browser = scope.spawn(|| major(&chromium));
        (browser.join().unwrap_or(None), major(&chromedriver))
    });
    match (browser, driver) {
        (Some(browser), Some(driver)) if browser == driver => Ok(Browser {
            chromium,
            chromedriver,
            axe,
        }),
        (Some(browser), Some(driver)) => Err(Failure::new(format!(
            "{} is version {browser}, but {} is for version {driver}.",
            chromium.display(),
            chromedriver.display()
        ))
        .try_this(BY_HAND)
        .into()),
        (browser, _) => {
            let broken = if browser.is_none() {
                &chromium
            } else {
                &chromedriver
            };
            Err(
                Failure::new(format!("{} does not start.", broken.display()))
                    .try_this(BY_HAND)
                    .into(),
            )
        }
    }
}

fn find() -> Option<(PathBuf, PathBuf)> {
    let named = |variable: &str| env::var_os(variable).map(PathBuf::from);
    let browser =
        named("NYMBLE_CHROMIUM").or_else(|| BROWSERS.into_iter().find_map(command::find))?;
    let driver = named("NYMBLE_CHROMEDRIVER").or_else(|| command::find(DRIVER))?;
    Some((browser, driver))
}

/// The major version in the line that `--version` prints.
fn major(program: &Path) -> Option<u32> {
    let line = command::first_line(Command::new(program).arg("--version"))?;
    major_in(&line)
}

fn major_in(line: &str) -> Option<u32> {
    line.split_whitespace()
        .find_map(|word| word.split_once('.')?.0.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::major_in;

    #[test]
    fn reads_the_major_version_of_every_kind_of_line() {
        assert_eq!(
            major_in("Chromium 156.0.8078.79 built on Debian"),
            Some(156)
        );
        assert_eq!(
            major_in("ChromeDriver 156.0.1 (abc-refs/x@{#1})"),
            Some(156)
        );
        assert_eq!(major_in("Google Chrome 99.0.4844.51"), Some(99));
        assert_eq!(major_in("no version"), None);
    }
}
