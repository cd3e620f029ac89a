//! What takes minutes: sessions by chance in their thousands, and the sandbox API, asked by a property-based tester whether
//! it does as its own description says.

use crate::{
    command,
    progress::say,
    sandbox,
    setup::{Rust, Schemathesis},
    workspace::Workspace,
};
use anyhow::{Context, Result};
use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
};

/// The test that runs sessions by chance, and how many of them.
pub(super) const SESSIONS_TEST: &str = "whole_sessions_end_with_what_the_buyer_meant";
pub(super) const SESSIONS: &str = "10000";

/// As whom the tester signs in; each sees other answers.
const CLIENTS: [&str; 2] = ["acme-admin", "acme-buyer"];

/// Seconds for each of them.
const BUDGET: u32 = 150;

/// Asks a fresh sandbox, once for each client.
pub(super) fn run(workspace: &Workspace, rust: &Rust, tester: &Schemathesis) -> Result<()> {
    let program = sandbox::build(workspace, rust)?;
    for client in CLIENTS {
        let sandbox = Sandbox::start(&program)?;
        say(&format!("• Asking as {client}, for at most {BUDGET} s"));
        let mut ask = tester.command();
        ask.arg("--config-file")
            .arg(workspace.root().join("sandbox/schemathesis.toml"))
            .arg("run")
            .arg(format!("{}/_sandbox/openapi.json", sandbox.address))
            .args(["--max-time", &BUDGET.to_string()])
            .env("SANDBOX_CLIENT_ID", client)
            .current_dir(workspace.target());
        let status = command::each_line(&mut ask, super::show)?;
        anyhow::ensure!(
            status.success(),
            "the API does not do as it says, asked as {client}"
        );
    }
    Ok(())
}

/// A sandbox in memory, on a free port.
struct Sandbox {
    child: Child,
    address: String,
}

impl Sandbox {
    fn start(program: &Path) -> Result<Self> {
        let mut child = Command::new(program)
            .args(["--port", "0", "--db", ":memory:", "--products", "300"])
            .env("RUST_LOG", "error")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("cannot start {}", program.display()))?;
        let mut line = String::new();
        if let Some(output) = child.stdout.as_mut() {
            BufReader::new(output).read_line(&mut line)?;
        }
        let address = line
            .trim()
            .rsplit(' ')
            .next()
            .unwrap_or_default()
            .to_owned();
        Ok(Self { child, address })
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        // Fails only when it is gone already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
