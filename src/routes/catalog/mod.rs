//! `/catalog`: the products, by category or by search, as a grid or a list.

pub mod address;
pub mod categories;
pub mod product_item;
pub mod results;

use leptos::prelude::*;

use crate::lazy_page::lazy_page;

/// The catalogue screen.
#[derive(Debug)]
pub struct CatalogPage;

impl CatalogPage {
    fn data() -> Self {
        Self
    }
}

lazy_page!(CatalogPage, catalog, |_page| {
    view! { <results::Catalog /> }.into_any()
});
