//! Reading the API's answers, whichever documented variant they come in.
//!
//! The vendor's pages disagree about casing (`poNumber`, `PONumber`, `PoNumber`), about envelopes and
//! about absent values. Text is parsed once into a JSON value, brought to the reference's spelling by
//! [`normalise`], and only then typed.

use std::{fmt, str::FromStr};

use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, de::DeserializeOwned};
use serde_json::{Map, Value};

use crate::Page;

/// Why an answer could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DecodeError {
    /// The text is not JSON at all (an empty body, a proxy's HTML page, a cut-off answer).
    NotJson,
    /// It is JSON, but a required field is missing.
    MissingField(String),
    /// It is JSON, but something in it has another shape than documented.
    WrongShape(String),
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotJson => f.write_str("not JSON"),
            Self::MissingField(field) => write!(f, "missing field `{field}`"),
            Self::WrongShape(what) => f.write_str(what),
        }
    }
}

impl std::error::Error for DecodeError {}

impl From<serde_json::Error> for DecodeError {
    fn from(error: serde_json::Error) -> Self {
        let text = error.to_string();
        match text
            .strip_prefix("missing field `")
            .and_then(|rest| rest.split('`').next())
        {
            Some(field) => Self::MissingField(field.to_owned()),
            None => Self::WrongShape(text),
        }
    }
}

/// Parses `text` and brings it to the reference's spelling.
pub fn decode_value(text: &str) -> Result<Value, DecodeError> {
    let mut value = parse(text)?;
    normalise(&mut value);
    Ok(value)
}

fn parse(text: &str) -> Result<Value, DecodeError> {
    // A byte order mark is not JSON, but some servers send one.
    let text = text.trim_start_matches('\u{feff}');
    serde_json::from_str(text).map_err(|_| DecodeError::NotJson)
}

/// [`decode_value`] of a partial update, and the names of the members that are `null`: those are to be cleared, while
/// absent ones keep their value.
pub fn decode_patch(text: &str) -> Result<(Value, Vec<String>), DecodeError> {
    let mut value = parse(text)?;
    let members = value.as_object().into_iter().flatten();
    let cleared = members
        .filter(|(_, member)| member.is_null())
        .map(|(name, _)| camel_case(name.clone()))
        .collect();
    normalise(&mut value);
    Ok((value, cleared))
}

/// Reads one object.
pub fn decode<T: DeserializeOwned>(text: &str) -> Result<T, DecodeError> {
    Ok(T::deserialize(decode_value(text)?)?)
}

/// Reads a list that the documents show bare (`[…]`) but may come in an envelope.
pub fn decode_list<T: DeserializeOwned>(text: &str) -> Result<Vec<T>, DecodeError> {
    Ok(Vec::deserialize(list_of(decode_value(text)?))?)
}

/// Reads one page of a list, in any of the three documented envelopes, or bare.
pub fn decode_page<T: DeserializeOwned>(text: &str) -> Result<Page<T>, DecodeError> {
    let mut value = decode_value(text)?;
    if let Value::Array(_) = value {
        value = Value::Object(Map::from_iter([("data".to_owned(), value)]));
    }
    let mut page = Page::<T>::deserialize(value)?;
    page.total_records = page.total_records.max(page.data.len() as u64);
    Ok(page)
}

/// The list inside an envelope: the value itself, its `data`, or the only array it holds.
fn list_of(value: Value) -> Value {
    match value {
        Value::Object(mut object) => match object.remove("data") {
            Some(data) => data,
            None => object
                .into_iter()
                .map(|(_, member)| member)
                .find(Value::is_array)
                .unwrap_or(Value::Null),
        },
        other => other,
    }
}

/// Two names of one field, the less preferred first. The types read either; an object that holds both
/// keeps the second only.
const SAME_FIELD: &[(&str, &str)] = &[
    ("address1", "line1"),
    ("address2", "line2"),
    ("stateProvince", "state"),
    ("zipPostalCode", "postalCode"),
    ("default", "isPrimary"),
    ("totalCount", "totalRecords"),
    ("pageNumber", "currentPage"),
    ("id", "paymentProfileId"),
    ("cardType", "brand"),
    ("cardType", "cardBrand"),
    ("brand", "cardBrand"),
    ("lastFourDigits", "last4"),
    ("lastFourDigits", "lastFour"),
    ("last4", "lastFour"),
];

