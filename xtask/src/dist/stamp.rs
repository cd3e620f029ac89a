//! Remembers what was done with which sources, so that it is not done again.

use super::integrity::SetHash;
use crate::workspace::Workspace;
use anyhow::{Context, Result};
use std::{fs, io, path::PathBuf};
use walkdir::WalkDir;

/// Everything the bundle depends on; this program's own sources too.
pub(super) const INPUTS: [&str; 12] = [
    "Cargo.toml",
    "Cargo.lock",
    ".cargo",
    "index.html",
    "boot",
    "domain",
    "locales",
    "public",
    "src",
    "style",
    "wire",
    "xtask/src",
];

/// The hash of the sources, and where it is kept.
#[derive(Debug)]
pub(super) struct Stamp {
    hash: String,
    file: PathBuf,
}

impl Stamp {
    /// Hashes the sources. The file gets its name from `subject`.
    pub(super) fn of(workspace: &Workspace, subject: &str) -> Result<Self> {
        let mut hash = SetHash::default();
        for input in INPUTS {
            for entry in WalkDir::new(workspace.path(input)).sort_by_file_name() {
                match entry {
                    Ok(entry) if entry.file_type().is_file() => {
                        let bytes = fs::read(entry.path())
                            .with_context(|| format!("cannot read {}", entry.path().display()))?;
                        hash.add(&entry.path().to_string_lossy(), &bytes);
                    }
                    Ok(_) => {}
                    // An input that is not there is told apart from an empty one by its absence.
                    Err(error)
                        if error.io_error().map(io::Error::kind)
                            == Some(io::ErrorKind::NotFound) => {}
                    Err(error) => return Err(error.into()),
                }
            }
        }
        Ok(Self {
            hash: hash.finish(),
            file: workspace.target().join(format!("{subject}.stamp")),
        })
    }

    /// Whether this was remembered of these sources.
    pub(super) fn says(&self, what: &str) -> Result<bool> {
        match fs::read_to_string(&self.file) {
            Ok(written) => Ok(written == self.text(what)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(error.into()),
        }
    }

    /// Forgets what was remembered.
    pub(super) fn forget(&self) -> Result<()> {
        match fs::remove_file(&self.file) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error.into()),
            _ => Ok(()),
        }
    }

    /// Remembers this of these sources.
    pub(super) fn write(&self, what: &str) -> Result<()> {
        fs::write(&self.file, self.text(what))
            .with_context(|| format!("cannot write {}", self.file.display()))
    }

    fn text(&self, what: &str) -> String {
        format!("{} {what}", self.hash)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use std::path::Path;

    /// A bundle is made again when anything it is made from has changed.
    #[test]
    fn whatever_the_bundle_is_made_from_is_an_input() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        for source in [
            "Cargo.lock",
            "Cargo.toml",
            "boot",
            "domain",
            "index.html",
            "locales",
            "public",
            "src",
            "style",
            "wire",
            "xtask/src/dist",
        ] {
            assert!(root.join(source).exists(), "{source} is not there");
            let is_input = INPUTS
                .iter()
                .any(|input| Path::new(source).starts_with(input));
            assert!(is_input, "{source} is no input");
        }
    }
}
