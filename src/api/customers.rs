//! Customers: the buyer's own account.

use nymble_wire::{Customer, CustomerChanges};

use super::{
    http::{Answer, ApiRequest},
    problem::ApiError,
};
use crate::browser::{json, page::encode};

/// `GET /api/customers/{customerNumber}`.
pub fn one(customer_number: &str) -> ApiRequest {
    ApiRequest::get(format!("/api/customers/{}", encode(customer_number)))
}

/// `PUT /api/customers/{customerNumber}`: what is left out keeps its value, a list is replaced as a whole.
/// 403 names what the caller may not change.
///
/// Assumption: an empty text clears a field, and an address or contact holds nothing but the documented
/// fields, so that writing one back loses nothing.
pub fn update(customer_number: &str, changes: &CustomerChanges) -> ApiRequest {
    ApiRequest::put(
        format!("/api/customers/{}", encode(customer_number)),
        changes,
    )
}

/// Reads only the company's name from the answer of [`one`]: the frame shows it, and should not need
/// all that reading a customer takes.
pub fn read_company(answer: &Answer) -> Option<String> {
    json::parse(&answer.text)?
        .member_text("companyName")
        .map(str::to_owned)
}

/// Reads the answer of [`one`] or [`update`].
pub fn read_one(answer: &Answer) -> Result<Customer, ApiError> {
    answer.decode()
}
