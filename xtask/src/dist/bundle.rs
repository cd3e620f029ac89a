//! The hook that trunk calls when the site is minified: one folder, named after its contents.
//!
//! Files of two builds must never mix, since a page's module holds addresses inside the first one;
//! so the whole set is one folder, and a changed byte anywhere gives it another name.

use super::{Site, integrity::SetHash, packs::Pages, page};
use anyhow::{Context, Result};
use std::{
    env, fs,
    path::{Path, PathBuf},
};
use walkdir::WalkDir;

/// How much of the hash goes into the name.
const NAME_LENGTH: usize = 16;

/// What is in the bundle: for the size table.
#[derive(Debug, Clone)]
pub struct Manifest {
    /// The hashed folder's name.
    pub folder: String,
    /// The pages and the files that a first visit of each needs, beside the first module and the frame.
    pub pages: Pages,
}

impl Manifest {
    /// Completes what the hook knew by what the splitter knows.
    pub(super) fn finish(site: &Site, pages: Pages) -> Result<Self> {
        let folder = fs::read_to_string(site.path("folder"))
            .context("trunk did not call back: the hook in Trunk.toml was not run")?;
        Ok(Self { folder, pages })
    }
}

/// Runs inside trunk, which says in its variables where everything is.
pub fn hook() -> Result<()> {
    let variable = |name: &str| {
        env::var_os(name)
            .map(PathBuf::from)
            .with_context(|| format!("{name} is not set: this command is called by trunk"))
    };
    let staging = variable("TRUNK_STAGING_DIR")?;
    let site = Site::at(&variable("TRUNK_SOURCE_DIR")?);

    for file in page::MINIFIED_FILES {
        fs::rename(staging.join(file), site.package().join(file))
            .with_context(|| format!("trunk did not write {file}"))?;
    }
    let name = format!("pkg-{}", &content_hash(&site.package())?[..NAME_LENGTH]);
    let folder = staging.join(&name);
    fs::rename(site.package(), &folder)
        .with_context(|| format!("cannot create {}", folder.display()))?;
    let index = staging.join("index.html");
    let text = fs::read_to_string(&index).context("trunk did not write index.html")?;
    fs::write(&index, page::finish(&text, &folder, &format!("/{name}/"))?)?;
    fs::write(site.path("folder"), name)?;
    Ok(())
}

fn content_hash(folder: &Path) -> Result<String> {
    let mut hash = SetHash::default();
    for entry in WalkDir::new(folder).sort_by_file_name() {
        let entry = entry?;
        if entry.file_type().is_file() {
            let name = entry.path().strip_prefix(folder)?;
            hash.add(&name.to_string_lossy(), &fs::read(entry.path())?);
        }
    }
    Ok(hash.finish())
}
