//! Looking an address up: `GET /api/addresses/lookup`.

use serde::{Deserialize, Serialize};

/// A place with one of its postal codes, in the spelling of customers' addresses.
///
/// Assumption: the documents name a public address lookup, without its path or fields.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct Place {
    /// City or ward.
    pub city: String,
    /// State, province or prefecture, where addresses of the country have one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    /// Postal code; of Canada and Great Britain only the part before the space.
    pub postal_code: String,
    /// ISO 3166-1, two letters.
    pub country: String,
}

/// The answer of an address lookup.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct Places {
    /// The places that fit, at most twenty.
    pub data: Vec<Place>,
}
