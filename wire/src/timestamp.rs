//! Points in time as the API writes them.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

/// An ISO 8601 date and time, for example `2024-05-20T14:32:00Z`.
///
/// The text is kept as it came (a browser formats it with its own `Intl`); decoding checks that it has
/// the shape of a date and time, so that what is shown as a date is one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(String);

impl Timestamp {
    /// Takes `text` if it has the shape `YYYY-MM-DDThh:mm:ss`, with a fraction and an offset at will.
    pub fn parse(text: &str) -> Option<Self> {
        const SHAPE: &[u8] = b"9999-99-99T99:99:99";
        let bytes = text.as_bytes();
        let head = bytes.get(..SHAPE.len())?;
        let fits = head.iter().zip(SHAPE).all(|(byte, shape)| match shape {
            b'9' => byte.is_ascii_digit(),
            b'T' => matches!(byte, b'T' | b't' | b' '),
            other => byte == other,
        });
        let tail = text.get(SHAPE.len()..)?;
        let tail_fits = tail.bytes().all(|byte| {
            byte.is_ascii_digit() || matches!(byte, b'.' | b'Z' | b'z' | b'+' | b'-' | b':')
        });
        (fits && tail_fits).then(|| Self(text.to_owned()))
    }

    /// The text as it came.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

#[cfg(feature = "schema")]
impl utoipa::PartialSchema for Timestamp {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        use utoipa::openapi::schema::{KnownFormat, SchemaFormat, Type};
        utoipa::openapi::ObjectBuilder::new()
            .schema_type(Type::String)
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::DateTime)))
            .into()
    }
}

#[cfg(feature = "schema")]
impl utoipa::ToSchema for Timestamp {}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| D::Error::custom("not a date and time"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_times_are_told_from_other_text() {
        for good in [
            "2024-01-15T09:00:00Z",
            "2024-01-15T09:00:00.1234567Z",
            "2024-01-15T09:00:00+02:00",
            "2024-01-15T09:00:00",
        ] {
            assert_eq!(Timestamp::parse(good).map(|t| t.0), Some(good.to_owned()));
        }
        for bad in ["", "yesterday", "2024-01-15", "2024-01-15T09:00:00<b>"] {
            assert_eq!(Timestamp::parse(bad), None, "{bad}");
        }
    }
}
