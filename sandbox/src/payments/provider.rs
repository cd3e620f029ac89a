//! Which provider takes an organization's cards.

use rusqlite::{Connection, OptionalExtension};

use crate::auth::Tenant;

/// The two providers of the documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Provider {
    /// Takes card details or a token of them.
    AuthorizeNet,
    /// Takes cards on its own page only.
    WorldPay,
}

/// The tenant's provider.
///
/// Assumption: the documents' "configured one" decides about `payment-methods` only; the hosted page works with both,
/// as one of the two pages that disagree about it says.
pub(super) fn provider(db: &Connection, tenant: &Tenant) -> rusqlite::Result<Provider> {
    let name: Option<String> = db
        .prepare_cached("SELECT provider FROM payment_providers WHERE org = ?")?
        .query_row([tenant.org], |row| row.get(0))
        .optional()?;
    Ok(match name.as_deref() {
        Some("WorldPay") => Provider::WorldPay,
        _ => Provider::AuthorizeNet,
    })
}
