//! Looking an address up by its postal code.

use nymble_wire::{Place, Places};

use super::{
    http::{Answer, ApiRequest},
    problem::ApiError,
};
use crate::ports::query::Href;

/// `GET /api/addresses/lookup`: the places of a postal code. Needs no token; ten times a minute from one
/// address (429).
///
/// Assumption: the documents name a public address lookup, without its path, parameters or answer.
pub(crate) fn lookup(country: &str, postal_code: &str) -> ApiRequest {
    let mut href = Href::new("/api/addresses/lookup");
    href.put("country", country);
    href.put("postalCode", postal_code);
    // Nobody waits for it: it is not tried again.
    ApiRequest::get(href.into()).once()
}

/// Reads the answer of [`lookup`].
pub(crate) fn read_places(answer: &Answer) -> Result<Vec<Place>, ApiError> {
    answer.decode().map(|places: Places| places.data)
}
