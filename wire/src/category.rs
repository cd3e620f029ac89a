//! Categories: `GET /api/categories`.

use serde::{Deserialize, Serialize};

/// A node of the category tree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Category {
    /// The platform's id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The organisation it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organization_id: Option<String>,
    /// Display name; also what a product's `category` holds.
    pub name: String,
    /// Path from the root, names joined by spaces.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub breadcrumb: Option<String>,
    /// The parent's id; none for a root.
    #[serde(default)]
    pub parent_id: Option<String>,
    /// Whether it is shown; absent means yes.
    #[serde(default = "yes")]
    pub active: bool,
    /// Picture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image_url: Option<String>,
    /// Children, in display order.
    #[serde(default)]
    #[cfg_attr(feature = "schema", schema(no_recursion))]
    pub sub_categories: Vec<Category>,
}

fn yes() -> bool {
    true
}

/// The answer of `GET /api/categories`: the root categories with all below them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct CategoryTree {
    /// The roots.
    #[serde(default)]
    pub categories: Vec<Category>,
}
