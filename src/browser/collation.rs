//! The order of names in the buyer's language (`Intl.Collator`).

use js_sys::{Array, Function, Intl, Object, Reflect};
use std::cmp::Ordering;
use wasm_bindgen::JsValue;

/// Compares names as the language does, numbers in them by their value.
pub(crate) struct Collation(Function);

impl Collation {
    /// The order of the language `tag`, which must be a tag that `Intl` takes.
    pub(crate) fn of(tag: &str) -> Self {
        let options = Object::new();
        let _ = Reflect::set(&options, &JsValue::from_str("numeric"), &JsValue::TRUE);
        let tags = Array::of1(&JsValue::from_str(tag));
        Self(Intl::Collator::new(&tags, &options).compare())
    }

    /// Which of two names comes first.
    pub(crate) fn compare(&self, one: &str, other: &str) -> Ordering {
        let order = self.0.call2(
            &JsValue::UNDEFINED,
            &JsValue::from_str(one),
            &JsValue::from_str(other),
        );
        let order = order.ok().and_then(|order| order.as_f64()).unwrap_or(0.0);
        order.partial_cmp(&0.0).unwrap_or(Ordering::Equal)
    }
}
