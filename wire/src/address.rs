//! Addresses, in both of the documents' spellings.

use serde::{Deserialize, Serialize};

use crate::open_set::open_set;

open_set! {
    /// What an address is for.
    AddressType {
        /// Goods go there.
        Shipping = "Shipping",
        /// Invoices go there.
        Billing = "Billing",
    }
}

/// A postal address of a customer (`addresses`) or a cart (`shippingAddress`).
///
/// Encoded as in the customers and carts reference (`line1`, `state`, `postalCode`); decoding also takes
/// the other documented spelling (`address1`, `stateProvince`, `zipPostalCode`, `default`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Address {
    /// The merchant's own id for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external_id: Option<String>,
    /// Short label such as a warehouse code (only in the second spelling).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// Street.
    #[serde(default, alias = "address1")]
    pub line1: String,
    /// Suite, unit, floor.
    #[serde(default, alias = "address2", skip_serializing_if = "Option::is_none")]
    pub line2: Option<String>,
    /// City.
    #[serde(default)]
    pub city: String,
    /// State or province code.
    #[serde(
        default,
        alias = "stateProvince",
        skip_serializing_if = "Option::is_none"
    )]
    pub state: Option<String>,
    /// ZIP or postal code.
    #[serde(
        default,
        alias = "zipPostalCode",
        skip_serializing_if = "Option::is_none"
    )]
    pub postal_code: Option<String>,
    /// ISO 3166-1 alpha-2 country code.
    #[serde(default)]
    pub country: String,
    /// Billing or shipping.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address_type: Option<AddressType>,
    /// Phone number at this place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Whether it is the first choice among those of its type.
    #[serde(default, alias = "default", skip_serializing_if = "Option::is_none")]
    pub is_primary: Option<bool>,
}

impl Address {
    /// Whether goods may be sent there: an address without a type counts as one for shipping.
    pub fn is_shipping(&self) -> bool {
        !matches!(self.address_type, Some(AddressType::Billing))
    }
}

/// An address in the spelling that the payment part of a checkout uses.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct BillingAddress {
    /// Street.
    #[serde(default, alias = "line1")]
    pub address1: String,
    /// Suite, unit, floor.
    #[serde(default, alias = "line2", skip_serializing_if = "Option::is_none")]
    pub address2: Option<String>,
    /// City.
    #[serde(default)]
    pub city: String,
    /// State or province code.
    #[serde(default, alias = "state", skip_serializing_if = "Option::is_none")]
    pub state_province: Option<String>,
    /// ZIP or postal code.
    #[serde(default, alias = "postalCode", skip_serializing_if = "Option::is_none")]
    pub zip_postal_code: Option<String>,
    /// ISO 3166-1 alpha-2 country code.
    #[serde(default)]
    pub country: String,
}

impl From<&Address> for BillingAddress {
    fn from(address: &Address) -> Self {
        Self {
            address1: address.line1.clone(),
            address2: address.line2.clone(),
            city: address.city.clone(),
            state_province: address.state.clone(),
            zip_postal_code: address.postal_code.clone(),
            country: address.country.clone(),
        }
    }
}
