//! The folder outside the checkout where tools are kept, so that a fresh clone need not build them.

use crate::failure::Failure;
use anyhow::{Context, Result};
use std::{
    env, fs,
    path::{Path, PathBuf},
    process,
};

/// `<user's cache folder>/nymble-storefront`.
pub fn folder() -> Result<PathBuf> {
    let base = match env::var_os("XDG_CACHE_HOME").filter(|path| Path::new(path).is_absolute()) {
        Some(path) => PathBuf::from(path),
        None => env::home_dir()
            .ok_or_else(|| {
                Failure::new("There is no home folder to keep tools in.")
                    .try_this("export XDG_CACHE_HOME=/path/to/a/folder")
            })?
            .join(".cache"),
    };
    Ok(base.join("nymble-storefront"))
}

/// Fills `<cache>/<name>` by way of a folder of its own, renamed when `fill` is done.
///
/// Whatever stops `fill`, a half-made folder never carries the final name.
pub fn install(name: &str, fill: impl FnOnce(&Path) -> Result<()>) -> Result<PathBuf> {
    let cache = folder()?;
    let place = cache.join(name);
    let draft = cache.join(format!(".draft-{name}-{}", process::id()));
    fs::create_dir_all(&draft).with_context(|| format!("cannot create {}", draft.display()))?;
    let filled = fill(&draft).and_then(|()| {
        if place.exists() {
            fs::remove_dir_all(&place)?;
        }
        fs::rename(&draft, &place).with_context(|| format!("cannot create {}", place.display()))
    });
    if filled.is_err() {
        // The first error is the one to tell; a left-over draft does no harm.
        let _ = fs::remove_dir_all(&draft);
    }
    filled.map(|()| place)
}
