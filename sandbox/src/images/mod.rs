//! Product and category pictures: uploaded ones in three sizes, and drawn ones for the demo data.
//!
//! Assumption: a product's image has a name and a base address, and its sizes are `/small`, `/medium` and `/large`
//! behind that address, as the documents say of category images. Uploading from remote addresses is left out: the
//! sandbox has no network.

mod draw;
mod glyphs;
mod list;
mod record;
mod resize;
mod serve;
mod upload;

use axum::extract::DefaultBodyLimit;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::state::State;

pub(crate) use record::{image_name, named};
pub(crate) use serve::serve;

/// The routes under `/api/images`.
pub(crate) fn routes() -> OpenApiRouter<State> {
    // Only an upload may be larger than other bodies.
    let uploads = OpenApiRouter::new()
        .routes(routes!(upload::from_local))
        .routes(routes!(upload::category))
        .route_layer(DefaultBodyLimit::max(upload::LARGEST_FORM));
    OpenApiRouter::new()
        .routes(routes!(list::list))
        .merge(uploads)
}
