//! Messages between the tabs of one browser (`BroadcastChannel`).

use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{BroadcastChannel, MessageEvent};

/// A named line to the other tabs of this origin. Text sent is heard by all of them, but not by the
/// sender. A browser without channels hears nothing.
#[derive(Clone)]
pub(crate) struct Tabs(Option<Rc<BroadcastChannel>>);

impl Tabs {
    /// Opens the line and calls `heard` with every text that comes in, for as long as the page lives.
    pub(crate) fn open(name: &str, heard: impl Fn(String) + 'static) -> Self {
        let Ok(channel) = BroadcastChannel::new(name) else {
            return Self(None);
        };
        let listener = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some(text) = event.data().as_string() {
                heard(text);
            }
        });
        channel.set_onmessage(Some(listener.as_ref().unchecked_ref()));
        // The line stays open for the page's whole life, and so must its listener.
        listener.forget();
        Self(Some(Rc::new(channel)))
    }

    /// Sends `text` to the other tabs.
    pub(crate) fn send(&self, text: &str) {
        if let Some(channel) = &self.0 {
            let _ = channel.post_message(&JsValue::from_str(text));
        }
    }
}