/// Brings `value` to the reference's spelling, in place: keys to camelCase, `null` members removed (they
/// mean the same as absent ones), and of two spellings of one field only one kept. What lies under
/// `productAttributes` and `customerAttributes` is data and stays as it came.
///
/// A fraction with more digits than a float surely keeps becomes a text of the same digits: `serde_json`
/// may hand it on as a float that prints otherwise (835831688725464.3 would end in .2). Amounts are read
/// from either.
pub fn normalise(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(normalise),
        Value::Object(object) => {
            let members = std::mem::take(object);
            for (key, mut member) in members {
                if member.is_null() {
                    continue;
                }
                let key = camel_case(key);
                if key != "productAttributes" && key != "customerAttributes" {
                    normalise(&mut member);
                }
                object.insert(key, member);
            }
            for (other, preferred) in SAME_FIELD {
                if object.contains_key(*preferred) {
                    object.remove(*other);
                }
            }
        }
        Value::Number(number) => {
            let text = number.as_str();
            if text.len() > f64::DIGITS as usize && text.contains(['.', 'e', 'E']) {
                *value = Value::String(text.to_owned());
            }
        }
        _ => {}
    }
}

/// `PONumber` and `PoNumber` become `poNumber`, `UPC` becomes `upc`, `shoppingCartId` stays.
///
/// The rule is that of the platform's own serialiser: a leading run of capitals goes to lower case, but
/// for its last letter when a small one follows.
fn camel_case(key: String) -> String {
    let bytes = key.as_bytes();
    let run = bytes
        .iter()
        .take_while(|byte| byte.is_ascii_uppercase())
        .count();
    if run == 0 {
        return key;
    }
    let next_is_small = bytes.get(run).is_some_and(u8::is_ascii_lowercase);
    let lower = if run > 1 && next_is_small {
        run - 1
    } else {
        run
    };
    let mut key = key;
    if let Some(head) = key.get_mut(..lower) {
        head.make_ascii_lowercase();
    }
    key
}

/// The number in `value`, from its own digits. (`Decimal`'s own reader knows no integers beyond 64 bits.)
fn number<E: serde::de::Error>(value: &Value) -> Result<Decimal, E> {
    let text = match value {
        Value::Number(number) => number.as_str(),
        Value::String(text) => text,
        _ => return Err(E::custom("not a number")),
    };
    Decimal::from_str(text)
        .or_else(|_| Decimal::from_scientific(text))
        .map_err(|_| E::custom("not a number in range"))
}

/// Reads an amount, with every digit it is written with.
pub(crate) fn amount<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Decimal, D::Error> {
    number(&Value::deserialize(deserializer)?)
}

/// [`amount`] for a field that may be absent.
pub(crate) fn amount_option<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Decimal>, D::Error> {
    match Value::deserialize(deserializer)? {
        Value::Null => Ok(None),
        value => number(&value).map(Some),
    }
}

/// Reads a whole number that may be written `10` or `10.0`.
pub(crate) fn whole<'de, D: Deserializer<'de>>(deserializer: D) -> Result<i64, D::Error> {
    to_whole(amount(deserializer)?)
}

/// [`whole`] for a field that may be absent.
pub(crate) fn whole_option<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<i64>, D::Error> {
    amount_option(deserializer)?.map(to_whole).transpose()
}

fn to_whole<E: serde::de::Error>(number: Decimal) -> Result<i64, E> {
    if number.fract().is_zero() {
        i64::try_from(number.trunc()).map_err(|_| E::custom("not a number in range"))
    } else {
        Err(E::custom("not a whole number"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every documented casing and spelling is read.
    #[test]
    fn every_documented_casing_becomes_the_reference_spelling() {
        for (given, wanted) in [
            ("poNumber", "poNumber"),
            ("PONumber", "poNumber"),
            ("PoNumber", "poNumber"),
            ("UPC", "upc"),
            ("upc", "upc"),
            ("SKU", "sku"),
            ("AccessToken", "accessToken"),
            ("ZipPostalCode", "zipPostalCode"),
            ("Data", "data"),
            ("X", "x"),
            ("", ""),
            ("Ürün", "Ürün"),
        ] {
            assert_eq!(camel_case(given.to_owned()), wanted);
        }
    }

    #[test]
    fn keys_of_attributes_are_data() {
        let mut value: Value = serde_json::from_str(
            r#"{"ProductAttributes":{"Thread Size":"M8","RAL":null},"Sku":"A","Name":null}"#,
        )
        .unwrap_or_default();
        normalise(&mut value);
        assert_eq!(
            value,
            serde_json::json!({"productAttributes": {"RAL": null, "Thread Size": "M8"}, "sku": "A"})
        );
    }

    #[test]
    fn a_patch_tells_null_from_absent() {
        let patch =
            decode_patch(r#"{"RepNumber":null,"terms":"NET30","addresses":[{"line2":null}]}"#);
        let expected = serde_json::json!({"terms": "NET30", "addresses": [{}]});
        assert_eq!(patch, Ok((expected, vec!["repNumber".to_owned()])));
        assert_eq!(decode_patch("7"), Ok((serde_json::json!(7), Vec::new())));
    }

    #[test]
    fn what_is_not_json_says_so() {
        for text in [
            "",
            "<html><body>Bad Gateway</body></html>",
            r#"{"data":[{"sku":"A"#,
        ] {
            assert_eq!(decode_value(text), Err(DecodeError::NotJson), "{text}");
        }
    }
}
