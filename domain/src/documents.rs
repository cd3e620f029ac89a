//! Company documents: the tree of folders, what a document is, and finding one.

use nymble_wire::{Document, DocumentFolder};
use rust_decimal::{Decimal, RoundingStrategy};
use std::{cmp::Ordering, collections::HashMap};

/// An address that ends within so many seconds counts as ended: whatever is begun with it must get
/// through in time.
const SOON: i64 = 60;

/// What a document is, as far as a buyer cares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A picture that browsers show.
    Picture,
    /// A PDF.
    Pdf,
    /// A table: CSV or a spreadsheet.
    Table,
    /// A text.
    Text,
    /// Slides.
    Slides,
    /// An archive of files.
    Archive,
    /// Anything else.
    Other,
}

impl Kind {
    /// The kind of a document: by its media type, or by its name's extension where the media type
    /// says nothing.
    pub fn of(document: &Document) -> Self {
        let media_type = document.content_type.as_deref().unwrap_or_default();
        let media_type = media_type.split(';').next().unwrap_or_default().trim();
        let by_type = Self::of_media_type(&media_type.to_ascii_lowercase());
        by_type.unwrap_or_else(|| Self::of_extension(&extension(&document.name)))
    }

    fn of_media_type(media_type: &str) -> Option<Self> {
        const OFFICE: &str = "application/vnd.openxmlformats-officedocument.";
        Some(match media_type {
            "image/png" | "image/jpeg" | "image/gif" | "image/webp" | "image/avif"
            | "image/svg+xml" => Self::Picture,
            "application/pdf" => Self::Pdf,
            "text/csv" | "application/vnd.ms-excel" => Self::Table,
            "text/plain" | "text/markdown" | "application/msword" | "application/rtf" => Self::Text,
            "application/vnd.ms-powerpoint" => Self::Slides,
            "application/zip" | "application/gzip" | "application/x-7z-compressed" => Self::Archive,
            other => match other.strip_prefix(OFFICE)?.split('.').next() {
                Some("spreadsheetml") => Self::Table,
                Some("wordprocessingml") => Self::Text,
                Some("presentationml") => Self::Slides,
                _ => return None,
            },
        })
    }

    fn of_extension(extension: &str) -> Self {
        match extension {
            "png" | "jpg" | "jpeg" | "gif" | "webp" | "avif" | "svg" => Self::Picture,
            "pdf" => Self::Pdf,
            "csv" | "xls" | "xlsx" | "ods" => Self::Table,
            "txt" | "md" | "doc" | "docx" | "odt" | "rtf" => Self::Text,
            "ppt" | "pptx" | "odp" => Self::Slides,
            "zip" | "gz" | "7z" => Self::Archive,
            _ => Self::Other,
        }
    }

    /// Whether it can be looked at without another program.
    pub fn can_be_shown(self) -> bool {
        matches!(self, Self::Picture | Self::Pdf)
    }
}

/// The extension of a file's name in small letters; empty when it has none.
pub fn extension(name: &str) -> String {
    match name.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() && extension.len() <= 8 => {
            extension.to_lowercase()
        }
        _ => String::new(),
    }
}

/// A unit that a size is told in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// One.
    Byte,
    /// A thousand bytes.
    Kilobyte,
    /// A thousand kilobytes.
    Megabyte,
    /// A thousand megabytes.
    Gigabyte,
}

/// A size in bytes as people tell it: a number below a thousand, with one decimal below ten, and its
/// unit. None when it is negative.
pub fn size(bytes: i64) -> Option<(Decimal, Unit)> {
    let bytes = Decimal::from(u64::try_from(bytes).ok()?);
    let units = [Unit::Byte, Unit::Kilobyte, Unit::Megabyte, Unit::Gigabyte];
    let mut value = bytes;
    for unit in units {
        let digits = u32::from(unit != Unit::Byte && value < Decimal::TEN);
        let rounded = value.round_dp_with_strategy(digits, RoundingStrategy::MidpointAwayFromZero);
        if rounded < Decimal::ONE_THOUSAND || unit == Unit::Gigabyte {
            return Some((rounded.normalize(), unit));
        }
        value /= Decimal::ONE_THOUSAND;
    }
    None
}

