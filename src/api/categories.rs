//! Categories: `GET /api/categories`.

use nymble_wire::Category;

use super::{
    http::{Answer, ApiRequest},
    problem::ApiError,
};

/// The whole tree in one call.
pub(crate) fn tree() -> ApiRequest {
    ApiRequest::get("/api/categories".to_owned())
}

/// Reads the root categories, wrapped or bare.
pub(crate) fn read_tree(answer: &Answer) -> Result<Vec<Category>, ApiError> {
    answer.read(nymble_wire::decode_list)
}
