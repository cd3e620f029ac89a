//! The browser's own JSON parser and base64 decoder.

use js_sys::{Array, JSON, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use crate::domain::values::json::Json;

/// Deeper than this nothing is read.
const DEEPEST: u8 = 16;

/// Reads JSON; none when it is not JSON, or nested too deeply.
pub(crate) fn parse(text: &str) -> Option<Json> {
    convert(&JSON::parse(text).ok()?, DEEPEST)
}

fn convert(value: &JsValue, depth: u8) -> Option<Json> {
    let depth = depth.checked_sub(1)?;
    if let Some(text) = value.as_string() {
        return Some(Json::Text(text));
    }
    if let Some(on) = value.as_bool() {
        return Some(Json::Bool(on));
    }
    if Array::is_array(value) {
        let items = Array::from(value);
        let items: Option<Vec<Json>> = items.iter().map(|item| convert(&item, depth)).collect();
        return items.map(Json::List);
    }
    if let Some(object) = value.dyn_ref::<Object>() {
        let mut members = Vec::new();
        for entry in Object::entries(object).iter() {
            let entry = Array::from(&entry);
            members.push((entry.get(0).as_string()?, convert(&entry.get(1), depth)?));
        }
        return Some(Json::Object(members));
    }
    // What is left is a number, or null. The parser's own writing spares the first module the code
    // that writes floating point numbers.
    let written = String::from(JSON::stringify(value).ok()?);
    Some(if written == "null" {
        Json::Null
    } else {
        Json::Number(written)
    })
}

/// Decodes base64 (the plain alphabet, padding optional); none when it is not base64.
pub(crate) fn base64(text: &str) -> Option<Vec<u8>> {
    let decoded = web_sys::window()?.atob(text).ok()?;
    // Each character of the answer stands for one byte.
    decoded
        .chars()
        .map(|byte| u8::try_from(byte).ok())
        .collect()
}

/// Of the first object of `list` whose member `named.0` is the text `named.1`: the whole number that is its `member`. Some
/// nothing when the list holds no such object; none when the text cannot be read. Nothing else of it is read.
#[expect(clippy::option_option, reason = "no such object, and no such text")]
pub(crate) fn number_of(
    text: &str,
    list: &str,
    named: (&str, &str),
    member: &str,
) -> Option<Option<i64>> {
    let member_of = |of: &JsValue, name: &str| Reflect::get(of, &name.into()).ok();
    let whole = JSON::parse(text).ok()?;
    let all: Array = member_of(&whole, list)?.dyn_into().ok()?;
    let text = Some(JsValue::from_str(named.1));
    let Some(found) = all.iter().find(|it| member_of(it, named.0) == text) else {
        return Some(None);
    };
    let number = JSON::stringify(&member_of(&found, member)?).ok()?;
    String::from(number).parse().ok().map(Some)
}
