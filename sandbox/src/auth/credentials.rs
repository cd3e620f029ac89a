//! `ClientId`/`ClientSecret` pairs and whom they sign in.

use rusqlite::{Connection, OptionalExtension};
use sha2::{Digest, Sha256};

use crate::{
    auth::Claims,
    problem::{Answer, Problem},
};

/// Whom a pair of credentials signs in.
#[derive(Debug, Clone)]
pub(crate) struct SignIn {
    org_code: String,
    organization_id: String,
    salt: String,
    secret_hash: String,
    user_id: String,
    role: String,
    customer: Option<LinkedCustomer>,
}

#[derive(Debug, Clone)]
struct LinkedCustomer {
    number: String,
    tier: String,
    currency: String,
    active: bool,
}

/// The holder of a `ClientId`.
pub(crate) fn sign_in(db: &Connection, client_id: &str) -> Answer<Option<SignIn>> {
    let found = db
        .prepare_cached(
            "SELECT o.org_code, o.organization_id, c.salt, c.secret_hash, c.user_id, c.role,
                    k.customer_number, k.pricing, k.currency, k.active
             FROM credentials c JOIN organizations o USING (org)
             LEFT JOIN customers k ON k.org = c.org AND k.customer_number = c.customer_number
             WHERE c.client_id = ?",
        )?
        .query_row([client_id], |row| {
            let number: Option<String> = row.get(6)?;
            let customer = match number {
                Some(number) => Some(LinkedCustomer {
                    number,
                    tier: row.get(7)?,
                    currency: row.get(8)?,
                    active: row.get(9)?,
                }),
                None => None,
            };
            Ok(SignIn {
                org_code: row.get(0)?,
                organization_id: row.get(1)?,
                salt: row.get(2)?,
                secret_hash: row.get(3)?,
                user_id: row.get(4)?,
                role: row.get(5)?,
                customer,
            })
        })
        .optional()?;
    Ok(found)
}

impl SignIn {
    /// Whether the pair belongs to that organization and the secret is right. The organization's id is accepted in
    /// the place of its code: the documents show both.
    pub(crate) fn matches(&self, org_code: &str, secret: &str) -> bool {
        (self.org_code == org_code || self.organization_id == org_code)
            && secret_hash(&self.salt, secret) == self.secret_hash
    }

    /// What the holder's token says, or why there is none.
    pub(crate) fn claims(&self, life: i64) -> Answer<Claims> {
        if let Some(customer) = self.customer.as_ref().filter(|customer| !customer.active) {
            return Err(Problem::unauthorized(format!(
                "The customer account {} is deactivated and cannot sign in.",
                customer.number
            ))
            .title("Account deactivated"));
        }
        let mut claims = Claims::starting_now(self.user_id.clone(), self.role.clone(), life);
        claims.organization_id = Some(self.organization_id.clone());
        claims.org_code = Some(self.org_code.clone());
        claims.user_id = Some(self.user_id.clone());
        if let Some(customer) = &self.customer {
            claims.price_tier = Some(customer.tier.clone());
            claims.currency_code = Some(customer.currency.clone());
            claims.customer_number = Some(customer.number.clone());
        }
        Ok(claims)
    }
}

/// What is kept of a secret.
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
