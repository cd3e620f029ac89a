//! Signed JWTs with the documented claims, and the key that signs them.
//!
//! The key is kept in the database, so tokens survive a restart. Revoking every token is replacing the key.

use std::sync::{PoisonError, RwLock};

use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use rusqlite::{Connection, OptionalExtension};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    clock,
    problem::{Answer, Problem},
    store::Store,
};

/// How long a token is good for, in seconds: "86400 (24 h) by default".
pub(crate) const TOKEN_LIFE: i64 = 86_400;

const SETTING: &str = "signing_key";

/// What a token says; claims that do not apply to its bearer are left out.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Claims {
    pub(crate) sub: String,
    #[serde(
        rename = "OrganizationId",
        default,
        skip_serializing_if = "Option::is_none"
    )]
    pub(crate) organization_id: Option<String>,
    #[serde(rename = "OrgCode", default, skip_serializing_if = "Option::is_none")]
    pub(crate) org_code: Option<String>,
    #[serde(rename = "PriceTier", default, skip_serializing_if = "Option::is_none")]
    pub(crate) price_tier: Option<String>,
    #[serde(
        rename = "CurrencyCode",
        default,
        skip_serializing_if = "Option::is_none"
    )]
    pub(crate) currency_code: Option<String>,
    #[serde(
        rename = "CustomerNumber",
        default,
        skip_serializing_if = "Option::is_none"
    )]
    pub(crate) customer_number: Option<String>,
    #[serde(default)]
    pub(crate) role: String,
    #[serde(rename = "UserId", default, skip_serializing_if = "Option::is_none")]
    pub(crate) user_id: Option<String>,
    pub(crate) iat: i64,
    pub(crate) exp: i64,
}

/// The key that signs tokens and tells its own from forged ones.
pub(crate) struct SigningKeys(RwLock<String>);

impl SigningKeys {
    /// The database's key; made if it has none.
    pub(crate) fn load(connection: &Connection) -> rusqlite::Result<Self> {
        let known: Option<String> = connection
            .query_row(
                "SELECT value FROM settings WHERE name = ?",
                [SETTING],
                |row| row.get(0),
            )
            .optional()?;
        let key = known.unwrap_or_else(random_key);
        save(connection, &key)?;
        Ok(Self(RwLock::new(key)))
    }

    /// Signs claims, whatever they are.
    pub(crate) fn sign(&self, claims: &impl Serialize) -> Answer<String> {
        jsonwebtoken::encode(
            &Header::new(Algorithm::HS256),
            claims,
            &EncodingKey::from_secret(self.secret().as_bytes()),
        )
        .map_err(|error| Problem::bad_request(format!("The token could not be signed: {error}.")))
    }

    /// The claims of a token that is ours and has not run out.
    pub(crate) fn verify(&self, token: &str) -> Answer<Claims> {
        // Only HS256 is accepted: `alg: none` and keys of other kinds never get as far as the signature.
        let mut validation = Validation::new(Algorithm::HS256);
        validation.leeway = 0;
        validation.validate_aud = false;
        // Below, by the sandbox's own clock.
        validation.validate_exp = false;
        let key = DecodingKey::from_secret(self.secret().as_bytes());
        let claims = jsonwebtoken::decode::<Claims>(token, &key, &validation).map_err(|error| {
            tracing::debug!(%error, "a token was refused");
            Problem::unauthorized("The access token is not valid.")
        })?;
        if claims.claims.exp < clock::unix_now() {
            return Err(Problem::unauthorized("The access token has expired."));
        }
        Ok(claims.claims)
    }

    /// Makes every token issued so far worthless.
    pub(crate) async fn revoke_all(&self, store: &Store) -> Answer<()> {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = random_key();
        self.persist(store).await
    }

    /// Writes the key to a database that was emptied.
    pub(crate) async fn persist(&self, store: &Store) -> Answer<()> {
        let key = self.secret();
        store.write(move |db| Ok(save(db, &key)?)).await
    }

    pub(super) fn secret(&self) -> String {
        self.0
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

fn save(connection: &Connection, key: &str) -> rusqlite::Result<()> {
    connection.execute(
        "INSERT INTO settings (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = ?2",
        [SETTING, key],
    )?;
    Ok(())
}

fn random_key() -> String {
    format!("{}{}", Uuid::new_v4().simple(), Uuid::new_v4().simple())
}

impl Claims {
    /// Claims for one who signs in now.
    pub(crate) fn starting_now(sub: String, role: String, life: i64) -> Self {
        let iat = clock::unix_now();
        Self {
            sub,
            organization_id: None,
            org_code: None,
            price_tier: None,
            currency_code: None,
            customer_number: None,
            role,
            user_id: None,
            iat,
            exp: iat.saturating_add(life),
        }
    }
}
