//! `POST /api/organizations`.

use axum::{extract::State as FromState, http::StatusCode, response::Response};
use nymble_wire::{OrganizationCreated, OrganizationProfile};
use rusqlite::Connection;
use serde::Deserialize;
use uuid::Uuid;

use crate::{
    auth::{Visitor, hash_password},
    clock,
    http::{Body, Texts, json},
    problem::{Answer, Problem},
    state::State,
    users::{Person, enrol, join},
};

/// A new organization and its first administrator.
#[derive(Deserialize, utoipa::ToSchema)]
#[schema(as = CreateOrganization)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Given {
    #[serde(default)]
    organization: GivenOrganization,
    #[serde(default)]
    user: GivenUser,
}

/// Every field optional, so that all missing ones can be named at once.
#[derive(Default, Deserialize, utoipa::ToSchema)]
#[schema(as = CreateOrganizationOrganization)]
#[serde(rename_all = "camelCase")]
struct GivenOrganization {
    /// Required; unique.
    name: Option<String>,
    billing_address1: Option<String>,
    billing_address2: Option<String>,
    billing_city: Option<String>,
    billing_state_province: Option<String>,
    billing_postal_code: Option<String>,
    billing_country: Option<String>,
    phone_number: Option<String>,
    email: Option<String>,
    website: Option<String>,
}

/// Every field optional, so that all missing ones can be named at once.
#[derive(Default, Deserialize, utoipa::ToSchema)]
#[schema(as = CreateOrganizationUser)]
#[serde(rename_all = "camelCase")]
struct GivenUser {
    /// Required.
    first_name: Option<String>,
    /// Required.
    last_name: Option<String>,
    /// Required.
    email: Option<String>,
    /// Required; ignored when the e-mail is already registered.
    password: Option<String>,
    phone_number: Option<String>,
}

fn profile(texts: &mut Texts, given: GivenOrganization) -> OrganizationProfile {
    let mut text = |name: &str, given| texts.optional(&format!("Organization.{name}"), given);
    OrganizationProfile {
        billing_address1: text("BillingAddress1", given.billing_address1),
        billing_address2: text("BillingAddress2", given.billing_address2),
        billing_city: text("BillingCity", given.billing_city),
        billing_state_province: text("BillingStateProvince", given.billing_state_province),
        billing_postal_code: text("BillingPostalCode", given.billing_postal_code),
        billing_country: text("BillingCountry", given.billing_country),
        phone_number: text("PhoneNumber", given.phone_number),
        email: text("Email", given.email),
        website: text("Website", given.website),
    }
}

/// A name in web addresses: small letters and digits of ASCII, hyphens between.
fn slug(name: &str) -> String {
    let words = name
        .split(|letter: char| !letter.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty());
    let slug = words.collect::<Vec<_>>().join("-").to_ascii_lowercase();
    if slug.is_empty() {
        "organization".to_owned()
    } else {
        slug
    }
}

/// Whether no organization uses that text to be found by.
fn is_free(db: &Connection, column: &str, text: &str) -> Answer<bool> {
    let taken = db
        .prepare_cached(&format!("SELECT 1 FROM organizations WHERE {column} = ?"))?
        .exists([text])?;
    Ok(!taken)
}

/// The slug, or with the first number behind it that makes it another one.
fn free_slug(db: &Connection, name: &str) -> Answer<String> {
    let slug = slug(name);
    let mut candidate = slug.clone();
    let mut number = 2;
    while !is_free(db, "org_code", &candidate)? {
        candidate = format!("{slug}-{number}");
        number += 1;
    }
    Ok(candidate)
}

/// Creates an organization with its first administrator; nobody else's data can be seen from it.
///
/// Ten times a minute per address.
///
/// Assumption: the slug is also the `OrgCode`; the administrator signs in with it, the e-mail as `ClientId` and the
/// password as `ClientSecret`. An e-mail that is known on the platform keeps its account and password. Amounts without
/// a currency are in USD.
#[utoipa::path(
    post,
    path = "/api/organizations",
    tag = "Organization",
    security(()),
    request_body = Given,
    responses((status = 201, body = OrganizationCreated, description = "The organization, and how to sign in."))
)]
pub(crate) async fn create(
    FromState(state): FromState<State>,
    _: Visitor,
    Body(mut given): Body<Given>,
) -> Answer<Response> {
    let mut texts = Texts::default();
    let name = texts.required("Organization.Name", given.organization.name.take());
    let profile = profile(&mut texts, given.organization);
    let mut admin = Person {
        first_name: texts.required("User.FirstName", given.user.first_name),
        last_name: texts.required("User.LastName", given.user.last_name),
        email: texts.required("User.Email", given.user.email),
        phone: texts.optional("User.PhoneNumber", given.user.phone_number),
        password_hash: None,
    };
    let password = texts.required("User.Password", given.user.password);
    texts.done()?;
    admin.password_hash = Some(hash_password(password).await?);
    let profile = serde_json::to_string(&profile).unwrap_or_default();
    let created = state
        .store
        .write(move |db| {
            if !is_free(db, "name", name.trim())? {
                return Err(Problem::field("Organization.Name", "'Name' is taken."));
            }
            let slug = free_slug(db, &name)?;
            let id = Uuid::new_v4().simple();
            let created = OrganizationCreated {
                organization_id: format!("org_{id}"),
                identity_organization_id: format!("kinde_org_{id}"),
                name: name.trim().to_owned(),
                slug: slug.clone(),
                org_code: Some(slug),
                client_id: Some(admin.email.trim().to_owned()),
            };
            db.execute(
                "INSERT INTO organizations (organization_id, identity_id, org_code, name, currency, profile, created_at)
                 VALUES (?, ?, ?, ?, 'USD', ?, ?)",
                (
                    &created.organization_id,
                    &created.identity_organization_id,
                    &created.slug,
                    &created.name,
                    profile,
                    clock::now(),
                ),
            )?;
            let org = db.last_insert_rowid();
            let admin = enrol(db, admin)?;
            join(db, org, &admin.user_id, "Admin", None)?;
            Ok(created)
        })
        .await?;
    Ok(json(StatusCode::CREATED, &created))
}
