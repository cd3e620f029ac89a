//! Customers: the buyer's own account.

use nymble_wire::Customer;

use super::{
    http::{Answer, ApiRequest},
    problem::ApiError,
};
use crate::browser::{json, page::encode};

/// `GET /api/customers/{customerNumber}`.
pub fn one(customer_number: &str) -> ApiRequest {
    ApiRequest::get(format!("/api/customers/{}", encode(customer_number)))
}

/// Reads only the company's name from the answer of [`one`]: the frame shows it, and should not need
/// all that reading a customer takes.
pub fn read_company(answer: &Answer) -> Option<String> {
    json::parse(&answer.text)?
        .member_text("companyName")
        .map(str::to_owned)
}

/// Reads the answer of [`one`].
pub fn read_one(answer: &Answer) -> Result<Customer, ApiError> {
    answer.decode()
}
