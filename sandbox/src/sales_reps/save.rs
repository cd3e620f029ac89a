//! `PUT /api/organizations/salesreps`.

use axum::{extract::State as FromState, http::StatusCode, response::Response};
use nymble_wire::OrganizationSalesRep;
use rusqlite::Connection;
use serde::Deserialize;

use super::record::rep;
use crate::{
    auth::{Caller, Tenant},
    http::{Body, Texts, json},
    problem::{Answer, Problem},
    state::State,
    users::{Person, enrol, join, role},
};

/// A sales rep; only `repNumber` is needed for one that is known.
#[derive(Clone, Deserialize, utoipa::ToSchema)]
#[schema(as = SaveSalesRep)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Given {
    /// Tells which rep.
    rep_number: Option<String>,
    first_name: Option<String>,
    last_name: Option<String>,
    /// Cannot be changed: it is what the rep signs in with.
    email: Option<String>,
    phone_number: Option<String>,
    /// Whether the rep may sign in; yes for a new one.
    active: Option<bool>,
}

/// Creates or changes a sales rep.
///
/// An e-mail that is known on the platform keeps its account. An inactive rep cannot sign in.
///
/// Assumption: the rep is the one of that `repNumber`, and omitted fields keep their values; 201 when created, 200 when
/// changed. The e-mail of a rep cannot be changed, and one whose user has another role in the organization is 409. No
/// welcome mail is sent: `POST /api/auth/access` with `identityProviderUserId` gives the rep's token.
#[utoipa::path(
    put,
    path = "/api/organizations/salesreps",
    tag = "Organization",
    request_body = Given,
    responses(
        (status = 201, body = OrganizationSalesRep, description = "The new rep."),
        (status = 200, body = OrganizationSalesRep, description = "The changed rep.")
    )
)]
pub(crate) async fn save(
    FromState(state): FromState<State>,
    caller: Caller,
    Body(given): Body<Given>,
) -> Answer<Response> {
    caller.require_admin()?;
    let mut texts = Texts::default();
    let number = texts.required("repNumber", given.rep_number.clone());
    texts.done()?;
    let (status, saved) = state
        .store
        .write(move |db| {
            let tenant = caller.tenant(db)?;
            let status = if let Some(known) = rep(db, &tenant, &number)? {
                change(db, &tenant, known, given)?;
                StatusCode::OK
            } else {
                create(db, &tenant, &number, given)?;
                StatusCode::CREATED
            };
            Ok((status, rep(db, &tenant, &number)?))
        })
        .await?;
    Ok(json(status, &saved))
}

fn create(db: &Connection, tenant: &Tenant, number: &str, given: Given) -> Answer<()> {
    let mut texts = Texts::default();
    let names = [
        ("firstName", given.first_name),
        ("lastName", given.last_name),
        ("email", given.email),
        ("phoneNumber", given.phone_number),
    ];
    let person = Person::read(&mut texts, names);
    texts.done()?;
    let (first_name, last_name) = (person.first_name.clone(), person.last_name.clone());
    let phone = person.phone.clone();
    let enrolled = enrol(db, person)?;
    if role(db, tenant.org, &enrolled.user_id)?.is_some() {
        return Err(Problem::new(StatusCode::CONFLICT).detail(
            "The user of that e-mail has another role, or another number, in the organization.",
        ));
    }
    join(db, tenant.org, &enrolled.user_id, "SalesRep", None)?;
    db.execute(
        "INSERT INTO sales_reps (org, rep_number, user_id, first_name, last_name, email, phone, active)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            tenant.org,
            number,
            &enrolled.user_id,
            first_name,
            last_name,
            enrolled.user.email,
            phone.unwrap_or_default(),
            given.active.unwrap_or(true),
        ),
    )?;
    Ok(())
}

fn change(
    db: &Connection,
    tenant: &Tenant,
    known: OrganizationSalesRep,
    given: Given,
) -> Answer<()> {
    let mut texts = Texts::default();
    let email = texts.optional("email", given.email);
    if email.is_some_and(|email| email.trim().to_lowercase() != known.email.to_lowercase()) {
        texts.wrong("email", "cannot be changed.");
    }
    let first_name = texts.optional("firstName", given.first_name);
    let last_name = texts.optional("lastName", given.last_name);
    let phone = texts.optional("phoneNumber", given.phone_number);
    texts.done()?;
    db.execute(
        "UPDATE sales_reps SET first_name = ?, last_name = ?, phone = ?, active = ? WHERE org = ? AND rep_number = ?",
        (
            first_name.unwrap_or(known.first_name),
            last_name.unwrap_or(known.last_name),
            phone.or(known.phone_number).unwrap_or_default(),
            given.active.unwrap_or(known.active),
            tenant.org,
            known.rep_number,
        ),
    )?;
    Ok(())
}