/// Whether an address that ends at `ends_at` must be asked for anew at `now` (both seconds since
/// 1970). One that does not say when it ends is taken as it is, and renewed when it fails.
pub fn is_stale(ends_at: Option<i64>, now: i64) -> bool {
    ends_at.is_some_and(|ends_at| ends_at.saturating_sub(now) <= SOON)
}

/// The document without its address, which every reading of the list brings anew: two that are equal
/// then look the same.
pub fn without_address(document: &Document) -> Document {
    Document {
        cdn_url: None,
        cdn_url_expires_at: None,
        ..document.clone()
    }
}

/// The folder called `id`.
pub fn folder<'a>(folders: &'a [DocumentFolder], id: &str) -> Option<&'a DocumentFolder> {
    folders.iter().find(|folder| folder.folder_id == id)
}

/// The folders from the root to the one called `id`, with it; empty when there is no such folder.
/// A circle of folders is gone round once.
pub fn trail<'a>(folders: &'a [DocumentFolder], id: &str) -> Vec<&'a DocumentFolder> {
    let mut trail: Vec<&DocumentFolder> = Vec::new();
    let mut next = folder(folders, id);
    while let Some(here) = next {
        if trail.iter().any(|seen| seen.folder_id == here.folder_id) {
            break;
        }
        trail.push(here);
        next = here
            .parent_id
            .as_deref()
            .and_then(|parent| folder(folders, parent));
    }
    trail.reverse();
    trail
}

/// Where something lies whose parent is said to be `parent`: that folder, or the root when there is no
/// such folder, so that nothing is out of reach.
fn place<'a>(folders: &[DocumentFolder], parent: Option<&'a str>) -> Option<&'a str> {
    parent.filter(|parent| folder(folders, parent).is_some())
}

/// Whether the way up from `start` comes back to it before it comes to the root.
fn is_in_a_circle(folders: &[DocumentFolder], start: &DocumentFolder) -> bool {
    let first = trail(folders, &start.folder_id).into_iter().next();
    first.is_some_and(|first| place(folders, first.parent_id.as_deref()).is_some())
}

/// The folders that lie directly in `parent` (none: at the root), in the list's order. Those of a
/// circle, which no way leads to from the root, are shown at the root.
pub fn folders_in<'a>(
    folders: &'a [DocumentFolder],
    parent: Option<&str>,
) -> Vec<&'a DocumentFolder> {
    let lies_here = |folder: &&DocumentFolder| {
        place(folders, folder.parent_id.as_deref()) == parent
            || parent.is_none() && is_in_a_circle(folders, folder)
    };
    folders.iter().filter(lies_here).collect()
}

/// The documents that lie directly in `parent` (none: at the root).
pub fn documents_in<'a>(
    folders: &[DocumentFolder],
    documents: &'a [Document],
    parent: Option<&str>,
) -> Vec<&'a Document> {
    documents
        .iter()
        .filter(|document| place(folders, document.folder_id.as_deref()) == parent)
        .collect()
}

/// How many documents lie in each folder, by its id: directly, or in folders below it.
pub fn counts<'a>(
    folders: &'a [DocumentFolder],
    documents: &[Document],
) -> HashMap<&'a str, usize> {
    let mut counts = HashMap::new();
    for document in documents {
        for above in trail(folders, document.folder_id.as_deref().unwrap_or_default()) {
            *counts.entry(above.folder_id.as_str()).or_default() += 1;
        }
    }
    counts
}

/// Whether every word of `term` is in `name`, whatever the case.
pub fn is_called(name: &str, term: &str) -> bool {
    let name = name.to_lowercase();
    term.to_lowercase()
        .split_whitespace()
        .all(|word| name.contains(word))
}

/// What documents are sorted on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SortField {
    /// By name.
    #[default]
    Name,
    /// By when it was last changed.
    Date,
    /// By size.
    Size,
}

/// When the document was last changed, or else uploaded.
pub fn date(document: &Document) -> Option<&nymble_wire::Timestamp> {
    document
        .updated_at
        .as_ref()
        .or(document.created_at.as_ref())
}

/// Sorts documents; equal ones by name, and those that lack what is sorted on come last either way.
/// `by_name` compares two names as the buyer's language does.
pub fn sort(
    documents: &mut [&Document],
    field: SortField,
    descending: bool,
    by_name: impl Fn(&str, &str) -> Ordering,
) {
    let turned = |order: Ordering| if descending { order.reverse() } else { order };
    documents.sort_by(|one, other| {
        let names = by_name(&one.name, &other.name);
        let order = match field {
            SortField::Name => turned(names),
            SortField::Date => compare(date(one), date(other), turned),
            SortField::Size => compare(one.size, other.size, turned),
        };
        order.then(names)
    });
}

