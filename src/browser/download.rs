//! Giving the buyer a file that was made here.

use js_sys::Array;
use leptos::prelude::{document, set_timeout};
use std::time::Duration;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

/// Lets the browser save `text` as a file called `name`. Says whether it took it.
pub(crate) fn save_text(name: &str, media_type: &str, text: &str) -> bool {
    let parts = Array::of1(&JsValue::from_str(text));
    let kind = BlobPropertyBag::new();
    kind.set_type(media_type);
    Blob::new_with_str_sequence_and_options(&parts, &kind)
        .is_ok_and(|blob| save(name, &blob).is_some())
}

/// Lets the browser save `blob` as a file called `name`.
pub(crate) fn save(name: &str, blob: &Blob) -> Option<()> {
    let address = Url::create_object_url_with_blob(blob).ok()?;
    let link = document().create_element("a").ok()?;
    let link: HtmlAnchorElement = link.dyn_into().ok()?;
    link.set_href(&address);
    link.set_download(name);
    // Some browsers follow only a link that is on the page.
    let body = document().body()?;
    body.append_child(&link).ok()?;
    link.click();
    link.remove();
    give_back_later(address);
    Some(())
}

/// So long a browser may take to read what an address leads to that was made here, in milliseconds: Safari reads it
/// some time after the click, and asks the buyer first.
const READ_WITHIN: Duration = Duration::from_secs(60);

/// Gives an address back that was made here for a `Blob`, once whoever was sent there has read it.
pub(crate) fn give_back_later(address: String) {
    set_timeout(
        move || {
            let _ = Url::revoke_object_url(&address);
        },
        READ_WITHIN,
    );
}
