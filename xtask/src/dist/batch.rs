//! Many files through a script that node runs, on all cores, but for those whose result is known.

use super::{
    Site, cores,
    known::{Known, draft, finish},
};
use crate::{failure::Failure, setup::BuildTools};
use anyhow::{Context, Result};
use std::{
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// A file and its size, and where the script writes what it makes of it.
type Job = (usize, PathBuf, PathBuf);

/// A script whose arguments are the folder `node_modules`, `words`, then pairs of an input and an output file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Script {
    /// The file that it is written to.
    pub(super) name: &'static str,
    pub(super) text: &'static str,
    /// What it is told beside the files.
    pub(super) words: &'static [&'static str],
}

impl Script {
    /// Where the script's result for each of the files is. `begin` hears how many of them are worked on.
    pub(super) fn results(
        self,
        files: &[PathBuf],
        known: &Known,
        site: &Site,
        tools: &BuildTools,
        begin: impl FnOnce(usize),
    ) -> Result<Vec<PathBuf>> {
        let label = tools.packages.label();
        let mut results = Vec::new();
        let mut new: Vec<Job> = Vec::new();
        for input in files {
            let bytes = fs::read(input).with_context(|| input.display().to_string())?;
            let mut of = vec![label.as_bytes(), self.text.as_bytes()];
            of.extend(self.words.iter().map(|word| word.as_bytes()));
            of.push(&bytes);
            let result = known.place(&of);
            // Two files with the same bytes have one result.
            if !result.is_file() && !new.iter().any(|(.., other)| *other == result) {
                new.push((bytes.len(), input.clone(), result.clone()));
            }
            results.push(result);
        }
        begin(new.len());
        let script = written(site, self.name, self.text)?;
        cores::each(&balanced(new, cores::count()), |batch| {
            let files = batch.iter().flat_map(|(_, input, result)| {
                [
                    input.clone().into_os_string(),
                    draft(result).into_os_string(),
                ]
            });
            let mut node = tools.packages.script(&script);
            quietly(node.args(self.words).args(files))?;
            batch.iter().try_for_each(|(_, _, result)| finish(result))
        })?;
        Ok(results)
    }
}

/// Puts a script where node can run it.
pub(super) fn written(site: &Site, name: &str, script: &str) -> Result<PathBuf> {
    let path = site.path(name);
    fs::write(&path, script)?;
    Ok(path)
}

/// Runs a script whose output matters only when it fails.
pub(super) fn quietly(node: &mut Command) -> Result<()> {
    let result = node.output().context("cannot start node")?;
    if result.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&result.stderr);
    let script = node.get_args().next().map(Path::new);
    let name = script.and_then(Path::file_name).unwrap_or(OsStr::new(""));
    Err(Failure::new(format!(
        "{} failed ({}): {}",
        name.display(),
        result.status,
        said.trim()
    ))
    .into())
}

/// Spreads jobs over so many batches that each has about the same number of bytes; none is empty.
fn balanced(mut jobs: Vec<Job>, count: usize) -> Vec<Vec<Job>> {
    jobs.sort_by_key(|(size, ..)| std::cmp::Reverse(*size));
    let mut batches: Vec<(usize, Vec<Job>)> = vec![(0, Vec::new()); count.max(1)];
    for job in jobs {
        if let Some((bytes, batch)) = batches.iter_mut().min_by_key(|(bytes, _)| *bytes) {
            *bytes += job.0;
            batch.push(job);
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
        let batches = balanced([1, 9, 2, 8, 5, 5].map(job).into(), 2);
        let bytes: Vec<usize> = batches
            .iter()
            .map(|batch| batch.iter().map(|(size, ..)| size).sum())
            .collect();
        assert_eq!(bytes, [15, 15]);
        assert_eq!(batches.iter().map(Vec::len).sum::<usize>(), 6);
        assert_eq!(balanced(Vec::new(), 2).len(), 0);
    }
}
