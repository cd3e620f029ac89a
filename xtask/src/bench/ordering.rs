//! `cargo xtask bench ordering`: two thousand lines in the order pad and five hundred in the cart, in a real
//! browser against the release bundle.

use crate::{
    command::{self, Event},
    dist,
    progress::{announce, say},
    setup,
    workspace::Workspace,
};
use anyhow::{Context, Result, ensure};
use serde_json::Value;
use std::fs;

/// Builds the bundle, measures in a browser and prints; nothing is asserted but that it works.
pub fn ordering(workspace: &Workspace) -> Result<()> {
    let tools = setup::build_tools(workspace)?;
    let browser = setup::browser()?;
    let bundle = dist::build(workspace, &tools, &dist::Options::default())?;
    let artifacts = workspace.target().join("browser-artifacts");
    fs::create_dir_all(&artifacts)?;
    announce("Ordering in a browser");
    let mut cargo = tools.rust.cargo();
    cargo
        // The sandbox is part of the test, and must not be what is measured.
        .args([
            "test",
            "--profile",
            "server",
            "--package",
            "nymble-storefront",
        ])
        .args(["--features", "browser-tests", "--test", "browser", "--"])
        .args([
            "--ignored",
            "--exact",
            "ordering_bench::ordering",
            "--nocapture",
        ])
        .env("NYMBLE_DIST", bundle)
        .env("NYMBLE_CHROMIUM", browser.chromium)
        .env("NYMBLE_CHROMEDRIVER", browser.chromedriver)
        .env("NYMBLE_AXE", browser.axe)
        .env("NYMBLE_ARTIFACTS", artifacts)
        .current_dir(workspace.root());
    let status = command::each_line(&mut cargo, |event| {
        if let Event::Line(line) = event
            && let Some(figure) = line.strip_prefix("figure: ")
        {
            say(figure);
        }
    })?;
    ensure!(status.success(), "the measurement failed");
    let sizes = fs::read_to_string(workspace.target().join("sizes.json"))
        .context("the sizes of the bundle")?;
    let sizes: Value = serde_json::from_str(&sizes)?;
    let screens = sizes["screens"].as_array().into_iter().flatten();
    for screen in screens.filter(|screen| screen["name"] == "working pad") {
        say(&format!(
            "{:<52} {:>9} of 195000",
            "bytes (brotli) to a working quick order", screen["brotli"]
        ));
    }
    Ok(())
}
