//! Paging and sorting of list endpoints.

use nymble_wire::Page;

use crate::{
    http::{Field, FieldKind, Query},
    problem::{Answer, Problem},
};

/// The largest page.
///
/// Assumption: the documents name no maximum; beyond 200 records a page is refused rather than cut.
pub(crate) const LARGEST_PAGE: u64 = 200;

/// The last record that can be asked for; SQLite counts in signed 64 bits.
const LARGEST_NUMBER: u64 = 1_000_000_000;

/// Which way a list is sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Direction {
    Ascending,
    Descending,
}

impl Direction {
    /// As SQL.
    pub(crate) fn sql(self) -> &'static str {
        match self {
            Self::Ascending => "ASC",
            Self::Descending => "DESC",
        }
    }
}

/// Which page of a list, in which order.
#[derive(Clone, Debug)]
pub(crate) struct Listing {
    pub(crate) number: u64,
    pub(crate) size: u64,
    pub(crate) sort_on: Option<String>,
    pub(crate) direction: Direction,
}

impl Listing {
    /// Reads `pageNumber`, `pageSize`, `sortOn`, `sortDirection`.
    pub(crate) fn read(query: &Query, default_size: u64) -> Answer<Self> {
        let direction = match query
            .get("sortDirection")
            .unwrap_or("asc")
            .to_ascii_lowercase()
            .as_str()
        {
            "" | "asc" => Direction::Ascending,
            "desc" => Direction::Descending,
            _ => {
                return Err(Problem::field(
                    "sortDirection",
                    "'sortDirection' must be 'asc' or 'desc'.",
                ));
            }
        };
        Ok(Self {
            number: number(query, "pageNumber", 1, LARGEST_NUMBER)?,
            size: number(query, "pageSize", default_size, LARGEST_PAGE)?,
            sort_on: query
                .get("sortOn")
                .filter(|name| !name.is_empty())
                .map(str::to_owned),
            direction,
        })
    }

    /// How many records come before this page.
    pub(crate) fn offset(&self) -> u64 {
        (self.number - 1) * self.size
    }
}

fn number(query: &Query, name: &str, default: u64, largest: u64) -> Answer<u64> {
    let Some(text) = query.get(name) else {
        return Ok(default);
    };
    match text.trim().parse() {
        Ok(value) if (1..=largest).contains(&value) => Ok(value),
        _ => Err(Problem::field(
            name,
            format!("'{name}' must be a whole number from 1 to {largest}."),
        )),
    }
}

/// The `ORDER BY` of a list: `default` without `sortOn`, else that field, ties broken by `last`; 400 for an unknown one.
pub(crate) fn sorted(
    listing: &Listing,
    field: impl Fn(&str) -> Option<Field>,
    default: &str,
    last: &str,
) -> Answer<String> {
    let Some(name) = &listing.sort_on else {
        return Ok(default.to_owned());
    };
    let Field { sql, kind } = field(name).ok_or_else(|| {
        Problem::field(
            "sortOn",
            format!("'{name}' is not a field that can be sorted on."),
        )
    })?;
    let collation = match kind {
        FieldKind::IndexedText | FieldKind::Text => " COLLATE NOCASE",
        FieldKind::Number | FieldKind::Flag | FieldKind::Instant | FieldKind::Attribute => "",
    };
    let direction = listing.direction.sql();
    Ok(format!("{sql}{collation} {direction}, {last} {direction}"))
}

/// A page in the reference's envelope.
///
/// Assumption: an empty list has one (empty) page, and a page beyond the last is empty, not an error.
pub(crate) fn page<T>(listing: &Listing, data: Vec<T>, total: u64) -> Page<T> {
    Page {
        data,
        total_records: total,
        current_page: listing.number,
        total_pages: Some(total.div_ceil(listing.size).max(1)),
        page_size: None,
    }
}
