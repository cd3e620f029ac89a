//! The page: its document, address, title, focus, scroll position and connection.

use js_sys::{Function, Promise};
use leptos::prelude::{StoredValue, WithValue as _, document, on_cleanup, set_timeout, window};
use std::{rc::Rc, time::Duration};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, Event, HtmlElement, HtmlLinkElement, KeyboardEvent, ScrollToOptions};

pub(crate) use super::place::{
    address, decode, encode, languages, online, open, origin, reload, when_brought_back,
};

/// Sets the document's title.
pub(crate) fn set_title(title: &str) {
    document().set_title(title);
}

/// Moves the focus to the first element that fits `selector`, without scrolling to it.
pub(crate) fn focus(selector: &str) -> bool {
    let element = document()
        .query_selector(selector)
        .ok()
        .flatten()
        .and_then(|element| element.dyn_into::<HtmlElement>().ok());
    element.is_some_and(|element| element.focus().is_ok())
}

/// Moves the focus from what was pressed to the element beside it that fits `selector`.
pub(crate) fn focus_beside(event: &Event, selector: &str) {
    let pressed = event.current_target();
    let pressed = pressed.and_then(|pressed| pressed.dyn_into::<Element>().ok());
    let beside = pressed
        .and_then(|pressed| pressed.parent_element())
        .and_then(|parent| parent.query_selector(selector).ok().flatten());
    if let Some(beside) = beside.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
        let _ = beside.focus();
    }
}

/// [`reveal`], once what is being shown now has been.
pub(crate) fn reveal_soon(id: &'static str) {
    set_timeout(move || reveal(id), Duration::ZERO);
}

/// Moves the focus to the first element that fits `selector`, once what is being shown or taken away now
/// has been.
pub(crate) fn focus_soon(selector: impl AsRef<str> + 'static) {
    set_timeout(
        move || {
            focus(selector.as_ref());
        },
        Duration::ZERO,
    );
}

/// The same, with the first of `selectors` that anything fits.
pub(crate) fn focus_one_of_soon(selectors: &'static [&'static str]) {
    set_timeout(
        move || {
            selectors.iter().any(|selector| focus(selector));
        },
        Duration::ZERO,
    );
}

/// Moves the focus to the element with that id, once what is being shown now has been.
pub(crate) fn focus_id_soon(id: String) {
    set_timeout(
        move || {
            let element = document().get_element_by_id(&id);
            if let Some(element) = element.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
                let _ = element.focus();
            }
        },
        Duration::ZERO,
    );
}

/// Closes the popover with that id, if it is open.
pub(crate) fn close_popover(id: &str) {
    let element = document()
        .get_element_by_id(id)
        .and_then(|element| element.dyn_into::<HtmlElement>().ok());
    if let Some(element) = element {
        // One that is not open refuses to close.
        let _ = element.hide_popover();
    }
}

/// Makes the `<link>` with that id a style sheet, if it is none yet, and waits until it is there; says
/// whether it is. Where there is no such link (in development), its rules are there anyway.
pub(crate) async fn style(id: &str) -> bool {
    let link = document()
        .get_element_by_id(id)
        .and_then(|element| element.dyn_into::<HtmlLinkElement>().ok());
    let Some(link) = link.filter(|link| link.sheet().is_none()) else {
        return true;
    };
    let coming = Promise::new(&mut |loaded, failed| {
        let _ = link.add_event_listener_with_callback("load", &loaded);
        let _ = link.add_event_listener_with_callback("error", &failed);
    });
    if link.rel() != "stylesheet" {
        link.set_rel("stylesheet");
    }
    let loaded = JsFuture::from(coming).await.is_ok();
    if !loaded {
        // The next call asks for it again.
        link.set_rel("later");
    }
    loaded
}

/// Takes the address's fragment (without `#`) and removes it from the address bar and the history.
pub(crate) fn take_fragment() -> Option<String> {
    let location = window().location();
    let fragment = location.hash().ok()?;
    let fragment = fragment.strip_prefix('#')?;
    let clean = location.pathname().ok()? + &location.search().ok()?;
    let _ = window()
        .history()
        .ok()?
        .replace_state_with_url(&JsValue::NULL, "", Some(&clean));
    Some(fragment.to_owned())
}

/// How far the page is scrolled down, in whole CSS pixels.
#[expect(
    clippy::cast_possible_truncation,
    reason = "no page is two thousand million pixels long"
)]
pub(crate) fn scroll_position() -> i32 {
    window().scroll_y().unwrap_or(0.0) as i32
}

/// Scrolls to `position` (CSS pixels from the top), at once.
pub(crate) fn scroll_to(position: i32) {
    let options = ScrollToOptions::new();
    options.set_top(f64::from(position));
    options.set_left(0.0);
    options.set_behavior(web_sys::ScrollBehavior::Instant);
    window().scroll_to_with_scroll_to_options(&options);
}

