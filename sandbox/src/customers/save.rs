//! `PUT /api/customers` and `PUT /api/customers/{customerNumber}`: customers are created, and changed in part.
//!
//! Assumption: an update keeps what is left out; `null` or an empty text clears what is not required, and arrays and
//! attributes replace what was there. Of two updates at once the later one wins, each kept whole.

use axum::{extract::State as FromState, http::StatusCode, response::Response};
use nymble_wire::{Customer, CustomerChanges, FieldProblem};
use rusqlite::{Connection, OptionalExtension};

use super::{
    check::faults,
    record::{account, find, write},
};
use crate::{
    auth::{Caller, Tenant},
    http::{Patch, Segments, json},
    problem::{Answer, Problem},
    state::State,
};

/// Creates a customer, or updates the one with that customer number.
///
/// Assumption: only administrators may; sending the same `externalId` again updates the record, but an `externalId`
/// that belongs to another customer number is a 409, because orders and invoices know customers by their numbers.
#[utoipa::path(
    put,
    path = "/api/customers",
    tag = "Customers",
    request_body = CustomerChanges,
    responses(
        (status = 200, body = Customer, description = "The customer, updated."),
        (status = 201, body = Customer, description = "The customer, created.")
    )
)]
pub(crate) async fn upsert(
    FromState(state): FromState<State>,
    caller: Caller,
    patch: Patch<CustomerChanges>,
) -> Answer<Response> {
    caller.require_admin()?;
    let (created, customer) = state
        .store
        .write(move |db| {
            let tenant = caller.tenant(db)?;
            let number = patch.given.customer_number.as_deref().unwrap_or_default();
            let known = find(db, &tenant, number.trim())?;
            let created = known.is_none();
            let mut customer = known.map_or_else(|| blank(&tenant, number), |known| known.customer);
            apply(&mut customer, patch)?;
            save(db, &tenant, &customer)?;
            Ok((
                created,
                account(db, &tenant, &customer.customer_number)?.customer,
            ))
        })
        .await?;
    let status = if created {
        StatusCode::CREATED
    } else {
        StatusCode::OK
    };
    Ok(json(status, &customer))
}

/// Changes the given fields of a customer.
///
/// Assumption: a Customer token may change of itself, and a sales rep of its assigned customers, what concerns people
/// and places: `companyEmail`, `companyPhone`, `companyFax`, `addresses`, `contacts`. Anything else that it would
/// change is a 403 that names the field; sending a field as it is changes nothing.
#[utoipa::path(
    put,
    path = "/api/customers/{customerNumber}",
    tag = "Customers",
    request_body = CustomerChanges,
    responses((status = 200, body = Customer, description = "The customer, updated."))
)]
pub(crate) async fn update(
    FromState(state): FromState<State>,
    caller: Caller,
    Segments(number): Segments<String>,
    patch: Patch<CustomerChanges>,
) -> Answer<Response> {
    let customer = state
        .store
        .write(move |db| {
            let tenant = caller.tenant(db)?;
            caller.require_customer(db, &tenant, &number)?;
            let before = account(db, &tenant, &number)?.customer;
            let other = patch.given.customer_number.as_ref();
            if other.is_some_and(|other| other.trim() != number) {
                return Err(Problem::field(
                    "customerNumber",
                    "'customerNumber' must match the customer number in the path.",
                ));
            }
            let mut after = before.clone();
            apply(&mut after, patch)?;
            if caller.require_admin().is_err() {
                refuse_terms(&before, &after)?;
            }
            save(db, &tenant, &after)?;
            Ok(account(db, &tenant, &number)?.customer)
        })
        .await?;
    Ok(json(StatusCode::OK, &customer))
}

/// A customer of which only the number is known.
fn blank(tenant: &Tenant, number: &str) -> Customer {
    Customer {
        customer_number: number.trim().to_owned(),
        organization_id: Some(tenant.organization_id.clone()),
        company_name: String::new(),
        company_email: None,
        company_phone: None,
        company_fax: None,
        pricing: None,
        active: true,
        rep_number: None,
        terms: None,
        currency_code: Some(tenant.currency.clone()),
        external_id: None,
        addresses: Vec::new(),
        contacts: Vec::new(),
        customer_attributes: nymble_wire::Attributes::new(),
    }
}

