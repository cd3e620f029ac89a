//! A person as a member of an organization: what a token for it says.

use rusqlite::{Connection, OptionalExtension, Row};

use crate::{
    auth::Claims,
    problem::{Answer, Problem},
};

/// Whom a token is for.
#[derive(Debug, Clone)]
pub(crate) struct Holder {
    pub(super) org_code: String,
    pub(super) organization_id: String,
    user_id: String,
    pub(super) role: String,
    /// The customer number of the membership, and the customer if there is one of that number.
    linked: Option<String>,
    customer: Option<Linked>,
    /// Of a sales rep.
    rep_active: Option<bool>,
}

#[derive(Debug, Clone)]
struct Linked {
    number: String,
    tier: String,
    currency: String,
    active: bool,
}

/// What [`Holder::read`] takes, after `SELECT`; to be completed by joins of its own and a `WHERE`.
pub(super) const COLUMNS: &str =
    "o.org_code, o.organization_id, m.user_id, m.role, m.customer_number, k.customer_number, k.pricing, k.currency,
     k.active, r.active";

/// Where [`COLUMNS`] come from.
pub(super) const TABLES: &str = "memberships m JOIN organizations o ON o.org = m.org
     LEFT JOIN customers k ON k.org = m.org AND k.customer_number = m.customer_number
     LEFT JOIN sales_reps r ON r.org = m.org AND r.user_id = m.user_id";

/// That user as a member of that organization.
pub(super) fn member(db: &Connection, org: i64, user_id: &str) -> Answer<Option<Holder>> {
    let found = db
        .prepare_cached(&format!(
            "SELECT {COLUMNS} FROM {TABLES} WHERE m.org = ? AND m.user_id = ?"
        ))?
        .query_row((org, user_id), Holder::read)
        .optional()?;
    Ok(found)
}

impl Holder {
    /// From a row that begins with [`COLUMNS`].
    pub(super) fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        let number: Option<String> = row.get(5)?;
        let customer = match number {
            Some(number) => Some(Linked {
                number,
                tier: row.get(6)?,
                currency: row.get(7)?,
                active: row.get(8)?,
            }),
            None => None,
        };
        Ok(Self {
            org_code: row.get(0)?,
            organization_id: row.get(1)?,
            user_id: row.get(2)?,
            role: row.get(3)?,
            linked: row.get(4)?,
            customer,
            rep_active: row.get(9)?,
        })
    }

    /// Why there is no token for it: "inactive customers, and inactive reps, cannot log in".
    pub(super) fn locked_out(&self) -> Option<String> {
        if let Some(number) = &self.linked {
            return match &self.customer {
                None => Some(format!("The customer account {number} does not exist.")),
                Some(customer) if !customer.active => Some(format!(
                    "The customer account {number} is deactivated and cannot sign in."
                )),
                Some(_) => None,
            };
        }
        (self.role == "SalesRep" && self.rep_active != Some(true))
            .then(|| "The sales rep is deactivated and cannot sign in.".to_owned())
    }

    /// What its token says, or why there is none.
    pub(crate) fn claims(&self, life: i64) -> Answer<Claims> {
        if let Some(why) = self.locked_out() {
            return Err(Problem::unauthorized(why).title("Account deactivated"));
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
