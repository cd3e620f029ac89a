//! Text kept by the browser for this tab, across reloads (`sessionStorage`).
//!
//! A browser may refuse storage (blocked site data, private windows, policies), or have no room. Then the text is kept
//! in memory, for as long as the page lives, and is taken along where the shop itself loads the page anew.

use js_sys::{Array, JSON};
use std::{cell::RefCell, thread::LocalKey};
use wasm_bindgen::JsValue;
use web_sys::History;

use super::stores::{self, Storage};

/// What the browser did not keep, by key.
pub(super) type Memory = RefCell<Vec<(String, String)>>;

thread_local! {
    static MEMORY: Memory = const { RefCell::new(Vec::new()) };
}

fn storage() -> Option<Storage> {
    stores::of_tab()
}

/// Puts another page's memory in the place of this one's, and the other way round.
#[cfg(test)]
pub(crate) fn exchange(memory: &mut Vec<(String, String)>) {
    MEMORY.with_borrow_mut(|own| std::mem::swap(own, memory));
}

/// The beginning of the keys of order attempts whose outcome is not known yet.
pub(crate) const LASTING_ATTEMPT: &str = "nymble.checkout-attempt ";
/// The beginning of the keys of cart changes that are not sent yet.
pub(crate) const LASTING_CHANGES: &str = "nymble.cart-changes ";
/// The key of this tab's own name, by which it is told from a copy of it.
pub(crate) const TAB: &str = "nymble.tab";

/// What is asked for to see whether anything is kept.
const PROBE: &str = "nymble.probe";
/// What the state of a history entry begins with that carries [`MEMORY`] over a reload.
const CARRIED: &str = "nymble-carried ";

/// Whether what is kept under `key` goes when somebody signs out.
fn is_forgotten(key: &str) -> bool {
    key.starts_with("nymble.")
        && !key.starts_with(LASTING_ATTEMPT)
        && !key.starts_with(LASTING_CHANGES)
        && key != TAB
}

/// Forgets everything kept for this tab but what must outlive a sign-out, so that nothing of one buyer
/// is left to the next: an unsent change, or an order in doubt, is its customer's, and waits for them.
pub(crate) fn forget_all() {
    MEMORY.with_borrow_mut(|memory| memory.retain(|(key, _)| !is_forgotten(key)));
    let Some(storage) = storage() else { return };
    let mut left = storage.length().unwrap_or(0);
    while left > 0 {
        left -= 1;
        if let Ok(Some(key)) = storage.key(left)
            && is_forgotten(&key)
        {
            let _ = storage.remove_item(&key);
        }
    }
}

/// What `storage` keeps under `key`, or else `memory`.
pub(super) fn read(
    storage: Option<&Storage>,
    memory: &'static LocalKey<Memory>,
    key: &str,
) -> Option<String> {
    let known = |(known, text): &(String, String)| (known == key).then(|| text.clone());
    memory
        .with_borrow(|memory| memory.iter().find_map(known))
        .or_else(|| storage?.get_item(key).ok()?)
}

/// Keeps `text` under `key`, in `memory` where `storage` refuses; whether it is in the storage as wanted.
pub(super) fn write(
    storage: Option<&Storage>,
    memory: &'static LocalKey<Memory>,
    key: &str,
    text: Option<&str>,
) -> bool {
    memory.with_borrow_mut(|memory| memory.retain(|(known, _)| known != key));
    let (Some(storage), Some(text)) = (storage, text) else {
        let removed = storage.is_some_and(|storage| storage.remove_item(key).is_ok());
        if let Some(text) = text {
            memory.with_borrow_mut(|memory| memory.push((key.to_owned(), text.to_owned())));
        }
        return text.is_none() && removed;
    };
    if storage.set_item(key, text).is_ok() {
        return true;
    }
    // What stood there before must not be read for what stands there now.
    let _ = storage.remove_item(key);
    memory.with_borrow_mut(|memory| memory.push((key.to_owned(), text.to_owned())));
    false
}

/// What is kept under `key`.
pub(crate) fn get(key: &str) -> Option<String> {
    read(storage().as_ref(), &MEMORY, key)
}

/// The JSON kept under `key`, read by way of a value: the objects of the API are decoded from values
/// everywhere else, and a second decoder for each would double its code.
pub(crate) fn get_json<T: serde::de::DeserializeOwned>(key: &str) -> Option<T> {
    read_json(&get(key)?)
}

/// The JSON in a kept text. By way of a value: one reader of texts for all types is less code.
pub(crate) fn read_json<T: serde::de::DeserializeOwned>(text: &str) -> Option<T> {
    let value: serde_json::Value = serde_json::from_str(text).ok()?;
    T::deserialize(value).ok()
}

/// Keeps `text` under `key`, or forgets what was there. Says whether it survives a reload of the page.
pub(crate) fn set(key: &str, text: Option<&str>) -> bool {
    write(storage().as_ref(), &MEMORY, key, text)
}

/// Whether what is kept now survives a reload of the page.
pub(crate) fn keeps() -> bool {
    let keeps = set(PROBE, Some("kept"));
    set(PROBE, None);
    keeps && MEMORY.with_borrow(Vec::is_empty)
}

fn history() -> Option<History> {
    web_sys::window()?.history().ok()
}

/// Makes `path` the present address, where one is given, and writes what is only in memory into the history entry's state, which a reload
/// keeps. Says whether it did: not where nothing is in memory only.
#[cfg_attr(test, allow(dead_code, reason = "the simulated world carries it over"))]
pub(super) fn carry_over(path: Option<&str>) -> bool {
    let all = Array::new();
    MEMORY.with_borrow(|memory| {
        for (key, text) in memory {
            all.push(&JsValue::from_str(key));
            all.push(&JsValue::from_str(text));
        }
    });
    let text = (all.length() > 0).then(|| JSON::stringify(&all).ok());
    let Some(text) = text.flatten().and_then(|text| text.as_string()) else {
        return false;
    };
    let mut state = String::from(CARRIED);
    state.push_str(&text);
    history().is_some_and(|history| {
        let state = JsValue::from_str(&state);
        let replaced = history.replace_state_with_url(&state, "", path);
        replaced.is_ok()
    })
}

/// Takes up what [`carry_over`] wrote, and takes it out of the history. To be called first of all.
pub(crate) fn take_over() {
    let Some(history) = history() else { return };
    let state = history.state().ok().and_then(|state| state.as_string());
    let Some(text) = state
        .as_deref()
        .and_then(|state| state.strip_prefix(CARRIED))
    else {
        return;
    };
    let _ = history.replace_state(&JsValue::NULL, "");
    let Ok(all) = JSON::parse(text) else { return };
    let all = Array::from(&all);
    MEMORY.with_borrow_mut(|memory| {
        for place in (0..all.length()).step_by(2) {
            if let (Some(key), Some(text)) =
                (all.get(place).as_string(), all.get(place + 1).as_string())
            {
                memory.push((key, text));
            }
        }
    });
}
