//! How many records a query has in all. Counting a million rows takes longer than reading a page of them, so each
//! count is kept until the catalogue changes.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

const MOST_KEPT: usize = 4_096;

#[derive(Default)]
struct Kept {
    generation: u64,
    counts: HashMap<String, u64>,
}

/// Known counts by query.
#[derive(Default)]
pub(crate) struct Totals(Mutex<Kept>);

impl Totals {
    /// The count of a query, if known, and which generation of the catalogue is current.
    pub(crate) fn known(&self, query: &str) -> (Option<u64>, u64) {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        (kept.counts.get(query).copied(), kept.generation)
    }

    /// Keeps a count that was made in that generation, unless the catalogue has changed since.
    pub(crate) fn keep(&self, query: String, count: u64, generation: u64) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.generation == generation {
            if kept.counts.len() >= MOST_KEPT {
                kept.counts.clear();
            }
            kept.counts.insert(query, count);
        }
    }

    /// The catalogue has changed.
    pub(crate) fn forget(&self) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.generation += 1;
        kept.counts.clear();
    }
}