/// Scrolls what is around the element with that id just so far that it is seen.
pub(crate) fn reveal(id: &str) {
    let Some(element) = document().get_element_by_id(id) else {
        return;
    };
    let options = js_sys::Object::new();
    let _ = js_sys::Reflect::set(
        &options,
        &JsValue::from_str("block"),
        &JsValue::from_str("nearest"),
    );
    let scroll = js_sys::Reflect::get(&element, &JsValue::from_str("scrollIntoView"));
    if let Some(scroll) = scroll.ok().and_then(|it| it.dyn_into::<Function>().ok()) {
        let _ = scroll.call1(&element, &options);
    }
}

/// Scrolls to `element` where it is out of the window; says whether it was in the window, at least in part.
pub(crate) fn bring_into_view(element: &HtmlElement) -> bool {
    let rect = element.get_bounding_client_rect();
    let root = document().document_element();
    let height = root.map_or(0, |root| root.client_height());
    let seen = rect.bottom() > 0.0 && rect.top() < f64::from(height);
    if !seen {
        element.scroll_into_view();
    }
    seen
}

/// Puts `text` on the clipboard; says whether the browser let it.
pub(crate) async fn copy(text: &str) -> bool {
    let navigator = window().navigator();
    // Called by name: an origin of plain `http` has no clipboard, and that must not end the app.
    let write = || {
        let clipboard = js_sys::Reflect::get(&navigator, &JsValue::from_str("clipboard")).ok()?;
        let write = js_sys::Reflect::get(&clipboard, &JsValue::from_str("writeText")).ok()?;
        let write: Function = write.dyn_into().ok()?;
        let written = write.call1(&clipboard, &JsValue::from_str(text)).ok()?;
        written.dyn_into::<Promise>().ok()
    };
    match write() {
        Some(written) => JsFuture::from(written).await.is_ok(),
        None => false,
    }
}

/// The address's fragment with its `#`, as it stands; empty when there is none.
pub(crate) fn fragment() -> String {
    window().location().hash().unwrap_or_default()
}

/// Opens `address` in a tab of its own, which gets no hold of this one.
pub(crate) fn open_tab(address: &str) {
    let _ =
        window().open_with_url_and_target_and_features(address, "_blank", "noopener,noreferrer");
}

/// Whether the browser shows PDFs itself. One that does not say so does, as most do.
pub(crate) fn shows_pdfs() -> bool {
    let navigator = window().navigator();
    let shows = js_sys::Reflect::get(&navigator, &JsValue::from_str("pdfViewerEnabled"));
    shows.ok().and_then(|shows| shows.as_bool()).unwrap_or(true)
}

/// Hears of every key before the field does in which it is typed. Must be called with an owner.
pub(crate) fn before_keys(mut action: impl FnMut(KeyboardEvent) + 'static) {
    before("keydown", move |event| action(event.unchecked_into()));
}

/// Calls `look` before the buyer presses or sends anything: a field may show what nobody heard of. Must be called with
/// an owner. Not generic, so that it is compiled once.
pub(crate) fn before_pressing(look: &Rc<dyn Fn(&Event)>) {
    for name in ["click", "submit"] {
        let look = Rc::clone(look);
        before(name, move |event| {
            // What a script presses comes in the middle of something: a field may be about to show another text.
            if event.is_trusted() {
                look(&event);
            }
        });
    }
}

/// Hears of every event of that name before anything on the page does. Must be called with an owner.
fn before(name: &'static str, action: impl FnMut(Event) + 'static) {
    before_each(name, Closure::<dyn FnMut(Event)>::new(action));
}

fn before_each(name: &'static str, heard: Closure<dyn FnMut(Event)>) {
    let function: &Function = heard.as_ref().unchecked_ref();
    let _ = document().add_event_listener_with_callback_and_bool(name, function, true);
    let heard = StoredValue::new_local(heard);
    on_cleanup(move || {
        heard.try_with_value(|heard| {
            let function: &Function = heard.as_ref().unchecked_ref();
            let _ = document().remove_event_listener_with_callback_and_bool(name, function, true);
        });
    });
}

/// How far the page's end is below the window, in CSS pixels.
pub(crate) fn left_below() -> i32 {
    let root = document().document_element();
    let (all, seen) = root.map_or((0, 0), |root| (root.scroll_height(), root.client_height()));
    all - seen - scroll_position()
}

/// Sets a custom property of the whole document (the theming surface).
pub(crate) fn set_style_property(name: &str, value: &str) {
    if let Some(root) = document()
        .document_element()
        .and_then(|root| root.dyn_into::<HtmlElement>().ok())
    {
        let _ = root.style().set_property(name, value);
    }
}

/// Sets the document's language.
pub(crate) fn set_language(tag: &str) {
    if let Some(root) = document().document_element() {
        let _ = root.set_attribute("lang", tag);
    }
}
