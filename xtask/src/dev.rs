//! `cargo xtask dev`: trunk's reloading development server, with the pinned tools and the sandbox.

use crate::{
    failure::Failure,
    progress::say,
    sandbox::{self, Sandbox},
    serve,
    setup::{self, DevTools},
    workspace::Workspace,
};
use anyhow::{Context, Result};
use std::{
    process::{Command, Stdio},
    sync::mpsc,
    time::Duration,
};

/// Serves the unsplit development build until it is told to stop.
///
/// `config.json` is served as it is, so the API must be where that says.
pub fn run(workspace: &Workspace, options: &serve::Options) -> Result<()> {
    serve::require_free("dev", options)?;
    let stop = serve::stop_signal()?;
    let tools = setup::dev_tools(workspace)?;
    let program = sandbox::build(workspace, &tools.rust)?;
    let mut sandbox = Sandbox::start(workspace, &program, options)?;
    sandbox.wait_until_it_answers(&stop)?;

    let mut trunk = trunk(workspace, &tools, "serve")?
        .args(["--port", &options.port.to_string()])
        .args(options.open.then_some("--open"))
        .stdin(Stdio::null())
        .spawn()
        .context("cannot start trunk")?;
    let result = loop {
        match stop.recv_timeout(Duration::from_millis(300)) {
            Err(mpsc::RecvTimeoutError::Timeout) => {
                if let Some(status) = trunk.try_wait()? {
                    break Err(Failure::new(format!("trunk stopped ({status}).")).into());
                }
            }
            _ => break Ok(()),
        }
    };
    // Fails only when it is gone already.
    let _ = trunk.kill();
    let _ = trunk.wait();
    say("• Stopping");
    sandbox.stop();
    result
}

/// trunk with the pinned tools, ready for arguments of one of its commands.
pub fn trunk(workspace: &Workspace, tools: &DevTools, command: &str) -> Result<Command> {
    let mut trunk = sandbox::tied_to_this_program(&tools.trunk);
    tools.rust.choose_for(&mut trunk);
    trunk
        .args([command, "--offline", "--skip-version-check"])
        .current_dir(workspace.root())
        .env("PATH", tools.path()?)
        // trunk refuses values of this one that other programs accept.
        .env_remove("NO_COLOR");
    Ok(trunk)
}
