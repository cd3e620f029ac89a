//! Who is calling: signing in, tokens, and what each role may see.

mod access;
mod api_keys;
mod caller;
mod credentials;
mod holder;
mod limit;
mod login;
mod passwords;
mod seals;
mod tokens;
mod visitor;

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::state::State;

pub(crate) use api_keys::make_key;
pub(crate) use caller::{Caller, Role, Tenant};
pub(crate) use credentials::{secret_hash, sign_in};
pub(crate) use limit::MinuteLimit;
pub(crate) use passwords::hash_password;
pub(crate) use seals::Purpose;
pub(crate) use tokens::{Claims, SigningKeys, TOKEN_LIFE};
pub(crate) use visitor::Visitor;

/// The routes under `/api/auth`.
pub(crate) fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new()
        .routes(routes!(login::login))
        .routes(routes!(access::access))
}
