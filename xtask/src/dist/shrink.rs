//! Makes modules, style sheets and scripts smaller, with the tools that come from npm.

use super::{
    Site,
    batch::{self, Script},
    known::Known,
};
use crate::{progress::announce, setup::BuildTools};
use anyhow::{Context, Result};
use std::{fs, path::PathBuf};

/// Shrinks many modules in one process.
const OPTIMISE: Script = Script {
    name: "optimise.mjs",
    text: include_str!("optimise.mjs"),
    words: &[],
};
/// Shortens style sheets and scripts.
const MINIFY: &str = include_str!("minify.mjs");

/// Shrinks modules: each is a module, and where its smaller form goes.
pub(super) fn modules(
    jobs: &[(PathBuf, PathBuf)],
    known: &Known,
    site: &Site,
    tools: &BuildTools,
) -> Result<()> {
    let inputs: Vec<_> = jobs.iter().map(|(input, _)| input.clone()).collect();
    let results = OPTIMISE.results(&inputs, known, site, tools, |new| {
        announce(&format!("Shrinking {new} of {} modules", jobs.len()));
    })?;
    for ((_, output), result) in jobs.iter().zip(&results) {
        fs::copy(result, output).with_context(|| output.display().to_string())?;
    }
    Ok(())
}

/// Shortens style sheets and scripts, each in its place.
pub(super) fn texts(files: &[PathBuf], site: &Site, tools: &BuildTools) -> Result<()> {
    let script = batch::written(site, "minify.mjs", MINIFY)?;
    batch::quietly(tools.packages.script(&script).args(files))
}
