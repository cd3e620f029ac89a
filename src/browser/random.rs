//! Chance, from the browser's own source for secrets.

use web_sys::window;

/// 128 random bits as 32 letters and digits; none where the browser has no such source.
///
/// Not `randomUUID`, which browsers have on secure origins only.
pub(crate) fn token() -> Option<String> {
    let mut bytes = [0_u8; 16];
    let crypto = window()?.crypto().ok()?;
    crypto.get_random_values_with_u8_array(&mut bytes).ok()?;
    let digit = |value: u8| char::from_digit(u32::from(value), 16);
    bytes
        .into_iter()
        .flat_map(|byte| [digit(byte >> 4), digit(byte & 0xF)])
        .collect()
}

/// A number between 0 and 1, for nothing that must not be guessed.
pub(crate) fn fraction() -> f64 {
    js_sys::Math::random()
}
