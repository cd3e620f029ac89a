//! Orders: the endpoints under `/api/orders`.
//!
//! Assumption: the documents name an order's fields, but not those of its lines, of its shipping details, nor the
//! requests'; those names are ours, after the pattern of carts.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::{
    Address, Timestamp,
    decode::{amount_option, whole, whole_option},
    open_set::open_set,
};

open_set! {
    /// Where an order stands.
    OrderStatus {
        /// Placed, not yet looked at.
        Pending = "Pending",
        /// Being picked and packed.
        Processing = "Processing",
        /// On its way.
        Shipped = "Shipped",
        /// Delivered. One page calls it `Completed`.
        Complete = "Complete" | "Completed",
        /// Will not be delivered.
        Cancelled = "Cancelled" | "Canceled",
    }
}

/// An order with its lines and the server's totals, in `currency_code`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Order {
    /// The order's id, a GUID.
    pub id: String,
    /// The organisation it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organization_id: Option<String>,
    /// The number people use, for example `MOM-00482`.
    pub order_number: String,
    /// The reference for support; only checkouts give one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirmation_id: Option<String>,
    /// When it was placed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order_date: Option<Timestamp>,
    /// Where it stands.
    #[serde(default = "pending", alias = "status")]
    pub order_status: OrderStatus,
    /// How it was placed: `Standard`, `Quote`, `Direct`, `Web`, `EDI`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order_type: Option<String>,
    /// The buyer's purchase order number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub po_number: Option<String>,
    /// The price tier applied.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price_tier: Option<String>,
    /// ISO 4217.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency_code: Option<String>,
    /// Payment terms, for example `NET30`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub terms: Option<String>,
    /// Where it came from: `Web`, `Phone`, `EDI`, `TradeShow`, `Import`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<String>,
    /// The merchant's own id; importing it again updates this order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external_id: Option<String>,
    /// Free text; of a checkout, the cart's special instructions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Option<String>,
    /// The cart it came from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origination_cart_id: Option<String>,
    /// The customer as it was when the order was placed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer: Option<OrderCustomer>,
    /// The rep responsible for the customer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub primary_sales_rep: Option<SalesRep>,
    /// The rep who took the order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub taken_by_sales_rep: Option<SalesRep>,
    /// The lines, in the server's order.
    #[serde(default, alias = "lineItems", alias = "lines")]
    pub items: Vec<OrderLine>,
    /// How the goods travel, and what that costs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shipping_details: Option<ShippingDetails>,
    /// `card`, `profile`, `terms`, or `none` when nothing was said about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payment_method: Option<String>,
    /// Sum of all line totals, before tax and shipping.
    #[serde(
        default,
        deserialize_with = "amount_option",
        skip_serializing_if = "Option::is_none"
    )]
    pub subtotal: Option<Decimal>,
    /// `subtotal` for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subtotal_formatted: Option<String>,
    /// The tax.
    #[serde(
        default,
        deserialize_with = "amount_option",
        skip_serializing_if = "Option::is_none"
    )]
    pub tax: Option<Decimal>,
    /// `tax` for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tax_formatted: Option<String>,
    /// What is to be paid: with tax and shipping.
    #[serde(
        default,
        alias = "total",
        deserialize_with = "amount_option",
        skip_serializing_if = "Option::is_none"
    )]
    pub order_total: Option<Decimal>,
    /// `orderTotal` for people.
    #[serde(
        default,
        alias = "totalFormatted",
        skip_serializing_if = "Option::is_none"
    )]
    pub order_total_formatted: Option<String>,
    /// What happened to it, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub status_history: Vec<StatusChange>,
    /// When it was last changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub updated_at: Option<Timestamp>,
}

fn pending() -> OrderStatus {
    OrderStatus::Pending
}

/// The customer as it was when an order or an invoice was made.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct OrderCustomer {
    /// The merchant's account number.
    pub customer_number: String,
    /// Company name.
    #[serde(default)]
    pub company_name: String,
    /// Main business e-mail.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub company_email: Option<String>,
    /// Main business phone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub company_phone: Option<String>,
    /// Where the invoice goes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub billing_address: Option<Address>,
    /// Where the goods go.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shipping_address: Option<Address>,
}

/// A sales rep, as orders and invoices show one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct SalesRep {
    /// The rep's number, for example `SR-019`.
    pub rep_number: String,
    /// First name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_name: Option<String>,
    /// Last name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_name: Option<String>,
    /// Both names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub full_name: Option<String>,
    /// E-mail.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Phone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone_number: Option<String>,
}

