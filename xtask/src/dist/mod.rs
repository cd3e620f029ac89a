//! `cargo xtask dist`: the release bundle for a CDN, in `dist/`.
//!
//! In this order: cargo compiles the first module, [`split`] cuts the pages off it, [`shrink`] makes every part
//! smaller, [`packs`] makes one file a page, [`bundle`] lays the page and one hashed folder out; [`compress`] and
//! [`sizes`] finish it for browsers; [`sbom`], [`licences`] and [`inventory`] add what only the deployer reads.

mod batch;
mod bundle;
mod compress;
mod cores;
pub mod crates;
mod integrity;
pub mod inventory;
mod known;
pub mod licences;
mod names;
mod packs;
mod page;
pub mod reproduce;
pub mod sbom;
mod shrink;
mod sizes;
mod split;
mod stamp;
mod styles;

use crate::{
    progress::{say, timed},
    setup::BuildTools,
    workspace::Workspace,
};
use anyhow::{Context, Result};
use known::Known;
use stamp::Stamp;
use std::{
    fs,
    path::{Path, PathBuf},
    time::Instant,
};

/// What is remembered of the sources of a bundle, with `.br` and `.gz` files or without.
const COMPRESSED: &str = "compressed";
const PLAIN: &str = "plain";

/// How the bundle is made.
#[derive(Debug, Clone)]
pub struct Options {
    /// Whether to write `.br` and `.gz` beside each file.
    pub compress: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { compress: true }
    }
}

/// Makes the bundle, unless the one in `dist/` was made from the very same sources.
pub fn build(workspace: &Workspace, tools: &BuildTools, options: &Options) -> Result<PathBuf> {
    let started = Instant::now();
    let dist = workspace.dist();
    let stamp = Stamp::of(workspace, "dist")?;
    if is_fresh(&dist, &stamp, options)? {
        say("• The bundle in dist/ is up to date");
        return Ok(dist);
    }
    stamp.forget()?;
    let site = Site::empty(workspace)?;
    let wasm = split::compile(workspace, &tools.rust)?;
    let known = Known::in_folder(workspace.target().join("dist-known"))?;
    let pages = timed("Splitting off the pages", || {
        split::split(&wasm, &known, &site, tools)
    })?;
    let manifest = bundle::lay_out(workspace, &site, pages, tools, &dist)?;
    if options.compress {
        timed("Compressing: brotli 11 and gzip 9", || {
            compress::folder(&dist, &known, &site, tools)
        })?;
        sizes::report(workspace, &dist, &manifest)?;
        known.forget_the_rest()?;
    }
    let crates = crates::of_bundle(workspace)?;
    let rust = workspace.toolchain()?.channel;
    sbom::write(&crates, &rust, &dist)?;
    licences::write(&crates, &rust, &dist)?;
    inventory::write(&dist)?;
    stamp.write(if options.compress { COMPRESSED } else { PLAIN })?;
    say(&format!(
        "• The bundle is in {}, built in {} s",
        dist.display(),
        started.elapsed().as_secs()
    ));
    Ok(dist)
}

/// Whether `dist` is complete and of these sources. One with compressed files is one without them, too.
fn is_fresh(dist: &Path, stamp: &Stamp, options: &Options) -> Result<bool> {
    Ok(dist.join("index.html").is_file()
        && (stamp.says(COMPRESSED)? || (!options.compress && stamp.says(PLAIN)?)))
}

/// The folder in which the parts of the bundle are made.
#[derive(Debug, Clone)]
pub(crate) struct Site {
    folder: PathBuf,
}

impl Site {
    fn empty(workspace: &Workspace) -> Result<Self> {
        let site = Self {
            folder: workspace.target().join("site"),
        };
        if site.folder.exists() {
            fs::remove_dir_all(&site.folder)
                .with_context(|| format!("cannot empty {}", site.folder.display()))?;
        }
        fs::create_dir_all(site.package())?;
        Ok(site)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// What becomes the hashed folder.
    fn package(&self) -> PathBuf {
        self.folder.join("package")
    }
}
