//! JSON as far as the first module needs it: settings, claims, problems.
//!
//! The first module reads JSON with the browser's own parser (`browser::json`), so that it does not
//! carry one; amounts, which that parser would round, are only read by the screens' modules, with
//! `nymble_wire`. The rules here take the parsed value, and natively a test parses it by other means.

/// A JSON value. Numbers are kept as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Json {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number, as the parser writes it.
    Number(String),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Self>),
    /// An object's members, in their order.
    Object(Vec<(String, Self)>),
}

/// Reads JSON; none when it is not JSON, or nested deeper than anything the first module reads.
pub type Parser = fn(&str) -> Option<Json>;

impl Json {
    /// The text of a text.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// An object's member, by its name in any ASCII case (the API's documents disagree about it); an
    /// exact match wins, and `null` counts as absent.
    pub fn member(&self, name: &str) -> Option<&Self> {
        let Self::Object(members) = self else {
            return None;
        };
        let there = |(_, value): &&(String, Self)| *value != Self::Null;
        let exact = members.iter().filter(there).find(|(key, _)| key == name);
        let any_case = || {
            members
                .iter()
                .filter(there)
                .find(|(key, _)| key.eq_ignore_ascii_case(name))
        };
        exact.or_else(any_case).map(|(_, value)| value)
    }

    /// The text of an object's member, or the digits of a number.
    pub fn member_text(&self, name: &str) -> Option<&str> {
        match self.member(name)? {
            Self::Text(text) | Self::Number(text) => Some(text),
            _ => None,
        }
    }
}

/// The parser that stands in the browser's place where there is none.
pub fn parse_natively(text: &str) -> Option<Json> {
    fn convert(value: serde_json::Value) -> Json {
        match value {
            serde_json::Value::Null => Json::Null,
            serde_json::Value::Bool(on) => Json::Bool(on),
            serde_json::Value::Number(number) => Json::Number(number.to_string()),
            serde_json::Value::String(text) => Json::Text(text),
            serde_json::Value::Array(items) => Json::List(items.into_iter().map(convert).collect()),
            serde_json::Value::Object(members) => Json::Object(
                members
                    .into_iter()
                    .map(|(key, value)| (key, convert(value)))
                    .collect(),
            ),
        }
    }
    serde_json::from_str(text).ok().map(convert)
}
