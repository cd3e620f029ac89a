//! A sales rep as the database keeps it.

use nymble_wire::OrganizationSalesRep;
use rusqlite::{Connection, OptionalExtension, Row};

use crate::{auth::Tenant, problem::Answer};

/// What [`read`] takes, from [`TABLES`].
pub(super) const COLUMNS: &str =
    "r.rep_number, r.first_name, r.last_name, r.email, r.phone, r.active, r.user_id, o.organization_id, o.name,
     o.identity_id";

/// Where [`COLUMNS`] come from.
pub(super) const TABLES: &str = "sales_reps r JOIN organizations o USING (org)";

/// A rep from a row of [`COLUMNS`].
///
/// Assumption: the identity provider's id of a rep is the user's, and the two other ids follow from it.
pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<OrganizationSalesRep> {
    let rep_number: String = row.get(0)?;
    let user_id: String = row.get(6)?;
    let organization_id: String = row.get(7)?;
    let phone: String = row.get(4)?;
    Ok(OrganizationSalesRep {
        organization_sales_rep_id: Some(format!("{organization_id}.{rep_number}")),
        sales_rep_id: Some(format!("rep.{user_id}")),
        rep_number,
        first_name: row.get(1)?,
        last_name: row.get(2)?,
        email: row.get(3)?,
        phone_number: Some(phone).filter(|phone| !phone.is_empty()),
        active: row.get(5)?,
        roles: vec!["SalesRep".to_owned()],
        organization_id: Some(organization_id),
        organization_name: row.get(8)?,
        identity_organization_id: row.get(9)?,
        identity_provider_user_id: Some(user_id),
    })
}

/// The tenant's rep of that number.
pub(super) fn rep(
    db: &Connection,
    tenant: &Tenant,
    number: &str,
) -> Answer<Option<OrganizationSalesRep>> {
    Ok(db
        .prepare_cached(&format!(
            "SELECT {COLUMNS} FROM {TABLES} WHERE r.org = ? AND r.rep_number = ?"
        ))?
        .query_row((tenant.org, number), read)
        .optional()?)
}
