//! People who sign in: `POST /api/users`, `GET /api/users/profile`, `GET /api/users/exists`.

use serde::{Deserialize, Serialize};

/// A person, known to the whole platform by the e-mail; encoded in `PascalCase` as in the reference.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct User {
    /// What the API knows the person by, for example `kp_abc123`.
    #[serde(
        rename = "UserId",
        alias = "userId",
        skip_serializing_if = "Option::is_none"
    )]
    pub user_id: Option<String>,
    /// First name.
    #[serde(rename = "FirstName", alias = "firstName")]
    pub first_name: String,
    /// Last name.
    #[serde(rename = "LastName", alias = "lastName")]
    pub last_name: String,
    /// The login identifier.
    #[serde(rename = "Email", alias = "email", alias = "preferredEmail")]
    pub email: String,
    /// Phone.
    #[serde(
        rename = "PhoneNumber",
        alias = "phoneNumber",
        skip_serializing_if = "Option::is_none"
    )]
    pub phone_number: Option<String>,
}

/// A new person; encoded in `PascalCase` as in the reference.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct CreateUser {
    /// First name.
    #[serde(rename = "FirstName", alias = "firstName")]
    pub first_name: String,
    /// Last name.
    #[serde(rename = "LastName", alias = "lastName")]
    pub last_name: String,
    /// The login identifier, unique on the whole platform.
    #[serde(rename = "Email", alias = "email")]
    pub email: String,
    /// The first password; ignored when the e-mail is already registered.
    #[serde(
        rename = "Password",
        alias = "password",
        default,
        skip_serializing_if = "Option::is_none"
    )]
    pub password: Option<String>,
    /// Phone.
    #[serde(
        rename = "PhoneNumber",
        alias = "phoneNumber",
        default,
        skip_serializing_if = "Option::is_none"
    )]
    pub phone_number: Option<String>,
    /// Assumption: the customer whom the person buys for.
    #[serde(
        rename = "CustomerNumber",
        alias = "customerNumber",
        default,
        skip_serializing_if = "Option::is_none"
    )]
    pub customer_number: Option<String>,
    /// Assumption: what the person is in the organisation, `Customer` (the default) or `Admin`.
    #[serde(
        rename = "Role",
        alias = "role",
        default,
        skip_serializing_if = "Option::is_none"
    )]
    pub role: Option<String>,
}

/// Whether somebody has an account with an e-mail.
///
/// Assumption: the documents show no answer of this call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct UserExists {
    /// Whether there is one.
    #[serde(rename = "Exists", alias = "exists")]
    pub exists: bool,
}
