//! `cargo xtask serve`: the release bundle and the sandbox API, side by side on this machine.

use crate::{
    command, dist,
    failure::Failure,
    progress::{announce, say},
    setup,
    site::{self, Site},
    workspace::Workspace,
};
use anyhow::{Context, Result};
use std::{
    fs,
    io::{Read as _, Write as _},
    net::{Ipv4Addr, TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

/// The demo sign-ins of the sandbox.
const SIGN_INS: [(&str, &str); 7] = [
    (
        "acme-buyer",
        "Acme Industrial Supply, wholesale, USD, NET30",
    ),
    ("riviera-buyer", "a French customer, retail, EUR"),
    ("tokyo-buyer", "a Japanese customer, premium, JPY"),
    ("dormant-buyer", "a deactivated customer: refused"),
    ("acme-rep", "sales representative"),
    ("acme-admin", "administrator"),
    ("acme-super", "administrator of every organization"),
];

/// How long the sandbox may take to make its data; a million products take a while.
const PATIENCE: Duration = Duration::from_secs(300);

/// What to serve, and where.
#[derive(Debug, Clone)]
pub struct Options {
    /// The storefront's port.
    pub port: u16,
    /// The API's port.
    pub api_port: u16,
    /// The sandbox's database; by default in cargo's target folder.
    pub db: Option<PathBuf>,
    /// How many products a new database gets.
    pub products: Option<u64>,
    /// Whether to open the browser.
    pub open: bool,
}

/// Serves until it is told to stop.
pub fn run(workspace: &Workspace, options: &Options) -> Result<()> {
    require_free("serve", options)?;
    let stop = stop_signal()?;
    let tools = setup::build_tools(workspace)?;
    let bundle = dist::build(workspace, &tools, &dist::Options::default())?;
    let program = build_sandbox(workspace)?;

    let mut sandbox = Sandbox::start(workspace, &program, options)?;
    sandbox.wait_until_it_answers(&stop)?;
    let api = format!("http://127.0.0.1:{}", options.api_port);
    let site = Site::start(
        &bundle,
        site::Options {
            port: options.port,
            config: Some(config_with(&bundle, &api)?),
            api_origins: vec![api.clone()],
        },
    )?;
    greet(&site.base_url(), &api);
    if options.open {
        open(&site.base_url());
    }
    let ended = loop {
        match stop.recv_timeout(Duration::from_millis(300)) {
            Err(mpsc::RecvTimeoutError::Timeout) => {
                if let Some(status) = sandbox.child.try_wait()? {
                    break Some(status);
                }
            }
            _ => break None,
        }
    };
    site.stop();
    if let Some(status) = ended {
        return Err(Failure::new(format!("The sandbox API stopped ({status}).")).into());
    }
    say("• Stopping");
    sandbox.stop();
    Ok(())
}

/// Refuses taken ports before anything is built; `task` is the command the developer typed.
pub(crate) fn require_free(task: &str, options: &Options) -> Result<()> {
    for (port, flag) in [(options.port, "--port"), (options.api_port, "--api-port")] {
        if let Err(error) = TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
            let sentence = format!("Port {port} cannot be used ({error}); {flag} chooses another.");
            let other = port.saturating_add(10);
            return Err(Failure::new(sentence)
                .try_this(format!("cargo xtask {task} {flag} {other}"))
                .into());
        }
    }
    Ok(())
}

/// Receives once, when the developer or the system asks this program to stop.
pub(crate) fn stop_signal() -> Result<mpsc::Receiver<()>> {
    let (send, receive) = mpsc::channel();
    ctrlc::set_handler(move || {
        // A second signal while stopping changes nothing.
        let _ = send.send(());
    })
    .context("cannot listen for ctrl-c")?;
    Ok(receive)
}

/// Compiles the sandbox, optimised but without the costly last steps of the release profile.
pub(crate) fn build_sandbox(workspace: &Workspace) -> Result<PathBuf> {
    let name = format!("nymble-sandbox{}", std::env::consts::EXE_SUFFIX);
    let program = workspace.target().join("server").join(name);
    announce(if program.is_file() {
        "Bringing the sandbox API up to date"
    } else {
        "Compiling the sandbox API: once, about 3 minutes"
    });
    let mut cargo = command::cargo();
    cargo
        .args([
            "build",
            "--package",
            "nymble-sandbox",
            "--bin",
            "nymble-sandbox",
        ])
        .args(["--profile", "server", "--color", "never"])
        .current_dir(workspace.root());
    command::run(&mut cargo)?;
    Ok(program)
}

/// The running API.
#[derive(Debug)]
pub(crate) struct Sandbox {
    pub(crate) child: Child,
    port: u16,
}

impl Sandbox {
    /// Starts it. Call this on the main thread: the child is tied to the thread that starts it.
    pub(crate) fn start(workspace: &Workspace, program: &Path, options: &Options) -> Result<Self> {
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

/// The bundle's configuration, aimed at the sandbox.
fn config_with(bundle: &Path, api: &str) -> Result<String> {
    let path = bundle.join("config.json");
    let text =
        fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut config: serde_json::Value =
        serde_json::from_str(&text).context("public/config.json is not valid JSON")?;
    config
        .as_object_mut()
        .context("public/config.json is not an object")?
        .insert("apiBaseUrl".to_owned(), api.into());
    Ok(serde_json::to_string_pretty(&config)?)
}

fn greet(site: &str, api: &str) {
    say(&format!(
        "\n  Storefront  {site}\n  Sandbox API {api}\n\n  Organization code acme-dist, every client secret `sandbox`:"
    ));
    for (client, who) in SIGN_INS {
        say(&format!("    {client:<14} {who}"));
    }
    say("\n  Ctrl-C stops both.");
}

fn open(address: &str) {
    let program = ["xdg-open", "open", "wslview"]
        .into_iter()
        .find_map(command::find);
    let opened = program.is_some_and(|program| {
        Command::new(program)
            .arg(address)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .is_ok()
    });
    if !opened {
        say(&format!("  No browser could be opened; go to {address}"));
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_taken_port_names_the_command_that_was_typed() {
        let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let api_port = taken.local_addr().unwrap().port();
        let options = Options {
            port: 0,
            api_port,
            db: None,
            products: None,
            open: false,
        };
        let error = require_free("dev", &options).unwrap_err().to_string();
        assert!(error.contains(&format!("Port {api_port} ")), "{error}");
        assert!(error.contains("cargo xtask dev --api-port "), "{error}");
    }
}
