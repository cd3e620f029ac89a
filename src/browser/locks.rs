//! Locks that all tabs of this origin share (`navigator.locks`).

use futures::{
    channel::oneshot,
    future::{Either, pending, select},
};
use js_sys::{Function, Object, Promise, Reflect};
use std::pin::pin;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::time;

/// A lock that is held; it is let go when this is dropped, and by the browser when the tab goes.
pub(crate) struct Held(Function);

impl Drop for Held {
    fn drop(&mut self) {
        let _ = self.0.call0(&JsValue::UNDEFINED);
    }
}

/// How long a lock is waited for, in milliseconds: whoever holds it may be waiting for somebody to sign in.
const LONGEST_WAIT_MS: i32 = 10_000;

/// How long the browser may take to say whether a lock is free, in milliseconds.
const LONGEST_ANSWER_MS: i32 = 3_000;

/// Whose turn it is.
pub(crate) enum Turn {
    /// This tab's: the lock is held.
    Mine(Held),
    /// This tab's, as far as can be known: the browser has no locks, refuses them, or has none on this origin
    /// (plain `http`).
    Nobodys,
    /// Another tab's, which holds the lock.
    Others,
}

/// Waits for the lock `name`, for ten seconds at most. None at once in a browser without locks, or on an
/// origin that has none (plain `http`): then nothing is held off.
pub(crate) async fn hold(name: &str) -> Option<Held> {
    match turn(name).await {
        Turn::Mine(held) => Some(held),
        Turn::Nobodys | Turn::Others => None,
    }
}

/// Waits for the lock `name`, for ten seconds at most, and tells whose turn it is then.
pub(crate) async fn turn(name: &str) -> Turn {
    ask(name, &JsValue::UNDEFINED).await
}

/// Takes the lock `name` if nobody holds it, and does not wait otherwise.
pub(crate) async fn turn_if_free(name: &str) -> Turn {
    let options = Object::new();
    let _ = Reflect::set(&options, &JsValue::from_str("ifAvailable"), &JsValue::TRUE);
    ask(name, &options).await
}

async fn ask(name: &str, options: &JsValue) -> Turn {
    request(name, options).await.unwrap_or(Turn::Nobodys)
}

/// None in a browser without locks.
async fn request(name: &str, options: &JsValue) -> Option<Turn> {
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
    // Called without a lock when it was to be had at once and is not.
    let granted = Closure::once_into_js(move |lock: JsValue| match sender.send(!lock.is_null()) {
        Ok(()) => JsValue::from(held),
        // Nobody waits any more: it is let go at once.
        Err(_) => JsValue::UNDEFINED,
    });
    let name = JsValue::from_str(name);
    let asked = if options.is_undefined() {
        request.call2(&locks, &name, &granted).ok()?
    } else {
        request.call3(&locks, &name, options, &granted).ok()?
    };
    let lock = Held(release?);
    // Where site data are blocked the browser refuses, and never calls.
    let (refuse, refused) = oneshot::channel();
    spawn_local(async move {
        if JsFuture::from(Promise::resolve(&asked)).await.is_err() {
            let _ = refuse.send(());
        }
    });
    let waits = options.is_undefined();
    let longest = if waits {
        LONGEST_WAIT_MS
    } else {
        LONGEST_ANSWER_MS
    };
    // A promise that is kept ends the other channel without a word: then the lock's own call counts.
    let refused = pin!(async move {
        if refused.await.is_err() {
            pending::<()>().await;
        }
    });
    let over = pin!(time::sleep(longest));
    match select(receiver, select(refused, over)).await {
        Either::Left((Ok(true), _)) => Some(Turn::Mine(lock)),
        Either::Left((Ok(false), _)) => Some(Turn::Others),
        // Nobody answers who has to answer at once: there are no locks.
        Either::Right((Either::Right(_), _)) if waits => Some(Turn::Others),
        _ => None,
    }
}
