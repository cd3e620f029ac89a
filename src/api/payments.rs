//! Payments: the customer's saved methods, and visits to the payment provider's own page.

use nymble_wire::{
    AddPaymentMethod, PaymentMethodAdded, PaymentProfile, TransactionSetup, TransactionSetupAnswer,
    TransactionState,
};
use serde::Serialize;

use super::{
    http::{Answer, ApiRequest},
    problem::ApiError,
};
use crate::ports::page::encode;

const METHODS: &str = "/api/payments/payment-methods";
const VISITS: &str = "/api/payments/worldpay/transaction-setup";

/// The body of a call that says all in its path.
#[derive(Serialize)]
struct Nothing {}

/// `GET /api/payments/profiles/{customerNumber}`.
pub(crate) fn profiles(customer_number: &str) -> ApiRequest {
    ApiRequest::get(format!(
        "/api/payments/profiles/{}",
        encode(customer_number)
    ))
}

/// Reads the answer of [`profiles`], wrapped or bare.
pub(crate) fn read_profiles(answer: &Answer) -> Result<Vec<PaymentProfile>, ApiError> {
    answer.read(nymble_wire::decode_list)
}

/// `POST /api/payments/payment-methods`: saves a card, or says where the buyer can. 400: declined, or
/// not a card; 504: the provider did not answer.
pub(crate) fn add(method: &AddPaymentMethod) -> ApiRequest {
    ApiRequest::post(METHODS.to_owned(), method)
}

/// Reads the answer of [`add`].
pub(crate) fn read_added(answer: &Answer) -> Result<PaymentMethodAdded, ApiError> {
    answer.decode()
}

/// `PUT /api/payments/payment-methods/{paymentProfileId}/default`.
///
/// Assumption: the documents name only the `POST` of saved methods; this path and that of [`remove`]
/// follow from it.
pub(crate) fn make_default(profile_id: &str) -> ApiRequest {
    ApiRequest::put(
        format!("{METHODS}/{}/default", encode(profile_id)),
        &Nothing {},
    )
}

/// `DELETE /api/payments/payment-methods/{paymentProfileId}`.
pub(crate) fn remove(profile_id: &str) -> ApiRequest {
    ApiRequest::delete(format!("{METHODS}/{}", encode(profile_id)))
}

/// `POST /api/payments/worldpay/transaction-setup`: a visit to the provider's own page, good for ten
/// minutes and one use.
pub(crate) fn set_up_visit(visit: &TransactionSetup) -> ApiRequest {
    ApiRequest::post(VISITS.to_owned(), visit)
}

/// Reads the answer of [`set_up_visit`].
pub(crate) fn read_visit(answer: &Answer) -> Result<TransactionSetupAnswer, ApiError> {
    answer.decode()
}

/// `GET /api/payments/worldpay/transaction-setup/{transactionSetupId}`: what became of a visit.
pub(crate) fn outcome(setup_id: &str) -> ApiRequest {
    ApiRequest::get(format!("{VISITS}/{}", encode(setup_id)))
}

/// Reads the answer of [`outcome`].
pub(crate) fn read_outcome(answer: &Answer) -> Result<TransactionState, ApiError> {
    answer.decode()
}
