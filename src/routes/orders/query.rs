//! Which orders the list shows, as its address says it: every view is a link.

use nymble_wire::OrderStatus;

use crate::{
    api::{
        http::ApiRequest,
        orders::{self, SortField, Wanted},
    },
    browser::query::{Href, Query},
    domain::values::calendar::Day,
    route::Route,
};

/// Orders of one page.
pub(crate) const PAGE_SIZE: u64 = 25;

/// The states that can be filtered by.
pub(crate) const STATUSES: [OrderStatus; 5] = [
    OrderStatus::Pending,
    OrderStatus::Processing,
    OrderStatus::Shipped,
    OrderStatus::Complete,
    OrderStatus::Cancelled,
];

/// Something that the list is narrowed by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Narrowing {
    /// Where the orders stand, as the API calls it.
    Status,
    /// The first day, `YYYY-MM-DD`.
    From,
    /// The last day, `YYYY-MM-DD`.
    To,
    /// A part of the PO number.
    PoNumber,
    /// A part of the SKU of a line.
    Sku,
}

impl Narrowing {
    /// All of them, in the order they are shown in.
    pub(crate) const ALL: [Self; 5] = [
        Self::Status,
        Self::From,
        Self::To,
        Self::PoNumber,
        Self::Sku,
    ];

    /// Its name in the address.
    fn parameter(self) -> &'static str {
        match self {
            Self::Status => "status",
            Self::From => "from",
            Self::To => "to",
            Self::PoNumber => "po",
            Self::Sku => "sku",
        }
    }

    /// What it is called.
    pub(crate) fn message(self) -> &'static str {
        match self {
            Self::Status => "orders.status",
            Self::From => "orders.from",
            Self::To => "orders.to",
            Self::PoNumber => "orders.po_number",
            Self::Sku => "orders.sku",
        }
    }

    /// `value` as it is taken; empty when it is none.
    pub(crate) fn taken(self, value: &str) -> String {
        let value = value.trim();
        match self {
            Self::Status => STATUSES
                .iter()
                .find(|status| status.as_str().eq_ignore_ascii_case(value))
                .map(|status| status.as_str().to_owned())
                .unwrap_or_default(),
            // While a year is being typed it reads 0002, 0020, …
            Self::From | Self::To if !is_day(value) || value < "1900" => String::new(),
            _ => value.to_owned(),
        }
    }
}

/// Whether `text` has the shape of a day.
fn is_day(text: &str) -> bool {
    text.len() == 10
        && text.bytes().enumerate().all(|(place, byte)| match place {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        })
}

/// Which orders the list shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct OrdersQuery {
    /// What each of [`Narrowing::ALL`] says; empty: nothing.
    narrowed: [String; 5],
    /// The place in [`SORTS`].
    sort: usize,
    /// Page number, from 1.
    pub(crate) page: u64,
}

/// The sort orders that are offered: the value in the address, the message, field and direction. The first
/// is the one without a word.
pub(crate) const SORTS: [(&str, &str, SortField, bool); 6] = [
    ("newest", "orders.newest", SortField::Date, true),
    ("oldest", "orders.oldest", SortField::Date, false),
    ("total-desc", "orders.total_desc", SortField::Total, true),
    ("total", "orders.total_asc", SortField::Total, false),
    ("po", "orders.po_number", SortField::PoNumber, false),
    ("number", "orders.number", SortField::Number, false),
];

impl OrdersQuery {
    /// Reads an address's query (without `?`).
    pub(crate) fn of_query(query: &str) -> Self {
        let query = Query::of(query);
        Self::read(|name| query.get(name))
    }

    fn read(get: impl Fn(&str) -> Option<String>) -> Self {
        let sort = get("sort").and_then(|sort| SORTS.iter().position(|(value, ..)| *value == sort));
        Self {
            narrowed: Narrowing::ALL.map(|by| by.taken(&get(by.parameter()).unwrap_or_default())),
            sort: sort.unwrap_or(0),
            page: get("page")
                .and_then(|page| page.parse().ok())
                .unwrap_or(1)
                .clamp(1, 1_000_000),
        }
    }

    /// What the list is narrowed to; empty when not by this.
    pub(crate) fn narrowed(&self, by: Narrowing) -> &str {
        let [status, from, to, po_number, sku] = &self.narrowed;
        match by {
            Narrowing::Status => status,
            Narrowing::From => from,
            Narrowing::To => to,
            Narrowing::PoNumber => po_number,
            Narrowing::Sku => sku,
        }
    }

    /// Whether it is narrowed at all.
    pub(crate) fn is_narrowed(&self) -> bool {
        self.narrowed.iter().any(|value| !value.is_empty())
    }

    /// Whether its last day comes before its first.
    pub(crate) fn is_backwards(&self) -> bool {
        let (from, to) = (self.narrowed(Narrowing::From), self.narrowed(Narrowing::To));
        !from.is_empty() && !to.is_empty() && to < from
    }

