//! Text kept by the browser for this tab, across reloads (`sessionStorage`).
//!
//! A browser may refuse storage (private windows, policies); then nothing is kept and nothing fails.

use web_sys::Storage;

fn storage() -> Option<Storage> {
    web_sys::window()?.session_storage().ok()?
}

/// The beginning of the keys of order attempts whose outcome is not known yet.
pub const LASTING_ATTEMPT: &str = "nymble.checkout-attempt ";
/// The beginning of the keys of cart changes that are not sent yet.
pub const LASTING_CHANGES: &str = "nymble.cart-changes ";
/// The key of this tab's own name, by which it is told from a copy of it.
pub const TAB: &str = "nymble.tab";

/// Forgets everything kept for this tab but what must outlive a sign-out, so that nothing of one buyer
/// is left to the next: an unsent change, or an order in doubt, is its customer's, and waits for them.
pub fn forget_all() {
    let Some(storage) = storage() else { return };
    let mut left = storage.length().unwrap_or(0);
    while left > 0 {
        left -= 1;
        if let Ok(Some(key)) = storage.key(left)
            && key.starts_with("nymble.")
            && !key.starts_with(LASTING_ATTEMPT)
            && !key.starts_with(LASTING_CHANGES)
            && key != TAB
        {
            let _ = storage.remove_item(&key);
        }
    }
}

/// What is kept under `key`.
pub fn get(key: &str) -> Option<String> {
    storage()?.get_item(key).ok()?
}

/// The JSON kept under `key`, read by way of a value: the objects of the API are decoded from values
/// everywhere else, and a second decoder for each would double its code.
pub fn get_json<T: serde::de::DeserializeOwned>(key: &str) -> Option<T> {
    read_json(&get(key)?)
}

/// The JSON in a kept text. By way of a value: one reader of texts for all types is less code.
pub fn read_json<T: serde::de::DeserializeOwned>(text: &str) -> Option<T> {
    let value: serde_json::Value = serde_json::from_str(text).ok()?;
    T::deserialize(value).ok()
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
