//! What the catalogue shows, as its address says it: every view is a link.

use crate::{
    api::{
        http::ApiRequest,
        products::{self, SortField},
    },
    browser::query::{Href, Query},
    domain::catalog::facets::Facets,
};

/// Products of one page.
pub(crate) const PAGE_SIZE: u64 = 24;

/// The value of a switch that is on.
const YES: &str = "yes";

/// What the catalogue shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct CatalogQuery {
    /// The search term; empty: no search.
    pub(crate) search: String,
    /// The category's name; a search goes over all of them, as the API searches no other way.
    pub(crate) category: Option<String>,
    /// What it is narrowed down by. The API's search takes no filters, so these wait while there is a search.
    pub(crate) facets: Facets,
    /// Only what was bought before, which the orders tell: in no category, and not narrowed down.
    pub(crate) bought: bool,
    /// What the products are sorted on.
    pub(crate) sort: SortField,
    /// Whether they are sorted downwards.
    pub(crate) descending: bool,
    /// Page number, from 1.
    pub(crate) page: u64,
    /// Rows instead of tiles.
    pub(crate) as_list: bool,
}

/// The sort orders that are offered: the value in the address, and the message.
pub(crate) const SORTS: [(&str, &str, SortField, bool); 6] = [
    ("sku", "sort.sku", SortField::Sku, false),
    ("sku-desc", "sort.sku_desc", SortField::Sku, true),
    ("name", "sort.name", SortField::Name, false),
    ("name-desc", "sort.name_desc", SortField::Name, true),
    ("price", "sort.price", SortField::Price, false),
    ("price-desc", "sort.price_desc", SortField::Price, true),
];

impl CatalogQuery {
    /// Reads an address's query (without `?`).
    pub(crate) fn of_query(query: &str) -> Self {
        let query = Query::of(query);
        Self::read(|name| query.all(name))
    }

