//! Who is calling: signing in, tokens, and what each role may see.

mod caller;
mod credentials;
mod limit;
mod login;
mod tokens;

pub(crate) use caller::{Caller, Tenant};
pub(crate) use credentials::{secret_hash, sign_in};
pub(crate) use limit::LoginLimit;
pub(crate) use login::login;
pub(crate) use tokens::{Claims, SigningKeys, TOKEN_LIFE};
