//! Invoices: the list, one of them, its PDF, and paying it.
//!
//! Assumption: the reference names the list's `orderId`, but not how one is read, nor how other fields are
//! filtered; both as with products. Newest first unless sorted otherwise; a customer sees no drafts.

use nymble_wire::{FilterOperator, Invoice, Page, PayInvoice};

use super::{
    http::{Answer, ApiRequest},
    page::ListRequest,
    problem::ApiError,
};
use crate::ports::page::encode;

/// The field by which [`list`] is narrowed down to one customer; it holds the customer's number.
///
/// Assumption: the reference says "filter by customer id", without the field's name or what the id is.
pub(crate) const CUSTOMER: &str = "customerId";

/// `GET /api/invoices`: one page of the caller's invoices.
pub(crate) fn list(request: &ListRequest) -> ApiRequest {
    request.at("/api/invoices")
}

/// `GET /api/invoices?orderId={orderId}`: the invoices of one order, by its id.
pub(crate) fn of_order(order_id: &str) -> ApiRequest {
    ApiRequest::get(format!("/api/invoices?orderId={}", encode(order_id)))
}

/// `GET /api/invoices/{id}`.
pub(crate) fn one(id: &str) -> ApiRequest {
    ApiRequest::get(format!("/api/invoices/{}", encode(id)))
}

/// All invoices that can be paid, the longest due first: for [`list`], as many on a page as the API allows. All
/// conditions of a request must hold, so those that cannot be paid are left out one by one.
pub(crate) fn open() -> ListRequest {
    let mut request = ListRequest {
        page: 1,
        page_size: 200,
        sort_on: "dueDate",
        ..ListRequest::default()
    };
    for status in ["Draft", "Paid", "Voided", "Cancelled"] {
        request.filter("status", FilterOperator::NotEquals, status);
    }
    request
}

/// `GET /api/invoices/{id}/pdf`: a file.
pub(crate) fn pdf(id: &str) -> ApiRequest {
    ApiRequest::file(format!("/api/invoices/{}/pdf", encode(id)))
}

/// `POST /api/invoices/{id}/pay`, answered with the invoice as it is then. 400 or 402: declined, or more than the
/// balance; 409: it cannot be paid; 504: the payment provider did not answer.
///
/// Assumption: the reference names paying an invoice, but neither path nor body.
pub(crate) fn pay(id: &str, payment: &PayInvoice) -> ApiRequest {
    ApiRequest::post(format!("/api/invoices/{}/pay", encode(id)), payment)
}

/// Reads the answer of [`list`] or [`of_order`].
pub(crate) fn read_page(answer: &Answer) -> Result<Page<Invoice>, ApiError> {
    answer.read(nymble_wire::decode_page)
}

/// Reads the answer of [`one`] or [`pay`].
pub(crate) fn read_one(answer: &Answer) -> Result<Invoice, ApiError> {
    answer.decode()
}
