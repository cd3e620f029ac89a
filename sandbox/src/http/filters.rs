//! Filters of list endpoints: read from either encoding, checked, turned into SQL with bound values.
//!
//! Assumption: the documents show no encoding of the `filters` array in a query string. Read are one `filters`
//! parameter holding a JSON array, and indexed parameters (`filters[0].field=…` or `filters[0][field]=…`). Text is
//! compared without regard to case, and all filters must hold.

use std::collections::BTreeMap;

use nymble_wire::{Filter, FilterOperator};
use rusqlite::types::Value;

use crate::{
    http::Query,
    problem::{Answer, Problem},
};

const MOST_FILTERS: usize = 20;

/// What a filterable field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FieldKind {
    /// Text that an index with `COLLATE NOCASE` covers: prefixes and equality use it.
    IndexedText,
    /// Any other text.
    Text,
    /// A number; compared as a number by equality and order, as text by the rest.
    Number,
    /// `true` or `false`.
    Flag,
}

/// One filterable field of a list.
#[derive(Clone, Debug)]
pub(crate) struct Field {
    /// As SQL.
    pub(crate) sql: String,
    /// What it holds.
    pub(crate) kind: FieldKind,
}

/// A condition in SQL with the values of its `?` places.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Condition {
    pub(crate) sql: String,
    pub(crate) values: Vec<Value>,
}

/// Reads the query's filters.
fn read(query: &Query) -> Answer<Vec<Filter>> {
    let mut raw: Vec<[Option<String>; 3]> = Vec::new();
    let mut indexed: BTreeMap<u32, [Option<String>; 3]> = BTreeMap::new();
    for (key, value) in query.all() {
        let key = key.to_ascii_lowercase();
        let Some(rest) = key.strip_prefix("filters") else {
            continue;
        };
        if rest.is_empty() || rest == "[]" {
            raw.extend(from_json(value)?);
        } else if let Some((index, part)) =
            rest.strip_prefix('[').and_then(|rest| rest.split_once(']'))
        {
            let index: u32 = index.parse().map_err(|_| malformed())?;
            let part = part.trim_matches(['.', '[', ']']);
            let place = ["field", "operator", "value"]
                .iter()
                .position(|name| *name == part)
                .ok_or_else(malformed)?;
            if let Some(slot) = indexed.entry(index).or_default().get_mut(place) {
                *slot = Some(value.to_owned());
            }
        }
    }
    raw.extend(indexed.into_values());
    if raw.len() > MOST_FILTERS {
        return Err(Problem::field(
            "filters",
            format!("at most {MOST_FILTERS} filters can be given."),
        ));
    }
    raw.into_iter().map(checked).collect()
}

fn malformed() -> Problem {
    Problem::field(
        "filters",
        "'filters' must be an array of objects with field, operator and value.",
    )
}

fn from_json(text: &str) -> Answer<Vec<[Option<String>; 3]>> {
    use serde_json::Value as Json;
    if text.trim().is_empty() {
        return Ok(Vec::new());
    }
    let objects = match nymble_wire::decode_value(text) {
        Ok(Json::Array(objects)) => objects,
        Ok(one @ Json::Object(_)) => vec![one],
        _ => return Err(malformed()),
    };
    let part = |object: &Json, name: &str| match object.get(name) {
        Some(Json::String(text)) => Some(text.clone()),
        Some(other @ (Json::Number(_) | Json::Bool(_))) => Some(other.to_string()),
        _ => None,
    };
    objects
        .iter()
        .map(|object| {
            if !object.is_object() {
                return Err(malformed());
            }
            Ok([
                part(object, "field"),
                part(object, "operator"),
                part(object, "value"),
            ])
        })
        .collect()
}

fn checked([field, operator, value]: [Option<String>; 3]) -> Answer<Filter> {
    let field = field
        .filter(|name| !name.is_empty())
        .ok_or_else(malformed)?;
    let given = operator.ok_or_else(malformed)?;
    let operator = match given.to_ascii_lowercase().as_str() {
        "startswith" => FilterOperator::StartsWith,
        "contains" => FilterOperator::Contains,
        "notcontains" => FilterOperator::NotContains,
        "endswith" => FilterOperator::EndsWith,
        "equals" => FilterOperator::Equals,
        "notequals" => FilterOperator::NotEquals,
        _ => {
            return Err(Problem::field(
                "filters",
                format!("'{given}' is not a supported operator."),
            ));
        }
    };
    Ok(Filter {
        field,
        operator,
        value: value.ok_or_else(malformed)?,
    })
}

