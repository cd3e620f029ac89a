//! What the picker shows, as its address says it: every view is a link.

use nymble_wire::FilterOperator;

use crate::{
    api::{customers, page::ListRequest},
    browser::query::{Href, Query},
    route::{self, Route},
};

/// Customers of one page, of each of the lists that a search consists of.
pub(crate) const PAGE_SIZE: u64 = 25;

/// Where to go once a customer is chosen, as a parameter of the picker's address.
const TARGET: &str = "to";

/// What the picker shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct CustomersQuery {
    /// What is searched for in number and company name; empty: no search.
    pub(crate) search: String,
    /// Deactivated customers, too.
    pub(crate) all: bool,
    /// The beginning of the price tier's name; empty: any.
    pub(crate) tier: String,
    /// The beginning of the sales rep's number; empty: any. Administrators' only.
    pub(crate) rep: String,
    /// Which of [`SORTS`].
    pub(crate) sort: usize,
    /// Page number, from 1.
    pub(crate) page: u64,
    /// Where to go once a customer is chosen; empty: the catalogue.
    pub(crate) then: String,
}

/// A sort order that is offered.
pub(crate) struct Sort {
    /// The value in the address.
    pub(crate) value: &'static str,
    /// The message.
    pub(crate) message: &'static str,
    field: &'static str,
    descending: bool,
}

/// The sort orders that are offered, the usual one first.
pub(crate) const SORTS: [Sort; 4] = [
    sort("name", "customers.sort_name", "Name", false),
    sort("name-desc", "customers.sort_name_desc", "Name", true),
    sort("number", "customers.sort_number", "CustomerNumber", false),
    sort(
        "number-desc",
        "customers.sort_number_desc",
        "CustomerNumber",
        true,
    ),
];

const fn sort(
    value: &'static str,
    message: &'static str,
    field: &'static str,
    descending: bool,
) -> Sort {
    Sort {
        value,
        message,
        field,
        descending,
    }
}

/// The picker's address for a visitor who was heading for `here`.
pub(crate) fn picker_for(here: &str) -> String {
    let mut href = Href::new(&Route::Customers.href());
    href.put(TARGET, here);
    href.into()
}

impl CustomersQuery {
    /// Reads an address's query (without `?`).
    pub(crate) fn of_query(query: &str) -> Self {
        let query = Query::of(query);
        Self::read(|name| query.get(name))
    }

    fn read(get: impl Fn(&str) -> Option<String>) -> Self {
        let given = |name: &str| get(name).unwrap_or_default().trim().to_owned();
        let sort = given("sort");
        Self {
            search: given("q"),
            all: given("show") == "all",
            tier: given("tier"),
            rep: given("rep"),
            sort: SORTS
                .iter()
                .position(|known| known.value == sort)
                .unwrap_or(0),
            page: given("page").parse().unwrap_or(1).clamp(1, 1_000_000),
            then: get(TARGET)
                .filter(|path| route::is_own_path(path))
                .unwrap_or_default(),
        }
    }

    /// The address of this view; what is as by default is left out.
    pub(crate) fn href(&self) -> String {
        let mut href = Href::new(&Route::Customers.href());
        href.put_if("q", &self.search);
        if self.all {
            href.put("show", "all");
        }
        href.put_if("tier", &self.tier);
        href.put_if("rep", &self.rep);
        if self.sort > 0 {
            href.put("sort", SORTS[self.sort].value);
        }
        if self.page > 1 {
            href.put("page", &self.page.to_string());
        }
        href.put_if(TARGET, &self.then);
        href.into()
    }

    /// The same view from its first page on, changed by `change`.
    #[must_use]
    pub(crate) fn with(&self, change: impl FnOnce(&mut Self)) -> Self {
        let mut view = self.clone();
        view.page = 1;
        change(&mut view);
        view
    }

    /// Where to go once a customer is chosen.
    pub(crate) fn target(&self) -> String {
        if self.then.is_empty() {
            return Route::Catalog.href();
        }
        self.then.clone()
    }

    /// Whether nothing is searched, filtered, sorted or leafed through.
    pub(crate) fn is_plain(&self) -> bool {
        let plain = Self {
            page: 1,
            then: self.then.clone(),
            ..Self::default()
        };
        *self == plain
    }

