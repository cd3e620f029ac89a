//! Which payment provider each demo organization has.

use rusqlite::Connection;

use super::organizations::{ACME, GLOBEX};

/// Writes them.
pub(super) fn seed(db: &Connection) -> rusqlite::Result<()> {
    for (org, provider) in [(ACME, "AuthorizeNet"), (GLOBEX, "WorldPay")] {
        db.execute(
            "INSERT INTO payment_providers (org, provider) VALUES (?, ?)",
            (org, provider),
        )?;
    }
    Ok(())
}
