//! Hashes: by which a browser refuses a changed file, and which name a set of files.

use anyhow::{Context, Result};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use sha2::{Digest as _, Sha256};
use std::{fmt::Write as _, fs, path::Path};

/// The `integrity` attribute of a file.
pub(super) fn of(path: &Path) -> Result<String> {
    let bytes = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    Ok(of_bytes(&bytes))
}

/// The `integrity` attribute of bytes: the shortest hash that browsers take, as the loader holds one for each of
/// its many modules, and hashes do not compress.
pub(super) fn of_bytes(bytes: &[u8]) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(bytes)))
}

/// A file name for what is made of these bytes.
pub(super) fn name_of(parts: &[&[u8]]) -> String {
    let mut hash = SetHash::default();
    for part in parts {
        hash.add("", part);
    }
    hash.finish()
}

/// One name for a set of files, from their names and contents.
#[derive(Debug, Default)]
pub(super) struct SetHash(Sha256);

impl SetHash {
    /// Adds a file.
    pub(super) fn add(&mut self, name: &str, bytes: &[u8]) {
        for part in [name.as_bytes(), bytes] {
            // The length first, so that no two different sets read the same.
            self.0.update(part.len().to_le_bytes());
            self.0.update(part);
        }
    }

    /// The hash, in hexadecimal.
    pub(super) fn finish(self) -> String {
        self.0
            .finalize()
            .iter()
            .fold(String::new(), |mut text, byte| {
                // Writing to a string cannot fail.
                let _ = write!(text, "{byte:02x}");
                text
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integrity_is_what_browsers_expect() {
        assert_eq!(
            of_bytes(b""),
            "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
        );
    }

    #[test]
    fn a_set_is_told_from_one_with_shifted_borders() {
        let mut one = SetHash::default();
        one.add("ab", b"c");
        let mut other = SetHash::default();
        other.add("a", b"bc");
        assert_ne!(one.finish(), other.finish());
    }
}
