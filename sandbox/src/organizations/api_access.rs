//! API keys: `POST`, `GET /api/organizations/api-access`, `DELETE /api/organizations/api-access/{apiKeyId}`.

use axum::{
    extract::State as FromState,
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use nymble_wire::{ApiKey, ApiKeys, Timestamp};
use serde::Deserialize;

use crate::{
    auth::{Caller, make_key},
    clock,
    http::{Body, Segments, Texts, json, no_content},
    problem::{Answer, Problem},
    state::State,
};

/// What a key is for.
#[derive(Default, Deserialize, utoipa::ToSchema)]
#[schema(as = CreateApiKey)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Given {
    /// Any words; `API key` when left out.
    name: Option<String>,
}

/// Makes an API key with the organization's Admin role.
///
/// The key is shown only in this answer. It does not expire, and is sent in `x-api-key` (or as a Bearer token).
///
/// Assumption: the answer's fields; the body may be left out; a key is no token, so `POST /_sandbox/tokens/revoke`
/// leaves it good.
#[utoipa::path(
    post,
    path = "/api/organizations/api-access",
    tag = "Organization",
    request_body = Option<Given>,
    responses((status = 201, body = ApiKey, description = "The key."))
)]
pub(crate) async fn create(
    FromState(state): FromState<State>,
    caller: Caller,
    given: Option<Body<Given>>,
) -> Answer<Response> {
    caller.require_admin()?;
    let given = given.map(|body| body.0).unwrap_or_default();
    let mut texts = Texts::default();
    let name = texts.optional("Name", given.name);
    texts.done()?;
    let made = state
        .store
        .write(move |db| {
            let tenant = caller.tenant(db)?;
            let (name, now) = (name.unwrap_or_else(|| "API key".to_owned()), clock::now());
            let (api_key_id, key) = make_key(db, tenant.org, &name, &now)?;
            Ok(ApiKey {
                api_key_id,
                name,
                api_key: Some(key),
                created_at: Timestamp::parse(&now),
            })
        })
        .await?;
    let mut response = json(StatusCode::CREATED, &made);
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

/// The organization's API keys, without what their bearers send.
///
/// Assumption: the documents advise to rotate keys and show no call for it.
#[utoipa::path(
    get,
    path = "/api/organizations/api-access",
    tag = "Organization",
    responses((status = 200, body = ApiKeys, description = "The keys, the oldest first."))
)]
pub(crate) async fn list(FromState(state): FromState<State>, caller: Caller) -> Answer<Response> {
    caller.require_admin()?;
    let api_keys = state
        .store
        .read(move |db| {
            let tenant = caller.tenant(db)?;
            let keys = db
                .prepare_cached(
                    "SELECT key_id, name, created_at FROM api_keys WHERE org = ? ORDER BY created_at, key_id",
                )?
                .query_map([tenant.org], |row| {
                    let created_at: String = row.get(2)?;
                    Ok(ApiKey {
                        api_key_id: row.get(0)?,
                        name: row.get(1)?,
                        api_key: None,
                        created_at: Timestamp::parse(&created_at),
                    })
                })?
                .collect::<rusqlite::Result<_>>()?;
            Ok(keys)
        })
        .await?;
    Ok(json(StatusCode::OK, &ApiKeys { api_keys }))
}

/// Revokes an API key: from now on it is 401.
///
/// Assumption: the documents advise to rotate keys and show no call for it.
#[utoipa::path(
    delete,
    path = "/api/organizations/api-access/{apiKeyId}",
    tag = "Organization",
    responses((status = 204, description = "It is revoked."))
)]
pub(crate) async fn revoke(
    FromState(state): FromState<State>,
    caller: Caller,
    Segments(key_id): Segments<String>,
) -> Answer<Response> {
    caller.require_admin()?;
    state
        .store
        .write(move |db| {
            let tenant = caller.tenant(db)?;
            let gone = db.execute(
                "DELETE FROM api_keys WHERE org = ? AND key_id = ?",
                (tenant.org, &key_id),
            )?;
            if gone == 0 {
                return Err(Problem::not_found(format!(
                    "There is no API key '{key_id}'."
                )));
            }
            Ok(())
        })
        .await?;
    Ok(no_content())
}
