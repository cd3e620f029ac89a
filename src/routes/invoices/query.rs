//! What the screen of invoices shows, as its address says it: every view is a link.

use nymble_wire::{FilterOperator, Invoice};

use crate::{
    api::page::ListRequest,
    browser::query::{Href, Query},
    domain::{
        invoices::{ageing, pay_plan::MOST_AT_ONCE},
        values::calendar::Day,
    },
};

/// Invoices of one page.
pub(crate) const PAGE_SIZE: u64 = 50;
/// Where the screen is.
pub(crate) const PATH: &str = "/invoices";

/// What is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Show {
    /// What can be paid.
    #[default]
    Open,
    /// What is past due.
    Overdue,
    /// What is paid.
    Paid,
    /// Everything.
    All,
    /// The statement of the account.
    Statement,
    /// The form that pays chosen invoices.
    Pay,
}

impl Show {
    /// Parameter and value in the address; the first is what is shown without one.
    fn parameter(self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::Open => None,
            Self::Overdue => Some(("show", "overdue")),
            Self::Paid => Some(("show", "paid")),
            Self::All => Some(("show", "all")),
            Self::Statement => Some(("view", "statement")),
            Self::Pay => Some(("view", "pay")),
        }
    }

    /// Whether all of it is read at once: what is open is summed up.
    pub(crate) fn is_open(self) -> bool {
        matches!(self, Self::Open | Self::Overdue)
    }
}

/// A sort order: its value in the address, its message, its field as the API calls it, whether downwards.
pub(crate) type Sort = (&'static str, &'static str, &'static str, bool);

/// The sort orders that are offered.
pub(crate) const SORTS: [Sort; 6] = [
    ("due", "invoices.sort_due", "dueDate", false),
    ("newest", "invoices.sort_newest", "invoiceDate", true),
    ("oldest", "invoices.sort_oldest", "invoiceDate", false),
    ("number", "invoices.sort_number", "invoiceNumber", false),
    ("balance", "invoices.sort_balance", "balance", true),
    ("total", "invoices.sort_total", "total", true),
];

/// What can be searched in: the value in the address, the message, and the field as the API calls it.
pub(crate) const FIELDS: [(&str, &str, &str); 3] = [
    ("number", "invoices.number", "invoiceNumber"),
    ("po", "invoices.po_number", "poNumber"),
    ("order", "invoices.order", "orderNumber"),
];

/// What the screen shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct InvoicesQuery {
    /// Which invoices, or what else.
    pub(crate) show: Show,
    /// How they are sorted.
    pub(crate) sort: Sort,
    /// What is searched for; empty: nothing.
    pub(crate) search: String,
    /// Where it is searched for: a place in [`FIELDS`].
    pub(crate) field: usize,
    /// Page number, from 1.
    pub(crate) page: u64,
    /// The statement's first day; none: as is usual.
    pub(crate) from: Option<Day>,
    /// The statement's last day.
    pub(crate) to: Option<Day>,
    /// The invoices to be paid, by their ids.
    pub(crate) chosen: Vec<String>,
}

impl InvoicesQuery {
    /// Reads an address's query (without `?`).
    pub(crate) fn of_query(query: &str) -> Self {
        let query = Query::of(query);
        Self::read(|name| query.get(name))
    }

    fn read(get: impl Fn(&str) -> Option<String>) -> Self {
        let known = [
            Show::Overdue,
            Show::Paid,
            Show::All,
            Show::Statement,
            Show::Pay,
        ];
        let show = known.into_iter().find(|show| {
            let Some((name, value)) = show.parameter() else {
                return false;
            };
            get(name).as_deref() == Some(value)
        });
        let show = show.unwrap_or_default();
        let sort =
            get("sort").and_then(|sort| SORTS.into_iter().find(|(value, ..)| *value == sort));
        let place = get("in").and_then(|field| FIELDS.iter().position(|it| it.0 == field));
        let day = |name| get(name).and_then(|text| Day::parse(&text));
        let mut chosen: Vec<String> = Vec::new();
        for id in get("invoice").unwrap_or_default().split(',') {
            if !id.is_empty() && !chosen.iter().any(|known| known == id) {
                chosen.push(id.to_owned());
            }
        }
        chosen.truncate(MOST_AT_ONCE);
        Self {
            show,
            sort: sort.unwrap_or_else(|| default_sort(show)),
            search: get("q").unwrap_or_default().trim().to_owned(),
            field: place.unwrap_or(0),
            page: get("page")
                .and_then(|page| page.parse().ok())
                .unwrap_or(1)
                .clamp(1, 1_000_000),
            from: day("from"),
            to: day("to"),
            chosen,
        }
    }

    /// The screen as it is without a query, showing `show`.
    pub(crate) fn of(show: Show) -> Self {
        let mut view = Self::read(|_| None);
        view.show = show;
        view.sort = default_sort(show);
        view
    }

