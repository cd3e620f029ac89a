//! Invoices: the list, and one of them.
//!
//! Assumption: the reference names the list's `orderId`, but not how one is read, nor how other fields are
//! filtered; both as with products. Newest first unless sorted otherwise; a customer sees no drafts.

use nymble_wire::{Invoice, Page};

use super::{
    http::{Answer, ApiRequest},
    page::ListRequest,
    problem::ApiError,
};
use crate::browser::page::encode;

/// The field by which [`list`] is narrowed down to one customer; it holds the customer's number.
///
/// Assumption: the reference says "filter by customer id", without the field's name or what the id is.
pub const CUSTOMER: &str = "customerId";

/// `GET /api/invoices`: one page of the caller's invoices.
pub fn list(request: &ListRequest) -> ApiRequest {
    request.at("/api/invoices")
}

/// `GET /api/invoices?orderId={orderId}`: the invoices of one order, by its id.
pub fn of_order(order_id: &str) -> ApiRequest {
    ApiRequest::get(format!("/api/invoices?orderId={}", encode(order_id)))
}

/// `GET /api/invoices/{id}`.
pub fn one(id: &str) -> ApiRequest {
    ApiRequest::get(format!("/api/invoices/{}", encode(id)))
}

/// Reads the answer of [`list`] or [`of_order`].
pub fn read_page(answer: &Answer) -> Result<Page<Invoice>, ApiError> {
    answer.read(nymble_wire::decode_page)
}

/// Reads the answer of [`one`].
pub fn read_one(answer: &Answer) -> Result<Invoice, ApiError> {
    answer.decode()
}