    fn read(all: impl Fn(&str) -> Vec<String>) -> Self {
        let get = |name| all(name).into_iter().next();
        let bought = get("bought").is_some_and(|bought| bought == YES);
        let facets = if bought {
            Facets::default()
        } else {
            let in_stock = get("stock").is_some_and(|stock| stock == YES);
            Facets::read(in_stock, &all("attr"))
        };
        let search = get("q").unwrap_or_default().trim().to_owned();
        let sort =
            get("sort").and_then(|sort| SORTS.into_iter().find(|(value, ..)| *value == sort));
        let (.., sort, descending) = sort.unwrap_or(SORTS[0]);
        Self {
            category: get("category")
                .filter(|name| !name.is_empty() && search.is_empty() && !bought),
            facets,
            bought,
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
    pub(crate) fn sort_value(&self) -> &'static str {
        SORTS
            .into_iter()
            .find(|(_, _, field, descending)| *field == self.sort && *descending == self.descending)
            .map_or(SORTS[0].0, |(value, ..)| value)
    }

    /// What the address holds of this view; what is as by default is left out.
    fn parameters(&self) -> Vec<(&'static str, String)> {
        let mut all = Vec::new();
        let mut put = |name, value: &str| all.push((name, value.to_owned()));
        if !self.search.is_empty() {
            put("q", &self.search);
        } else if let Some(category) = &self.category {
            put("category", category);
        }
        if self.bought {
            put("bought", YES);
        }
        if self.facets.in_stock {
            put("stock", YES);
        }
        for attribute in self.facets.written() {
            put("attr", &attribute);
        }
        if self.sort_value() != SORTS[0].0 {
            put("sort", self.sort_value());
        }
        if self.as_list {
            put("view", "list");
        }
        if self.page > 1 {
            put("page", &self.page.to_string());
        }
        all
    }

    /// The address of this view.
    pub(crate) fn href(&self) -> String {
        let mut href = Href::new("/catalog");
        for (name, value) in self.parameters() {
            href.put(name, &value);
        }
        href.into()
    }

    /// Whether it is the catalogue's start: everything, from the first page on.
    pub(crate) fn is_start(&self) -> bool {
        let plain = self.search.is_empty() && self.category.is_none() && !self.bought;
        plain && self.facets.is_empty() && self.page == 1
    }

    /// The same view with nothing narrowed down: neither by facets nor to what was bought before.
    #[must_use]
    pub(crate) fn cleared(&self) -> Self {
        self.with(|view| {
            view.facets = Facets::default();
            view.bought = false;
        })
    }

    /// The request that brings its products.
    pub(crate) fn request(&self) -> ApiRequest {
        if self.search.is_empty() {
            products::list(
                self.page,
                PAGE_SIZE,
                self.sort,
                self.descending,
                self.category.as_deref(),
                &self.facets,
            )
        } else {
            products::search(&self.search, self.page, PAGE_SIZE)
        }
    }

    /// The same view from its first page on, changed by `change`.
    #[must_use]
    pub(crate) fn with(&self, change: impl FnOnce(&mut Self)) -> Self {
        let mut view = self.clone();
        view.page = 1;
        change(&mut view);
        view
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(parameters: &[(&str, &str)]) -> CatalogQuery {
        CatalogQuery::read(|name| {
            let named = parameters.iter().filter(|(known, _)| *known == name);
            named.map(|(_, value)| (*value).to_owned()).collect()
        })
    }

    #[test]
    fn an_address_without_a_query_is_the_first_page_by_sku() {
        let view = read(&[]);
        assert_eq!((view.page, view.sort_value()), (1, "sku"));
        assert!(view.search.is_empty() && view.category.is_none() && !view.as_list);
        assert!(view.is_start());
    }

    #[test]
    fn nonsense_in_an_address_falls_back() {
        let view = read(&[("page", "-3"), ("sort", "colour"), ("view", "cube")]);
        assert_eq!(view, read(&[]));
        assert_eq!(read(&[("page", "0")]).page, 1);
        assert_eq!(read(&[("page", "99999999999999999999")]).page, 1);
        assert_eq!(
            read(&[("stock", "maybe"), ("attr", "x"), ("bought", "1")]),
            read(&[])
        );
    }

    #[test]
    fn a_search_goes_over_all_categories() {
        let view = read(&[("q", " bolt "), ("category", "Bolts")]);
        assert_eq!((view.search.as_str(), view.category), ("bolt", None));
    }

    #[test]
    fn what_was_bought_before_is_narrowed_down_by_a_search_only() {
        let facets = [("stock", "yes"), ("attr", "Size:L"), ("category", "Bolts")];
        let bought = [&facets[..], &[("bought", "yes"), ("q", "m8")]].concat();
        let view = read(&bought);
        assert!(view.bought && view.facets.is_empty() && view.category.is_none());
        assert_eq!(view.search, "m8");
        assert!(!view.cleared().bought);
    }

    #[test]
    fn every_offered_sort_order_comes_back_from_its_own_value() {
        for (value, ..) in SORTS {
            assert_eq!(read(&[("sort", value)]).sort_value(), value);
        }
    }

    proptest! {
        /// Facets come back from the address.
        #[test]
        fn every_view_comes_back_from_its_address(
            search in "[a-z]{0,3}",
            category in prop::option::of("[A-Z&/:+]{1,4}"),
            (in_stock, bought, as_list) in any::<(bool, bool, bool)>(),
            attributes in prop::collection::vec("[A-Z]{1,2}:[a-z:&+%]{1,3}", 0..4),
            sort in 0_usize..SORTS.len(),
            page in 1_u64..9,
        ) {
            let (.., field, descending) = SORTS[sort];
            let facets = Facets::read(in_stock, &attributes);
            let view = CatalogQuery {
                category: category.filter(|_| search.is_empty() && !bought),
                facets: if bought { Facets::default() } else { facets },
                search, bought, as_list, page, descending,
                sort: field,
            };
            let written = view.parameters();
            let all: Vec<(&str, &str)> = written.iter().map(|(name, value)| (*name, value.as_str())).collect();
            prop_assert_eq!(read(&all), view);
        }
    }
}
