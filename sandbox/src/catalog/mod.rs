//! The catalogue: products with their prices, search, categories.

mod categories;
mod fields;
mod list;
mod price_book;
mod product;
mod search;
mod totals;
mod upsert;

use axum::routing::get;
use utoipa_axum::router::OpenApiRouter;

use crate::state::State;

pub(crate) use price_book::{breaks, list_id};
pub(crate) use totals::Totals;

/// The routes under `/api/products` and `/api/categories`.
pub(crate) fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new()
        .route("/api/products", get(list::list).put(upsert::upsert))
        .route("/api/products/search", get(search::search))
        .route("/api/products/{sku}", get(product::get))
        .route("/api/categories", get(categories::tree))
        .route(
            "/api/categories/{name}/subcategories",
            get(categories::children),
        )
}
