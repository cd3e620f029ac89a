//! `GET /api/organizations/users/admins`.

use axum::{extract::State as FromState, http::StatusCode, response::Response};
use nymble_wire::{OrganizationUser, OrganizationUsers};

use crate::{auth::Caller, http::json, problem::Answer, state::State};

/// The organization's administrators, by last name.
///
/// Assumption: the list comes wrapped, as the overview says of all lists.
#[utoipa::path(
    get,
    path = "/api/organizations/users/admins",
    tag = "Organization",
    responses((status = 200, body = OrganizationUsers, description = "The administrators."))
)]
pub(crate) async fn list(FromState(state): FromState<State>, caller: Caller) -> Answer<Response> {
    caller.require_admin()?;
    let organization_users = state
        .store
        .read(move |db| {
            let tenant = caller.tenant(db)?;
            let admins = db
                .prepare_cached(
                    "SELECT u.user_id, u.first_name, u.last_name, u.email, u.phone, m.role
                     FROM memberships m JOIN users u USING (user_id) WHERE m.org = ? AND m.role = 'Admin'
                     ORDER BY u.last_name COLLATE NOCASE, u.first_name COLLATE NOCASE, u.user_id",
                )?
                .query_map([tenant.org], |row| {
                    Ok(OrganizationUser {
                        user_id: row.get(0)?,
                        first_name: row.get(1)?,
                        last_name: row.get(2)?,
                        email: row.get(3)?,
                        phone_number: row.get(4)?,
                        role: row.get(5)?,
                    })
                })?
                .collect::<rusqlite::Result<_>>()?;
            Ok(admins)
        })
        .await?;
    Ok(json(
        StatusCode::OK,
        &OrganizationUsers { organization_users },
    ))
}
