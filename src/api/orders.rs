//! Orders: the list, and one of them.
//!
//! Assumption: the reference names the order, but neither the list nor how one is read; both are asked for
//! as products are. Newest first unless sorted otherwise.

use nymble_wire::{Order, Page};

use super::{
    http::{Answer, ApiRequest},
    page::ListRequest,
    problem::ApiError,
};
use crate::browser::page::encode;

/// The field by which [`list`] is narrowed down to one customer.
pub const CUSTOMER: &str = "customerNumber";

/// `GET /api/orders`: one page of the caller's orders. A filter on `sku` looks into the lines.
pub fn list(request: &ListRequest) -> ApiRequest {
    request.at("/api/orders")
}

/// `GET /api/orders/{orderNumber}`.
pub fn one(order_number: &str) -> ApiRequest {
    ApiRequest::get(format!("/api/orders/{}", encode(order_number)))
}

/// Reads the answer of [`list`].
pub fn read_page(answer: &Answer) -> Result<Page<Order>, ApiError> {
    answer.read(nymble_wire::decode_page)
}

/// Reads the answer of [`one`].
pub fn read_one(answer: &Answer) -> Result<Order, ApiError> {
    answer.decode()
}
