//! Products: `GET /api/products`, `/api/products/search`, `/api/products/{sku}`.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use crate::{
    Timestamp,
    decode::{amount, amount_option, whole, whole_option},
};

/// Free-form attributes, name to value; names and values are the merchant's own.
pub type Attributes = BTreeMap<String, Value>;

/// A product as the catalogue endpoints give it. Search answers hold only some of the fields.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Product {
    /// The platform's own id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product_id: Option<String>,
    /// The organisation it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organization_id: Option<String>,
    /// The stock-keeping unit; identifies the product in every call.
    pub sku: String,
    /// Display name; empty when the answer has none.
    #[serde(default)]
    pub name: String,
    /// Description; may hold rich text, which is shown as text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Name of its category.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// Type classification (companion pages only).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product_type: Option<String>,
    /// The price that the server resolved for the token's tier, in `currency_code`.
    #[serde(
        default,
        deserialize_with = "amount_option",
        skip_serializing_if = "Option::is_none"
    )]
    pub price: Option<Decimal>,
    /// The server's own formatting of `price`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price_formatted: Option<String>,
    /// ISO 4217.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency_code: Option<String>,
    /// Prices of every tier with their quantity breaks.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub prices: Vec<PriceEntry>,
    /// Units in stock.
    #[serde(
        default,
        deserialize_with = "whole_option",
        skip_serializing_if = "Option::is_none"
    )]
    pub quantity_on_hand: Option<i64>,
    /// Fewest units of one order.
    #[serde(
        default,
        deserialize_with = "whole_option",
        skip_serializing_if = "Option::is_none"
    )]
    pub minimum_order_quantity: Option<i64>,
    /// Units are ordered in multiples of this.
    #[serde(
        default,
        deserialize_with = "whole_option",
        skip_serializing_if = "Option::is_none"
    )]
    pub quantity_increment: Option<i64>,
    /// Weight of one unit, in `weight_unit`.
    #[serde(
        default,
        deserialize_with = "amount_option",
        skip_serializing_if = "Option::is_none"
    )]
    pub weight: Option<Decimal>,
    /// For example `lb` or `kg`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weight_unit: Option<String>,
    /// For example `10x8x4`, in `dimensions_unit`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dimensions: Option<String>,
    /// For example `in` or `cm`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dimensions_unit: Option<String>,
    /// Universal Product Code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub upc: Option<String>,
    /// Whether it is offered; absent means yes.
    #[serde(default = "yes")]
    pub active: bool,
    /// Pictures, the main one first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub images: Vec<ProductImage>,
    /// The merchant's own attributes.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[cfg_attr(feature = "schema", schema(value_type = Object))]
    pub product_attributes: Attributes,
    /// The merchant's own id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external_id: Option<String>,
    /// When it was created.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created_at: Option<Timestamp>,
    /// When it was last changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub updated_at: Option<Timestamp>,
}

impl Product {
    /// What it is called: its name, or its SKU where it has none.
    pub fn name_or_sku(&self) -> &str {
        let named = Some(&self.name).filter(|name| !name.is_empty());
        named.unwrap_or(&self.sku)
    }
}

fn yes() -> bool {
    true
}

/// One price of a product: a tier's unit price from a quantity on, in the token's currency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct PriceEntry {
    /// The price tier's name, for example `Wholesale`.
    pub tier: String,
    /// Unit price.
    #[serde(deserialize_with = "amount")]
    pub price: Decimal,
    /// The server's own formatting of `price`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price_formatted: Option<String>,
    /// The smallest quantity at which the price holds; 1 when absent.
    #[serde(default = "one", deserialize_with = "whole")]
    pub at_quantity: i64,
}

fn one() -> i64 {
    1
}

/// A picture of a product.
///
/// Assumption: the documents do not show the fields of an image object. `url` is the base address, to
/// which `/small`, `/medium` or `/large` is added, as for category images. A bare string is taken as an
/// address when it looks like one, else as a name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ProductImage {
    /// The image's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Base address, without the size suffix.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

impl<'de> Deserialize<'de> for ProductImage {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut image = Self::default();
        let mut take = |name: &str, value: Value| match (name, value) {
            ("url" | "imageUrl" | "baseUrl", Value::String(text)) => image.url = Some(text),
            ("name" | "imageName", Value::String(text)) => image.name = Some(text),
            _ => {}
        };
        match Value::deserialize(deserializer)? {
            Value::String(text) if text.contains("://") => take("url", Value::String(text)),
            Value::String(text) => take("name", Value::String(text)),
            Value::Object(members) => members
                .into_iter()
                .for_each(|(key, value)| take(&key, value)),
            _ => {}
        }
        Ok(image)
    }
}