fn compare<T: Ord>(
    one: Option<T>,
    other: Option<T>,
    turned: impl Fn(Ordering) -> Ordering,
) -> Ordering {
    match (one, other) {
        (Some(one), Some(other)) => turned(one.cmp(&other)),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use nymble_wire::Timestamp;
    use proptest::prelude::*;

    fn a_folder(id: &str, parent: Option<&str>) -> DocumentFolder {
        let parent = parent.map_or("null".to_owned(), |parent| format!("\"{parent}\""));
        nymble_wire::decode(&format!(
            r#"{{"folderId":"{id}","name":"{id}","parentId":{parent}}}"#
        ))
        .unwrap()
    }

    fn a_document(name: &str) -> Document {
        let mut document: Document =
            nymble_wire::decode(r#"{"documentId":"d","name":""}"#).unwrap();
        document.name = name.to_owned();
        document
    }

    fn ids(folders: &[&DocumentFolder]) -> Vec<String> {
        folders.iter().map(|it| it.folder_id.clone()).collect()
    }

    #[test]
    fn kinds_are_told_by_media_type_and_else_by_name() {
        let kind = |name: &str, media_type: Option<&str>| {
            let mut document = a_document(name);
            document.content_type = media_type.map(str::to_owned);
            Kind::of(&document)
        };
        assert_eq!(kind("a", Some("IMAGE/PNG")), Kind::Picture);
        assert_eq!(kind("a.pdf", Some("text/csv; charset=utf-8")), Kind::Table);
        assert_eq!(kind("A.PDF", Some("application/octet-stream")), Kind::Pdf);
        assert_eq!(kind("a.jpeg", None), Kind::Picture);
        let slides = "application/vnd.openxmlformats-officedocument.presentationml.presentation";
        assert_eq!(kind("a", Some(slides)), Kind::Slides);
        for name in ["", "pdf", ".pdf", "a.", "a.exe"] {
            assert_eq!(kind(name, None), Kind::Other, "{name}");
        }
        // What a browser would run is never shown in place.
        assert!(!kind("a.html", Some("text/html")).can_be_shown());
    }

    #[test]
    fn sizes_are_told_as_people_do() {
        let told = |bytes: i64| size(bytes).map(|(value, unit)| format!("{value} {unit:?}"));
        for (bytes, words) in [
            (0, "0 Byte"),
            (999, "999 Byte"),
            (1_000, "1 Kilobyte"),
            (1_018, "1 Kilobyte"),
            (1_250, "1.3 Kilobyte"),
            (9_949, "9.9 Kilobyte"),
            (12_345, "12 Kilobyte"),
            (999_499, "999 Kilobyte"),
            (999_500, "1 Megabyte"),
            (4_200_000, "4.2 Megabyte"),
            (999_499_999_999, "999 Gigabyte"),
            (999_500_000_000, "1000 Gigabyte"),
            (7_000_000_000_000, "7000 Gigabyte"),
        ] {
            assert_eq!(told(bytes).as_deref(), Some(words), "{bytes}");
        }
        assert_eq!(size(-1), None);
    }

    #[test]
    fn an_address_is_stale_a_minute_before_its_end() {
        assert!(!is_stale(None, 1_000));
        assert!(!is_stale(Some(1_061), 1_000));
        assert!(is_stale(Some(1_060), 1_000));
        assert!(is_stale(Some(1), 1_000));
        assert!(is_stale(Some(i64::MIN), i64::MAX));
    }

    #[test]
    fn the_trail_leads_from_the_root_to_the_folder() {
        let folders = [
            a_folder("c", Some("b")),
            a_folder("a", None),
            a_folder("b", Some("a")),
            a_folder("orphan", Some("gone")),
        ];
        assert_eq!(ids(&trail(&folders, "c")), ["a", "b", "c"]);
        assert_eq!(ids(&trail(&folders, "orphan")), ["orphan"]);
        assert_eq!(trail(&folders, "gone").len(), 0);
        assert_eq!(ids(&folders_in(&folders, None)), ["a", "orphan"]);
        assert_eq!(ids(&folders_in(&folders, Some("b"))), ["c"]);
    }

    #[test]
    fn every_word_must_be_in_the_name() {
        assert!(is_called("Price list Wholesale.csv", "whole PRICE"));
        assert!(is_called("Übersicht.pdf", "übers"));
        assert!(is_called("a", " "));
        assert!(!is_called("Price list", "price 2025"));
    }

    #[test]
    fn what_lacks_the_date_comes_last_either_way() {
        let mut dated = a_document("b");
        dated.created_at = Timestamp::parse("2024-05-20T14:32:00Z");
        let (plain, later) = (a_document("a"), {
            let mut later = dated.clone();
            later.name = "c".to_owned();
            later.updated_at = Timestamp::parse("2025-05-20T14:32:00Z");
            later
        });
        let names = |descending| {
            let mut all = [&plain, &dated, &later];
            sort(&mut all, SortField::Date, descending, str::cmp);
            all.map(|document| document.name.clone())
        };
        assert_eq!(names(false), ["b", "c", "a"]);
        assert_eq!(names(true), ["c", "b", "a"]);
    }

    fn some_folders() -> impl Strategy<Value = Vec<DocumentFolder>> {
        prop::collection::vec(prop::option::of(0_usize..12), 0..10).prop_map(|parents| {
            let id = |place: usize| format!("f{place}");
            parents
                .into_iter()
                .enumerate()
                .map(|(place, parent)| a_folder(&id(place), parent.map(id).as_deref()))
                .collect()
        })
    }

    proptest! {
        /// Every folder of documents is reached from the root, whatever the server says about parents: circles, folders in
        /// themselves, parents that are gone.
        #[test]
        fn every_folder_is_reached_from_the_root(folders in some_folders()) {
            let mut reached = ids(&folders_in(&folders, None));
            let mut next = 0;
            while let Some(id) = reached.get(next).cloned() {
                next += 1;
                for child in ids(&folders_in(&folders, Some(&id))) {
                    if !reached.contains(&child) {
                        reached.push(child);
                    }
                }
            }
            prop_assert_eq!(reached.len(), folders.len());
            // One document in each folder: each counts for all folders above it, and never twice.
            let documents: Vec<Document> = folders
                .iter()
                .map(|it| Document { folder_id: Some(it.folder_id.clone()), ..a_document("x") })
                .collect();
            let counts = counts(&folders, &documents);
            for folder in &folders {
                let below = folders.iter().filter(|it| {
                    trail(&folders, &it.folder_id).iter().any(|up| up.folder_id == folder.folder_id)
                });
                prop_assert_eq!(counts[folder.folder_id.as_str()], below.count());
                let trail = trail(&folders, &folder.folder_id);
                prop_assert_eq!(trail.last().map(|it| &it.folder_id), Some(&folder.folder_id));
            }
        }

        #[test]
        fn a_size_has_at_most_three_digits_before_the_point(bytes in 0_i64..999_500_000_000) {
            let (value, unit) = size(bytes).unwrap();
            prop_assert!(value < Decimal::ONE_THOUSAND && value.scale() <= 1);
            let factor = match unit {
                Unit::Byte => 1,
                Unit::Kilobyte => 1_000,
                Unit::Megabyte => 1_000_000,
                Unit::Gigabyte => 1_000_000_000_i64,
            };
            let off = (value * Decimal::from(factor) - Decimal::from(bytes)).abs();
            prop_assert!(off <= Decimal::from(factor) / Decimal::TWO);
        }

        #[test]
        fn sorting_loses_nothing_and_turns_round(sizes in prop::collection::vec(any::<i64>(), 0..20)) {
            let documents: Vec<Document> = sizes
                .iter()
                .map(|size| Document { size: Some(*size), ..a_document("x") })
                .collect();
            let sorted = |descending| {
                let mut all: Vec<&Document> = documents.iter().collect();
                sort(&mut all, SortField::Size, descending, str::cmp);
                all.iter().filter_map(|it| it.size).collect::<Vec<_>>()
            };
            let mut up = sizes.clone();
            up.sort_unstable();
            prop_assert_eq!(sorted(false), up.clone());
            up.reverse();
            prop_assert_eq!(sorted(true), up);
        }
    }
}
