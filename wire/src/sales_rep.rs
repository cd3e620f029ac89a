//! Sales reps: `GET`, `PUT /api/organizations/salesreps`, `GET /api/salesreps/organizations`.

use serde::{Deserialize, Serialize};

/// A sales rep in one organisation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct OrganizationSalesRep {
    /// The rep in this organisation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organization_sales_rep_id: Option<String>,
    /// The rep in all organisations.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sales_rep_id: Option<String>,
    /// The organisation's number for the rep, for example `SR-019`.
    pub rep_number: String,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// E-mail.
    pub email: String,
    /// Phone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone_number: Option<String>,
    /// Whether the rep may sign in.
    pub active: bool,
    /// Always `SalesRep`.
    pub roles: Vec<String>,
    /// Which organisation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organization_id: Option<String>,
    /// Its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organization_name: Option<String>,
    /// The id that the identity provider knows the organisation by.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub identity_organization_id: Option<String>,
    /// The id that the identity provider knows the rep by: the user's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub identity_provider_user_id: Option<String>,
}

/// The answer of `GET /api/salesreps/organizations`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct SalesRepOrganizations {
    /// The rep, once for each organisation.
    pub sales_rep_organizations: Vec<OrganizationSalesRep>,
}
