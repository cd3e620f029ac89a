//! One page of a list.

use serde::{Deserialize, Serialize};

/// One page of a list endpoint's answer. Encoded as `{data, totalRecords, currentPage, totalPages}`, the
/// spelling of the products and customers reference; [`crate::decode_page`] reads the others too.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Page<T> {
    /// The records of this page.
    pub data: Vec<T>,
    /// How many records there are on all pages together.
    #[serde(default, alias = "totalCount")]
    pub total_records: u64,
    /// This page's number, from 1; 1 when the answer does not say.
    #[serde(default = "first_page", alias = "pageNumber")]
    pub current_page: u64,
    /// How many pages there are, when the answer says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total_pages: Option<u64>,
    /// Records per page, when the answer says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page_size: Option<u64>,
}

fn first_page() -> u64 {
    1
}

impl<T> Page<T> {
    /// How many pages there are, at least 1: as the answer says, or by the page size that was asked for.
    pub fn pages(&self, asked_size: u64) -> u64 {
        self.total_pages
            .unwrap_or_else(|| {
                self.total_records
                    .div_ceil(self.page_size.unwrap_or(asked_size).max(1))
            })
            .max(1)
    }
}