/// The query's filters as SQL; `field` tells what a name means, and `special` may take a filter over whole.
pub(crate) fn conditions(
    query: &Query,
    field: impl Fn(&str) -> Option<Field>,
    mut special: impl FnMut(&Filter) -> Answer<Option<Condition>>,
) -> Answer<Vec<Condition>> {
    read(query)?
        .into_iter()
        .map(|filter| {
            if let Some(taken) = special(&filter)? {
                return Ok(taken);
            }
            let known = field(&filter.field).ok_or_else(|| {
                Problem::field(
                    "filters",
                    format!("'{}' is not a field that can be filtered.", filter.field),
                )
            })?;
            condition(&known, &filter)
        })
        .collect()
}

fn condition(field: &Field, filter: &Filter) -> Answer<Condition> {
    let (sql, value) = (&field.sql, filter.value.as_str());
    let text = || Value::Text(value.to_owned());
    let folded = || Value::Text(value.to_lowercase());
    let one = |sql: String, value: Value| {
        Ok(Condition {
            sql,
            values: vec![value],
        })
    };
    if matches!(
        filter.operator,
        FilterOperator::Equals | FilterOperator::NotEquals
    ) {
        let not = if filter.operator == FilterOperator::NotEquals {
            "NOT "
        } else {
            ""
        };
        return match field.kind {
            FieldKind::IndexedText => one(format!("{not}({sql} = ? COLLATE NOCASE)"), text()),
            FieldKind::Text => one(format!("{not}(fold(coalesce({sql}, '')) = ?)"), folded()),
            FieldKind::Number => match value.trim().parse::<f64>() {
                Ok(number) if number.is_finite() => one(
                    format!("{not}(coalesce({sql}, 0) = ?)"),
                    Value::Real(number),
                ),
                _ => Err(Problem::field(
                    "filters",
                    format!("'{}' is compared with a number.", filter.field),
                )),
            },
            FieldKind::Flag => match value.trim().to_ascii_lowercase().as_str() {
                "true" => one(format!("{not}({sql} = ?)"), Value::Integer(1)),
                "false" => one(format!("{not}({sql} = ?)"), Value::Integer(0)),
                _ => Err(Problem::field(
                    "filters",
                    format!("'{}' is either 'true' or 'false'.", filter.field),
                )),
            },
        };
    }
    match filter.operator {
        FilterOperator::StartsWith if field.kind == FieldKind::IndexedText => Ok(Condition {
            sql: format!("({sql} >= ? COLLATE NOCASE AND {sql} < ? COLLATE NOCASE)"),
            values: vec![text(), Value::Text(format!("{value}\u{10ffff}"))],
        }),
        FilterOperator::StartsWith => one(
            format!("(instr(fold(coalesce({sql}, '')), ?) = 1)"),
            folded(),
        ),
        FilterOperator::NotContains => one(
            format!("(instr(fold(coalesce({sql}, '')), ?) = 0)"),
            folded(),
        ),
        FilterOperator::EndsWith => {
            let length = i64::try_from(value.to_lowercase().chars().count()).unwrap_or(i64::MAX);
            Ok(Condition {
                // substr with a negative start counts from the end; an empty value matches everything.
                sql: format!("(? = 0 OR substr(fold(coalesce({sql}, '')), -?) = ?)"),
                values: vec![Value::Integer(length), Value::Integer(length), folded()],
            })
        }
        _ => one(
            format!("(instr(fold(coalesce({sql}, '')), ?) > 0)"),
            folded(),
        ),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn both_encodings_say_the_same() {
        let json = r#"[{"field":"Name","operator":"contains","value":"bolt"},{"Field":"Active","Operator":"Equals","Value":true}]"#;
        let encoded: String = form_urlencoded::Serializer::new(String::new())
            .append_pair("Filters", json)
            .finish();
        let indexed = "filters[0].field=Name&filters[0].operator=contains&filters[0].value=bolt\
                       &Filters[1][field]=Active&filters%5B1%5D%5Boperator%5D=Equals&filters[1].Value=true";
        let first = read(&Query::parse(&encoded)).unwrap();
        assert_eq!(first, read(&Query::parse(indexed)).unwrap());
        assert_eq!(first.len(), 2);
    }

    #[test]
    fn what_is_not_a_filter_is_refused() {
        for bad in [
            "filters=oops",
            "filters=[1]",
            "filters=[{\"field\":\"Sku\"}]",
            "filters[0].field=Sku&filters[0].operator=like&filters[0].value=a",
            "filters[x].field=Sku",
            "filters[0].what=Sku",
        ] {
            assert!(read(&Query::parse(bad)).is_err(), "{bad}");
        }
    }
}
