//! The bearer of a request's token, and what that role may see.

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, header, request::Parts},
};
use rusqlite::{Connection, OptionalExtension, Row, types::Value};

use crate::{
    auth::{Claims, api_keys},
    http::{Condition, Query},
    problem::{Answer, Problem},
    state::State,
};

/// What a caller is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// Sees everything of its organization.
    Admin,
    /// Sees itself.
    Customer,
    /// Sees the customers assigned to it.
    SalesRep,
    /// As [`Role::Admin`]; may cross organizations where a request names one.
    Super,
    /// A role the sandbox does not know; sees the catalogue only.
    Other,
}

/// The bearer of a request's token.
#[derive(Clone, Debug)]
pub(crate) struct Caller {
    pub(crate) claims: Claims,
    pub(crate) role: Role,
    /// The organization that the query names.
    named: Option<String>,
}

/// The organization a caller belongs to, as the database knows it.
#[derive(Clone, Debug)]
pub(crate) struct Tenant {
    /// The key of every tenant-owned table.
    pub(crate) org: i64,
    /// The public id.
    pub(crate) organization_id: String,
    /// What tokens without a currency are shown.
    pub(crate) currency: String,
}

impl Tenant {
    /// The organization of that key, for what is done in nobody's name.
    pub(crate) fn of_key(db: &Connection, org: i64) -> rusqlite::Result<Self> {
        db.prepare_cached("SELECT org, organization_id, currency FROM organizations WHERE org = ?")?
            .query_row([org], Self::read)
    }

    fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            org: row.get(0)?,
            organization_id: row.get(1)?,
            currency: row.get(2)?,
        })
    }
}

impl Caller {
    /// The organization a request is about; every query starts with its key.
    ///
    /// Assumption: any call may name an organization in its query (`organizationId`, also by its identity id or code);
    /// it must be the token's own, or is 404, unless the token's role is Super.
    pub(crate) fn tenant(&self, db: &Connection) -> Answer<Tenant> {
        let claimed = self.claims.organization_id.as_deref().unwrap_or_default();
        let own = organization(db, claimed)?
            .ok_or_else(|| Problem::unauthorized("The access token belongs to no organization."))?;
        match &self.named {
            Some(named) => self.reach(db, &own, named),
            None => Ok(own),
        }
    }

    /// The organization that a request names: the caller's own, or any for the Super role.
    pub(super) fn reach(&self, db: &Connection, own: &Tenant, named: &str) -> Answer<Tenant> {
        organization(db, named)?
            .filter(|found| found.org == own.org || self.role == Role::Super)
            .ok_or_else(|| Problem::not_found(format!("There is no organization '{named}'.")))
    }

    /// The tier that prices are resolved for; empty means the default base price.
    pub(crate) fn tier(&self) -> &str {
        self.claims.price_tier.as_deref().unwrap_or_default()
    }

    /// The currency that amounts are shown in.
    pub(crate) fn currency<'a>(&'a self, tenant: &'a Tenant) -> &'a str {
        self.claims
            .currency_code
            .as_deref()
            .unwrap_or(&tenant.currency)
    }

    /// Whether inactive products are shown.
    pub(crate) fn sees_inactive(&self) -> bool {
        matches!(self.role, Role::Admin | Role::Super)
    }

    /// Refuses all but administrators.
    pub(crate) fn require_admin(&self) -> Answer<()> {
        match self.role {
            Role::Admin | Role::Super => Ok(()),
            _ => Err(Problem::forbidden("This call needs the Admin role.")),
        }
    }

    /// Refuses all but those who sell: administrators and sales reps.
    pub(crate) fn require_seller(&self) -> Answer<()> {
        match self.role {
            Role::Admin | Role::Super | Role::SalesRep => Ok(()),
            _ => Err(Problem::forbidden(
                "This call needs the Admin or SalesRep role.",
            )),
        }
    }

    /// The caller's own number, if the caller is a sales rep.
    pub(crate) fn rep_number(
        &self,
        db: &Connection,
        tenant: &Tenant,
    ) -> rusqlite::Result<Option<String>> {
        if self.role != Role::SalesRep {
            return Ok(None);
        }
        db.prepare_cached("SELECT rep_number FROM sales_reps WHERE org = ? AND user_id = ?")?
            .query_row((tenant.org, &self.claims.user_id), |row| row.get(0))
            .optional()
    }

