//! Who is calling: signing in, tokens, and what each role may see.

mod caller;
mod credentials;
mod limit;
mod login;
mod seals;
mod tokens;

use utoipa_axum::{router::OpenApiRouter, routes};

use crate::state::State;

pub(crate) use caller::{Caller, Role, Tenant};
pub(crate) use credentials::{secret_hash, sign_in};
pub(crate) use limit::LoginLimit;
pub(crate) use seals::Purpose;
pub(crate) use tokens::{Claims, SigningKeys, TOKEN_LIFE};

/// The routes under `/api/auth`.
pub(crate) fn routes() -> OpenApiRouter<State> {
    OpenApiRouter::new().routes(routes!(login::login))
}
