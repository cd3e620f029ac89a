//! `cargo xtask dist`: the release bundle for a CDN, in `dist/`.
//!
//! In this order: cargo compiles the first module, [`split`] cuts the pages off it and shrinks every
//! part, [`packs`] makes one file a page, [`page`] derives the page and lays out a site, trunk minifies that site and calls back into
//! [`bundle`], which gives the whole set one hashed folder; [`compress`] and [`sizes`] finish.

pub mod bundle;
mod compress;
mod cores;
mod integrity;
mod names;
mod packs;
mod page;
mod sizes;
mod split;
mod stamp;
mod styles;

use crate::{
    command,
    progress::{announce, say},
    setup::BuildTools,
    workspace::Workspace,
};
use anyhow::{Context, Result};
use std::{
    fs, io,
    path::{Path, PathBuf},
    process::Command,
    time::Instant,
};

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
    let stamp = stamp::Stamp::of(workspace, options)?;
    if stamp.is_fresh(&dist)? {
        say("• The bundle in dist/ is up to date");
        return Ok(dist);
    }
    stamp.forget()?;
    let site = Site::empty(workspace)?;
    let wasm = split::compile(workspace)?;
    announce("Splitting off the pages and shrinking every module: about a minute");
    let modules = split::split(&wasm, &site, tools)?;
    page::lay_out(workspace, &site)?;
    bundle_with_trunk(tools, &site, &dist)?;
    let manifest = bundle::Manifest::finish(&site, modules)?;
    if options.compress {
        announce("Compressing: brotli 11 and gzip 9");
        compress::folder(&dist)?;
        sizes::report(workspace, &dist, &manifest)?;
    }
    stamp.write()?;
    say(&format!(
        "• The bundle is in {}, built in {} s",
        dist.display(),
        started.elapsed().as_secs()
    ));
    Ok(dist)
}

/// The folder in which the site is laid out for trunk.
#[derive(Debug, Clone)]
pub struct Site {
    folder: PathBuf,
}

impl Site {
    fn empty(workspace: &Workspace) -> Result<Self> {
        let site = Self::at(&workspace.target().join("site"));
        if site.folder.exists() {
            fs::remove_dir_all(&site.folder)
                .with_context(|| format!("cannot empty {}", site.folder.display()))?;
        }
        fs::create_dir_all(site.package())?;
        Ok(site)
    }

    /// The site in a known folder: for the hook, which trunk tells where it is.
    pub fn at(folder: &Path) -> Self {
        Self {
            folder: folder.to_path_buf(),
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// What goes into the hashed folder as it is.
    fn package(&self) -> PathBuf {
        self.folder.join("package")
    }
}

fn bundle_with_trunk(tools: &BuildTools, site: &Site, dist: &Path) -> Result<()> {
    announce("Bundling with trunk");
    let mut trunk = Command::new(&tools.trunk);
    trunk
        .args([
            "build",
            "--offline",
            "--skip-version-check",
            "--color",
            "never",
        ])
        .arg("--dist")
        .arg(dist)
        .current_dir(&site.folder)
        .env("PATH", tools.path()?)
        // trunk refuses values of this one that other programs accept.
        .env_remove("NO_COLOR");
    command::run(&mut trunk)?;
    // trunk leaves its lock behind, which is not for a CDN.
    match fs::remove_file(dist.join(".trunk-lock")) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}
