//! What signs in: a `ClientId`/`ClientSecret` pair, or a person's e-mail and password.

use rusqlite::{Connection, OptionalExtension};
use sha2::{Digest, Sha256};

use super::{
    holder::{COLUMNS, Holder, TABLES},
    passwords::is_password,
};
use crate::problem::Answer;

/// A sign-in with what is kept of its secret.
#[derive(Debug, Clone)]
pub(crate) struct SignIn {
    pub(crate) holder: Holder,
    secret: Kept,
}

#[derive(Debug, Clone)]
enum Kept {
    Salted { salt: String, hash: String },
    Password(String),
}

/// The holder of a `ClientId`.
pub(crate) fn sign_in(db: &Connection, client_id: &str) -> Answer<Option<SignIn>> {
    let found = db
        .prepare_cached(&format!(
            "SELECT {COLUMNS}, c.salt, c.secret_hash FROM credentials c JOIN {TABLES}
             WHERE m.org = c.org AND m.user_id = c.user_id AND c.client_id = ?"
        ))?
        .query_row([client_id], |row| {
            Ok(SignIn {
                holder: Holder::read(row)?,
                secret: Kept::Salted {
                    salt: row.get(10)?,
                    hash: row.get(11)?,
                },
            })
        })
        .optional()?;
    Ok(found)
}

/// The member of an organization (its code or an id) with that e-mail, if it has a password.
///
/// Assumption: the documents call the e-mail the "login identifier" and give users a password, but show no call for
/// the two; `POST /api/auth/login` takes them as `ClientId` and `ClientSecret`.
pub(super) fn person(db: &Connection, org_code: &str, email: &str) -> Answer<Option<SignIn>> {
    let found = db
        .prepare_cached(&format!(
            "SELECT {COLUMNS}, u.password_hash FROM {TABLES} JOIN users u ON u.user_id = m.user_id
             WHERE u.email = ?1 AND u.password_hash IS NOT NULL
               AND ?2 IN (o.org_code, o.organization_id, o.identity_id)"
        ))?
        .query_row([email, org_code], |row| {
            Ok(SignIn {
                holder: Holder::read(row)?,
                secret: Kept::Password(row.get(10)?),
            })
        })
        .optional()?;
    Ok(found)
}

impl SignIn {
    /// Whether it belongs to that organization and the secret is right. The organization's id is accepted in the
    /// place of its code: the documents show both.
    pub(super) async fn matches(&self, org_code: &str, secret: &str) -> Answer<bool> {
        match &self.secret {
            Kept::Salted { salt, hash } => Ok((self.holder.org_code == org_code
                || self.holder.organization_id == org_code)
                && secret_hash(salt, secret) == *hash),
            // It was looked up by the organization.
            Kept::Password(hash) => is_password(hash.clone(), secret.to_owned()).await,
        }
    }
}

/// What is kept of a secret that was made by chance; what people choose is hashed by `hash_password`.
pub(crate) fn secret_hash(salt: &str, secret: &str) -> String {
    use std::fmt::Write;
    let digest = Sha256::new()
        .chain_update(salt)
        .chain_update([0])
        .chain_update(secret)
        .finalize();
    digest
        .iter()
        .fold(String::with_capacity(64), |mut text, byte| {
            // Writing to a String cannot fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
}
