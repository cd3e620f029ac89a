//! Payments: the customer's saved methods.

use nymble_wire::PaymentProfile;

use super::{
    http::{Answer, ApiRequest},
    problem::ApiError,
};
use crate::browser::page::encode;

/// `GET /api/payments/profiles/{customerNumber}`.
pub fn profiles(customer_number: &str) -> ApiRequest {
    ApiRequest::get(format!(
        "/api/payments/profiles/{}",
        encode(customer_number)
    ))
}

/// Reads the answer of [`profiles`], wrapped or bare.
pub fn read_profiles(answer: &Answer) -> Result<Vec<PaymentProfile>, ApiError> {
    answer.read(nymble_wire::decode_list)
}
