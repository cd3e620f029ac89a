//! Lines that a screen offers to be put on a list, on their way to the dialog that does it.
//!
//! The dialog's code is elsewhere than the screen's: this is what both know.

use leptos::prelude::*;

use crate::domain::orders::reorder::ItemSnapshot;
use crate::state::shared;

/// Lines to be put on a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct ListOffer {
    /// What a new list of them could be called.
    pub(crate) name: String,
    /// The currency of their prices, ISO 4217.
    pub(crate) currency: Option<String>,
    /// The lines.
    pub(crate) lines: Vec<ItemSnapshot>,
}

/// The offer that a dialog is open about. A copy is a handle.
#[derive(Clone, Copy)]
pub(crate) struct Offered(RwSignal<Option<ListOffer>>);

impl Offered {
    /// What is offered, without tracking.
    pub(crate) fn now(self) -> Option<ListOffer> {
        self.0.get_untracked()
    }

    /// Whether something is offered (tracked).
    pub(crate) fn is_open(self) -> bool {
        self.0.with(Option::is_some)
    }

    /// Offers lines.
    pub(crate) fn open(self, offer: ListOffer) {
        self.0.set(Some(offer));
    }

    /// The offer was taken or turned down.
    pub(crate) fn close(self) {
        self.0.try_set(None);
    }
}

/// What the running app offers to be put on a list.
///
/// # Panics
/// Outside the app's component tree.
pub(crate) fn use_offered() -> Offered {
    shared(|| Offered(RwSignal::new(None)))
}