    /// The sort order's value in the address.
    pub(crate) fn sort_value(&self) -> &'static str {
        SORTS.get(self.sort).map_or(SORTS[0].0, |(value, ..)| value)
    }

    /// The same, from its first page on, narrowed by something else.
    #[must_use]
    pub(crate) fn with(&self, by: Narrowing, value: &str) -> Self {
        let mut view = self.clone();
        view.page = 1;
        if let Some(place) = Narrowing::ALL.iter().position(|known| *known == by)
            && let Some(slot) = view.narrowed.get_mut(place)
        {
            *slot = by.taken(value);
        }
        view
    }

    /// The same, from its first page on, in another order.
    #[must_use]
    pub(crate) fn sorted(&self, value: &str) -> Self {
        let sort = SORTS.iter().position(|(known, ..)| *known == value);
        Self {
            narrowed: self.narrowed.clone(),
            sort: sort.unwrap_or(self.sort),
            page: 1,
        }
    }

    /// The same, not narrowed.
    #[must_use]
    pub(crate) fn cleared(&self) -> Self {
        Self {
            narrowed: Default::default(),
            sort: self.sort,
            page: 1,
        }
    }

    /// Another page of it.
    #[must_use]
    pub(crate) fn turned_to(&self, page: u64) -> Self {
        let mut view = self.clone();
        view.page = page;
        view
    }

    /// Its address; what is as by default is left out.
    pub(crate) fn href(&self) -> String {
        let mut href = Href::new(&Route::Orders.href());
        for by in Narrowing::ALL {
            href.put_if(by.parameter(), self.narrowed(by));
        }
        if self.sort > 0 {
            href.put("sort", self.sort_value());
        }
        if self.page > 1 {
            href.put("page", &self.page.to_string());
        }
        href.into()
    }

    /// The request that brings the `page`-th page of `page_size` of its orders, of one customer where the
    /// caller sees those of several.
    ///
    /// Its days are the orders' own, as the dates on the screen are.
    pub(crate) fn request(&self, customer: String, page: u64, page_size: u64) -> ApiRequest {
        let (.., field, descending) = SORTS.get(self.sort).copied().unwrap_or(SORTS[0]);
        let instant = |day: &str, days: i32| {
            let day = Day::parse(day).map(|day| day.plus(days).begins());
            day.unwrap_or_default()
        };
        let wanted = Wanted {
            customer,
            status: self.narrowed(Narrowing::Status).to_owned(),
            since: instant(self.narrowed(Narrowing::From), 0),
            before: instant(self.narrowed(Narrowing::To), 1),
            po_number: self.narrowed(Narrowing::PoNumber).to_owned(),
            sku: self.narrowed(Narrowing::Sku).to_owned(),
        };
        orders::search(&wanted, field, descending, page, page_size)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(parameters: &[(&str, &str)]) -> OrdersQuery {
        OrdersQuery::read(|name| {
            let (_, value) = parameters.iter().find(|(known, _)| *known == name)?;
            Some((*value).to_owned())
        })
    }

    #[test]
    fn an_address_without_a_query_is_the_newest_of_all() {
        let view = read(&[]);
        assert_eq!((view.page, view.sort_value()), (1, "newest"));
        assert!(!view.is_narrowed());
    }

    #[test]
    fn nonsense_in_an_address_falls_back() {
        let view = read(&[
            ("page", "-3"),
            ("sort", "colour"),
            ("status", "eaten"),
            ("from", "yesterday"),
            ("to", "0020-01-01"),
            ("po", "  "),
        ]);
        assert_eq!(view, read(&[]));
        assert_eq!(read(&[("page", "99999999999999999999")]).page, 1);
    }

    #[test]
    fn what_it_is_narrowed_by_is_read_and_changed() {
        let view = read(&[
            ("status", "shipped"),
            ("from", "2024-05-20"),
            ("to", "2024-05-01"),
            ("po", " PO-1 "),
            ("page", "3"),
        ]);
        assert_eq!(view.narrowed(Narrowing::Status), "Shipped");
        assert_eq!(view.narrowed(Narrowing::PoNumber), "PO-1");
        assert!(view.is_backwards());
        let next = view.with(Narrowing::To, "2024-05-20");
        assert!(!next.is_backwards());
        assert_eq!(next.page, 1);
        assert!(!next.cleared().is_narrowed());
        assert_eq!(next.turned_to(4).page, 4);
    }

    #[test]
    fn every_offered_sort_order_comes_back_from_its_own_value() {
        for (value, ..) in SORTS {
            assert_eq!(read(&[("sort", value)]).sort_value(), value);
            assert_eq!(read(&[]).sorted(value).sort_value(), value);
        }
    }
}
