//! Locks that all tabs of this origin share (`navigator.locks`).

use futures::channel::oneshot;
use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};

/// A lock that is held; it is let go when this is dropped, and by the browser when the tab goes.
pub struct Held(Function);

impl Drop for Held {
    fn drop(&mut self) {
        let _ = self.0.call0(&JsValue::UNDEFINED);
    }
}

/// Waits for the lock `name`. None at once in a browser without locks, or on an origin that has none
/// (plain `http`): then nothing is held off.
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
    let granted = Closure::once_into_js(move |_: JsValue| {
        let _ = sender.send(());
        JsValue::from(held)
    });
    request
        .call2(&locks, &JsValue::from_str(name), &granted)
        .ok()?;
    let lock = Held(release?);
    receiver.await.ok()?;
    Some(lock)
}
