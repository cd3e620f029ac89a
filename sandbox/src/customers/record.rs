//! A customer as the database keeps it.

use nymble_wire::Customer;
use rusqlite::{Connection, OptionalExtension};

use crate::{
    auth::Tenant,
    problem::{Answer, Problem},
};

/// A customer with what the API does not show in one piece.
#[derive(Debug, Clone)]
pub(crate) struct Account {
    pub(crate) customer: Customer,
    pub(crate) tier: String,
    pub(crate) currency: String,
}

/// The tenant's customer of that number; 404 when there is none.
pub(crate) fn account(db: &Connection, tenant: &Tenant, number: &str) -> Answer<Account> {
    db.prepare_cached(
        "SELECT customer_number, company_name, company_email, company_phone, company_fax, pricing, currency, active,
                rep_number, terms, external_id, addresses, contacts, attributes
         FROM customers WHERE org = ? AND customer_number = ?",
    )?
    .query_row((tenant.org, number), |row| {
        let tier: String = row.get(5)?;
        let currency: String = row.get(6)?;
        let addresses: String = row.get(11)?;
        let contacts: String = row.get(12)?;
        let attributes: String = row.get(13)?;
        Ok(Account {
            customer: Customer {
                customer_number: row.get(0)?,
                organization_id: Some(tenant.organization_id.clone()),
                company_name: row.get(1)?,
                company_email: row.get(2)?,
                company_phone: row.get(3)?,
                company_fax: row.get(4)?,
                pricing: Some(tier.clone()),
                active: row.get(7)?,
                rep_number: row.get(8)?,
                terms: row.get(9)?,
                currency_code: Some(currency.clone()),
                external_id: row.get(10)?,
                addresses: serde_json::from_str(&addresses).unwrap_or_default(),
                contacts: serde_json::from_str(&contacts).unwrap_or_default(),
                customer_attributes: serde_json::from_str(&attributes).unwrap_or_default(),
            },
            tier,
            currency,
        })
    })
    .optional()?
    .ok_or_else(|| Problem::not_found(format!("There is no customer '{number}'.")))
}
