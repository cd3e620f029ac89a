//! Saved payment methods: `GET /api/payments/profiles/{customerNumber}`.

use serde::{Deserialize, Serialize};

use crate::decode::whole_option;

/// A saved payment method of a customer, without anything that could be charged elsewhere.
///
/// Assumption: the documents name only `paymentProfileId`; the other fields' names are ours.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct PaymentProfile {
    /// What a checkout refers to.
    #[serde(alias = "id")]
    pub payment_profile_id: String,
    /// For example `Visa`.
    #[serde(
        default,
        alias = "brand",
        alias = "cardType",
        skip_serializing_if = "Option::is_none"
    )]
    pub card_brand: Option<String>,
    /// The number's last four digits.
    #[serde(
        default,
        alias = "last4",
        alias = "lastFourDigits",
        skip_serializing_if = "Option::is_none"
    )]
    pub last_four: Option<String>,
    /// 1 to 12.
    #[serde(
        default,
        deserialize_with = "whole_option",
        skip_serializing_if = "Option::is_none"
    )]
    pub expiry_month: Option<i64>,
    /// Four digits.
    #[serde(
        default,
        deserialize_with = "whole_option",
        skip_serializing_if = "Option::is_none"
    )]
    pub expiry_year: Option<i64>,
    /// Name on the card.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cardholder_name: Option<String>,
    /// Whether it is the customer's first choice.
    #[serde(default)]
    pub is_default: bool,
}
