//! People's passwords: hashed with Argon2id, away from the threads that answer.

use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier},
};
use axum::http::StatusCode;

use crate::problem::{Answer, Problem};

/// What is kept of a password: its salted hash in PHC form.
pub(crate) async fn hash_password(password: String) -> Answer<String> {
    working(move || {
        Argon2::default()
            .hash_password(password.as_bytes())
            .map(|hash| hash.to_string())
    })
    .await?
    .map_err(|error| {
        tracing::error!(%error, "a password could not be hashed");
        Problem::new(StatusCode::INTERNAL_SERVER_ERROR)
    })
}

/// Whether that is the password of `hash`.
pub(super) async fn is_password(hash: String, password: String) -> Answer<bool> {
    working(move || {
        Argon2::default()
            .verify_password(password.as_bytes(), hash.as_str())
            .is_ok()
    })
    .await
}

async fn working<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Answer<T> {
    tokio::task::spawn_blocking(work).await.map_err(|error| {
        tracing::error!(%error, "a hashing task failed");
        Problem::new(StatusCode::INTERNAL_SERVER_ERROR)
    })
}
