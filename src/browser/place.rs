//! Where the page is, and what happens to it: connection, address, leaving, events.

use leptos::prelude::{
    document, on_cleanup, window, window_event_listener, window_event_listener_untyped,
};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::HtmlElement;

use super::storage;

pub(crate) use leptos::prelude::WindowListenerHandle as Listening;

/// Whether the browser believes to have a connection.
pub(crate) fn online() -> bool {
    window().navigator().on_line()
}

/// Whether anybody may be looking at the page.
pub(crate) fn visible() -> bool {
    !document().hidden()
}

/// Whether the browser asks to spare its connection.
pub(crate) fn saves_data() -> bool {
    let of = |object: &JsValue, name| js_sys::Reflect::get(object, &JsValue::from_str(name));
    let connection = of(&window().navigator(), "connection");
    connection
        .and_then(|connection| of(&connection, "saveData"))
        .is_ok_and(|saves| saves.is_truthy())
}

/// The `content` of the `<meta>` called `name`.
pub(crate) fn meta(name: &str) -> Option<String> {
    document()
        .query_selector(&format!("meta[name=\"{name}\"]"))
        .ok()
        .flatten()?
        .get_attribute("content")
}

/// Leaves the field that is being typed into: what is typed counts now.
pub(crate) fn leave_field() {
    let active = document().active_element();
    let field = active.filter(|it| it.matches("input, textarea, select").unwrap_or_default());
    if let Some(field) = field.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
        let _ = field.blur();
    }
}

/// This site's origin.
pub(crate) fn origin() -> String {
    window().location().origin().unwrap_or_default()
}

/// The origin of an `http` or `https` address as browsers write it; none for anything else.
pub(crate) fn origin_of(address: &str) -> Option<String> {
    let url = web_sys::Url::new(address).ok()?;
    matches!(url.protocol().as_str(), "http:" | "https:").then(|| url.origin())
}

/// Path and query (with `?`) of the present address.
pub(crate) fn address() -> (String, String) {
    let location = window().location();
    (
        location.pathname().unwrap_or_default(),
        location.search().unwrap_or_default(),
    )
}

/// `text` made safe as one segment of a path or one value of a query.
pub(crate) fn encode(text: &str) -> String {
    String::from(js_sys::encode_uri_component(text))
}

/// The text behind one segment of a path; a segment that is not well encoded stands for itself.
pub(crate) fn decode(segment: &str) -> String {
    js_sys::decode_uri_component(segment).map_or_else(|_| segment.to_owned(), String::from)
}

/// Reloads the page from `path`, of this site or another. Within this site what the browser keeps only in memory comes
/// along.
pub(crate) fn open(path: &str) {
    let location = window().location();
    let _ = if path.starts_with('/') && storage::carry_over(Some(path)) {
        location.reload()
    } else {
        location.assign(path)
    };
}

/// Loads the page anew at its present address. What the browser keeps only in memory comes along.
pub(crate) fn reload() {
    storage::carry_over(None);
    let _ = window().location().reload();
}

/// Runs `action` whenever the browser brings this very page back from its memory (a step back from
/// another site), with everything as it was left. Must be called with an owner.
pub(crate) fn when_brought_back(action: impl Fn() + 'static) {
    let shown = window_event_listener_untyped("pageshow", move |event| {
        let kept = js_sys::Reflect::get(&event, &JsValue::from_str("persisted"));
        if kept.is_ok_and(|kept| kept.is_truthy()) {
            action();
        }
    });
    on_cleanup(move || shown.remove());
}

/// The languages that the buyer reads, the first most.
pub(crate) fn languages() -> Vec<String> {
    let languages = window().navigator().languages();
    languages.iter().filter_map(|tag| tag.as_string()).collect()
}

/// Runs `heard` at every event of that name that the window hears of.
pub(crate) fn on(name: &'static str, heard: impl Fn() + 'static) -> Listening {
    window_event_listener_untyped(name, move |_| heard())
}

/// Hears the key under which another tab has changed something in the device's storage; no key when all of it.
pub(crate) fn on_stored_elsewhere(heard: impl Fn(Option<String>) + 'static) -> Listening {
    window_event_listener(leptos::ev::storage, move |event| heard(event.key()))
}
