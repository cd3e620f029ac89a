//! What the tests of this crate share: every documented variant of an example, made mechanically.

#![allow(
    dead_code,
    reason = "compiled into each test file, which uses a part of it"
)]

pub(crate) mod examples;

use nymble_wire::{DecodeError, decode};
use rust_decimal::Decimal;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value, json};

/// Names of optional fields, of any object. Absent ones are added as `null`.
const OPTIONAL: &[&str] = &[
    "active",
    "addressType",
    "addresses",
    "atQuantity",
    "billingAddress",
    "category",
    "city",
    "code",
    "companyFax",
    "companyName",
    "confirmationId",
    "contactType",
    "contacts",
    "country",
    "createdAt",
    "creditCard",
    "currencyCode",
    "customerAttributes",
    "cvv",
    "description",
    "detail",
    "dimensions",
    "errors",
    "expiresIn",
    "externalId",
    "images",
    "imageUrl",
    "isDefault",
    "isPrimary",
    "itemId",
    "items",
    "line2",
    "lineTotal",
    "minimumOrderQuantity",
    "name",
    "orderType",
    "organizationId",
    "parentId",
    "payment",
    "paymentProfileId",
    "phone",
    "poNumber",
    "postalCode",
    "price",
    "priceFormatted",
    "prices",
    "pricing",
    "productAttributes",
    "quantityIncrement",
    "quantityOnHand",
    "reason",
    "shippingAddress",
    "specialInstructions",
    "state",
    "status",
    "subCategories",
    "subtotal",
    "terms",
    "title",
    "tokenType",
    "totalPages",
    "totalRecords",
    "type",
    "unitPrice",
    "upc",
    "updatedAt",
    "weight",
];

/// Parses an example.
pub(crate) fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

/// An amount.
pub(crate) fn amount(text: &str) -> Decimal {
    text.parse().unwrap()
}

/// A text that an object may hold.
#[allow(
    clippy::unnecessary_wraps,
    reason = "compared with optional fields all over"
)]
pub(crate) fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

/// Whether what lies below is data, whose keys are the merchant's own.
fn is_data(key: &str, member: &Value) -> bool {
    ["productAttributes", "customerAttributes"]
        .iter()
        .any(|data| key.eq_ignore_ascii_case(data))
        || (key.eq_ignore_ascii_case("errors") && member.is_object())
}

/// Changes every object at every level, but for data.
fn every_object(value: &Value, change: &dyn Fn(&mut Map<String, Value>)) -> Value {
    match value {
        Value::Array(items) => items
            .iter()
            .map(|item| every_object(item, change))
            .collect(),
        Value::Object(members) => {
            let mut members = members
                .iter()
                .map(|(key, member)| {
                    let member = if is_data(key, member) {
                        member.clone()
                    } else {
                        every_object(member, change)
                    };
                    (key.clone(), member)
                })
                .collect();
            change(&mut members);
            Value::Object(members)
        }
        other => other.clone(),
    }
}

/// Renames every key, but those of data.
fn every_key(value: &Value, rename: fn(&str) -> String) -> Value {
    every_object(value, &|members| {
        *members = std::mem::take(members)
            .into_iter()
            .map(|(key, member)| (rename(&key), member))
            .collect();
    })
}

fn first_letter(key: &str, change: fn(&str) -> String) -> String {
    let (first, rest) = key.split_at(key.len().min(1));
    change(first) + rest
}

/// Keys in `PascalCase`, as on the concept pages.
pub(crate) fn pascal_case(value: &Value) -> Value {
    every_key(value, |key| first_letter(key, str::to_uppercase))
}

/// Keys in camelCase, as in the resources' reference.
pub(crate) fn camel_case(value: &Value) -> Value {
    every_key(value, |key| first_letter(key, str::to_lowercase))
}

/// Keys in `PascalCase` with the abbreviations of the concept pages: `SKU`, `UPC`, `PONumber`.
pub(crate) fn shouted(value: &Value) -> Value {
    every_key(value, |key| match key {
        "sku" => "SKU".to_owned(),
        "upc" => "UPC".to_owned(),
        "poNumber" => "PONumber".to_owned(),
        "id" => "ID".to_owned(),
        other => first_letter(other, str::to_uppercase),
    })
}