    /// The address of this view; what is as by default is left out.
    pub(crate) fn href(&self) -> String {
        let mut href = Href::new(PATH);
        if let Some((name, value)) = self.show.parameter() {
            href.put(name, value);
        }
        match self.show {
            Show::Statement => {
                for (name, day) in [("from", self.from), ("to", self.to)] {
                    href.put_if(name, &day.map(Day::text).unwrap_or_default());
                }
            }
            Show::Pay => href.put_if("invoice", &self.chosen.join(",")),
            _ => {
                href.put_if("q", &self.search);
                if self.field > 0 {
                    href.put("in", FIELDS[self.field].0);
                }
                if self.sort != default_sort(self.show) {
                    href.put("sort", self.sort.0);
                }
                if self.page > 1 {
                    href.put("page", &self.page.to_string());
                }
            }
        }
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

    /// What the list is asked for.
    pub(crate) fn request(&self) -> ListRequest {
        let (_, _, sort_on, descending) = self.sort;
        let mut request = ListRequest {
            page: self.page,
            page_size: PAGE_SIZE,
            sort_on,
            descending,
            filters: Vec::new(),
        };
        if self.show == Show::Paid {
            request.filter("status", FilterOperator::Equals, "Paid");
        }
        request.filter(FIELDS[self.field].2, FilterOperator::Contains, &self.search);
        request
    }

    /// Whether an invoice has what is searched for.
    pub(crate) fn fits(&self, invoice: &Invoice) -> bool {
        let text = match self.field {
            0 => Some(&invoice.invoice_number),
            1 => invoice.po_number.as_ref(),
            _ => invoice.order_number.as_ref(),
        };
        let wanted = self.search.to_lowercase();
        wanted.is_empty() || text.is_some_and(|text| text.to_lowercase().contains(&wanted))
    }

    /// Which of two invoices comes first.
    pub(crate) fn compare(&self, one: &Invoice, other: &Invoice) -> std::cmp::Ordering {
        let (_, _, field, descending) = self.sort;
        let order = match field {
            // Without a due date: last, as it is never overdue.
            "dueDate" => {
                let key = |it: &Invoice| (it.due_date.is_none(), it.due_date.clone());
                key(one).cmp(&key(other))
            }
            "invoiceDate" => one.invoice_date.cmp(&other.invoice_date),
            "balance" => ageing::balance(one).cmp(&ageing::balance(other)),
            "total" => one.total.cmp(&other.total),
            _ => std::cmp::Ordering::Equal,
        };
        let order = if descending { order.reverse() } else { order };
        order.then_with(|| one.invoice_number.cmp(&other.invoice_number))
    }
}

/// The order in which invoices are useful.
fn default_sort(show: Show) -> Sort {
    SORTS[usize::from(!show.is_open())]
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn read(parameters: &[(&str, &str)]) -> InvoicesQuery {
        InvoicesQuery::read(|name| {
            let (_, value) = parameters.iter().find(|(known, _)| *known == name)?;
            Some((*value).to_owned())
        })
    }

    #[test]
    fn an_address_without_a_query_is_what_is_open_by_due_date() {
        let view = read(&[]);
        assert_eq!((view.show, view.sort.0, view.page), (Show::Open, "due", 1));
        assert_eq!(view, InvoicesQuery::of(Show::Open));
        assert_eq!(read(&[("show", "all")]).sort.0, "newest");
    }

    #[test]
    fn nonsense_in_an_address_falls_back() {
        let odd = read(&[
            ("show", "everything"),
            ("sort", "colour"),
            ("page", "-1"),
            ("in", "x"),
            ("from", "yesterday"),
            ("invoice", ","),
        ]);
        assert_eq!(odd, read(&[]));
    }

    #[test]
    fn chosen_invoices_come_once_and_not_without_end() {
        let ids: Vec<String> = (0..80).map(|id| format!("i{id}")).collect();
        let text = format!("i1,{}", ids.join(","));
        let view = read(&[("view", "pay"), ("invoice", &text)]);
        assert_eq!(view.show, Show::Pay);
        assert_eq!(view.chosen.len(), MOST_AT_ONCE);
        assert_eq!(view.chosen[..3], ["i1", "i0", "i2"]);
    }

    #[test]
    fn sorting_here_is_as_the_server_s() {
        let invoice = |number: &str, due: &str, balance: &str| -> Invoice {
            let due = if due.is_empty() {
                "null".to_owned()
            } else {
                format!("\"{due}T00:00:00Z\"")
            };
            nymble_wire::decode(&format!(
                r#"{{"id":"{number}","invoiceNumber":"{number}","status":"Issued","dueDate":{due},
                    "balance":{balance}}}"#
            ))
            .unwrap()
        };
        let mut all = [
            invoice("INV-3", "2024-02-01", "5"),
            invoice("INV-1", "2024-02-01", "7"),
            invoice("INV-2", "2024-01-01", "7"),
            invoice("INV-4", "", "1"),
        ];
        let numbers = |all: &[Invoice]| -> Vec<String> {
            all.iter().map(|it| it.invoice_number.clone()).collect()
        };
        let due = read(&[]);
        all.sort_by(|a, b| due.compare(a, b));
        assert_eq!(numbers(&all), ["INV-2", "INV-1", "INV-3", "INV-4"]);
        let balance = read(&[("sort", "balance")]);
        all.sort_by(|a, b| balance.compare(a, b));
        assert_eq!(numbers(&all), ["INV-1", "INV-2", "INV-3", "INV-4"]);
    }
}
