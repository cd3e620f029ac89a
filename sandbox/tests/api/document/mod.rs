//! The sandbox's `OpenAPI` document, as tests read it.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use jsonschema::Validator;
use serde_json::{Map, Value, json};

use crate::shop::{Answer, Shop};

/// The document, and its schemas as far as they have been asked for: to compile one takes longer than most calls.
pub(crate) struct Document(pub Value, Mutex<HashMap<String, Arc<Validator>>>);

/// One operation of it.
pub(crate) struct Operation<'a> {
    pub(crate) method: &'static str,
    pub(crate) path: &'a str,
    pub(crate) value: &'a Value,
}

impl Document {
    pub(crate) async fn of(shop: &Shop) -> Self {
        let document = shop.get("", "/_sandbox/openapi.json").await.ok(200);
        Self(document, Mutex::default())
    }

    pub(crate) fn operations(&self) -> Vec<Operation<'_>> {
        let paths = self.0["paths"].as_object().unwrap();
        let methods = ["get", "put", "post", "delete", "patch"];
        let mut operations = Vec::new();
        for (path, item) in paths {
            for method in methods
                .into_iter()
                .filter(|method| item[*method].is_object())
            {
                operations.push(Operation {
                    method,
                    path,
                    value: &item[method],
                });
            }
        }
        operations
    }

    /// Asserts that an answer is one the operation documents, in status, content type and body.
    pub(crate) fn assert_true(&self, method: &str, path: &str, answer: &Answer) {
        let at = format!("{method} {path} {}", answer.status);
        let response = &self.0["paths"][path][method]["responses"][answer.status.to_string()];
        assert!(
            response.is_object(),
            "{at} is not in the document: {}",
            answer.text
        );
        let Some(contents) = response["content"].as_object() else {
            assert_eq!(answer.text, "", "{at}");
            return;
        };
        let essence = answer.header("content-type").split(';').next().unwrap();
        let content = contents
            .get(essence)
            .unwrap_or_else(|| panic!("{at}: {essence} is not in the document"));
        if essence.ends_with("json") {
            let faults = self.faults(&content["schema"], &answer.json());
            assert!(faults.is_empty(), "{at}: {faults:?}\n{}", answer.text);
        }
    }

    /// What keeps a value from being as a schema says.
    pub(crate) fn faults(&self, schema: &Value, value: &Value) -> Vec<String> {
        self.validator(schema)
            .iter_errors(value)
            .map(|error| format!("{} at {}", error, error.instance_path()))
            .collect()
    }

    fn validator(&self, schema: &Value) -> Arc<Validator> {
        let mut known = self.1.lock().unwrap();
        let made = known.entry(schema.to_string()).or_insert_with(|| {
            let mut whole = schema.clone();
            whole["components"] = self.0["components"].clone();
            Arc::new(jsonschema::draft202012::new(&whole).unwrap())
        });
        Arc::clone(made)
    }

    /// A value that a schema allows, with every member filled in; `name` is the member's own.
    pub(crate) fn example(&self, schema: &Value, name: &str) -> Value {
        if let Some(target) = schema["$ref"].as_str() {
            return self.example(
                self.0.pointer(target.trim_start_matches('#')).unwrap(),
                name,
            );
        }
        if let Some(all) = schema["allOf"].as_array() {
            let mut whole = Map::new();
            for part in all {
                whole.extend(
                    self.example(part, name)
                        .as_object()
                        .cloned()
                        .unwrap_or_default(),
                );
            }
            return whole.into();
        }
        if let Some(alternatives) = schema["oneOf"].as_array().or(schema["anyOf"].as_array()) {
            let one = alternatives
                .iter()
                .find(|one| one["type"] != "null")
                .unwrap();
            return self.example(one, name);
        }
        if let Some(first) = schema["enum"].get(0) {
            return first.clone();
        }
        let kind = match &schema["type"] {
            Value::Array(kinds) => kinds.iter().find(|kind| *kind != "null").unwrap(),
            one => one,
        };
        match kind.as_str().unwrap_or("object") {
            "string" => text(name, schema["format"].as_str()).into(),
            "integer" | "number" => json!(1),
            "boolean" => true.into(),
            "array" => vec![self.example(&schema["items"], name)].into(),
            _ => {
                let members = schema["properties"].as_object().into_iter().flatten();
                let filled =
                    members.map(|(name, schema)| (name.clone(), self.example(schema, name)));
                filled.collect::<Map<_, _>>().into()
            }
        }
    }
}

impl Operation<'_> {
    pub(crate) fn at(&self) -> String {
        format!("{} {}", self.method.to_uppercase(), self.path)
    }

    /// Whether anybody may call it, without a token.
    pub(crate) fn public(&self) -> bool {
        let security = self.value["security"].as_array().unwrap();
        security
            .iter()
            .all(|one| one.as_object().unwrap().is_empty())
    }

    /// Its parameters that are in the path, or in the query.
    pub(crate) fn parameters(&self, place: &str) -> Vec<&str> {
        let declared = self.value["parameters"].as_array().into_iter().flatten();
        declared
            .filter(|one| one["in"] == place)
            .map(|one| one["name"].as_str().unwrap())
            .collect()
    }

    /// Its address, with demo records in the place of the path's parameters but for one.
    pub(crate) fn address(&self, but: Option<(&str, &str)>) -> String {
        let segments = self.path.split('/').map(|segment| {
            match segment
                .strip_prefix('{')
                .map(|rest| rest.trim_end_matches('}'))
            {
                Some(name) => match but {
                    Some((other, value)) if other == name => value.to_owned(),
                    _ => text(name, None).to_owned(),
                },
                None => segment.to_owned(),
            }
        });
        segments.collect::<Vec<_>>().join("/")
    }

    /// The schema of its body, and the body's content type.
    pub(crate) fn body(&self) -> Option<(&str, &Value)> {
        let contents = self.value["requestBody"]["content"].as_object()?;
        contents
            .iter()
            .next()
            .map(|(kind, content)| (kind.as_str(), &content["schema"]))
    }
}

/// A text that fits a field or a parameter of that name: that of a demo record where there is one.
fn text(name: &str, format: Option<&str>) -> &'static str {
    match (name, format) {
        (_, Some("date-time")) => "2026-01-02T03:04:05Z",
        (_, Some("date")) => "2026-01-02",
        (_, Some("email")) => "jane@acme.example",
        ("customerNumber", _) => "ACME-001",
        ("sku", _) => "WIDGET-BLU-L",
        ("shoppingCartId" | "id", _) => "cart_8f3a2c1d",
        ("paymentProfileId", _) => "pp_5c21e7a0",
        ("orderNumber", _) => "MOM-00482",
        ("country", _) => "US",
        ("state" | "stateProvince", _) => "TX",
        ("currencyCode", _) => "USD",
        ("name", _) => "Fasteners",
        _ => "text",
    }
}
