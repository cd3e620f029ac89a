//! Saved payment methods: `GET /api/payments/profiles/{customerNumber}` and `POST /api/payments/payment-methods`.

use serde::{Deserialize, Serialize};

use crate::{CreditCard, decode::whole_option};

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

/// Body of `POST /api/payments/payment-methods`.
///
/// Assumption: the documents show no field names. A card comes as at checkout (`creditCard`) or as a token that the
/// provider's own form made of it (`providerToken`); with a provider that takes cards on its own page only, neither is
/// sent, but where the buyer's browser is to return.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct AddPaymentMethod {
    /// Whose card it is.
    pub customer_number: String,
    /// The card.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credit_card: Option<CreditCard>,
    /// What the provider gave for the card; good for one use.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provider_token: Option<String>,
    /// Whether it becomes the customer's first choice.
    #[serde(default)]
    pub is_default: bool,
    /// Where the browser returns from the provider's page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub application_return_url: Option<String>,
}

/// The answer to [`AddPaymentMethod`]; encoded in `PascalCase` as in the reference.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PaymentMethodAdded {
    /// The saved method; none while the buyer has yet to visit the provider's page.
    #[serde(
        rename = "PaymentProfileId",
        alias = "paymentProfileId",
        default,
        skip_serializing_if = "Option::is_none"
    )]
    pub payment_profile_id: Option<String>,
    /// Whether the buyer's browser must be sent to [`redirect_url`](Self::redirect_url).
    #[serde(rename = "RequiresRedirect", alias = "requiresRedirect", default)]
    pub requires_redirect: bool,
    /// The provider's page.
    #[serde(
        rename = "RedirectUrl",
        alias = "redirectUrl",
        default,
        skip_serializing_if = "Option::is_none"
    )]
    pub redirect_url: Option<String>,
    /// What the return from that page will refer to (Assumption: not documented for this call).
    #[serde(
        rename = "TransactionSetupId",
        alias = "transactionSetupId",
        default,
        skip_serializing_if = "Option::is_none"
    )]
    pub transaction_setup_id: Option<String>,
}
