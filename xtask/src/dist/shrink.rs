//! Makes modules, style sheets and scripts smaller, with the tools that come from npm.

use super::{
    Site, cores,
    known::{Known, draft, finish},
};
use crate::{failure::Failure, progress::announce, setup::BuildTools};
use anyhow::{Context, Result};
use std::{fs, path::PathBuf, process::Command};

/// Shrinks many modules in one process.
const OPTIMISE: &str = include_str!("optimise.mjs");
/// Shortens style sheets and scripts.
const MINIFY: &str = include_str!("minify.mjs");

/// A module, and where its smaller form goes.
pub(super) type Job = (PathBuf, PathBuf);

/// Shrinks modules, on all cores, but for those whose result is known.
pub(super) fn modules(jobs: &[Job], known: &Known, site: &Site, tools: &BuildTools) -> Result<()> {
    let script = written(site, "optimise.mjs", OPTIMISE)?;
    let label = tools.packages.label();
    let mut results = Vec::new();
    let mut new = Vec::new();
    for (input, _) in jobs {
        let module = fs::read(input).with_context(|| input.display().to_string())?;
        let result = known.place(&[label.as_bytes(), OPTIMISE.as_bytes(), &module]);
        if !result.is_file() {
            new.push((module.len(), input.clone(), result.clone()));
        }
        results.push(result);
    }
    announce(&format!(
        "Shrinking {} of {} modules",
        new.len(),
        jobs.len()
    ));
    let batches: Vec<_> = batches(new, cores::count());
    cores::each(&batches, |batch| {
        let files = batch.iter().flat_map(|(input, result)| {
            [
                input.clone().into_os_string(),
                draft(result).into_os_string(),
            ]
        });
        let mut optimise = tools.packages.script(&script);
        quietly(optimise.args(files), "wasm-opt")?;
        batch.iter().try_for_each(|(_, result)| finish(result))
    })?;
    for ((_, output), result) in jobs.iter().zip(&results) {
        fs::copy(result, output).with_context(|| output.display().to_string())?;
    }
    Ok(())
}

/// Shortens style sheets and scripts, each in its place.
pub(super) fn texts(files: &[PathBuf], site: &Site, tools: &BuildTools) -> Result<()> {
    let script = written(site, "minify.mjs", MINIFY)?;
    quietly(tools.packages.script(&script).args(files), "esbuild")
}

fn written(site: &Site, name: &str, script: &str) -> Result<PathBuf> {
    let path = site.path(name);
    fs::write(&path, script)?;
    Ok(path)
}

/// Runs a tool whose output matters only when it fails.
fn quietly(command: &mut Command, tool: &str) -> Result<()> {
    let result = command.output().context("cannot start node")?;
    if result.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&result.stderr);
    Err(Failure::new(format!(
        "{tool} failed ({}): {}",
        result.status,
        said.trim()
    ))
    .into())
}

/// Spreads jobs over so many batches that each has about the same number of bytes; none is empty.
fn batches(mut jobs: Vec<(usize, PathBuf, PathBuf)>, count: usize) -> Vec<Vec<Job>> {
    jobs.sort_by_key(|(size, ..)| std::cmp::Reverse(*size));
    let mut batches: Vec<(usize, Vec<Job>)> = vec![(0, Vec::new()); count.max(1)];
    for (size, input, output) in jobs {
        if let Some((bytes, batch)) = batches.iter_mut().min_by_key(|(bytes, _)| *bytes) {
            *bytes += size;
            batch.push((input, output));
        }
    }
    let filled = batches.into_iter().map(|(_, batch)| batch);
    filled.filter(|batch| !batch.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn batches_hold_every_job_once_and_about_the_same_bytes() {
        let job = |size: usize| {
            let name = PathBuf::from(size.to_string());
            (size, name.clone(), name)
        };
        let batches = batches([1, 9, 2, 8, 5, 5].map(job).into(), 2);
        let names = |batch: &Vec<Job>| -> Vec<String> {
            let name = |(input, _): &Job| input.display().to_string();
            batch.iter().map(name).collect()
        };
        let bytes: Vec<usize> = batches
            .iter()
            .map(|batch| {
                names(batch)
                    .iter()
                    .filter_map(|it| it.parse::<usize>().ok())
                    .sum()
            })
            .collect();
        assert_eq!(bytes, [15, 15]);
        assert_eq!(super::batches(Vec::new(), 2).len(), 0);
    }
}
