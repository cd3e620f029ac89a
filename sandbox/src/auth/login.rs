//! `POST /api/auth/login`.

use std::time::Instant;

use axum::{
    extract::State as FromState,
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use nymble_wire::{LoginAnswer, LoginRequest};
use serde::Deserialize;

use crate::{
    auth::{TOKEN_LIFE, credentials::person, sign_in},
    http::{Body, Texts, json},
    problem::{Answer, Problem},
    state::State,
};

/// The body with every field optional, so that all missing ones can be named at once.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Given {
    org_code: Option<String>,
    client_id: Option<String>,
    client_secret: Option<String>,
}

fn complete(given: Given) -> Answer<LoginRequest> {
    let mut texts = Texts::default();
    let request = LoginRequest {
        org_code: texts.required("OrgCode", given.org_code),
        client_id: texts.required("ClientId", given.client_id),
        client_secret: texts.required("ClientSecret", given.client_secret),
    };
    texts.done()?;
    Ok(request)
}

/// Exchanges credentials for an access token.
///
/// At most ten times a minute per `ClientId`.
#[utoipa::path(
    post,
    path = "/api/auth/login",
    tag = "Auth",
    security(()),
    request_body = LoginRequest,
    responses((status = 200, body = LoginAnswer, description = "The token."), (status = 401, description = ""))
)]
pub(crate) async fn login(
    FromState(state): FromState<State>,
    Body(given): Body<Given>,
) -> Answer<Response> {
    let request = complete(given)?;
    state
        .logins
        .attempt(&request.client_id, Instant::now())
        .map_err(|seconds| {
            Problem::new(StatusCode::TOO_MANY_REQUESTS)
                .detail("Too many sign-ins with this ClientId: at most 10 a minute.")
                .retry_after(seconds)
        })?;
    let (org_code, client_id) = (request.org_code.clone(), request.client_id.clone());
    let known = state
        .store
        .read(move |db| match sign_in(db, &client_id)? {
            Some(known) => Ok(Some(known)),
            None => person(db, &org_code, &client_id),
        })
        .await?;
    // One sentence for an unknown ClientId, a foreign OrgCode and a wrong secret: it tells an attacker nothing.
    let wrong = || Problem::unauthorized("The OrgCode, ClientId or ClientSecret is not right.");
    let known = known.ok_or_else(wrong)?;
    if !known
        .matches(&request.org_code, &request.client_secret)
        .await?
    {
        return Err(wrong());
    }
    let answer = LoginAnswer {
        access_token: state.keys.sign(&known.holder.claims(TOKEN_LIFE)?)?,
        token_type: Some("api-key".to_owned()),
        expires_in: u64::try_from(TOKEN_LIFE).ok(),
    };
    let mut response = json(StatusCode::OK, &answer);
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}
