//! Filters of list endpoints: read from either encoding, checked, turned into SQL with bound values.
//!
//! Assumption: the documents show no encoding of the `filters` array in a query string. Read are one `filters`
//! parameter holding a JSON array, and indexed parameters (`filters[0].field=…` or `filters[0][field]=…`). Text is
//! compared without regard to case, and all filters must hold.

use std::{borrow::Cow, collections::BTreeMap};

use nymble_wire::{Filter, FilterOperator};
use rusqlite::types::Value;

use crate::{
    clock,
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
    /// An RFC 3339 instant in UTC, whole seconds, as text; compared with a date (all of that day) or an instant.
    Instant,
    /// Whatever the merchant put there: ordered as a number when compared with one, else as text.
    Attribute,
}

/// One filterable field of a list.
#[derive(Clone, Debug)]
pub(crate) struct Field {
    /// As SQL.
    pub(crate) sql: String,
    /// What it holds.
    pub(crate) kind: FieldKind,
}

impl Field {
    /// As SQL that is a text, whatever the field holds: `fold` takes nothing else.
    fn text(&self) -> Cow<'_, str> {
        match self.kind {
            FieldKind::Number | FieldKind::Flag | FieldKind::Attribute => {
                Cow::Owned(format!("CAST({} AS TEXT)", self.sql))
            }
            FieldKind::IndexedText | FieldKind::Text | FieldKind::Instant => {
                Cow::Borrowed(&self.sql)
            }
        }
    }
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
        "gt" => FilterOperator::Gt,
        "gte" => FilterOperator::Gte,
        "lt" => FilterOperator::Lt,
        "lte" => FilterOperator::Lte,
        _ => return Err(unsupported(&given)),
    };
    Ok(Filter {
        field,
        operator,
        value: value.ok_or_else(malformed)?,
    })
}

fn unsupported(operator: &str) -> Problem {
    Problem::field(
        "filters",
        format!("'{operator}' is not a supported operator."),
    )
}

/// The query's filters as SQL, of the six operators that products and carts know; `field` tells what a name means, and
/// `special` may take a filter over whole.
pub(crate) fn conditions(
    query: &Query,
    field: impl Fn(&str) -> Option<Field>,
    special: impl FnMut(&Filter) -> Answer<Option<Condition>>,
) -> Answer<Vec<Condition>> {
    let filters = read(query)?;
    for filter in &filters {
        match filter.operator {
            FilterOperator::Gt => return Err(unsupported("gt")),
            FilterOperator::Gte => return Err(unsupported("gte")),
            FilterOperator::Lt => return Err(unsupported("lt")),
            FilterOperator::Lte => return Err(unsupported("lte")),
            _ => {}
        }
    }
    as_sql(filters, field, special)
}

/// [`conditions`] of all ten operators: also `gt`, `gte`, `lt` and `lte`.
pub(crate) fn ordered_conditions(
    query: &Query,
    field: impl Fn(&str) -> Option<Field>,
    special: impl FnMut(&Filter) -> Answer<Option<Condition>>,
) -> Answer<Vec<Condition>> {
    as_sql(read(query)?, field, special)
}

fn as_sql(
    filters: Vec<Filter>,
    field: impl Fn(&str) -> Option<Field>,
    mut special: impl FnMut(&Filter) -> Answer<Option<Condition>>,
) -> Answer<Vec<Condition>> {
    filters
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

/// One filter on one field as SQL.
pub(crate) fn condition(field: &Field, filter: &Filter) -> Answer<Condition> {
    if let Some(sign) = sign(filter.operator) {
        return compared(field, filter, sign);
    }
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
            FieldKind::Text | FieldKind::Attribute => one(
                format!("{not}(fold(coalesce({}, '')) = ?)", field.text()),
                folded(),
            ),
            FieldKind::Number => one(format!("{not}(coalesce({sql}, 0) = ?)"), number(filter)?),
            FieldKind::Instant => {
                let (start, end) = span(filter)?;
                Ok(Condition {
                    sql: format!("{not}(coalesce({sql} >= ? AND {sql} < ?, 0))"),
                    values: vec![Value::Text(start), Value::Text(end)],
                })
            }
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
    let sql = field.text();
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

/// How SQL writes an operator that compares by order.
fn sign(operator: FilterOperator) -> Option<&'static str> {
    Some(match operator {
        FilterOperator::Gt => ">",
        FilterOperator::Gte => ">=",
        FilterOperator::Lt => "<",
        FilterOperator::Lte => "<=",
        _ => return None,
    })
}

/// Comparison by order. A field without a value is neither above nor below anything.
fn compared(field: &Field, filter: &Filter, sign: &str) -> Answer<Condition> {
    let sql = &field.sql;
    let (sql, value) = match field.kind {
        FieldKind::IndexedText => (
            format!("({sql} {sign} ? COLLATE NOCASE)"),
            Value::Text(filter.value.clone()),
        ),
        FieldKind::Attribute if number(filter).is_ok() => (
            format!("(typeof({sql}) IN ('integer', 'real') AND {sql} {sign} ?)"),
            number(filter)?,
        ),
        FieldKind::Text | FieldKind::Attribute => (
            format!("(fold({}) {sign} ?)", field.text()),
            Value::Text(filter.value.to_lowercase()),
        ),
        FieldKind::Number => (format!("({sql} {sign} ?)"), number(filter)?),
        // After a day is from the next one on, until a day is to the end of it.
        FieldKind::Instant => {
            let (start, end) = span(filter)?;
            match sign {
                ">" => (format!("({sql} >= ?)"), Value::Text(end)),
                "<=" => (format!("({sql} < ?)"), Value::Text(end)),
                _ => (format!("({sql} {sign} ?)"), Value::Text(start)),
            }
        }
        FieldKind::Flag => {
            return Err(Problem::field(
                "filters",
                format!("'{}' is neither above nor below anything.", filter.field),
            ));
        }
    };
    Ok(Condition {
        sql,
        values: vec![value],
    })
}

fn number(filter: &Filter) -> Answer<Value> {
    match filter.value.trim().parse::<f64>() {
        Ok(number) if number.is_finite() => Ok(Value::Real(number)),
        _ => Err(Problem::field(
            "filters",
            format!("'{}' is compared with a number.", filter.field),
        )),
    }
}

/// From when until (but without) when the filter's value is: a whole day, or one second.
fn span(filter: &Filter) -> Answer<(String, String)> {
    clock::span(&filter.value).ok_or_else(|| {
        Problem::field(
            "filters",
            format!(
                "'{}' is compared with a date ('2024-05-20') or an instant ('2024-05-20T14:32:00Z').",
                filter.field
            ),
        )
    })
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
