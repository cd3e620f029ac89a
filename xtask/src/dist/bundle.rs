//! Lays the bundle out: the page, what is copied as it is, and one folder named after its contents.
//!
//! Files of two builds must never mix, since a page's module holds addresses inside the first one;
//! so the whole set is one folder, and a changed byte anywhere gives it another name.

use super::{
    Site,
    integrity::SetHash,
    packs::Pages,
    page::{self, SHOP_STYLE, STYLE},
    shrink, styles,
};
use crate::{failure::Failure, setup::BuildTools, workspace::Workspace};
use anyhow::{Context, Result};
use std::{fs, io, path::Path};
use walkdir::WalkDir;

/// How much of the hash goes into the name.
const NAME_LENGTH: usize = 16;

/// What is in the bundle: for the size table.
#[derive(Debug, Clone)]
pub(super) struct Manifest {
    /// The hashed folder's name.
    pub(super) folder: String,
    /// The pages and the files that a first visit of each needs, beside the first module and the frame.
    pub(super) pages: Pages,
}

/// Makes `dist` the bundle of what the splitter has put into the site.
pub(super) fn lay_out(
    workspace: &Workspace,
    site: &Site,
    pages: Pages,
    tools: &BuildTools,
    dist: &Path,
) -> Result<Manifest> {
    let package = site.package();
    write_texts(workspace, site, tools)?;
    copy_messages(workspace, &package)?;
    let snippets = site.path("snippets");
    if snippets.is_dir() {
        fs::rename(&snippets, package.join("snippets"))?;
    }

    let folder = format!("pkg-{}", &content_hash(&package)?[..NAME_LENGTH]);
    let index =
        fs::read_to_string(workspace.path("index.html")).context("cannot read index.html")?;
    let page = page::finished(&index, &package, &format!("/{folder}/"))?;
    empty(dist)?;
    copy(&workspace.path("public"), dist)?;
    copy(&package, &dist.join(&folder))?;
    fs::write(dist.join("index.html"), page)?;
    Ok(Manifest { folder, pages })
}

/// Style sheets and scripts, each as short as it gets.
fn write_texts(workspace: &Workspace, site: &Site, tools: &BuildTools) -> Result<()> {
    let package = site.package();
    fs::write(package.join(STYLE), styles::first(workspace)?)?;
    fs::write(package.join(SHOP_STYLE), styles::shop(workspace)?)?;
    fs::copy(workspace.path("boot/boot.js"), package.join("boot.js"))
        .context("cannot read boot/boot.js")?;
    for script in ["app.js", "split.js"] {
        fs::rename(site.path(script), package.join(script))
            .with_context(|| format!("the splitter did not write {script}"))?;
    }
    let names = [STYLE, SHOP_STYLE, "boot.js", "app.js", "split.js"];
    shrink::texts(&names.map(|name| package.join(name)), site, tools)
}

/// Copies the message catalogues without their spaces.
fn copy_messages(workspace: &Workspace, package: &Path) -> Result<()> {
    let from = workspace.path("locales");
    let to = package.join("locales");
    if !from.is_dir() {
        return Err(
            Failure::new("The folder locales/ with the message catalogues is missing.").into(),
        );
    }
    for entry in WalkDir::new(&from) {
        let entry = entry?;
        let path = entry.path();
        if path
            .extension()
            .is_some_and(|extension| extension == "json")
        {
            let text = fs::read_to_string(path)?;
            let messages: serde_json::Value = serde_json::from_str(&text)
                .with_context(|| format!("{} is not valid JSON", path.display()))?;
            let copy = to.join(path.strip_prefix(&from)?);
            fs::create_dir_all(copy.parent().context("a catalogue is in a folder")?)?;
            fs::write(copy, messages.to_string())?;
        }
    }
    Ok(())
}

fn content_hash(folder: &Path) -> Result<String> {
    let mut hash = SetHash::default();
    for entry in WalkDir::new(folder).sort_by_file_name() {
        let entry = entry?;
        if entry.file_type().is_file() {
            let name = entry.path().strip_prefix(folder)?;
            let name = name.to_string_lossy().replace('\\', "/");
            hash.add(&name, &fs::read(entry.path())?);
        }
    }
    Ok(hash.finish())
}

/// Empties a folder without removing it: a server may stand in it.
fn empty(folder: &Path) -> Result<()> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return fs::create_dir_all(folder)
                .with_context(|| format!("cannot create {}", folder.display()));
        }
        Err(error) => return Err(error).with_context(|| folder.display().to_string()),
    };
    for entry in entries {
        let path = entry?.path();
        let removed = if path.is_dir() {
            fs::remove_dir_all(&path)
        } else {
            fs::remove_file(&path)
        };
        removed.with_context(|| format!("cannot remove {}", path.display()))?;
    }
    Ok(())
}

/// Copies a folder with all that is in it.
fn copy(from: &Path, to: &Path) -> Result<()> {
    for entry in WalkDir::new(from) {
        let entry = entry?;
        let place = to.join(entry.path().strip_prefix(from)?);
        if entry.file_type().is_dir() {
            fs::create_dir_all(&place)
        } else {
            fs::copy(entry.path(), &place).map(|_| ())
        }
        .with_context(|| format!("cannot write {}", place.display()))?;
    }
    Ok(())
}
