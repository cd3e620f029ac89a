//! Errors: problem details after RFC 9457, in both documented shapes.

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

/// Why the API refused a request.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Problem {
    /// A URI that names the kind of problem.
    #[serde(default, rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// A short summary.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The HTTP status code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// More about this occurrence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// What is wrong with which field. Encoded as the array of the overview; decoding also takes the
    /// object of field → messages.
    #[serde(
        default,
        deserialize_with = "either_shape",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub errors: Vec<FieldProblem>,
}

/// What is wrong with one field.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct FieldProblem {
    /// The field's name.
    #[serde(default)]
    pub name: String,
    /// A sentence.
    #[serde(default)]
    pub reason: String,
}

fn either_shape<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<FieldProblem>, D::Error> {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let mut problems = Vec::new();
    match Value::deserialize(deserializer)? {
        Value::Array(items) => {
            for item in &items {
                problems.push(FieldProblem {
                    name: text(&item["name"]).unwrap_or_default(),
                    reason: text(&item["reason"])
                        .or_else(|| text(item))
                        .unwrap_or_default(),
                });
            }
        }
        Value::Object(fields) => {
            for (name, reasons) in fields {
                let reasons = match reasons {
                    Value::Array(reasons) => reasons,
                    one => vec![one],
                };
                for reason in reasons.iter().filter_map(text) {
                    problems.push(FieldProblem {
                        name: name.clone(),
                        reason,
                    });
                }
            }
        }
        _ => {}
    }
    Ok(problems)
}
