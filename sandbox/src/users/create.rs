//! `POST /api/users`.

use axum::{extract::State as FromState, http::StatusCode, response::Response};
use nymble_wire::{CreateUser, User};
use serde::Deserialize;

use super::account::{Person, enrol, join, role};
use crate::{
    auth::{Caller, hash_password},
    customers::account as customer,
    http::{Body, Texts, json},
    problem::{Answer, Problem},
    state::State,
};

/// The body with every field optional, so that all missing ones can be named at once.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Given {
    first_name: Option<String>,
    last_name: Option<String>,
    email: Option<String>,
    password: Option<String>,
    phone_number: Option<String>,
    customer_number: Option<String>,
    role: Option<String>,
}

/// Adds a person to the organization.
///
/// An e-mail that is known on the platform keeps its account, name and password; only the membership is added.
///
/// Assumption: an e-mail is any text (that of the documents' own example call is none), told apart without regard to
/// case. `CustomerNumber` links the user to a customer of the organization, and `Role` is `Customer` (the default) or
/// `Admin`; for a member, what is given of the two replaces what was (for a sales rep or Super: 409). 201 for a new
/// account, 200 for a known one; the answer also has the `UserId`, which `POST /api/auth/access` takes.
#[utoipa::path(
    post,
    path = "/api/users",
    tag = "Users",
    request_body = CreateUser,
    responses(
        (status = 201, body = User, description = "The new account."),
        (status = 200, body = User, description = "The account that the e-mail already had.")
    )
)]
pub(crate) async fn create(
    FromState(state): FromState<State>,
    caller: Caller,
    Body(given): Body<Given>,
) -> Answer<Response> {
    caller.require_admin()?;
    let mut texts = Texts::default();
    let names = [
        ("FirstName", given.first_name),
        ("LastName", given.last_name),
        ("Email", given.email),
        ("PhoneNumber", given.phone_number),
    ];
    let mut person = Person::read(&mut texts, names);
    let password = texts.optional("Password", given.password);
    let customer_number = texts.optional("CustomerNumber", given.customer_number);
    let wanted = texts.optional("Role", given.role);
    if let Some(wanted) = &wanted
        && !["Customer", "Admin"].contains(&wanted.as_str())
    {
        texts.wrong("Role", "must be 'Customer' or 'Admin'.");
    }
    if wanted.as_deref() == Some("Admin") && customer_number.is_some() {
        texts.wrong("CustomerNumber", "must be empty for administrators.");
    }
    texts.done()?;
    if let Some(password) = password {
        person.password_hash = Some(hash_password(password).await?);
    }
    let enrolled = state
        .store
        .write(move |db| {
            let tenant = caller.tenant(db)?;
            if let Some(number) = &customer_number {
                customer(db, &tenant, number)?;
            }
            let enrolled = enrol(db, person)?;
            let is = role(db, tenant.org, &enrolled.user_id)?;
            let changed = is.is_none() || wanted.is_some() || customer_number.is_some();
            if changed && matches!(is.as_deref(), Some("SalesRep" | "Super")) {
                return Err(Problem::new(StatusCode::CONFLICT).detail(
                    "The user has another role in the organization, which cannot be changed here.",
                ));
            }
            if changed {
                let role = wanted.as_deref().unwrap_or("Customer");
                join(
                    db,
                    tenant.org,
                    &enrolled.user_id,
                    role,
                    customer_number.as_deref(),
                )?;
            }
            Ok(enrolled)
        })
        .await?;
    let status = if enrolled.new {
        StatusCode::CREATED
    } else {
        StatusCode::OK
    };
    Ok(json(status, &enrolled.user))
}
