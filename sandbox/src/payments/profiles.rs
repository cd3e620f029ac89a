//! Saved payment methods: `GET /api/payments/profiles/{customerNumber}`.

use axum::{extract::State as FromState, http::StatusCode, response::Response};
use nymble_wire::PaymentProfile;
use rusqlite::{Connection, OptionalExtension};

use crate::{
    auth::{Caller, Tenant},
    customers::account,
    http::{Segments, json},
    problem::Answer,
    state::State,
};

/// A saved payment method, with what the provider would be asked to charge.
#[derive(Debug, Clone)]
pub(crate) struct Profile {
    pub(crate) id: String,
    pub(crate) provider_token: String,
    pub(crate) brand: String,
    pub(crate) last_four: String,
    pub(crate) expiry_month: i64,
    pub(crate) expiry_year: i64,
}

/// A customer's profile of that id.
pub(crate) fn profile(
    db: &Connection,
    tenant: &Tenant,
    customer: &str,
    id: &str,
) -> rusqlite::Result<Option<Profile>> {
    db.prepare_cached(
        "SELECT profile_id, provider_token, brand, last_four, expiry_month, expiry_year FROM payment_profiles
         WHERE org = ? AND profile_id = ? AND customer_number = ?",
    )?
    .query_row((tenant.org, id, customer), |row| {
        Ok(Profile {
            id: row.get(0)?,
            provider_token: row.get(1)?,
            brand: row.get(2)?,
            last_four: row.get(3)?,
            expiry_month: row.get(4)?,
            expiry_year: row.get(5)?,
        })
    })
    .optional()
}

/// A customer's saved cards, the default one first.
///
/// Assumption: the answer is a bare array; the documents name the call but show no answer.
#[utoipa::path(
    get,
    path = "/api/payments/profiles/{customerNumber}",
    tag = "Payments",
    responses((status = 200, body = Vec<PaymentProfile>, description = "The cards."))
)]
pub(crate) async fn list(
    FromState(state): FromState<State>,
    caller: Caller,
    Segments(number): Segments<String>,
) -> Answer<Response> {
    of_customer(&state, caller, number).await
}

/// Answers with a customer's saved cards, if the caller may see them.
pub(super) async fn of_customer(state: &State, caller: Caller, number: String) -> Answer<Response> {
    let profiles = state
        .store
        .read(move |db| {
            let tenant = caller.tenant(db)?;
            caller.require_customer(db, &tenant, &number)?;
            account(db, &tenant, &number)?;
            Ok(saved(db, &tenant, &number)?)
        })
        .await?;
    Ok(json(StatusCode::OK, &profiles))
}

/// A customer's saved cards, the default one first.
pub(super) fn saved(
    db: &Connection,
    tenant: &Tenant,
    customer: &str,
) -> rusqlite::Result<Vec<PaymentProfile>> {
    db.prepare_cached(
        "SELECT profile_id, brand, last_four, expiry_month, expiry_year, cardholder, is_default
         FROM payment_profiles WHERE org = ? AND customer_number = ?
         ORDER BY is_default DESC, created_at, profile_id",
    )?
    .query_map((tenant.org, customer), |row| {
        Ok(PaymentProfile {
            payment_profile_id: row.get(0)?,
            card_brand: row.get(1)?,
            last_four: row.get(2)?,
            expiry_month: row.get(3)?,
            expiry_year: row.get(4)?,
            cardholder_name: row.get(5)?,
            is_default: row.get(6)?,
        })
    })?
    .collect()
}
