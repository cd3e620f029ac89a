//! Filters of the list endpoints.

use serde::{Deserialize, Serialize};

/// One condition on a list: `field operator value`. All given filters must hold.
///
/// Assumption: the documents do not show how the array is written into a query string; the storefront
/// sends it as one `filters` parameter holding a JSON array, and the sandbox also accepts
/// `filters[0].field=…`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Filter {
    /// The field's name, for example `Category`.
    pub field: String,
    /// How the field is compared.
    pub operator: FilterOperator,
    /// What it is compared with.
    pub value: String,
}

/// How a [`Filter`] compares. Products and carts know the first six, customers all ten.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum FilterOperator {
    /// The field begins with the value.
    StartsWith,
    /// The field holds the value somewhere.
    Contains,
    /// The field does not hold the value.
    NotContains,
    /// The field ends with the value.
    EndsWith,
    /// The field is the value.
    Equals,
    /// The field is not the value.
    NotEquals,
    /// Greater than (customers only).
    Gt,
    /// Greater than or equal (customers only).
    Gte,
    /// Less than (customers only).
    Lt,
    /// Less than or equal (customers only).
    Lte,
}
