//! `GET /api/users/profile`.

use axum::{extract::State as FromState, http::StatusCode, response::Response};
use nymble_wire::User;

use super::account::account;
use crate::{
    auth::{Caller, Role},
    http::json,
    problem::{Answer, Problem},
    state::State,
};

/// The person whom a customer-scoped token belongs to.
///
/// Assumption: the same fields as `POST /api/users` answers; other roles are 403.
#[utoipa::path(
    get,
    path = "/api/users/profile",
    tag = "Users",
    responses(
        (status = 200, body = User, description = "The person."),
        (status = 404, description = "There is no account of the token's user.")
    )
)]
pub(crate) async fn profile(
    FromState(state): FromState<State>,
    caller: Caller,
) -> Answer<Response> {
    if caller.role != Role::Customer {
        return Err(Problem::forbidden("This call needs the Customer role."));
    }
    let found = state
        .store
        .read(move |db| {
            caller.tenant(db)?;
            account(db, caller.claims.user_id.as_deref().unwrap_or_default())
        })
        .await?
        .ok_or_else(|| Problem::not_found("There is no account of the token's user."))?;
    Ok(json(StatusCode::OK, &found))
}