/// Every optional field that is absent comes as `null`, at every level.
pub(crate) fn with_nulls(value: &Value) -> Value {
    every_object(value, &|members| {
        for name in OPTIONAL {
            let pascal = first_letter(name, str::to_uppercase);
            if !members.contains_key(&pascal) {
                members.entry(*name).or_insert(Value::Null);
            }
        }
    })
}

/// Fields that no document knows, at every level.
pub(crate) fn with_unknown(value: &Value) -> Value {
    every_object(value, &|members| {
        members.insert("aNewText".into(), "<b>new</b>".into());
        members.insert("ZNewNumber".into(), json("1e400"));
        members.insert(
            "newList".into(),
            json!([null, { "SKU": 1, "items": "none" }, []]),
        );
        members.insert(String::new(), true.into());
    })
}

/// Every variant of an example that must read the same.
pub(crate) fn variants(example: &Value) -> Vec<(&'static str, Value)> {
    vec![
        ("as documented", example.clone()),
        ("camelCase", camel_case(example)),
        ("PascalCase", pascal_case(example)),
        ("SKU, UPC, PONumber", shouted(example)),
        ("nulls", with_nulls(example)),
        ("unknown fields", with_unknown(example)),
        (
            "all together",
            with_unknown(&shouted(&with_nulls(&camel_case(example)))),
        ),
    ]
}

/// Pointers to the members of all objects, but those of data.
fn members(value: &Value, at: &str, found: &mut Vec<(String, String)>) {
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                members(item, &format!("{at}/{index}"), found);
            }
        }
        Value::Object(object) => {
            for (key, member) in object {
                found.push((at.to_owned(), key.clone()));
                if !is_data(key, member) {
                    members(member, &format!("{at}/{key}"), found);
                }
            }
        }
        _ => {}
    }
}

/// Any member may be `null`, which reads as if it were absent: same object or same error.
fn null_is_absent<T: DeserializeOwned + PartialEq>(example: &Value) {
    let mut found = Vec::new();
    members(example, "", &mut found);
    for (parent, key) in found {
        let changed = |change: &dyn Fn(&mut Map<String, Value>)| -> Result<T, DecodeError> {
            let mut value = example.clone();
            change(value.pointer_mut(&parent).unwrap().as_object_mut().unwrap());
            decode(&value.to_string())
        };
        let null = changed(&|object| {
            object.insert(key.clone(), Value::Null);
        });
        let absent = changed(&|object| {
            object.remove(&key);
        });
        assert!(null == absent, "{parent}/{key} as null reads otherwise");
    }
}

/// Reads an example in every variant, each of which must give the same object, and hands it back.
pub(crate) fn read<T: DeserializeOwned + PartialEq>(example: &str) -> T {
    let object: T = decode(example).unwrap_or_else(|error| panic!("{error} in {example}"));
    let value = json(example);
    for (name, variant) in variants(&value) {
        match decode::<T>(&variant.to_string()) {
            Ok(read) => assert!(read == object, "{name} reads otherwise: {variant}"),
            Err(error) => panic!("{name}: {error} in {variant}"),
        }
    }
    null_is_absent::<T>(&value);
    object
}

/// What an object is sent as.
pub(crate) fn sent<T: Serialize>(object: &T) -> Value {
    json(&serde_json::to_string(object).unwrap())
}

/// As [`read`], and what is read is sent in the very spelling of the example, digit for digit.
pub(crate) fn read_and_send<T: DeserializeOwned + Serialize + PartialEq>(example: &str) -> T {
    let object = read(example);
    assert_eq!(sent(&object), json(example));
    object
}

/// Asserts that `text` is refused because `field` is missing.
pub(crate) fn misses<T: DeserializeOwned>(text: &str, field: &str) {
    match decode::<T>(text) {
        Err(DecodeError::MissingField(name)) => assert_eq!(name, field, "in {text}"),
        Err(other) => panic!("{other:?} in {text}"),
        Ok(_) => panic!("accepted without {field}: {text}"),
    }
}

/// The example without one member, given by a pointer to its object and its name.
pub(crate) fn without(example: &str, parent: &str, key: &str) -> String {
    let mut value = json(example);
    let object = value.pointer_mut(parent).unwrap().as_object_mut().unwrap();
    object.remove(key).unwrap();
    value.to_string()
}
