//! Signing in: `POST /api/auth/login`.

use serde::{Deserialize, Serialize};

/// What is sent to sign in; the reference spells it in `PascalCase`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct LoginRequest {
    /// Which organisation.
    #[serde(rename = "OrgCode", alias = "orgCode")]
    pub org_code: String,
    /// The public half of the credentials.
    #[serde(rename = "ClientId", alias = "clientId")]
    pub client_id: String,
    /// The secret half.
    #[serde(rename = "ClientSecret", alias = "clientSecret")]
    pub client_secret: String,
}

/// The answer to a sign-in; encoded in `PascalCase` as in the reference.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct LoginAnswer {
    /// The signed JWT that carries the buyer's context.
    #[serde(rename = "AccessToken", alias = "accessToken")]
    pub access_token: String,
    /// Always `api-key`; says nothing about the header to use.
    #[serde(
        rename = "TokenType",
        alias = "tokenType",
        default,
        skip_serializing_if = "Option::is_none"
    )]
    pub token_type: Option<String>,
    /// Seconds until the token runs out; 86,400 by default.
    #[serde(
        rename = "ExpiresIn",
        alias = "expiresIn",
        default,
        skip_serializing_if = "Option::is_none"
    )]
    pub expires_in: Option<u64>,
}

/// What is sent to scope an organisation's token to one of its users: `POST /api/auth/access`.
///
/// Assumption: the documents describe the two fields without naming them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct AccessRequest {
    /// Which organisation: its id, its identity id or its code.
    #[serde(
        rename = "OrganizationId",
        alias = "organizationId",
        alias = "identityOrganizationId"
    )]
    pub organization_id: String,
    /// Which of its users.
    #[serde(rename = "UserId", alias = "userId")]
    pub user_id: String,
}

/// The answer: the user's token, and the commerce context that scopes its data.
///
/// Assumption: the documents describe the context without naming its fields; these are the names of the token's claims.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct AccessAnswer {
    /// The signed JWT that carries the user's context.
    #[serde(rename = "AccessToken", alias = "accessToken")]
    pub access_token: String,
    /// Always `api-key`; says nothing about the header to use.
    #[serde(
        rename = "TokenType",
        alias = "tokenType",
        default,
        skip_serializing_if = "Option::is_none"
    )]
    pub token_type: Option<String>,
    /// Seconds until the token runs out; 86,400 by default.
    #[serde(
        rename = "ExpiresIn",
        alias = "expiresIn",
        default,
        skip_serializing_if = "Option::is_none"
    )]
    pub expires_in: Option<u64>,
    /// The customer whom the user buys for; absent for administrators and sales reps.
    #[serde(
        rename = "CustomerNumber",
        alias = "customerNumber",
        default,
        skip_serializing_if = "Option::is_none"
    )]
    pub customer_number: Option<String>,
    /// The customer's price tier.
    #[serde(
        rename = "PriceTier",
        alias = "priceTier",
        default,
        skip_serializing_if = "Option::is_none"
    )]
    pub price_tier: Option<String>,
    /// The customer's currency, ISO 4217.
    #[serde(
        rename = "CurrencyCode",
        alias = "currencyCode",
        default,
        skip_serializing_if = "Option::is_none"
    )]
    pub currency_code: Option<String>,
}
