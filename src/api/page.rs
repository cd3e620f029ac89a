//! Paging, sorting and filtering: the query of the list endpoints.

use nymble_wire::{Filter, FilterOperator};

use super::http::ApiRequest;
use crate::ports::query::Href;

/// One page of a list, as it is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ListRequest {
    /// Page number, from 1.
    pub(crate) page: u64,
    /// Records of one page, at most 200.
    pub(crate) page_size: u64,
    /// The field that is sorted on, as the reference spells it; empty: the server's own order.
    pub(crate) sort_on: &'static str,
    /// Whether it is sorted downwards.
    pub(crate) descending: bool,
    /// All of these must hold.
    pub(crate) filters: Vec<Filter>,
}

impl ListRequest {
    /// Adds a condition, unless its value says nothing.
    pub(crate) fn filter(&mut self, field: &str, operator: FilterOperator, value: &str) {
        if !value.is_empty() {
            self.filters.push(Filter {
                field: field.to_owned(),
                operator,
                value: value.to_owned(),
            });
        }
    }

    /// The request for it at `path`.
    pub(crate) fn at(&self, path: &str) -> ApiRequest {
        let mut href = Href::new(path);
        href.put("pageNumber", &self.page.to_string());
        href.put("pageSize", &self.page_size.to_string());
        if !self.sort_on.is_empty() {
            href.put("sortOn", self.sort_on);
            href.put(
                "sortDirection",
                if self.descending { "desc" } else { "asc" },
            );
        }
        if !self.filters.is_empty() {
            let filters = serde_json::to_string(&self.filters).unwrap_or_default();
            href.put("filters", &filters);
        }
        ApiRequest::get(href.into())
    }
}
