//! A browser for one test: a chromedriver on a free port and a session with a fresh profile.

use std::{
    env,
    io::{BufRead as _, BufReader},
    path::PathBuf,
    process::{Child, Command, Stdio},
};
use thirtyfour::{Capabilities, WebDriver};

use serde_json::json;

/// A running chromedriver; it is stopped when this is dropped.
pub(crate) struct Chromedriver {
    process: Child,
    port: u16,
}

impl Chromedriver {
    /// Starts one on a port that it chooses itself and tells.
    pub(crate) fn start() -> Self {
        // The port it chose may be taken by the time it wants both address families.
        let tries = std::iter::repeat_with(Self::try_to_start).take(5);
        tries
            .flatten()
            .next()
            .expect("chromedriver says on which port it listens")
    }

    fn try_to_start() -> Option<Self> {
        let mut process = Command::new(from_env("NYMBLE_CHROMEDRIVER"))
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver (NYMBLE_CHROMEDRIVER) cannot be started");
        let stdout = process.stdout.take().expect("its output is piped");
        let mut driver = Self { process, port: 0 };
        let mut lines = BufReader::new(stdout).lines().map_while(Result::ok);
        driver.port = lines.find_map(|line| {
            let (_, port) = line.rsplit_once("started successfully on port ")?;
            port.trim_end_matches('.').parse().ok()
        })?;
        // Its pipe must be emptied for as long as it runs.
        std::thread::spawn(move || lines.for_each(drop));
        Some(driver)
    }

    /// Opens a browser with an empty profile and a window of that size.
    pub(crate) async fn session(&self, (width, height): (u32, u32)) -> WebDriver {
        let capabilities = json!({
            "browserName": "chrome",
            "goog:loggingPrefs": { "browser": "ALL" },
            "goog:chromeOptions": {
                "binary": from_env("NYMBLE_CHROMIUM"),
                "args": [
                    "--headless=new",
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-dev-shm-usage",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                    "--no-first-run",
                    "--disable-quic",
                    "--lang=en-US",
                    // Two tabs take turns in these tests; the one behind must not be put to sleep.
                    "--disable-background-timer-throttling",
                    "--disable-backgrounding-occluded-windows",
                    "--disable-renderer-backgrounding",
                    format!("--window-size={width},{height}"),
                ],
                "prefs": {
                    // Bubbles over the page would take the focus.
                    "credentials_enable_service": false,
                    "profile.password_manager_enabled": false,
                    "autofill.credit_card_enabled": false,
                    "autofill.profile_enabled": false,
                },
            },
        });
        let serde_json::Value::Object(capabilities) = capabilities else {
            unreachable!("capabilities are an object");
        };
        let address = format!("http://127.0.0.1:{}", self.port);
        WebDriver::new(address, Capabilities::from(capabilities))
            .await
            .expect("the browser (NYMBLE_CHROMIUM) starts")
    }
}

impl Drop for Chromedriver {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A path that `cargo xtask test` hands over.
pub(crate) fn from_env(name: &str) -> PathBuf {
    env::var_os(name)
        .unwrap_or_else(|| panic!("{name} is not set; `cargo xtask test --only browser` sets it"))
        .into()
}
