//! `GET /api/salesreps/organizations`.

use axum::{extract::State as FromState, http::StatusCode, response::Response};
use nymble_wire::SalesRepOrganizations;

use super::record::{COLUMNS, TABLES, read};
use crate::{
    auth::{Caller, Role},
    http::json,
    problem::Answer,
    state::State,
};

/// The organizations that the token's user is an active sales rep of.
///
/// Assumption: the documents describe it for reps and mark it "Admin policy"; administrators may call it, and get the
/// organizations where they are reps themselves.
#[utoipa::path(
    get,
    path = "/api/salesreps/organizations",
    tag = "Organization",
    responses((status = 200, body = SalesRepOrganizations, description = "The organizations, by name."))
)]
pub(crate) async fn organizations(
    FromState(state): FromState<State>,
    caller: Caller,
) -> Answer<Response> {
    if caller.role != Role::SalesRep {
        caller.require_admin()?;
    }
    let sales_rep_organizations = state
        .store
        .read(move |db| {
            caller.tenant(db)?;
            let user_id = caller.claims.user_id.unwrap_or_default();
            let found = db
                .prepare_cached(&format!(
                    "SELECT {COLUMNS} FROM {TABLES} WHERE r.user_id = ? AND r.active = 1 ORDER BY o.name"
                ))?
                .query_map([user_id], read)?
                .collect::<rusqlite::Result<_>>()?;
            Ok(found)
        })
        .await?;
    Ok(json(
        StatusCode::OK,
        &SalesRepOrganizations {
            sales_rep_organizations,
        },
    ))
}