    /// What narrows a list down to the customers the caller may see, where `org` and `number` are the list's columns of
    /// tenant and customer number; nothing for administrators.
    pub(crate) fn own_customers(&self, org: &str, number: &str) -> Answer<Option<Condition>> {
        let (sql, value) = match self.role {
            Role::Admin | Role::Super => return Ok(None),
            Role::Customer => match &self.claims.customer_number {
                Some(own) => (format!("{number} = ?"), own.clone()),
                None => {
                    return Err(Problem::forbidden(
                        "The access token has no CustomerNumber claim.",
                    ));
                }
            },
            Role::SalesRep => (
                format!(
                    "{number} IN (SELECT k.customer_number FROM customers k
                       JOIN sales_reps r ON r.org = k.org AND r.rep_number = k.rep_number
                       WHERE k.org = {org} AND r.user_id = ? AND r.active = 1)"
                ),
                self.claims.user_id.clone().unwrap_or_default(),
            ),
            Role::Other => {
                return Err(Problem::forbidden(
                    "The access token's role may not see customers.",
                ));
            }
        };
        Ok(Some(Condition {
            sql,
            values: vec![Value::Text(value)],
        }))
    }

    /// Refuses those who may not see that customer's records.
    ///
    /// Assumption: another customer of the same organization is 403 for a Customer token and for a rep it is not
    /// assigned to; only another organization's is 404.
    pub(crate) fn require_customer(
        &self,
        db: &Connection,
        tenant: &Tenant,
        number: &str,
    ) -> Answer<()> {
        match self.role {
            Role::Admin | Role::Super => Ok(()),
            Role::Customer => match self.claims.customer_number.as_deref() {
                Some(own) if own == number => Ok(()),
                Some(_) => Err(Problem::forbidden(
                    "The access token belongs to another customer.",
                )),
                None => Err(Problem::forbidden(
                    "The access token has no CustomerNumber claim.",
                )),
            },
            Role::SalesRep => {
                let assigned = db
                    .prepare_cached(
                        "SELECT 1 FROM customers k JOIN sales_reps r ON r.org = k.org AND r.rep_number = k.rep_number
                         WHERE k.org = ? AND k.customer_number = ? AND r.user_id = ? AND r.active = 1",
                    )?
                    .exists((tenant.org, number, self.claims.user_id.as_deref().unwrap_or_default()))?;
                if assigned {
                    Ok(())
                } else {
                    Err(Problem::forbidden(
                        "The customer is not assigned to this sales rep.",
                    ))
                }
            }
            Role::Other => Err(Problem::forbidden(
                "The access token's role may not see customers.",
            )),
        }
    }
}

/// The organization of that id, identity id or code.
fn organization(db: &Connection, named: &str) -> Answer<Option<Tenant>> {
    let found = db
        .prepare_cached(
            "SELECT org, organization_id, currency FROM organizations
             WHERE organization_id = ?1 OR identity_id = ?1 OR org_code = ?1",
        )?
        .query_row([named], Tenant::read)
        .optional()?;
    Ok(found)
}

impl FromRequestParts<State> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &State) -> Answer<Self> {
        let token = token(&parts.headers).ok_or_else(|| {
            Problem::unauthorized("Send an access token in 'Authorization: Bearer' or 'x-api-key'.")
        })?;
        let claims = match api_keys::key_id(token) {
            Some(id) => {
                let key = token.to_owned();
                state
                    .store
                    .read(move |db| api_keys::claims(db, &id, &key))
                    .await?
                    .ok_or_else(|| Problem::unauthorized("The API key is not valid."))?
            }
            None => state.keys.verify(token)?,
        };
        let role = match claims.role.as_str() {
            "Admin" => Role::Admin,
            "Customer" => Role::Customer,
            "SalesRep" => Role::SalesRep,
            "Super" => Role::Super,
            _ => Role::Other,
        };
        let query = Query::parse(parts.uri.query().unwrap_or_default());
        Ok(Self {
            claims,
            role,
            named: query
                .get("organizationId")
                .filter(|named| !named.is_empty())
                .map(str::to_owned),
        })
    }
}

/// The token, from whichever of the two documented headers carries it.
fn token(headers: &HeaderMap) -> Option<&str> {
    let bearer = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| {
            let (scheme, rest) = value.trim().split_once(' ')?;
            scheme.eq_ignore_ascii_case("bearer").then(|| rest.trim())
        });
    let key = || {
        headers
            .get("x-api-key")
            .and_then(|value| value.to_str().ok())
            .map(str::trim)
    };
    bearer.or_else(key).filter(|token| !token.is_empty())
}
