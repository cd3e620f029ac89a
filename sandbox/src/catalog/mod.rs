//! The catalogue: products with their prices, search, categories.

mod bulk;
mod categories;
mod fields;
mod list;
mod offer;
mod order;
pub(crate) mod price_book;
mod prices;
mod product;
mod search;
mod texts;
mod totals;
mod update_prices;
mod upsert;

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::state::State;

pub(crate) use offer::Offers;
pub(crate) use price_book::list_id;
pub(crate) use texts::text_key;
pub(crate) use totals::Totals;

/// The routes under `/api/products` and `/api/categories`.
pub(crate) fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new()
        .routes(routes!(list::list, upsert::upsert))
        .routes(routes!(search::search))
        .routes(routes!(update_prices::update))
        .routes(routes!(bulk::import))
        .routes(routes!(product::get))
        .routes(routes!(categories::tree))
        .routes(routes!(categories::children))
}
