//! Results of costly steps, kept by the hash of what went in: a change of one screen works on what it changed.

use super::integrity;
use anyhow::{Context, Result};
use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

/// A folder of results.
#[derive(Debug)]
pub(super) struct Known {
    folder: PathBuf,
    used: Mutex<BTreeSet<PathBuf>>,
}

impl Known {
    /// The results in a folder, which is made if it is not there.
    pub(super) fn in_folder(folder: PathBuf) -> Result<Self> {
        fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
        Ok(Self {
            folder,
            used: Mutex::default(),
        })
    }

    /// Where the result of these bytes is, or goes.
    pub(super) fn place(&self, of: &[&[u8]]) -> PathBuf {
        let place = self.folder.join(integrity::name_of(of));
        let mut used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        used.insert(place.clone());
        place
    }

    /// Removes every result that nobody has asked for.
    pub(super) fn forget_the_rest(self) -> Result<()> {
        let used = self
            .used
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner);
        for entry in fs::read_dir(&self.folder)? {
            let path = entry?.path();
            if !used.contains(&path) {
                fs::remove_file(&path).with_context(|| path.display().to_string())?;
            }
        }
        Ok(())
    }
}

/// Where a result is written before it is complete.
pub(super) fn draft(place: &Path) -> PathBuf {
    place.with_extension("draft")
}

/// The draft is complete: it becomes the result.
pub(super) fn finish(place: &Path) -> Result<()> {
    fs::rename(draft(place), place).with_context(|| place.display().to_string())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_result_is_there_once_complete_and_forgotten_when_it_is_not_used() {
        let folder = std::env::temp_dir().join(format!("nymble-known-{}", std::process::id()));
        let known = Known::in_folder(folder.clone()).unwrap();
        let place = known.place(&[b"a"]);
        assert!(!place.exists());
        fs::write(draft(&place), "A").unwrap();
        assert!(!place.exists());
        finish(&place).unwrap();
        known.forget_the_rest().unwrap();
        let known = Known::in_folder(folder.clone()).unwrap();
        assert!(known.place(&[b"a"]).is_file());
        assert!(!known.place(&[b"b"]).exists());
        // Neither is asked for, but by the test's own looking.
        Known::in_folder(folder.clone())
            .unwrap()
            .forget_the_rest()
            .unwrap();
        assert!(!known.place(&[b"a"]).exists());
        fs::remove_dir_all(folder).unwrap();
    }
}
