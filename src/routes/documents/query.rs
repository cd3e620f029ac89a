//! What the documents' screen shows, as its address says it: every folder and every document is a link.

use crate::{
    browser::query::{Href, Query},
    domain::documents::SortField,
};

/// Documents of one page.
pub(crate) const PAGE_SIZE: usize = 100;

/// What the screen shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct DocumentsQuery {
    /// The folder's id; none: the root.
    pub(crate) folder: Option<String>,
    /// What is searched for, in all folders; empty: nothing.
    pub(crate) search: String,
    /// What the documents are sorted on.
    pub(crate) sort: SortField,
    /// Whether they are sorted downwards.
    pub(crate) descending: bool,
    /// Page number, from 1.
    pub(crate) page: usize,
    /// The id of the document that is being looked at.
    pub(crate) document: Option<String>,
}

/// The sort orders that are offered: the value in the address, and the message.
pub(crate) const SORTS: [(&str, &str, SortField, bool); 6] = [
    ("name", "sort.name", SortField::Name, false),
    ("name-desc", "sort.name_desc", SortField::Name, true),
    ("date-desc", "documents.sort_newest", SortField::Date, true),
    ("date", "documents.sort_oldest", SortField::Date, false),
    ("size-desc", "documents.sort_largest", SortField::Size, true),
    ("size", "documents.sort_smallest", SortField::Size, false),
];

impl DocumentsQuery {
    /// Reads an address's query (without `?`).
    pub(crate) fn of_query(query: &str) -> Self {
        let query = Query::of(query);
        Self::read(|name| query.get(name))
    }

    fn read(get: impl Fn(&str) -> Option<String>) -> Self {
        let sort =
            get("sort").and_then(|sort| SORTS.into_iter().find(|(value, ..)| *value == sort));
        let (.., sort, descending) = sort.unwrap_or(SORTS[0]);
        let id = |name: &str| get(name).filter(|id| !id.is_empty());
        Self {
            folder: id("folder"),
            search: get("q").unwrap_or_default().trim().to_owned(),
            sort,
            descending,
            page: get("page")
                .and_then(|page| page.parse().ok())
                .unwrap_or(1)
                .clamp(1, 1_000_000),
            document: id("document"),
        }
    }

    /// The sort order's value in the address.
    pub(crate) fn sort_value(&self) -> &'static str {
        SORTS
            .into_iter()
            .find(|(_, _, field, descending)| *field == self.sort && *descending == self.descending)
            .map_or(SORTS[0].0, |(value, ..)| value)
    }

    /// The address of this view; what is as by default is left out.
    pub(crate) fn href(&self) -> String {
        let mut href = Href::new("/documents");
        href.put_if("folder", self.folder.as_deref().unwrap_or_default());
        href.put_if("q", &self.search);
        if self.sort_value() != SORTS[0].0 {
            href.put("sort", self.sort_value());
        }
        if self.page > 1 {
            href.put("page", &self.page.to_string());
        }
        href.put_if("document", self.document.as_deref().unwrap_or_default());
        href.into()
    }

    /// The same view from its first page on, with nothing open, changed by `change`.
    #[must_use]
    pub(crate) fn with(&self, change: impl FnOnce(&mut Self)) -> Self {
        let mut view = Self {
            page: 1,
            document: None,
            ..self.clone()
        };
        change(&mut view);
        view
    }

    /// The view of a folder (none: the root), sorted as this one.
    #[must_use]
    pub(crate) fn of_folder(&self, folder: Option<&str>) -> Self {
        self.with(|view| {
            view.folder = folder.map(str::to_owned);
            view.search.clear();
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(parameters: &[(&str, &str)]) -> DocumentsQuery {
        DocumentsQuery::read(|name| {
            let (_, value) = parameters.iter().find(|(known, _)| *known == name)?;
            Some((*value).to_owned())
        })
    }

    #[test]
    fn an_address_without_a_query_is_the_root_by_name() {
        let view = read(&[
            ("folder", ""),
            ("document", ""),
            ("page", "0"),
            ("sort", "?"),
        ]);
        assert_eq!(view, read(&[]));
        assert_eq!((view.page, view.sort_value()), (1, "name"));
        assert!(view.folder.is_none() && view.document.is_none());
    }

    #[test]
    fn every_offered_sort_order_comes_back_from_its_own_value() {
        for (value, ..) in SORTS {
            assert_eq!(read(&[("sort", value)]).sort_value(), value);
        }
    }

    #[test]
    fn a_folder_is_shown_from_its_start_and_without_a_search() {
        let view = read(&[
            ("q", "a"),
            ("page", "3"),
            ("document", "d"),
            ("sort", "size"),
        ]);
        let folder = view.of_folder(Some("f"));
        assert_eq!(folder, read(&[("folder", "f"), ("sort", "size")]));
    }
}
