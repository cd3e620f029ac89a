//! Checkout: `POST /api/carts/{customerNumber}/{shoppingCartId}/complete-checkout`.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{BillingAddress, decode::whole};

/// Body of the call. Either `payment_profile_id` or `payment` is required.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct CompleteCheckout {
    /// Must match the path.
    pub customer_number: String,
    /// The sales channel, for example `Web`.
    pub channel: String,
    /// A saved payment method to charge.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payment_profile_id: Option<String>,
    /// Payment given with the call.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub payment: Option<Payment>,
}

/// Payment given with a checkout.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Payment {
    /// The card holder's or the account's billing address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub billing_address: Option<BillingAddress>,
    /// The card. Assumption: a payment without one is on account, by the customer's terms.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credit_card: Option<CreditCard>,
}

/// A card as typed. Its `Debug` shows neither number nor code.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct CreditCard {
    /// Digits only.
    pub card_number: String,
    /// Name on the card.
    #[serde(default)]
    pub cardholder_name: String,
    /// `01` to `12`.
    pub expiry_month: String,
    /// Four digits.
    #[serde(deserialize_with = "whole")]
    pub expiry_year: i64,
    /// Card verification value.
    #[serde(default)]
    pub cvv: String,
}

impl fmt::Debug for CreditCard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CreditCard(…)")
    }
}

/// The answer to a checkout that went through.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct CheckoutAnswer {
    /// The order's number, for example `MOM-00482`.
    pub order_number: String,
    /// The reference for support. One page answers with the order itself, without it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirmation_id: Option<String>,
}
