//! `GET /api/users/exists`.

use axum::{extract::State as FromState, http::StatusCode, response::Response};
use nymble_wire::UserExists;

use super::account::by_email;
use crate::{
    auth::Visitor,
    http::{Query, Texts, json},
    problem::Answer,
    state::State,
};

/// Whether somebody has an account with that e-mail, in any organization.
///
/// Ten times a minute per address.
///
/// Assumption: the query's name and the answer.
#[utoipa::path(
    get,
    path = "/api/users/exists",
    tag = "Users",
    security(()),
    params(("email" = String, Query, description = "The e-mail.")),
    responses((status = 200, body = UserExists, description = "The answer."))
)]
pub(crate) async fn exists(
    FromState(state): FromState<State>,
    _: Visitor,
    query: Query,
) -> Answer<Response> {
    let mut texts = Texts::default();
    let email = texts.required("email", query.get("email").map(str::to_owned));
    texts.done()?;
    let found = state
        .store
        .read(move |db| by_email(db, &email))
        .await?
        .is_some();
    Ok(json(StatusCode::OK, &UserExists { exists: found }))
}