/// One line of an order or an invoice. Prices never change once it is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct OrderLine {
    /// The line's place, from 1.
    #[serde(
        default,
        deserialize_with = "whole_option",
        skip_serializing_if = "Option::is_none"
    )]
    pub line_number: Option<i64>,
    /// The product.
    pub sku: String,
    /// The product's name then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Units ordered.
    #[serde(deserialize_with = "whole")]
    pub quantity: i64,
    /// Price of one unit.
    #[serde(
        default,
        deserialize_with = "amount_option",
        skip_serializing_if = "Option::is_none"
    )]
    pub unit_price: Option<Decimal>,
    /// `unitPrice` for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit_price_formatted: Option<String>,
    /// Total of the line.
    #[serde(
        default,
        deserialize_with = "amount_option",
        skip_serializing_if = "Option::is_none"
    )]
    pub line_total: Option<Decimal>,
    /// `lineTotal` for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line_total_formatted: Option<String>,
}

/// How the goods travel, and what that costs.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ShippingDetails {
    /// For example `Ground`.
    #[serde(default, alias = "method", skip_serializing_if = "Option::is_none")]
    pub shipping_method: Option<String>,
    /// Who carries it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub carrier: Option<String>,
    /// The carrier's number to follow it by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tracking_number: Option<String>,
    /// When it left.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shipped_at: Option<Timestamp>,
    /// What shipping costs, in the order's currency.
    #[serde(
        default,
        deserialize_with = "amount_option",
        skip_serializing_if = "Option::is_none"
    )]
    pub total: Option<Decimal>,
    /// `total` for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total_formatted: Option<String>,
}

/// A step in an order's life.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct StatusChange {
    /// What it became.
    pub status: OrderStatus,
    /// When.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Timestamp>,
    /// What was said about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// Body of `POST /api/orders`, and one record of `POST /api/orders/bulk`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct CreateOrder {
    /// Whose order it is.
    pub customer_number: String,
    /// The lines.
    #[serde(alias = "lineItems", alias = "lines")]
    pub items: Vec<CreateOrderLine>,
    /// How it is placed; absent means `Direct`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order_type: Option<String>,
    /// Where it comes from; absent means `Web`, and `Import` in bulk.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<String>,
    /// The buyer's purchase order number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub po_number: Option<String>,
    /// Admin only: a configured tier; absent means the customer's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price_tier: Option<String>,
    /// Admin only: payment terms; absent means the customer's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub terms: Option<String>,
    /// Free text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Option<String>,
    /// The caller's own id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external_id: Option<String>,
    /// Where the goods go; absent means the customer's first choice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shipping_address: Option<Address>,
    /// Where the invoice goes; absent means the customer's first choice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub billing_address: Option<Address>,
    /// How the goods travel; its `total` is Admin only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shipping_details: Option<ShippingDetails>,
    /// Admin only: the tax, in the customer's currency.
    #[serde(
        default,
        deserialize_with = "amount_option",
        skip_serializing_if = "Option::is_none"
    )]
    pub tax: Option<Decimal>,
    /// Admin only: the number of the rep who took the order; a rep's own orders name that rep.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub taken_by_rep_number: Option<String>,
    /// In bulk only: its number; the same one again updates the order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order_number: Option<String>,
    /// In bulk only: when it was placed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order_date: Option<Timestamp>,
    /// In bulk only: where it stands.
    #[serde(default, alias = "status", skip_serializing_if = "Option::is_none")]
    pub order_status: Option<OrderStatus>,
}

/// One line of an order to be made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct CreateOrderLine {
    /// The product.
    pub sku: String,
    /// Units of it.
    #[serde(deserialize_with = "whole")]
    pub quantity: i64,
    /// Admin only: price of one unit; absent means the tier's price at this quantity.
    #[serde(
        default,
        deserialize_with = "amount_option",
        skip_serializing_if = "Option::is_none"
    )]
    pub unit_price: Option<Decimal>,
    /// In bulk only: what the product was called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// The answer to a bulk import that went through.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ImportedOrders {
    /// How many are new.
    pub created: u64,
    /// How many were there before.
    pub updated: u64,
    /// The order numbers, in the order of the request.
    #[serde(default)]
    pub order_numbers: Vec<String>,
}

/// Body of `PUT /api/orders/{orderNumber}/status`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct SetOrderStatus {
    /// What the order becomes.
    #[serde(alias = "status")]
    pub order_status: OrderStatus,
    /// With `Shipped`: who carries it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub carrier: Option<String>,
    /// With `Shipped`: the carrier's number to follow it by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tracking_number: Option<String>,
    /// What is to be said about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}
