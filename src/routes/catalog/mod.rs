//! `/catalog`: the products, by category or by search, as a grid or a list.

pub(crate) mod bar;
pub(crate) mod bought_view;
pub(crate) mod categories;
pub(crate) mod chips;
pub(crate) mod context;
pub(crate) mod extras;
pub(crate) mod facet_panel;
pub(crate) mod pad_keys;
pub(crate) mod product_item;
pub(crate) mod query;
pub(crate) mod results;

use leptos::prelude::*;

use crate::{lazy_page::lazy_screen, locale::SHOP};

lazy_screen!(catalog, SHOP, { view! { <results::Catalog /> }.into_any() });
