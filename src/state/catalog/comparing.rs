//! The products that were chosen to be compared, kept for this tab.

use leptos::prelude::*;

use crate::state::{
    session::{Session, use_session},
    shared,
};
use crate::{domain::catalog::comparison, ports::storage};

/// The beginning of the key under which they are kept.
const KEY: &str = "nymble.compare ";

/// What is being compared. A copy is a handle.
#[derive(Clone, Copy)]
pub(crate) struct Comparing {
    session: Session,
    chosen: RwSignal<Vec<String>>,
}

impl Comparing {
    fn new() -> Self {
        let session = use_session();
        let kept = session.scoped_key(KEY).and_then(|key| storage::get(&key));
        let lines = kept.iter().flat_map(|text| text.lines());
        let chosen = lines.map(str::to_owned).collect();
        Self {
            session,
            chosen: RwSignal::new(chosen),
        }
    }

    /// The SKUs, in the order in which they were chosen (tracked).
    pub(crate) fn chosen(self) -> Vec<String> {
        self.chosen.get()
    }

    /// Whether a product is chosen (tracked).
    pub(crate) fn has(self, sku: &str) -> bool {
        self.chosen
            .with(|chosen| chosen.iter().any(|known| known == sku))
    }

    /// Whether no more can be chosen (tracked).
    pub(crate) fn is_full(self) -> bool {
        self.chosen.with(|chosen| chosen.len() >= comparison::MOST)
    }

    /// Chooses a product, or takes it out.
    pub(crate) fn toggle(self, sku: &str) {
        self.set(comparison::toggled(self.chosen.get_untracked(), sku));
    }

    /// Makes these the chosen ones.
    pub(crate) fn set(self, chosen: Vec<String>) {
        if let Some(key) = self.session.scoped_key(KEY) {
            // Lines and not JSON, which would be code that the catalogue needs for nothing else.
            let text = chosen.join("\n");
            storage::set(&key, (!chosen.is_empty()).then_some(&*text));
        }
        self.chosen.set(chosen);
    }
}

/// What the running app's buyer compares.
///
/// # Panics
/// Outside the app's component tree.
pub(crate) fn use_comparing() -> Comparing {
    shared(Comparing::new)
}
