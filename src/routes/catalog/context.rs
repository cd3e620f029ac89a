//! What the further parts of the catalogue know of the screen that they stand on.

use leptos::prelude::*;
use nymble_wire::{Page, Product};

use super::query::CatalogQuery;
use crate::state::app::loading::Loading;

/// The catalogue, as its further parts see it.
#[derive(Clone, Copy)]
pub(crate) struct CatalogContext {
    /// What is shown.
    pub(crate) shown: Memo<CatalogQuery>,
    /// The products on their way.
    pub(crate) loading: Loading<Page<Product>>,
    /// Counts the times that what was bought before was asked for.
    pub(crate) asked: RwSignal<u32>,
}
