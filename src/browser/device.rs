//! Text kept by the browser on this device, from visit to visit (`localStorage`).
//!
//! It outlives a sign-out, and whoever uses the device could read it: nothing goes in that says who somebody
//! is, and every key says whose it is. A browser may refuse storage; then the text is kept in memory, for as long as
//! the page lives.

use std::cell::RefCell;

use super::{
    storage::{self, Memory},
    stores,
};

thread_local! {
    static MEMORY: Memory = const { RefCell::new(Vec::new()) };
}

/// Puts another page's memory in the place of this one's, and the other way round.
#[cfg(test)]
pub(crate) fn exchange(memory: &mut Vec<(String, String)>) {
    MEMORY.with_borrow_mut(|own| std::mem::swap(own, memory));
}

/// What is kept under `key`.
pub(crate) fn get(key: &str) -> Option<String> {
    storage::read(stores::of_device().as_ref(), &MEMORY, key)
}

/// The JSON kept under `key`.
pub(crate) fn get_json<T: serde::de::DeserializeOwned>(key: &str) -> Option<T> {
    storage::read_json(&get(key)?)
}

/// Keeps `text` under `key`, or forgets what was there. Says whether the device keeps it.
pub(crate) fn set(key: &str, text: Option<&str>) -> bool {
    storage::write(stores::of_device().as_ref(), &MEMORY, key, text)
}
