//! `GET /api/addresses/lookup`.

use axum::{extract::State as FromState, http::StatusCode, response::Response};
use nymble_wire::Places;

use super::table::{Wanted, find};
use crate::{
    auth::Visitor,
    http::{Query, Texts, json},
    problem::Answer,
    state::State,
};

/// The most places of one answer.
const MOST: usize = 20;

/// Places by postal code or name.
///
/// Ten times a minute per address.
///
/// Assumption: the overview names a public address lookup without its path, parameters or answer. A postal code or a
/// city is needed, each may be a beginning; a place that is not in the sandbox's small table is an empty list.
#[utoipa::path(
    get,
    path = "/api/addresses/lookup",
    tag = "Customers",
    security(()),
    params(
        ("country" = Option<String>, Query, description = "Two letters: US, CA, FR, DE, JP or GB; any when left out."),
        ("postalCode" = Option<String>, Query, description = "The postal code, or its beginning."),
        ("city" = Option<String>, Query, description = "The place, or its beginning.")
    ),
    responses((status = 200, body = Places, description = "At most twenty places."))
)]
pub(crate) async fn lookup(
    FromState(_): FromState<State>,
    _: Visitor,
    query: Query,
) -> Answer<Response> {
    let mut texts = Texts::default();
    let mut text = |name: &str| texts.optional(name, query.get(name).map(str::to_owned));
    let wanted = Wanted {
        country: text("country"),
        postal_code: text("postalCode"),
        city: text("city"),
    };
    if wanted.postal_code.is_none() && wanted.city.is_none() {
        texts.wrong("postalCode", "must not be empty.");
    }
    texts.done()?;
    let data = find(&wanted, MOST);
    Ok(json(StatusCode::OK, &Places { data }))
}
