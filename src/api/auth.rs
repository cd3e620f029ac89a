//! Signing in: `POST /api/auth/login`.

use nymble_wire::{DecodeError, LoginRequest};

use crate::{domain::values::json::Json, ports::json};

use super::{
    http::{Answer, ApiRequest},
    problem::ApiError,
};

/// Exchanges credentials for a token. 401: wrong credentials or a deactivated account; 429: more than
/// ten tries a minute.
pub(crate) fn login(credentials: &LoginRequest) -> ApiRequest {
    ApiRequest::post("/api/auth/login".to_owned(), credentials)
}

/// Reads the answer of [`login`]: the access token. Its other members are not needed: the token's own
/// claims say when it runs out, and `TokenType` says nothing.
pub(crate) fn read_login(answer: &Answer) -> Result<String, ApiError> {
    answer.read(|text| {
        let answer = json::parse(text).ok_or(DecodeError::NotJson)?;
        let token = answer.member("AccessToken").and_then(Json::as_text);
        token
            .map(str::to_owned)
            .ok_or_else(|| DecodeError::MissingField("AccessToken".to_owned()))
    })
}
