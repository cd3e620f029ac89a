//! Products: list, search, one.

use nymble_wire::{FilterOperator, Page, Product};

use super::{
    http::{Answer, ApiRequest},
    page::ListRequest,
    problem::ApiError,
};
use crate::{domain::catalog::facets::Facets, ports::page::encode};

/// A field that the list is sorted on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum SortField {
    /// By SKU.
    #[default]
    Sku,
    /// By name.
    Name,
    /// By price.
    Price,
}

/// `GET /api/products`: one page of the catalogue, of one category if given, narrowed down by `facets`.
pub(crate) fn list(
    page: u64,
    page_size: u64,
    sort: SortField,
    descending: bool,
    category: Option<&str>,
    facets: &Facets,
) -> ApiRequest {
    let sort = match sort {
        SortField::Sku => "Sku",
        SortField::Name => "Name",
        SortField::Price => "Price",
    };
    let mut request = ListRequest {
        page,
        page_size,
        sort_on: sort,
        descending,
        filters: facets.filters(),
    };
    request.filter(
        "Category",
        FilterOperator::Equals,
        category.unwrap_or_default(),
    );
    request.at("/api/products")
}

/// `GET /api/products`: one page of the products whose SKU begins with `prefix` (all, when it is empty),
/// sorted by SKU.
pub(crate) fn by_sku(prefix: &str, page: u64, page_size: u64) -> ApiRequest {
    let mut request = ListRequest {
        page,
        page_size,
        sort_on: "Sku",
        descending: false,
        filters: Vec::new(),
    };
    request.filter("Sku", FilterOperator::StartsWith, prefix);
    request.at("/api/products")
}

/// `GET /api/products`: the first products whose UPC ends with `digits`, sorted by SKU.
///
/// Assumption: products can be filtered by `Upc`. Where an API refuses that, each way of writing a barcode is searched
/// for.
pub(crate) fn by_upc(digits: &str, page_size: u64) -> ApiRequest {
    let mut request = ListRequest {
        page: 1,
        page_size,
        sort_on: "Sku",
        descending: false,
        filters: Vec::new(),
    };
    request.filter("Upc", FilterOperator::EndsWith, digits);
    request.at("/api/products")
}

/// `GET /api/products/search`: one page of what matches `term` in SKU, name, description or UPC.
pub(crate) fn search(term: &str, page: u64, page_size: u64) -> ApiRequest {
    ApiRequest::get(format!(
        "/api/products/search?searchTerm={}&pageNumber={page}&pageSize={page_size}",
        encode(term)
    ))
}

/// `GET /api/products/{sku}`.
pub(crate) fn one(sku: &str) -> ApiRequest {
    ApiRequest::get(format!("/api/products/{}", encode(sku)))
}

/// Reads the answer of [`list`] or [`search`].
pub(crate) fn read_page(answer: &Answer) -> Result<Page<Product>, ApiError> {
    answer.read(nymble_wire::decode_page)
}

/// Reads the answer of [`one`].
pub(crate) fn read_one(answer: &Answer) -> Result<Product, ApiError> {
    answer.decode()
}
