//! The sandbox API as a program: compiled, started, waited for, stopped.

use crate::{
    command, failure::Failure, progress::announce, serve, setup::Rust, workspace::Workspace,
};
use anyhow::{Context, Result};
use std::{
    fs,
    io::{Read as _, Write as _},
    net::{Ipv4Addr, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

/// How long the sandbox may take to make its data; a million products take a while.
const PATIENCE: Duration = Duration::from_secs(300);

/// Where the program is once it is compiled.
pub(crate) fn program(workspace: &Workspace) -> PathBuf {
    let name = format!("nymble-sandbox{}", std::env::consts::EXE_SUFFIX);
    workspace.target().join("server").join(name)
}

/// Compiles it behind a progress line: optimised, but without the costly last steps of the release profile.
pub(crate) fn build(workspace: &Workspace, rust: &Rust) -> Result<PathBuf> {
    let program = program(workspace);
    announce(if program.is_file() {
        "Bringing the sandbox API up to date"
    } else {
        "Compiling the sandbox API: once, about 3 minutes"
    });
    command::run(&mut compilation(workspace, rust))?;
    Ok(program)
}

/// The same without a word, beside something else that shows its progress.
pub(crate) fn build_silently(workspace: &Workspace, rust: &Rust) -> Result<PathBuf> {
    command::run_silently(&mut compilation(workspace, rust))?;
    Ok(program(workspace))
}

fn compilation(workspace: &Workspace, rust: &Rust) -> Command {
    let mut cargo = rust.cargo();
    cargo
        .args(["build", "--package", "nymble-sandbox"])
        .args(["--bin", "nymble-sandbox"])
        .args(["--profile", "server", "--color", "never"])
        .current_dir(workspace.root());
    cargo
}

/// The running API.
#[derive(Debug)]
pub(crate) struct Sandbox {
    pub(crate) child: Child,
    port: u16,
}

impl Sandbox {
    /// Starts it. Call this on the main thread: the child is tied to the thread that starts it.
    pub(crate) fn start(
        workspace: &Workspace,
        program: &Path,
        options: &serve::Options,
    ) -> Result<Self> {
        let db = options
            .db
            .clone()
            .unwrap_or_else(|| workspace.target().join("sandbox/demo.db"));
        if let Some(folder) = db.parent() {
            fs::create_dir_all(folder)
                .with_context(|| format!("cannot create {}", folder.display()))?;
        }
        let mut command = tied_to_this_program(program);
        command
            .args(["--port", &options.api_port.to_string()])
            .arg("--db")
            .arg(&db)
            .stdin(Stdio::null());
        if let Some(products) = options.products {
            command.args(["--products", &products.to_string()]);
        }
        announce(&format!("Starting the sandbox API on {}", db.display()));
        let child = command
            .spawn()
            .with_context(|| format!("cannot start {}", program.display()))?;
        Ok(Self {
            child,
            port: options.api_port,
        })
    }

    /// Waits for the first answer.
    pub(crate) fn wait_until_it_answers(&mut self, stop: &mpsc::Receiver<()>) -> Result<()> {
        let started = Instant::now();
        while started.elapsed() < PATIENCE {
            if let Some(status) = self.child.try_wait()? {
                return Err(self.ended(status).into());
            }
            if answers(self.port) {
                return Ok(());
            }
            if !matches!(
                stop.recv_timeout(Duration::from_millis(100)),
                Err(mpsc::RecvTimeoutError::Timeout)
            ) {
                return Err(Failure::new("Stopped while the sandbox API was starting.").into());
            }
        }
        Err(Failure::new(format!(
            "The sandbox API gave no answer on port {} within {} s.",
            self.port,
            PATIENCE.as_secs()
        ))
        .into())
    }

    fn ended(&self, status: ExitStatus) -> Failure {
        Failure::new(format!(
            "The sandbox API ended ({status}) before it answered on port {}.",
            self.port
        ))
    }

    /// Asks it to end and gives it time to finish what it has acknowledged.
    pub(crate) fn stop(mut self) {
        ask_to_end(&mut self.child);
        for _ in 0..50 {
            if !matches!(self.child.try_wait(), Ok(None)) {
                return;
            }
            thread::sleep(Duration::from_millis(100));
        }
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        // Fails only when it is gone already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A command whose process the system ends when this program dies, however it dies.
pub(crate) fn tied_to_this_program(program: &Path) -> Command {
    if let Some(setpriv) = command::find("setpriv") {
        let mut command = Command::new(setpriv);
        command.args(["--pdeathsig", "TERM", "--"]).arg(program);
        return command;
    }
    Command::new(program)
}

#[cfg(unix)]
fn ask_to_end(child: &mut Child) {
    use rustix::process::{Pid, Signal, kill_process};
    // Fails only when it is gone already.
    let _ = kill_process(Pid::from_child(child), Signal::TERM);
}

#[cfg(not(unix))]
fn ask_to_end(child: &mut Child) {
    let _ = child.kill();
}

/// Whether something on the port answers HTTP, whatever it answers.
fn answers(port: u16) -> bool {
    let ask = || -> std::io::Result<bool> {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
        stream.set_read_timeout(Some(Duration::from_secs(2)))?;
        stream.write_all(b"HEAD / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")?;
        let mut start = [0; 5];
        stream.read_exact(&mut start)?;
        Ok(&start == b"HTTP/")
    };
    ask().unwrap_or(false)
}
