//! `cargo xtask serve`: the release bundle and the sandbox API, side by side on this machine.

use crate::{
    command, dist,
    failure::Failure,
    progress::{announce, say},
    sandbox::{self, Sandbox},
    setup::{self, BuildTools},
    site::{self, Site},
    workspace::Workspace,
};
use anyhow::{Context, Result, anyhow};
use std::{
    fs,
    net::{Ipv4Addr, TcpListener},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::mpsc,
    thread,
    time::Duration,
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
    let (bundle, program) = build_both(workspace, &tools)?;

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

/// Makes the bundle, and the sandbox beside it: neither keeps all cores busy all the time.
fn build_both(workspace: &Workspace, tools: &BuildTools) -> Result<(PathBuf, PathBuf)> {
    if !sandbox::program(workspace).is_file() {
        announce("Compiling the sandbox API beside the app, too");
    }
    thread::scope(|scope| {
        let program = scope.spawn(|| sandbox::build_silently(workspace, &tools.rust));
        // Nothing travels far from here.
        let options = dist::Options { compress: false };
        let bundle = dist::build(workspace, tools, &options);
        if !program.is_finished() {
            announce("Waiting for the sandbox API to be compiled");
        }
        let program = program
            .join()
            .map_err(|_| anyhow!("compiling the sandbox API panicked"));
        Ok((bundle?, program??))
    })
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
