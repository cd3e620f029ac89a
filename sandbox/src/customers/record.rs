//! A customer as the database keeps it.

use axum::http::StatusCode;
use nymble_wire::Customer;
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::{
    auth::Tenant,
    clock,
    problem::{Answer, Problem},
};

/// What [`read`] reads.
pub(super) const COLUMNS: &str =
    "customer_number, company_name, company_email, company_phone, company_fax, pricing, currency, active, rep_number,
     terms, external_id, addresses, contacts, attributes";

/// A customer with what the API does not show in one piece.
#[derive(Debug, Clone)]
pub(crate) struct Account {
    pub(crate) customer: Customer,
    pub(crate) tier: String,
    pub(crate) currency: String,
}

/// An account from a row of [`COLUMNS`].
pub(super) fn read(tenant: &Tenant, row: &Row<'_>) -> rusqlite::Result<Account> {
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
}

/// The tenant's customer of that number, if there is one.
pub(super) fn find(db: &Connection, tenant: &Tenant, number: &str) -> Answer<Option<Account>> {
    Ok(db
        .prepare_cached(&format!(
            "SELECT {COLUMNS} FROM customers WHERE org = ? AND customer_number = ?"
        ))?
        .query_row((tenant.org, number), |row| read(tenant, row))
        .optional()?)
}

/// Whether the tenant has a customer of that number.
pub(crate) fn exists(db: &Connection, tenant: &Tenant, number: &str) -> rusqlite::Result<bool> {
    db.prepare_cached("SELECT 1 FROM customers WHERE org = ? AND customer_number = ?")?
        .exists((tenant.org, number))
}

/// The tenant's customer of that number; 404 when there is none.
pub(crate) fn account(db: &Connection, tenant: &Tenant, number: &str) -> Answer<Account> {
    find(db, tenant, number)?
        .ok_or_else(|| Problem::not_found(format!("There is no customer '{number}'.")))
}

/// Writes a customer whole, whether or not it is there already.
pub(super) fn write(db: &Connection, tenant: &Tenant, customer: &Customer) -> Answer<()> {
    let json = |written: serde_json::Result<String>| {
        written.map_err(|error| Problem::bad_request(format!("It cannot be kept: {error}.")))
    };
    db.prepare_cached(
        "INSERT INTO customers (org, customer_number, company_name, company_email, company_phone, company_fax, pricing,
           currency, active, rep_number, terms, external_id, addresses, contacts, attributes, created_at, updated_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?16)
         ON CONFLICT (org, customer_number) DO UPDATE SET company_name = ?3, company_email = ?4, company_phone = ?5,
           company_fax = ?6, pricing = ?7, currency = ?8, active = ?9, rep_number = ?10, terms = ?11, external_id = ?12,
           addresses = ?13, contacts = ?14, attributes = ?15, updated_at = ?16",
    )?
    .execute(params![
        tenant.org,
        customer.customer_number,
        customer.company_name,
        customer.company_email,
        customer.company_phone,
        customer.company_fax,
        customer.pricing,
        customer.currency_code,
        customer.active,
        customer.rep_number,
        customer.terms,
        customer.external_id,
        json(serde_json::to_string(&customer.addresses))?,
        json(serde_json::to_string(&customer.contacts))?,
        json(serde_json::to_string(&customer.customer_attributes))?,
        clock::now(),
    ])?;
    Ok(())
}

/// 403 for customers that may not order: "restoring their ability to place orders" is what activation does.
pub(crate) fn may_order(owner: &Account) -> Answer<()> {
    if owner.customer.active {
        return Ok(());
    }
    Err(Problem::new(StatusCode::FORBIDDEN)
        .title("Account deactivated")
        .detail(format!(
            "The customer account {} is deactivated and cannot order.",
            owner.customer.customer_number
        )))
}
