//! The catalogue: products with their prices, search, categories.

mod categories;
mod fields;
mod list;
mod price_book;
mod product;
mod search;
mod totals;
mod upsert;

pub(crate) use categories::{children, tree};
pub(crate) use list::list;
pub(crate) use price_book::{breaks, list_id};
pub(crate) use product::get;
pub(crate) use search::search;
pub(crate) use totals::Totals;
pub(crate) use upsert::upsert;
