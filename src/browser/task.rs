//! Tasks: what goes on by itself.

pub(crate) use wasm_bindgen_futures::spawn_local;
