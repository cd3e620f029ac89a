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
