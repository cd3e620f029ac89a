//! Text kept by the browser on this device, from visit to visit (`localStorage`).
//!
//! It outlives a sign-out, and whoever uses the device could read it: nothing goes in that says who somebody
//! is, and every key says whose it is. A browser may refuse storage; then nothing is kept and nothing fails.

use web_sys::Storage;

fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok()?
}

/// What is kept under `key`.
pub fn get(key: &str) -> Option<String> {
    storage()?.get_item(key).ok()?
}

/// The JSON kept under `key`.
pub fn get_json<T: serde::de::DeserializeOwned>(key: &str) -> Option<T> {
    super::storage::read_json(&get(key)?)
}

/// Keeps `text` under `key`, or forgets what was there.
pub fn set(key: &str, text: Option<&str>) {
    if let Some(storage) = storage() {
        let _ = match text {
            Some(text) => storage.set_item(key, text),
            None => storage.remove_item(key),
        };
    }
}
