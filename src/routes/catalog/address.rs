//! What the catalogue shows, as its address says it: every view is a link.

use crate::{
    api::{
        http::ApiRequest,
        products::{self, SortField},
    },
    browser::query::{Href, Query},
};

/// Products of one page.
pub const PAGE_SIZE: u64 = 24;

/// What the catalogue shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct View {
    /// The search term; empty: no search.
    pub search: String,
    /// The category's name; a search goes over all of them, as the API searches no other way.
    pub category: Option<String>,
    /// What the products are sorted on.
    pub sort: SortField,
    /// Whether they are sorted downwards.
    pub descending: bool,
    /// Page number, from 1.
    pub page: u64,
    /// Rows instead of tiles.
    pub as_list: bool,
}

/// The sort orders that are offered: the value in the address, and the message.
pub const SORTS: [(&str, &str, SortField, bool); 6] = [
    ("sku", "sort.sku", SortField::Sku, false),
    ("sku-desc", "sort.sku_desc", SortField::Sku, true),
    ("name", "sort.name", SortField::Name, false),
    ("name-desc", "sort.name_desc", SortField::Name, true),
    ("price", "sort.price", SortField::Price, false),
    ("price-desc", "sort.price_desc", SortField::Price, true),
];

impl View {
    /// Reads an address's query (without `?`).
    pub fn of_query(query: &str) -> Self {
        let query = Query::of(query);
        Self::read(|name| query.get(name))
    }

    fn read(get: impl Fn(&str) -> Option<String>) -> Self {
        let search = get("q").unwrap_or_default().trim().to_owned();
        let sort =
            get("sort").and_then(|sort| SORTS.into_iter().find(|(value, ..)| *value == sort));
        let (.., sort, descending) = sort.unwrap_or(SORTS[0]);
        Self {
            category: get("category").filter(|name| !name.is_empty() && search.is_empty()),
            search,
            sort,
            descending,
            page: get("page")
                .and_then(|page| page.parse().ok())
                .unwrap_or(1)
                .clamp(1, 1_000_000),
            as_list: get("view").as_deref() == Some("list"),
        }
    }

    /// The sort order's value in the address.
    pub fn sort_value(&self) -> &'static str {
        SORTS
            .into_iter()
            .find(|(_, _, field, descending)| *field == self.sort && *descending == self.descending)
            .map_or(SORTS[0].0, |(value, ..)| value)
    }

    /// The address of this view; what is as by default is left out.
    pub fn href(&self) -> String {
        let mut href = Href::new("/catalog");
        if !self.search.is_empty() {
            href.put("q", &self.search);
        } else if let Some(category) = &self.category {
            href.put("category", category);
        }
        if self.sort_value() != SORTS[0].0 {
            href.put("sort", self.sort_value());
        }
        if self.as_list {
            href.put("view", "list");
        }
        if self.page > 1 {
            href.put("page", &self.page.to_string());
        }
        href.into()
    }

    /// The request that brings its products.
    pub fn request(&self) -> ApiRequest {
        if self.search.is_empty() {
            products::list(
                self.page,
                PAGE_SIZE,
                self.sort,
                self.descending,
                self.category.as_deref(),
            )
        } else {
            products::search(&self.search, self.page, PAGE_SIZE)
        }
    }

    /// The same view from its first page on, changed by `change`.
    #[must_use]
    pub fn with(&self, change: impl FnOnce(&mut Self)) -> Self {
        let mut view = self.clone();
        view.page = 1;
        change(&mut view);
        view
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(parameters: &[(&str, &str)]) -> View {
        View::read(|name| {
            let (_, value) = parameters.iter().find(|(known, _)| *known == name)?;
            Some((*value).to_owned())
        })
    }

    #[test]
    fn an_address_without_a_query_is_the_first_page_by_sku() {
        let view = read(&[]);
        assert_eq!((view.page, view.sort_value()), (1, "sku"));
        assert!(view.search.is_empty() && view.category.is_none() && !view.as_list);
    }

    #[test]
    fn nonsense_in_an_address_falls_back() {
        let view = read(&[("page", "-3"), ("sort", "colour"), ("view", "cube")]);
        assert_eq!(view, read(&[]));
        assert_eq!(read(&[("page", "0")]).page, 1);
        assert_eq!(read(&[("page", "99999999999999999999")]).page, 1);
    }

    #[test]
    fn a_search_goes_over_all_categories() {
        let view = read(&[("q", " bolt "), ("category", "Bolts")]);
        assert_eq!((view.search.as_str(), view.category), ("bolt", None));
    }

    #[test]
    fn every_offered_sort_order_comes_back_from_its_own_value() {
        for (value, ..) in SORTS {
            assert_eq!(read(&[("sort", value)]).sort_value(), value);
        }
    }
}
