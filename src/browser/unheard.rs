//! What is chosen in a list or ticked without a word: extensions and browsers may do so, and no event tells.

use js_sys::Reflect;
use leptos::prelude::document;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event};

use super::page;

/// From now on every list to choose from and every box to tick tells by itself, as if the buyer had done it, what it
/// shows and the app has not heard of. It is looked at before anything is pressed or sent. Must be called with an owner.
///
/// What the app knows stands in the document as the control's default: `prop:defaultChecked` of a box,
/// `prop:defaultSelected` of an option, or its attribute `selected`. A list of which no option is the default only
/// shows how something is looked at, and follows the address.
pub(crate) fn hear_controls() {
    let look: Rc<dyn Fn(&Event)> = Rc::new(tell_all);
    page::before_pressing(&look);
}

fn tell_all(event: &Event) {
    // A box that is pressed has changed already, and says so itself.
    let pressed: Option<Element> = event.target().and_then(|it| it.dyn_into().ok());
    let Ok(all) = document().query_selector_all("select, [type=checkbox]") else {
        return;
    };
    let all = (0..all.length()).filter_map(|place| all.get(place));
    for control in all.filter_map(|node| node.dyn_into::<Element>().ok()) {
        if pressed.as_ref() != Some(&control) && shows_what_nobody_knows(&control) {
            let Ok(change) = Event::new("change") else {
                return;
            };
            change.init_event_with_bubbles("change", true);
            let _ = control.dispatch_event(&change);
        }
    }
}

fn shows_what_nobody_knows(control: &Element) -> bool {
    let of = |object: &JsValue, name: &str| Reflect::get(object, &name.into()).unwrap_or_default();
    if control.tag_name() == "INPUT" {
        return of(control, "checked") != of(control, "defaultChecked");
    }
    let known = control.query_selector("option[selected]").ok().flatten();
    known.is_some_and(|known| of(control, "selectedIndex") != of(&known, "index"))
}
