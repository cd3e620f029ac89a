//! Customers: the buyer's own account, and the list of those that a sales rep or an administrator sees.

use nymble_wire::{Customer, CustomerChanges, Page};

use super::{
    http::{Answer, ApiRequest},
    page::ListRequest,
    problem::ApiError,
};
use crate::{
    domain::values::json::Json,
    ports::{json, page::encode},
};

/// The field by which [`list`] is narrowed to accounts that may order: `true` or `false`.
pub(crate) const ACTIVE: &str = "Active";
/// The field by which [`list`] is narrowed to a price tier.
pub(crate) const TIER: &str = "Pricing";
/// The field by which [`list`] is narrowed to a sales rep's customers.
pub(crate) const REP: &str = "RepNumber";
/// The field by which [`list`] is narrowed to a company's name.
pub(crate) const NAME: &str = "CompanyName";

/// `GET /api/customers/{customerNumber}`.
pub(crate) fn one(customer_number: &str) -> ApiRequest {
    ApiRequest::get(format!("/api/customers/{}", encode(customer_number)))
}

/// `GET /api/customers`: one page of the customers that the caller may see, filtered with any of the ten
/// operators.
///
/// Assumption: the documents name no fields to filter by; taken are those of the customer itself: [`ACTIVE`],
/// [`TIER`], [`REP`] and [`NAME`].
pub(crate) fn list(request: &ListRequest) -> ApiRequest {
    request.at("/api/customers")
}

/// What the frame needs to know of a customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Brief {
    /// Company name.
    pub(crate) company: Option<String>,
    /// The price tier's name.
    pub(crate) tier: Option<String>,
    /// ISO 4217.
    pub(crate) currency: Option<String>,
    /// Whether the account may order; absent means yes.
    pub(crate) active: bool,
}

/// Reads only what the frame needs from the answer of [`one`], without all that reading a customer takes.
pub(crate) fn read_brief(answer: &Answer) -> Option<Brief> {
    let customer = json::parse(&answer.text)?;
    let member = |name: &str| {
        let text = customer.member_text(name).filter(|text| !text.is_empty());
        text.map(str::to_owned)
    };
    Some(Brief {
        company: member("companyName"),
        tier: member("pricing"),
        currency: member("currencyCode"),
        active: customer.member("active") != Some(&Json::Bool(false)),
    })
}

/// `PUT /api/customers/{customerNumber}`: what is left out keeps its value, a list is replaced as a whole.
/// 403 names what the caller may not change.
///
/// Assumption: an empty text clears a field, and an address or contact holds nothing but the documented
/// fields, so that writing one back loses nothing.
pub(crate) fn update(customer_number: &str, changes: &CustomerChanges) -> ApiRequest {
    ApiRequest::put(
        format!("/api/customers/{}", encode(customer_number)),
        changes,
    )
}

/// Reads the answer of [`one`] or [`update`].
pub(crate) fn read_one(answer: &Answer) -> Result<Customer, ApiError> {
    answer.decode()
}

/// Reads the answer of [`list`].
pub(crate) fn read_page(answer: &Answer) -> Result<Page<Customer>, ApiError> {
    answer.read(nymble_wire::decode_page)
}
