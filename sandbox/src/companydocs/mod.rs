//! Company documents: folders, uploads, and signed addresses that open a document for an hour.
//!
//! Assumption: any token of the organization reads; administrators and sales reps write. The documents name no role.

mod address;
mod documents;
mod download;
mod folders;
mod name;
mod upload;

use axum::extract::DefaultBodyLimit;
use utoipa_axum::{router::OpenApiRouter, routes};

pub(crate) use download::download;
pub(crate) use name::media_type;

use crate::{
    auth::{Caller, Role},
    problem::{Answer, Problem},
    state::State,
};

/// The routes under `/api/companydocs`.
pub(crate) fn routes() -> OpenApiRouter<State> {
    // Only an upload may be larger than other bodies.
    let upload = OpenApiRouter::new()
        .routes(routes!(upload::upload))
        .route_layer(DefaultBodyLimit::max(upload::LARGEST_FORM));
    OpenApiRouter::new()
        .routes(routes!(folders::list, folders::create))
        .routes(routes!(folders::get, folders::delete))
        .routes(routes!(documents::list))
        .routes(routes!(documents::get, documents::delete))
        .routes(routes!(documents::refresh_url))
        .merge(upload)
}

/// 403 for those who may only read.
fn require_writer(caller: &Caller) -> Answer<()> {
    match caller.role {
        Role::Admin | Role::Super | Role::SalesRep => Ok(()),
        Role::Customer | Role::Other => Err(Problem::forbidden(
            "Company documents are changed by administrators and sales reps.",
        )),
    }
}
