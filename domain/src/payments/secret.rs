//! Texts that must not be shown and must not linger: card numbers, security codes, client secrets.

use std::fmt;
use std::hint::black_box;

/// A text that is overwritten with zeros when dropped and that `Debug` does not show.
///
/// The limit: only this copy is overwritten. The browser's own copies (the input element, the
/// strings that crossed into WebAssembly, the request's body) and anything a caller clones are out
/// of reach, and WebAssembly offers no way to forbid the optimiser such copies. So a secret is kept
/// for as short a time as can be, and ways that need none are offered first.
#[derive(Default, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// The text itself.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl Drop for Secret {
    fn drop(&mut self) {
        // The bytes pass through `black_box`, so that overwriting them is not optimised away.
        black_box(zeroed(std::mem::take(&mut self.0)));
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}

/// The text's own buffer, all zeros.
fn zeroed(text: String) -> Vec<u8> {
    let mut bytes = text.into_bytes();
    bytes.fill(0);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_overwritten_in_place() {
        let text = "4111111111111111".to_owned();
        let place = text.as_ptr();
        let bytes = zeroed(text);
        assert_eq!(bytes.as_ptr(), place);
        assert_eq!(bytes, [0; 16]);
    }

    /// `Debug` shows nothing of a secret.
    #[test]
    fn debug_shows_nothing() {
        assert_eq!(format!("{:?}", Secret::from("sandbox".to_owned())), "…");
    }
}
