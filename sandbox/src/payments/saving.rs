//! What is kept of a card: the provider's token, brand, last four digits, expiry and the name on it.

use nymble_wire::CreditCard;
use rusqlite::{Connection, params};
use serde::{Deserialize, Serialize};

use super::{card, gateway};
use crate::{auth::Tenant, clock, store::next_id};

/// A card as it may be kept.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct KeptCard {
    pub(super) provider_token: String,
    pub(super) brand: String,
    pub(super) last_four: String,
    pub(super) expiry_month: i64,
    pub(super) expiry_year: i64,
    pub(super) cardholder: String,
}

impl KeptCard {
    /// What may be kept of a card that was found faultless; its number ends here.
    pub(super) fn of(typed: &CreditCard) -> Self {
        let remembered = card::remembered(typed);
        Self {
            provider_token: gateway::token(&card::digits(&typed.card_number)),
            brand: remembered.brand.to_owned(),
            last_four: remembered.last_four,
            expiry_month: typed.expiry_month.trim().parse().unwrap_or(12),
            expiry_year: typed.expiry_year,
            cardholder: typed.cardholder_name.trim().to_owned(),
        }
    }
}

/// Saves a card for a customer; its id. The first one is the default whether asked for or not.
pub(super) fn save(
    db: &Connection,
    tenant: &Tenant,
    customer: &str,
    card: &KeptCard,
    make_default: bool,
) -> rusqlite::Result<String> {
    let first = !db
        .prepare_cached("SELECT 1 FROM payment_profiles WHERE org = ? AND customer_number = ?")?
        .exists((tenant.org, customer))?;
    let id = next_id(db, tenant.org, "payment_profile", "pp_")?;
    db.prepare_cached(
        "INSERT INTO payment_profiles (org, profile_id, customer_number, provider_token, brand, last_four,
           expiry_month, expiry_year, cardholder, is_default, created_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 0, ?10)",
    )?
    .execute(params![
        tenant.org,
        id,
        customer,
        card.provider_token,
        card.brand,
        card.last_four,
        card.expiry_month,
        card.expiry_year,
        card.cardholder,
        clock::now(),
    ])?;
    if first || make_default {
        choose(db, tenant, customer, &id)?;
    }
    Ok(id)
}

/// Makes one of a customer's cards the default, and no other.
pub(super) fn choose(
    db: &Connection,
    tenant: &Tenant,
    customer: &str,
    id: &str,
) -> rusqlite::Result<()> {
    db.prepare_cached(
        "UPDATE payment_profiles SET is_default = (profile_id = ?3) WHERE org = ?1 AND customer_number = ?2",
    )?
    .execute((tenant.org, customer, id))?;
    Ok(())
}
