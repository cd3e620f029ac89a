//! The keyboard: which key was pressed where, and how keys are called on this device.

use leptos::prelude::{document, window};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, KeyboardEvent};

/// What a key is typed into: there no shortcut of a single character may fire.
const TYPED_INTO: &str =
    "input, textarea, select, [contenteditable], [role=combobox], [role=listbox]";

/// The key code of every key that an input method takes for itself.
const TAKEN: u32 = 229;

/// The key that was pressed; none while an input method composes text, whose keys are its own: the Enter that confirms
/// a word, the arrows that choose one, the Escape that gives it up. Safari sends that Enter after the word is
/// confirmed, and only its code tells. Every handler of keys asks here.
pub(crate) fn pressed(event: &KeyboardEvent) -> Option<String> {
    let composing = event.is_composing() || event.key_code() == TAKEN;
    (!composing).then(|| event.key())
}

/// Whether this is one of Apple's devices, where `⌘` is what `Ctrl` is elsewhere.
pub(crate) fn is_apple() -> bool {
    let platform = window().navigator().platform().unwrap_or_default();
    ["Mac", "iP"].iter().any(|name| platform.starts_with(name))
}

/// Whether `Ctrl`, on Apple's devices `⌘`, is held and nothing else but shift.
pub(crate) fn has_ctrl(event: &KeyboardEvent) -> bool {
    let (wanted, other) = if is_apple() {
        (event.meta_key(), event.ctrl_key())
    } else {
        (event.ctrl_key(), event.meta_key())
    };
    wanted && !other && !event.alt_key()
}

/// Whether a scanner types the sign that ends a field of a barcode, which has no key: it types `Ctrl` and `]`.
pub(crate) fn ends_field(event: &KeyboardEvent) -> bool {
    /// The key code of `]`.
    const BRACKET: u32 = 221;
    event.ctrl_key() && !event.alt_key() && event.key_code() == BRACKET
}

/// Whether neither `Ctrl` nor `Alt` nor `⌘` is held.
pub(crate) fn is_plain(event: &KeyboardEvent) -> bool {
    !event.ctrl_key() && !event.meta_key() && !event.alt_key()
}

/// Whether a key is typed, or something pasted, into a field.
pub(crate) fn is_typed(event: &Event) -> bool {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|element| matches!(element.closest(TYPED_INTO), Ok(Some(_))))
}

/// Whether a dialog or a menu is open over the page.
pub(crate) fn is_covered() -> bool {
    let open = document().query_selector("dialog[open], :popover-open");
    matches!(open, Ok(Some(_)))
}
