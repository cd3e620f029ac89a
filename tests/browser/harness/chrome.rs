//! A chromedriver with the Chromium that it drives, and somebody who ends both when nobody else can.

use serde_json::json;
use std::{
    env, fs,
    io::{BufRead as _, BufReader},
    os::unix::process::CommandExt as _,
    path::{Path, PathBuf},
    process::{self, Child, ChildStdin, Command, Stdio},
    sync::atomic::{AtomicU32, Ordering},
};
use thirtyfour::{Capabilities, WebDriver};

/// What Chromium writes its socket's port and path into, in its profile.
const ACTIVE_PORT: &str = "DevToolsActivePort";

/// A running chromedriver; it is stopped, with its browser, when this is dropped or this process ends.
pub(super) struct Chromedriver {
    process: Child,
    port: u16,
    profile: PathBuf,
    guard: Option<Guard>,
}

/// Waits for this process to let go of it, or to end in whatever way: then it kills chromedriver and browser and
/// removes the profile. Tests end without a word: neither statics are dropped, nor is anything else run.
struct Guard {
    process: Child,
    line: Option<ChildStdin>,
}

impl Guard {
    /// Guards a process group, which is what a browser started by chromedriver is in.
    fn over(group: u32, profile: &Path) -> Self {
        let script =
            "trap '' INT TERM HUP; read -r line; kill -s KILL -- \"-$1\"; rm -rf -- \"$2\"";
        let mut process = Command::new("sh")
            .args(["-c", script, "guard", &group.to_string()])
            .arg(profile)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn()
            .expect("a shell");
        let line = process.stdin.take();
        Self { process, line }
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        drop(self.line.take());
        let _ = self.process.wait();
    }
}

impl Chromedriver {
    /// Starts one on a port that it chooses itself and tells.
    pub(super) fn start() -> Self {
        // The port it chose may be taken by the time it wants both address families.
        let tries = std::iter::repeat_with(Self::try_to_start).take(5);
        tries
            .flatten()
            .next()
            .expect("chromedriver says on which port it listens")
    }

    fn try_to_start() -> Option<Self> {
        let profile = new_profile();
        let mut process = Command::new(from_env("NYMBLE_CHROMEDRIVER"))
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn()
            .expect("chromedriver (NYMBLE_CHROMEDRIVER) cannot be started");
        let guard = Guard::over(process.id(), &profile);
        let stdout = process.stdout.take().expect("its output is piped");
        let mut driver = Self {
            process,
            port: 0,
            profile,
            guard: Some(guard),
        };
        let mut lines = BufReader::new(stdout).lines().map_while(Result::ok);
        driver.port = lines.find_map(|line| {
            let (_, port) = line.rsplit_once("started successfully on port ")?;
            port.trim_end_matches('.').parse().ok()
        })?;
        // Its pipe must be emptied for as long as it runs.
        std::thread::spawn(move || lines.for_each(drop));
        Some(driver)
    }

    /// Opens a browser with an empty profile.
    pub(super) async fn session(&self) -> WebDriver {
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
                    "--disable-extensions",
                    "--disable-sync",
                    "--no-first-run",
                    "--disable-quic",
                    "--lang=en-US",
                    // Each window of a browser comes with two pages for its address bar's suggestions: they
                    // take more time to start than all that a test's window needs.
                    "--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup",
                    // Two tabs take turns in these tests; the one behind must not be put to sleep.
                    "--disable-background-timer-throttling",
                    "--disable-backgrounding-occluded-windows",
                    "--disable-renderer-backgrounding",
                    format!("--user-data-dir={}", self.profile.display()),
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

    /// Where the browser's own socket is: a port, and a path on the next line.
    pub(super) fn active_port(&self) -> String {
        let file = self.profile.join(ACTIVE_PORT);
        fs::read_to_string(&file).expect("the browser has written its port")
    }
}

impl Drop for Chromedriver {
    fn drop(&mut self) {
        drop(self.guard.take());
        // It has been killed; what is left of it goes with this.
        let _ = self.process.wait();
    }
}

/// An empty folder of this process's own.
fn new_profile() -> PathBuf {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let folder = env::temp_dir().join(format!("nymble-browser-{}-{number}", process::id()));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder for the browser's profile");
    folder
}

/// A path that `cargo xtask test` hands over.
pub(crate) fn from_env(name: &str) -> PathBuf {
    env::var_os(name)
        .unwrap_or_else(|| panic!("{name} is not set; `cargo xtask test --only browser` sets it"))
        .into()
}
