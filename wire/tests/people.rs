//! People, organisations, sales reps, scoped tokens and places, in every spelling.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod common;

use common::{examples, misses, read, read_and_send, some};
use nymble_wire::{
    AccessAnswer, ApiKey, CreateUser, Organization, OrganizationSalesRep, OrganizationUsers,
    Places, SalesRepOrganizations, User, UserExists,
};

#[test]
fn the_overviews_user_is_read_and_sent_in_its_spelling() {
    let user: CreateUser = read_and_send(examples::USER);
    assert_eq!(
        (user.first_name.as_str(), user.last_name.as_str()),
        ("Jane", "Smith")
    );
    assert_eq!(user.password, None);
    for field in ["FirstName", "LastName", "Email"] {
        misses::<CreateUser>(&common::without(examples::USER, "", field), field);
    }
}

#[test]
fn a_profile_may_call_its_email_the_preferred_one() {
    let profile = r#"{ "FirstName": "Jane", "LastName": "Smith", "PreferredEmail": "jane@acme.example",
        "PhoneNumber": "555-800-1002" }"#;
    let user: User = read(profile);
    assert_eq!(user.email, "jane@acme.example");
    assert_eq!(user.phone_number, some("555-800-1002"));
    let exists: UserExists = read(r#"{ "Exists": true }"#);
    assert!(exists.exists);
}

#[test]
fn the_overviews_organization_is_read_and_sent_with_its_profile() {
    let organization: Organization = read(examples::ORGANIZATION);
    assert_eq!(organization.organization_id, "org_abc123");
    assert_eq!(organization.slug, "acme-corp");
    let with_profile = r#"{ "organizationId": "org_1", "name": "Acme", "slug": "acme", "currencyCode": "USD",
        "billingCity": "Austin", "website": "https://acme.example" }"#;
    let organization: Organization = read_and_send(with_profile);
    assert_eq!(organization.profile.billing_city, some("Austin"));
}

#[test]
fn administrators_and_keys_are_read_in_every_spelling() {
    let users: OrganizationUsers = read(
        r#"{ "OrganizationUsers": [{ "UserId": "kp_1", "Email": "a@b.example", "Role": "Admin" }] }"#,
    );
    assert_eq!(users.organization_users[0].role, "Admin");
    let key: ApiKey =
        read(r#"{ "ApiKeyId": "key_1", "Name": "ERP", "CreatedAt": "2024-06-01T10:00:00Z" }"#);
    assert_eq!(key.api_key, None);
}

#[test]
fn a_rep_is_read_once_for_each_organization() {
    let reps: SalesRepOrganizations = read(
        r#"{ "salesRepOrganizations": [{ "organizationSalesRepId": "osr_1", "salesRepId": "sr_1", "repNumber": "SR-019",
            "firstName": "Dana", "lastName": "Reyes", "email": "dana@acme.example", "active": true,
            "roles": ["SalesRep"], "identityOrganizationId": "kinde_org_1" }] }"#,
    );
    let rep: &OrganizationSalesRep = &reps.sales_rep_organizations[0];
    assert_eq!(rep.rep_number, "SR-019");
    assert!(rep.active);
}

#[test]
fn a_scoped_token_comes_with_its_commerce_context() {
    let answer: AccessAnswer = read(
        r#"{ "AccessToken": "eyJ", "TokenType": "api-key", "ExpiresIn": 86400, "CustomerNumber": "ACME-001",
            "PriceTier": "Wholesale", "CurrencyCode": "USD" }"#,
    );
    assert_eq!(answer.customer_number, some("ACME-001"));
    assert_eq!(answer.price_tier, some("Wholesale"));
}

#[test]
fn a_place_may_have_no_state() {
    let places: Places = read_and_send(
        r#"{ "data": [{ "city": "Nice", "postalCode": "06000", "country": "FR" },
            { "city": "Austin", "state": "TX", "postalCode": "78701", "country": "US" }] }"#,
    );
    assert_eq!(places.data[0].state, None);
    assert_eq!(places.data[1].state, some("TX"));
}
