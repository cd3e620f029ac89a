//! Carts: the eleven endpoints under `/api/carts`.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::{
    Address, Timestamp,
    decode::{amount_option, whole},
    open_set::open_set,
};

open_set! {
    /// Where a cart stands.
    CartStatus {
        /// Open: lines may change.
        Pending = "PENDING",
        /// Checked out: immutable. One page calls it `Complete`.
        Closed = "CLOSED" | "Complete" | "Completed",
    }
}

impl CartStatus {
    /// Whether lines may still change.
    pub fn is_open(&self) -> bool {
        !matches!(self, Self::Closed)
    }
}

open_set! {
    /// What a cart becomes at checkout.
    OrderType {
        /// An order.
        Standard = "Standard",
        /// A request for a quote.
        Quote = "Quote",
    }
}

/// A cart with its lines and the server's totals, in `currency_code`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Cart {
    /// The cart's id.
    pub shopping_cart_id: String,
    /// Whose cart it is.
    #[serde(default)]
    pub customer_number: String,
    /// The organisation it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organization_id: Option<String>,
    /// The customer's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub company_name: Option<String>,
    /// Open or closed; absent means open.
    #[serde(default = "pending")]
    pub status: CartStatus,
    /// The price tier applied.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pricing_tier: Option<String>,
    /// ISO 4217.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency_code: Option<String>,
    /// Order or quote; absent means order.
    #[serde(default = "standard")]
    pub order_type: OrderType,
    /// The buyer's purchase order number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub po_number: Option<String>,
    /// Delivery or handling instructions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub special_instructions: Option<String>,
    /// The lines, in the server's order.
    #[serde(default)]
    pub items: Vec<CartLine>,
    /// Sum of all line totals, before shipping and taxes. One documented answer leaves it out.
    #[serde(
        default,
        deserialize_with = "amount_option",
        skip_serializing_if = "Option::is_none"
    )]
    pub subtotal: Option<Decimal>,
    /// Where the goods go.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shipping_address: Option<Address>,
    /// Where the invoice goes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub billing_address: Option<Address>,
    /// When it was created.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created_at: Option<Timestamp>,
    /// When it was last changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub updated_at: Option<Timestamp>,
}

fn pending() -> CartStatus {
    CartStatus::Pending
}

fn standard() -> OrderType {
    OrderType::Standard
}

impl Cart {
    /// The line of a SKU.
    pub fn line(&self, sku: &str) -> Option<&CartLine> {
        self.items.iter().find(|line| line.sku == sku)
    }
}

/// One line of a cart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct CartLine {
    /// The line's id; one documented answer leaves it out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item_id: Option<String>,
    /// The product.
    pub sku: String,
    /// The product's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Units ordered.
    #[serde(deserialize_with = "whole")]
    pub quantity: i64,
    /// The server's price of one unit at this quantity.
    #[serde(
        default,
        deserialize_with = "amount_option",
        skip_serializing_if = "Option::is_none"
    )]
    pub unit_price: Option<Decimal>,
    /// The server's total of the line.
    #[serde(
        default,
        deserialize_with = "amount_option",
        skip_serializing_if = "Option::is_none"
    )]
    pub line_total: Option<Decimal>,
}

/// Body of `POST /api/carts/{customerNumber}`: creates a cart with its first line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct CreateCart {
    /// Must match the path.
    pub customer_number: String,
    /// The first product.
    pub sku: String,
    /// Units of it.
    #[serde(deserialize_with = "whole")]
    pub quantity: i64,
    /// Order or quote.
    pub order_type: OrderType,
}

/// Body of `POST …/items`: adds units of a product, on top of those already there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct AddItem {
    /// Must match the path.
    pub customer_number: String,
    /// The product.
    pub sku: String,
    /// Units to add.
    #[serde(deserialize_with = "whole")]
    pub quantity: i64,
}

/// Body of `PUT …/items/{sku}`: sets a line's quantity; 0 removes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct UpdateItem {
    /// Must match the path.
    pub customer_number: String,
    /// The new quantity.
    #[serde(deserialize_with = "whole")]
    pub quantity: i64,
}

/// Body of `PUT /api/carts/{customerNumber}/{shoppingCartId}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct UpdateCart {
    /// The fields to change.
    pub cart: CartChanges,
}

/// The fields of a cart that can be changed; absent ones keep their value.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct CartChanges {
    /// Order or quote.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order_type: Option<OrderType>,
    /// Delivery or handling instructions; an empty text clears them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub special_instructions: Option<String>,
    /// The PO number. Assumption: an empty text clears it, which its own endpoint cannot.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub po_number: Option<String>,
}

/// Body of `PUT …/po-number`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct SetPoNumber {
    /// Must match the path.
    pub customer_number: String,
    /// The buyer's purchase order number.
    pub po_number: String,
}

/// Body of `PUT …/shipping`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct SetShipping {
    /// Must match the path.
    pub customer_number: String,
    /// Where the goods go.
    pub shipping_address: Address,
}
