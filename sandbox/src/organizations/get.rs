//! `GET /api/organization`.

use axum::{extract::State as FromState, http::StatusCode, response::Response};
use nymble_wire::{Organization, OrganizationAnswer, Subscription, Timestamp};
use rusqlite::Connection;

use crate::{
    auth::{Caller, Tenant},
    http::json,
    problem::{Answer, Problem},
    state::State,
};

/// What every organization of the sandbox may use.
const FEATURES: [&str; 7] = [
    "Catalog",
    "Customers",
    "Carts",
    "Orders",
    "Invoices",
    "Payments",
    "CompanyDocuments",
];

fn record(db: &Connection, tenant: &Tenant) -> Answer<Organization> {
    Ok(db
        .prepare_cached(
            "SELECT organization_id, identity_id, name, org_code, currency, profile, created_at
             FROM organizations WHERE org = ?",
        )?
        .query_row([tenant.org], |row| {
            let profile: String = row.get(5)?;
            let created_at: String = row.get(6)?;
            Ok(Organization {
                organization_id: row.get(0)?,
                identity_organization_id: row.get(1)?,
                name: row.get(2)?,
                slug: row.get(3)?,
                currency_code: row.get(4)?,
                profile: serde_json::from_str(&profile).unwrap_or_default(),
                created_at: Timestamp::parse(&created_at),
            })
        })?)
}

/// The token's organization: its record, subscriptions and features.
///
/// A token of an organization that is not there is 400. Super may name another one in the query.
///
/// Assumption: the three fields' names, and one subscription to everything that the sandbox does.
#[utoipa::path(
    get,
    path = "/api/organization",
    tag = "Organization",
    params(("organizationId" = Option<String>, Query, description = "The token's own, or any for the Super role.")),
    responses(
        (status = 200, body = OrganizationAnswer, description = "The organization."),
        (status = 404, description = "")
    )
)]
pub(crate) async fn get(FromState(state): FromState<State>, caller: Caller) -> Answer<Response> {
    caller.require_admin()?;
    let organization = state
        .store
        .read(move |db| {
            let tenant = caller.tenant(db).map_err(|problem| {
                if problem.is(StatusCode::UNAUTHORIZED) {
                    Problem::bad_request("The access token's organization was not found.")
                } else {
                    problem
                }
            })?;
            record(db, &tenant)
        })
        .await?;
    let subscription = Subscription {
        plan: "Sandbox".to_owned(),
        status: "Active".to_owned(),
        started_at: organization.created_at.clone(),
    };
    let answer = OrganizationAnswer {
        organization,
        subscriptions: vec![subscription],
        features: FEATURES.map(str::to_owned).into(),
    };
    Ok(json(StatusCode::OK, &answer))
}
