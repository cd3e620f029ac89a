//! API keys: bearers with an organization's Admin role, until they are revoked. Only a salted hash of a key is kept.

use rusqlite::{Connection, OptionalExtension};
use uuid::Uuid;

use super::{Claims, secret_hash};
use crate::{clock, problem::Answer};

/// What every key begins with; no JWT does.
const PREFIX: &str = "nck_";

/// Makes a key of that organization: what it is listed and revoked by, and the key itself, the only time it is known.
pub(crate) fn make_key(
    db: &Connection,
    org: i64,
    name: &str,
    created_at: &str,
) -> Answer<(String, String)> {
    let random = || Uuid::new_v4().simple().to_string();
    let (id, salt) = (random(), random());
    let (key_id, key) = (
        format!("key_{id}"),
        format!("{PREFIX}{id}_{}{}", random(), random()),
    );
    db.execute(
        "INSERT INTO api_keys (key_id, org, name, salt, key_hash, created_at) VALUES (?, ?, ?, ?, ?, ?)",
        (&key_id, org, name, &salt, secret_hash(&salt, &key), created_at),
    )?;
    Ok((key_id, key))
}

/// The public part of what may be a key; none of a JWT.
pub(super) fn key_id(token: &str) -> Option<String> {
    let (id, _) = token.strip_prefix(PREFIX)?.split_once('_')?;
    Some(format!("key_{id}"))
}

/// What the bearer of a key may claim, if it is one that was not revoked.
pub(super) fn claims(db: &Connection, key_id: &str, key: &str) -> Answer<Option<Claims>> {
    let found: Option<(String, String, String, String)> = db
        .prepare_cached(
            "SELECT a.salt, a.key_hash, o.organization_id, o.org_code
             FROM api_keys a JOIN organizations o USING (org) WHERE a.key_id = ?",
        )?
        .query_row([key_id], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
        })
        .optional()?;
    Ok(found
        .filter(|(salt, hash, ..)| secret_hash(salt, key) == *hash)
        .map(|(_, _, organization_id, org_code)| Claims {
            sub: key_id.to_owned(),
            organization_id: Some(organization_id),
            org_code: Some(org_code),
            price_tier: None,
            currency_code: None,
            customer_number: None,
            role: "Admin".to_owned(),
            user_id: None,
            iat: clock::unix_now(),
            // "API keys do not expire."
            exp: i64::MAX,
        }))
}