/// Changes what is given and clears what is `null`; what may not be empty is found by [`faults`].
fn apply(customer: &mut Customer, patch: Patch<CustomerChanges>) -> Answer<()> {
    let Patch { given, cleared } = patch;
    let is_cleared = |name: &str| cleared.iter().any(|cleared| cleared == name);
    if is_cleared("active") {
        return Err(Problem::field("active", "'active' must be true or false."));
    }
    customer.active = given.active.unwrap_or(customer.active);
    if given.company_name.is_some() || is_cleared("companyName") {
        let name = given.company_name.unwrap_or_default();
        name.trim().clone_into(&mut customer.company_name);
    }
    for (name, text, kept) in [
        (
            "companyEmail",
            given.company_email,
            &mut customer.company_email,
        ),
        (
            "companyPhone",
            given.company_phone,
            &mut customer.company_phone,
        ),
        ("companyFax", given.company_fax, &mut customer.company_fax),
        ("pricing", given.pricing, &mut customer.pricing),
        ("repNumber", given.rep_number, &mut customer.rep_number),
        ("terms", given.terms, &mut customer.terms),
        (
            "currencyCode",
            given.currency_code,
            &mut customer.currency_code,
        ),
        ("externalId", given.external_id, &mut customer.external_id),
    ] {
        if text.is_some() || is_cleared(name) {
            let text = text.unwrap_or_default().trim().to_owned();
            *kept = Some(text).filter(|text| !text.is_empty());
        }
    }
    if given.addresses.is_some() || is_cleared("addresses") {
        customer.addresses = given.addresses.unwrap_or_default();
    }
    if given.contacts.is_some() || is_cleared("contacts") {
        customer.contacts = given.contacts.unwrap_or_default();
    }
    if given.customer_attributes.is_some() || is_cleared("customerAttributes") {
        customer.customer_attributes = given.customer_attributes.unwrap_or_default();
    }
    Ok(())
}

/// 403 for changes that only the merchant may make, naming each field.
fn refuse_terms(before: &Customer, after: &Customer) -> Answer<()> {
    let changed = [
        ("companyName", before.company_name != after.company_name),
        ("pricing", before.pricing != after.pricing),
        ("active", before.active != after.active),
        ("repNumber", before.rep_number != after.rep_number),
        ("terms", before.terms != after.terms),
        ("currencyCode", before.currency_code != after.currency_code),
        ("externalId", before.external_id != after.external_id),
        (
            "customerAttributes",
            before.customer_attributes != after.customer_attributes,
        ),
    ];
    let refused: Vec<&str> = changed
        .into_iter()
        .filter_map(|(name, changed)| changed.then_some(name))
        .collect();
    if refused.is_empty() {
        return Ok(());
    }
    let problem = Problem::forbidden("Only an administrator may change these fields.");
    Err(refused.into_iter().fold(problem, |problem, name| {
        problem.and_field(
            name,
            format!("'{name}' can only be changed by an administrator."),
        )
    }))
}

/// Writes a customer that is as it must be.
fn save(db: &Connection, tenant: &Tenant, customer: &Customer) -> Answer<()> {
    let tiers = db
        .prepare_cached(
            "SELECT DISTINCT tier FROM price_lists WHERE org = ? AND tier <> '' ORDER BY list",
        )?
        .query_map([tenant.org], |row| row.get(0))?
        .collect::<rusqlite::Result<Vec<String>>>()?;
    let found: Vec<FieldProblem> = faults(customer, &tiers);
    Problem::check(found)?;
    let holder: Option<String> = db
        .prepare_cached(
            "SELECT customer_number FROM customers WHERE org = ? AND external_id = ? AND customer_number <> ?",
        )?
        .query_row(
            (tenant.org, &customer.external_id, &customer.customer_number),
            |row| row.get(0),
        )
        .optional()?;
    if let Some(holder) = holder {
        return Err(Problem::new(StatusCode::CONFLICT)
            .detail(format!(
                "The externalId already belongs to customer '{holder}'."
            ))
            .and_field(
                "externalId",
                "'externalId' belongs to another customer number.",
            ));
    }
    write(db, tenant, customer)
}
