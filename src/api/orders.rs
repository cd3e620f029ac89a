//! Orders: the list, and one of them.
//!
//! Assumption: the reference names the order, but neither the list nor how one is read; both are asked for
//! as products are. Newest first unless sorted otherwise.

use nymble_wire::{FilterOperator, Order, Page};

use super::{
    http::{Answer, ApiRequest},
    page::ListRequest,
    problem::ApiError,
};
use crate::ports::page::encode;

/// The field by which [`list`] is narrowed down to one customer.
pub(crate) const CUSTOMER: &str = "customerNumber";

/// `GET /api/orders`: one page of the caller's orders. A filter on `sku` looks into the lines.
pub(crate) fn list(request: &ListRequest) -> ApiRequest {
    request.at("/api/orders")
}

/// What a list of orders is narrowed to; empty texts narrow nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Wanted {
    /// Whose they are, where the caller sees those of several customers.
    pub(crate) customer: String,
    /// Where they stand, as the API calls it.
    pub(crate) status: String,
    /// Placed at this instant or later, ISO 8601.
    pub(crate) since: String,
    /// Placed before this instant, ISO 8601.
    pub(crate) before: String,
    /// A part of the PO number.
    pub(crate) po_number: String,
    /// A part of the SKU of one of the lines.
    pub(crate) sku: String,
}

/// A field that the list is sorted on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum SortField {
    /// By when they were placed.
    #[default]
    Date,
    /// By what is to be paid.
    Total,
    /// By PO number.
    PoNumber,
    /// By order number.
    Number,
}

/// `GET /api/orders`: one page (from 1) of those that fit `wanted`.
pub(crate) fn search(
    wanted: &Wanted,
    sort: SortField,
    descending: bool,
    page: u64,
    page_size: u64,
) -> ApiRequest {
    let mut request = ListRequest {
        page,
        page_size,
        sort_on: match sort {
            SortField::Date => "orderDate",
            SortField::Total => "orderTotal",
            SortField::PoNumber => "poNumber",
            SortField::Number => "orderNumber",
        },
        descending,
        filters: Vec::new(),
    };
    request.filter(CUSTOMER, FilterOperator::Equals, &wanted.customer);
    request.filter("orderStatus", FilterOperator::Equals, &wanted.status);
    request.filter("orderDate", FilterOperator::Gte, &wanted.since);
    request.filter("orderDate", FilterOperator::Lt, &wanted.before);
    request.filter("poNumber", FilterOperator::Contains, &wanted.po_number);
    request.filter("sku", FilterOperator::Contains, &wanted.sku);
    list(&request)
}

/// `GET /api/orders`: the order that a cart became, if it became one.
pub(crate) fn of_cart(cart_id: &str) -> ApiRequest {
    let mut request = ListRequest {
        page: 1,
        page_size: 1,
        ..ListRequest::default()
    };
    request.filter("originationCartId", FilterOperator::Equals, cart_id);
    list(&request)
}

/// The `count` orders placed last, for [`list`].
pub(crate) fn latest(count: u64) -> ListRequest {
    ListRequest {
        page: 1,
        page_size: count,
        sort_on: "orderDate",
        descending: true,
        filters: Vec::new(),
    }
}

/// `GET /api/orders/{orderNumber}`.
pub(crate) fn one(order_number: &str) -> ApiRequest {
    ApiRequest::get(format!("/api/orders/{}", encode(order_number)))
}

/// Reads the answer of [`list`].
pub(crate) fn read_page(answer: &Answer) -> Result<Page<Order>, ApiError> {
    answer.read(nymble_wire::decode_page)
}

/// Reads the answer of [`one`].
pub(crate) fn read_one(answer: &Answer) -> Result<Order, ApiError> {
    answer.decode()
}
