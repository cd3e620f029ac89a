//! Tasks: what goes on by itself.

pub use wasm_bindgen_futures::spawn_local;
