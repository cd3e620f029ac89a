//! Locks that all tabs of this origin share (`navigator.locks`).

use futures::{
    channel::oneshot,
    future::{Either, select},
};
use js_sys::{Function, Promise, Reflect};
use std::pin::pin;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};

use super::time;

/// A lock that is held; it is let go when this is dropped, and by the browser when the tab goes.
pub struct Held(Function);

impl Drop for Held {
    fn drop(&mut self) {
        let _ = self.0.call0(&JsValue::UNDEFINED);
    }
}

/// How long a lock is waited for, in milliseconds: whoever holds it may be waiting for somebody to sign in.
const LONGEST_WAIT_MS: i32 = 10_000;

/// Waits for the lock `name`, for ten seconds at most. None at once in a browser without locks, or on an
/// origin that has none (plain `http`): then nothing is held off.
pub async fn hold(name: &str) -> Option<Held> {
    let navigator = web_sys::window()?.navigator();
    let locks = Reflect::get(&navigator, &JsValue::from_str("locks")).ok()?;
    let request: Function = Reflect::get(&locks, &JsValue::from_str("request"))
        .ok()?
        .dyn_into()
        .ok()?;
    let mut release = None;
    // The lock is held until this promise is kept.
    let held = Promise::new(&mut |resolve, _| release = Some(resolve));
    let (sender, receiver) = oneshot::channel();
    let granted = Closure::once_into_js(move |_: JsValue| match sender.send(()) {
        Ok(()) => JsValue::from(held),
        // Nobody waits any more: it is let go at once.
        Err(()) => JsValue::UNDEFINED,
    });
    request
        .call2(&locks, &JsValue::from_str(name), &granted)
        .ok()?;
    let lock = Held(release?);
    match select(receiver, pin!(time::sleep(LONGEST_WAIT_MS))).await {
        Either::Left((Ok(()), _)) => Some(lock),
        _ => None,
    }
}
