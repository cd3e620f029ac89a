//! Writes `.br` and `.gz` beside what gains by it, at the highest level: it is done once, not per visitor.

use super::{cores, known::Known};
use anyhow::{Context, Result};
use flate2::{Compression, write::GzEncoder};
use std::{
    ffi::OsStr,
    fs,
    io::Write as _,
    path::{Path, PathBuf},
};
use walkdir::WalkDir;

/// Brotli's highest quality.
const QUALITY: u32 = 11;
/// Brotli's window, as a power of two: the largest that every browser takes.
const WINDOW: u32 = 24;
/// What is compressed already gains nothing.
const PACKED: [&str; 8] = ["br", "gz", "png", "jpg", "webp", "avif", "woff2", "ico"];
/// `_headers` is for the host itself; `config.json` is edited after the build, and a compressed copy
/// would still hold the old text.
const LEFT_ALONE: [&str; 2] = ["_headers", "config.json"];

/// Compresses all files of a folder, on all cores; `known` are files that were compressed before.
pub(super) fn folder(dist: &Path, known: &Known) -> Result<()> {
    cores::each(&compressible(dist)?, |path| {
        file(path, known).with_context(|| format!("cannot compress {}", path.display()))
    })
}

/// The files worth compressing, the largest first so that no core is left with it at the end.
fn compressible(dist: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in WalkDir::new(dist) {
        let entry = entry?;
        if entry.file_type().is_file() && is_compressible(entry.path()) {
            files.push((entry.metadata()?.len(), entry.into_path()));
        }
    }
    files.sort_by_key(|(size, _)| std::cmp::Reverse(*size));
    Ok(files.into_iter().map(|(_, path)| path).collect())
}

fn is_compressible(path: &Path) -> bool {
    let listed = |part: Option<&OsStr>, list: &[&str]| {
        part.and_then(OsStr::to_str)
            .is_some_and(|part| list.contains(&part))
    };
    !listed(path.extension(), &PACKED) && !listed(path.file_name(), &LEFT_ALONE)
}

fn file(path: &Path, known: &Known) -> Result<()> {
    let bytes = fs::read(path)?;
    let setting = format!("brotli {QUALITY} {WINDOW}");
    let brotli = known.or_make(&[setting.as_bytes(), &bytes], || brotli(&bytes))?;
    let gzip = known.or_make(&[b"gzip", &bytes], || gzip(&bytes))?;
    for (extension, packed) in [("br", brotli), ("gz", gzip)] {
        // The smallest files would only grow.
        if packed.len() < bytes.len() {
            fs::write(beside(path, extension), packed)?;
        }
    }
    Ok(())
}

fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

fn brotli(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut packed = Vec::new();
    let mut encoder = brotli::CompressorWriter::new(&mut packed, 1 << 16, QUALITY, WINDOW);
    encoder.write_all(bytes)?;
    encoder.flush()?;
    drop(encoder);
    Ok(packed)
}

/// `app.js` → `app.js.br`.
pub(super) fn beside(path: &Path, extension: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(extension);
    PathBuf::from(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_edited_after_the_build_has_no_compressed_copy() {
        for name in ["dist/config.json", "dist/_headers", "dist/pkg-1/app.js.br"] {
            assert!(!is_compressible(Path::new(name)), "{name}");
        }
        for name in ["dist/index.html", "dist/pkg-1/locales/en/first.json"] {
            assert!(is_compressible(Path::new(name)), "{name}");
        }
    }
}
