//! Orders: made by a checkout, by one call, or imported; then only their status changes.

mod create;
mod fields;
mod import;
mod list;
mod new;
mod read;
mod record;
mod request;
mod status;

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::state::State;

pub(crate) use new::{NewLine, NewOrder, free_number, insert, note_status};
pub(crate) use record::{lines, rep};
pub(crate) use request::first_choice;

/// The routes under `/api/orders`.
pub(crate) fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new()
        .routes(routes!(list::list, create::create))
        .routes(routes!(import::import))
        .routes(routes!(read::get))
        .routes(routes!(status::set))
}
