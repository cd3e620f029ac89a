//! The quantities typed into the catalogue's list: they survive paging, changes of view, and a reload.

use leptos::prelude::*;

use crate::state::{
    catalog::{CatalogState, use_catalog},
    session::{Session, use_session},
    shared,
};
use crate::{
    domain::catalog::bulk_quantities::{BulkQuantities, Judged, PadLine},
    ports::storage,
};

/// The beginning of the key under which they are kept.
const KEY: &str = "nymble.list-pad ";

/// The catalogue's list as an order pad. A copy is a handle.
#[derive(Clone, Copy)]
pub(crate) struct ListPadState {
    session: Session,
    catalog: CatalogState,
    pad: RwSignal<BulkQuantities>,
}

impl ListPadState {
    fn new() -> Self {
        let session = use_session();
        let kept = session.scoped_key(KEY).and_then(|key| storage::get(&key));
        let pad = kept.map_or_else(BulkQuantities::default, |text| BulkQuantities::read(&text));
        Self {
            session,
            catalog: use_catalog(),
            pad: RwSignal::new(pad),
        }
    }

    /// What stands in a product's field of the list. Call it where the row is made: the text is the row's.
    pub(crate) fn field(self, sku: &str) -> RwSignal<String> {
        let text = RwSignal::new(self.pad.with_untracked(|pad| pad.text(sku).to_owned()));
        let sku = sku.to_owned();
        Effect::new(move |before: Option<String>| {
            let (typed, kept) = (text.get(), self.pad.with(|pad| pad.text(&sku).to_owned()));
            // What is typed goes into the pad; what the pad did meanwhile (all added) goes into the field.
            if before.as_ref().is_some_and(|before| *before != typed) {
                self.put(&sku, &typed);
            } else if before.is_some()
                && typed != kept
                && !(typed.trim().is_empty() && kept.is_empty())
            {
                text.set(kept.clone());
                return kept;
            }
            typed
        });
        text
    }

    /// Takes what was typed for a product; nothing takes it out.
    pub(crate) fn put(self, sku: &str, text: &str) {
        if self.pad.try_update(|pad| pad.put(sku, text)) == Some(true) {
            self.keep();
        }
    }

    /// Puts lines back as they were typed, but for those of products that something else was typed for meanwhile.
    pub(crate) fn put_back(self, lines: &[PadLine]) {
        for line in lines {
            if self
                .pad
                .with_untracked(|pad| pad.text(&line.sku).is_empty())
            {
                self.put(&line.sku, &line.text);
            }
        }
    }

    /// What is typed (not tracked).
    pub(crate) fn lines(self) -> Vec<PadLine> {
        self.pad.with_untracked(|pad| pad.lines().to_vec())
    }

    /// Takes everything out.
    pub(crate) fn clear(self) {
        self.pad.set(BulkQuantities::default());
        self.keep();
    }

    fn keep(self) {
        if let Some(key) = self.session.scoped_key(KEY) {
            self.pad.with_untracked(|pad| {
                let text = pad.written();
                storage::set(&key, (!text.is_empty()).then_some(&*text));
            });
        }
    }

    /// Whether nothing is typed (tracked).
    pub(crate) fn is_empty(self) -> bool {
        self.pad.with(BulkQuantities::is_empty)
    }

    /// Every line judged by what is known of the products (tracked).
    pub(crate) fn judge(self) -> Judged {
        let buyer = self.session.buyer();
        self.pad
            .with(|pad| pad.judge(|sku| self.catalog.product(sku), &buyer))
    }
}

/// The order pad of the running app.
///
/// # Panics
/// Outside the app's component tree.
pub(crate) fn use_list_pad() -> ListPadState {
    shared(ListPadState::new)
}
