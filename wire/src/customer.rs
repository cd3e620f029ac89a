//! Customers: `/api/customers`, `/api/customers/{customerNumber}`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{Address, Attributes};

/// A business account.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Customer {
    /// The merchant's account number.
    pub customer_number: String,
    /// The organisation it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organization_id: Option<String>,
    /// Company name; empty when the answer has none.
    #[serde(default)]
    pub company_name: String,
    /// Main business e-mail.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub company_email: Option<String>,
    /// Main business phone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub company_phone: Option<String>,
    /// Business fax.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub company_fax: Option<String>,
    /// The price tier's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pricing: Option<String>,
    /// Whether the account may order; absent means yes.
    #[serde(default = "yes")]
    pub active: bool,
    /// The assigned sales rep's number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rep_number: Option<String>,
    /// Payment terms, for example `NET30`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub terms: Option<String>,
    /// ISO 4217; shown only in the list example.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency_code: Option<String>,
    /// The merchant's own id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external_id: Option<String>,
    /// Billing and shipping addresses.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub addresses: Vec<Address>,
    /// People.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contacts: Vec<Contact>,
    /// The merchant's own attributes.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[cfg_attr(feature = "schema", schema(value_type = Object))]
    pub customer_attributes: Attributes,
}

fn yes() -> bool {
    true
}

/// What a customer is to be: `PUT /api/customers`, `PUT /api/customers/{customerNumber}`. What is left out keeps its
/// value.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct CustomerChanges {
    /// The merchant's account number; required when a customer is created.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer_number: Option<String>,
    /// Company name; required when a customer is created.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub company_name: Option<String>,
    /// Main business e-mail; required when a customer is created.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub company_email: Option<String>,
    /// Main business phone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub company_phone: Option<String>,
    /// Business fax.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub company_fax: Option<String>,
    /// The name of a configured price tier; required when a customer is created.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pricing: Option<String>,
    /// Whether the account may order; a new one may.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub active: Option<bool>,
    /// The assigned sales rep's number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rep_number: Option<String>,
    /// Payment terms, for example `NET30`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub terms: Option<String>,
    /// ISO 4217; the organisation's own for a new customer.
    ///
    /// Assumption: the documents show a customer's currency but no way to set it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency_code: Option<String>,
    /// The merchant's own id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external_id: Option<String>,
    /// All billing and shipping addresses.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub addresses: Option<Vec<Address>>,
    /// All people.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contacts: Option<Vec<Contact>>,
    /// All of the merchant's own attributes.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schema(value_type = Option<Object>))]
    pub customer_attributes: Option<Attributes>,
}

/// A person at a customer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", default)]
pub struct Contact {
    /// The merchant's own id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external_id: Option<String>,
    /// Salutation, for example `Ms.`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// First name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_name: Option<String>,
    /// Last name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_name: Option<String>,
    /// E-mail.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Phone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Fax.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fax: Option<String>,
    /// Whether this is the account's main contact.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_primary: Option<bool>,
    /// Role, for example `Purchasing`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact_type: Option<String>,
}
