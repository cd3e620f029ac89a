//! Tokens for tests, without signing in: `POST /_sandbox/tokens`, `POST /_sandbox/tokens/revoke`.

use axum::{extract::State as FromState, http::StatusCode, response::Response};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{
    auth::{TOKEN_LIFE, sign_in},
    http::{Body, json, no_content},
    problem::{Answer, Problem},
    state::State,
};

const CLAIMS: [&str; 10] = [
    "sub",
    "OrganizationId",
    "OrgCode",
    "PriceTier",
    "CurrencyCode",
    "CustomerNumber",
    "role",
    "UserId",
    "iat",
    "exp",
];

/// Which token is wanted.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Wanted {
    /// As whom.
    client_id: String,
    /// For how long; negative for one that has expired already.
    expires_in_seconds: Option<i64>,
    /// Claims to set, by their names in the token.
    #[serde(default)]
    claims: Map<String, Value>,
    /// Claims to leave out.
    #[serde(default)]
    omit: Vec<String>,
}

#[derive(Serialize)]
struct Issued {
    #[serde(rename = "accessToken")]
    access_token: String,
    claims: Map<String, Value>,
}

/// `POST /_sandbox/tokens`.
pub(crate) async fn issue(
    FromState(state): FromState<State>,
    Body(wanted): Body<Value>,
) -> Answer<Response> {
    let wanted: Wanted = serde_json::from_value(wanted)
        .map_err(|error| Problem::field("body", error.to_string()))?;
    let client_id = wanted.client_id.clone();
    let known = state
        .store
        .read(move |db| sign_in(db, &client_id))
        .await?
        .ok_or_else(|| {
            Problem::not_found(format!("There is no ClientId '{}'.", wanted.client_id))
        })?;
    let claims = known
        .holder
        .claims(wanted.expires_in_seconds.unwrap_or(TOKEN_LIFE))?;
    let Ok(Value::Object(mut claims)) = serde_json::to_value(&claims) else {
        return Err(Problem::new(StatusCode::INTERNAL_SERVER_ERROR));
    };
    // Reading a body brings its keys to camelCase; the documented claims get their own spelling back.
    for (name, value) in wanted.claims {
        let documented = CLAIMS
            .iter()
            .find(|claim| claim.eq_ignore_ascii_case(&name));
        claims.insert(documented.map_or(name, |claim| (*claim).to_owned()), value);
    }
    claims.retain(|name, _| {
        !wanted
            .omit
            .iter()
            .any(|left_out| left_out.eq_ignore_ascii_case(name))
    });
    let access_token = state.keys.sign(&claims)?;
    Ok(json(
        StatusCode::CREATED,
        &Issued {
            access_token,
            claims,
        },
    ))
}

/// `POST /_sandbox/tokens/revoke`: every token issued so far becomes 401.
pub(crate) async fn revoke(FromState(state): FromState<State>) -> Answer<Response> {
    state.keys.revoke_all(&state.store).await?;
    Ok(no_content())
}
