//! `/catalog`: the products, by category or by search, as a grid or a list.

pub mod address;
pub mod bar;
pub mod bought_view;
pub mod categories;
pub mod chips;
pub mod depth;
pub mod facet_panel;
pub mod pad_keys;
pub mod product_item;
pub mod results;

use leptos::prelude::*;

use crate::{lazy_page::lazy_screen, locale::SHOP};

lazy_screen!(catalog, SHOP, { view! { <results::Catalog /> }.into_any() });
