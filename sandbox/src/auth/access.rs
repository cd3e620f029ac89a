//! `POST /api/auth/access`: an organization's token becomes one of a user's.

use axum::{
    extract::State as FromState,
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use nymble_wire::{AccessAnswer, AccessRequest};
use serde::Deserialize;

use super::{Caller, Role, TOKEN_LIFE, holder::member};
use crate::{
    http::{Body, Texts, json},
    problem::{Answer, Problem},
    state::State,
};

/// The body with every field optional, so that all missing ones can be named at once.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Given {
    #[serde(alias = "identityOrganizationId", alias = "orgCode")]
    organization_id: Option<String>,
    user_id: Option<String>,
}

fn complete(given: Given) -> Answer<AccessRequest> {
    let mut texts = Texts::default();
    let request = AccessRequest {
        organization_id: texts.required("OrganizationId", given.organization_id),
        user_id: texts.required("UserId", given.user_id),
    };
    texts.done()?;
    Ok(request)
}

/// Scopes an organization's token to one of its users.
///
/// The answer is a token with that user's role and customer, and the commerce context that it carries.
///
/// Assumption: the fields' names. The caller is an administrator (or an API key) of the organization, which is named by
/// its id, its identity id or its code; Super may name any. A user who is no member is 404, one who may not sign in
/// 403; only Super gets the token of a Super. The answer is that of a sign-in and `CustomerNumber`, `PriceTier` and
/// `CurrencyCode`, which are left out for users without a customer.
#[utoipa::path(
    post,
    path = "/api/auth/access",
    tag = "Auth",
    request_body = AccessRequest,
    responses((status = 200, body = AccessAnswer, description = "The user's token and context."))
)]
pub(crate) async fn access(
    FromState(state): FromState<State>,
    caller: Caller,
    Body(given): Body<Given>,
) -> Answer<Response> {
    caller.require_admin()?;
    let request = complete(given)?;
    let is_super = caller.role == Role::Super;
    let holder = state
        .store
        .read(move |db| {
            let own = caller.tenant(db)?;
            let tenant = caller.reach(db, &own, &request.organization_id)?;
            member(db, tenant.org, &request.user_id)?.ok_or_else(|| {
                Problem::not_found(format!(
                    "The organization has no user '{}'.",
                    request.user_id
                ))
            })
        })
        .await?;
    if holder.role == "Super" && !is_super {
        return Err(Problem::forbidden("This call needs the Super role."));
    }
    if let Some(why) = holder.locked_out() {
        return Err(Problem::forbidden(why).title("Account deactivated"));
    }
    let claims = holder.claims(TOKEN_LIFE)?;
    let answer = AccessAnswer {
        access_token: state.keys.sign(&claims)?,
        token_type: Some("api-key".to_owned()),
        expires_in: u64::try_from(TOKEN_LIFE).ok(),
        customer_number: claims.customer_number,
        price_tier: claims.price_tier,
        currency_code: claims.currency_code,
    };
    let mut response = json(StatusCode::OK, &answer);
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}
