//! JSON and base64 by native libraries.

use base64::{Engine as _, engine::general_purpose::STANDARD_NO_PAD};

use crate::domain::values::json::{Json, parse_natively};

pub(crate) fn parse(text: &str) -> Option<Json> {
    parse_natively(text)
}

pub(crate) fn base64(text: &str) -> Option<Vec<u8>> {
    STANDARD_NO_PAD.decode(text.trim_end_matches('=')).ok()
}

#[expect(
    clippy::option_option,
    reason = "the shape of the browser's implementation"
)]
pub(crate) fn number_of(
    text: &str,
    list: &str,
    named: (&str, &str),
    member: &str,
) -> Option<Option<i64>> {
    let value: serde_json::Value = serde_json::from_str(text).ok()?;
    let all = value.get(list)?.as_array()?;
    let found = all
        .iter()
        .find(|it| it.get(named.0).and_then(serde_json::Value::as_str) == Some(named.1));
    let Some(found) = found else {
        return Some(None);
    };
    found.get(member)?.as_i64().map(Some)
}
