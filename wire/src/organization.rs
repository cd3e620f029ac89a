//! The merchant: `POST /api/organizations`, `GET /api/organization`, its administrators and API keys.

use serde::{Deserialize, Serialize};

use crate::Timestamp;

/// What an organisation says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct OrganizationProfile {
    /// Street of the billing address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub billing_address1: Option<String>,
    /// Second line of the billing address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub billing_address2: Option<String>,
    /// City of the billing address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub billing_city: Option<String>,
    /// State or province of the billing address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub billing_state_province: Option<String>,
    /// Postal code of the billing address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub billing_postal_code: Option<String>,
    /// Country of the billing address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub billing_country: Option<String>,
    /// Phone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone_number: Option<String>,
    /// E-mail.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Website.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub website: Option<String>,
}

/// An organisation's full record; in camelCase, as the overview's example.
///
/// Assumption: the documents name `organizationId`, `name` and `slug`; the rest is what is given when it is created.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Organization {
    /// The id that its tokens carry, for example `org_abc123`.
    pub organization_id: String,
    /// The id that the identity provider knows it by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identity_organization_id: Option<String>,
    /// Name.
    #[serde(default)]
    pub name: String,
    /// Name in web addresses; also the code to sign in with.
    #[serde(default)]
    pub slug: String,
    /// Currency of what has no other, ISO 4217.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency_code: Option<String>,
    /// Billing address, phone and so on.
    #[serde(flatten)]
    pub profile: OrganizationProfile,
    /// When it was created.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created_at: Option<Timestamp>,
}

/// The answer of `GET /api/organization`.
///
/// Assumption: the three fields' names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct OrganizationAnswer {
    /// The full record.
    pub organization: Organization,
    /// The active subscriptions.
    #[serde(default)]
    pub subscriptions: Vec<Subscription>,
    /// What the subscriptions entitle to.
    #[serde(default)]
    pub features: Vec<String>,
}

/// A subscription of the organisation's.
///
/// Assumption: the documents show no field of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Subscription {
    /// Which plan.
    pub plan: String,
    /// `Active`.
    pub status: String,
    /// Since when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub started_at: Option<Timestamp>,
}

/// The answer of `POST /api/organizations`; encoded in `PascalCase` as in the reference.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct OrganizationCreated {
    /// The id that its tokens carry.
    #[serde(rename = "OrganizationId", alias = "organizationId")]
    pub organization_id: String,
    /// The id that the identity provider knows it by.
    #[serde(rename = "IdentityOrganizationId", alias = "identityOrganizationId")]
    pub identity_organization_id: String,
    /// Name.
    #[serde(rename = "Name", alias = "name")]
    pub name: String,
    /// Name in web addresses.
    #[serde(rename = "Slug", alias = "slug")]
    pub slug: String,
    /// Assumption: the `OrgCode` its first administrator signs in with.
    #[serde(
        rename = "OrgCode",
        alias = "orgCode",
        default,
        skip_serializing_if = "Option::is_none"
    )]
    pub org_code: Option<String>,
    /// Assumption: the `ClientId` that goes with it; the `ClientSecret` is the password.
    #[serde(
        rename = "ClientId",
        alias = "clientId",
        default,
        skip_serializing_if = "Option::is_none"
    )]
    pub client_id: Option<String>,
}

/// The answer of `GET /api/organizations/users/admins`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct OrganizationUsers {
    /// The administrators.
    #[serde(rename = "OrganizationUsers", alias = "organizationUsers", default)]
    pub organization_users: Vec<OrganizationUser>,
}

/// A person in an organisation.
///
/// Assumption: the documents name the type, not its fields.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct OrganizationUser {
    /// What the API knows the person by.
    #[serde(rename = "UserId", alias = "userId")]
    pub user_id: String,
    /// First name.
    #[serde(rename = "FirstName", alias = "firstName", default)]
    pub first_name: String,
    /// Last name.
    #[serde(rename = "LastName", alias = "lastName", default)]
    pub last_name: String,
    /// The login identifier.
    #[serde(rename = "Email", alias = "email", default)]
    pub email: String,
    /// Phone.
    #[serde(
        rename = "PhoneNumber",
        alias = "phoneNumber",
        default,
        skip_serializing_if = "Option::is_none"
    )]
    pub phone_number: Option<String>,
    /// What the person is in the organisation, for example `Admin`.
    #[serde(rename = "Role", alias = "role", default)]
    pub role: String,
}

/// An API key; encoded in `PascalCase` as the other answers of organisations.
///
/// Assumption: the documents name no field.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ApiKey {
    /// What it is listed and revoked by.
    #[serde(rename = "ApiKeyId", alias = "apiKeyId")]
    pub api_key_id: String,
    /// What it is for, in the words of who made it.
    #[serde(rename = "Name", alias = "name", default)]
    pub name: String,
    /// What its bearer sends in `x-api-key`; shown only when it is made.
    #[serde(
        rename = "ApiKey",
        alias = "apiKey",
        default,
        skip_serializing_if = "Option::is_none"
    )]
    pub api_key: Option<String>,
    /// When it was made.
    #[serde(
        rename = "CreatedAt",
        alias = "createdAt",
        default,
        skip_serializing_if = "Option::is_none"
    )]
    pub created_at: Option<Timestamp>,
}

/// An organisation's API keys.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ApiKeys {
    /// The oldest first.
    #[serde(rename = "ApiKeys", alias = "apiKeys", default)]
    pub api_keys: Vec<ApiKey>,
}