    /// The same view without search and filters.
    #[must_use]
    pub(crate) fn of_all(&self) -> Self {
        Self {
            page: 1,
            then: self.then.clone(),
            all: true,
            ..Self::default()
        }
    }

    /// The lists which together hold what the view shows, every customer in one of them only.
    ///
    /// The conditions of a list must all hold, so number and company name take a list each: the number
    /// that is searched for, numbers that hold it, and names that hold it of all others. A term with a
    /// space is no number.
    pub(crate) fn lists(&self) -> Vec<ListRequest> {
        use FilterOperator::{Contains, Equals, NotContains, NotEquals, StartsWith};
        let sort = &SORTS[self.sort];
        let mut base = ListRequest {
            page: self.page,
            page_size: PAGE_SIZE,
            sort_on: sort.field,
            descending: sort.descending,
            filters: Vec::new(),
        };
        if !self.all {
            base.filter(customers::ACTIVE, Equals, "true");
        }
        base.filter(customers::TIER, StartsWith, &self.tier);
        base.filter(customers::REP, StartsWith, &self.rep);
        if self.search.is_empty() {
            return vec![base];
        }
        let with = |conditions: &[(&str, FilterOperator)]| {
            let mut list = base.clone();
            for (field, operator) in conditions {
                list.filter(field, *operator, &self.search);
            }
            list
        };
        let (number, name) = ("CustomerNumber", customers::NAME);
        if self.search.contains(char::is_whitespace) {
            return vec![with(&[(name, Contains)])];
        }
        vec![
            with(&[(number, Equals)]),
            with(&[(number, Contains), (number, NotEquals)]),
            with(&[(name, Contains), (number, NotContains)]),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(parameters: &[(&str, &str)]) -> CustomersQuery {
        CustomersQuery::read(|name| {
            let (_, value) = parameters.iter().find(|(known, _)| *known == name)?;
            Some((*value).to_owned())
        })
    }

    #[test]
    fn an_address_without_a_query_is_the_first_page_of_the_active_ones_by_name() {
        let view = read(&[]);
        assert!(view.is_plain() && !view.all);
        assert_eq!((view.page, view.sort), (1, 0));
        let lists = view.lists();
        assert_eq!(lists.len(), 1);
        assert_eq!((lists[0].sort_on, lists[0].descending), ("Name", false));
        assert_eq!(lists[0].filters.len(), 1);
        assert!(read(&[("to", "/cart")]).is_plain());
    }

    #[test]
    fn nonsense_in_an_address_falls_back() {
        let view = read(&[
            ("page", "-1"),
            ("sort", "colour"),
            ("show", "none"),
            ("to", "https://evil.example"),
        ]);
        assert_eq!(view, read(&[]));
        assert_eq!(read(&[("page", "0")]).page, 1);
    }

    #[test]
    fn every_offered_sort_order_comes_back_from_its_own_value() {
        for (place, sort) in SORTS.iter().enumerate() {
            assert_eq!(read(&[("sort", sort.value)]).sort, place);
        }
    }

    /// Whether a condition holds, as the reference means it.
    fn holds(filter: &nymble_wire::Filter, number: &str, name: &str) -> bool {
        let field = match filter.field.as_str() {
            "CustomerNumber" => number,
            customers::NAME => name,
            _ => return true,
        };
        let (field, value) = (field.to_lowercase(), filter.value.to_lowercase());
        match filter.operator {
            FilterOperator::Equals => field == value,
            FilterOperator::NotEquals => field != value,
            FilterOperator::Contains => field.contains(&value),
            FilterOperator::NotContains => !field.contains(&value),
            _ => false,
        }
    }

    proptest::proptest! {
        /// A search of customers finds each once.
        #[test]
        fn every_customer_found_is_in_exactly_one_list(
            number in "[ab1-]{0,4}",
            name in "[ab1 ]{0,6}",
            term in "[ab1-]{1,3}( [ab])?",
        ) {
            let lists = read(&[("q", &term)]).lists();
            let found = lists.iter().filter(|list| {
                list.filters.iter().all(|filter| holds(filter, &number, &name))
            });
            let wanted = name.contains(&term)
                || (number.contains(&term) && !term.contains(' '));
            proptest::prop_assert_eq!(found.count(), usize::from(wanted));
        }
    }
}
