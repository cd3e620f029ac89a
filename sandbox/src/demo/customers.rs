//! The demo customers, with addresses, contacts and saved cards.

use rusqlite::Connection;
use serde_json::{Value, json};

use super::organizations::{ACME, GLOBEX};

const CREATED: &str = "2023-11-06T08:00:00Z";

struct Demo {
    org: i64,
    number: &'static str,
    name: &'static str,
    email: &'static str,
    phone: &'static str,
    fax: Option<&'static str>,
    tier: &'static str,
    currency: &'static str,
    active: bool,
    rep: Option<&'static str>,
    terms: Option<&'static str>,
    external_id: &'static str,
    addresses: Value,
    contacts: Value,
    attributes: Value,
}

/// Saved cards: organization, customer, profile, provider's token, brand, last four, month, year, holder, default.
type SavedCard = (
    i64,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    i64,
    i64,
    &'static str,
    bool,
);

const CARDS: [SavedCard; 5] = [
    (
        ACME,
        "ACME-001",
        "pp_5c21e7a0",
        "tok_visa_acme",
        "Visa",
        "4242",
        11,
        2031,
        "Jane Smith",
        true,
    ),
    (
        ACME,
        "ACME-001",
        "pp_9d04b3f8",
        "tok_mc_acme",
        "Mastercard",
        "5454",
        4,
        2030,
        "Acme Industrial Supply",
        false,
    ),
    (
        ACME,
        "RIV-002",
        "pp_71aa20cd",
        "tok_visa_riv",
        "Visa",
        "1881",
        8,
        2030,
        "Camille Laurent",
        true,
    ),
    (
        ACME,
        "TYO-003",
        "pp_3e58d4b9",
        "tok_jcb_tyo",
        "JCB",
        "0505",
        2,
        2032,
        "SATO KENJI",
        true,
    ),
    (
        GLOBEX,
        "GLX-001",
        "pp_c0ffee12",
        "tok_visa_glx",
        "Visa",
        "0077",
        12,
        2030,
        "Hank Scorpio",
        true,
    ),
];

/// Writes them.
pub(super) fn seed(db: &Connection) -> rusqlite::Result<()> {
    for customer in [acme(), riviera(), tokyo(), dormant(), globex()] {
        db.execute(
            "INSERT INTO customers (org, customer_number, company_name, company_email, company_phone, company_fax, pricing,
               currency, active, rep_number, terms, external_id, addresses, contacts, attributes, created_at, updated_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?16)",
            rusqlite::params![
                customer.org,
                customer.number,
                customer.name,
                customer.email,
                customer.phone,
                customer.fax,
                customer.tier,
                customer.currency,
                customer.active,
                customer.rep,
                customer.terms,
                customer.external_id,
                customer.addresses.to_string(),
                customer.contacts.to_string(),
                customer.attributes.to_string(),
                CREATED,
            ],
        )?;
    }
    for (org, customer, profile, token, brand, last_four, month, year, holder, default) in CARDS {
        db.execute(
            "INSERT INTO payment_profiles (org, profile_id, customer_number, provider_token, brand, last_four,
               expiry_month, expiry_year, cardholder, is_default, created_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
            rusqlite::params![org, profile, customer, token, brand, last_four, month, year, holder, default, CREATED],
        )?;
    }
    Ok(())
}

/// The documents' own customer, with a second place to ship to and one to bill.
fn acme() -> Demo {
    Demo {
        org: ACME,
        number: "ACME-001",
        name: "Acme Industrial Supply",
        email: "orders@acme-industrial.example",
        phone: "555-800-1000",
        fax: Some("555-800-1001"),
        tier: "Wholesale",
        currency: "USD",
        active: true,
        rep: Some("SR-019"),
        terms: Some("NET30"),
        external_id: "ERP-CUST-10042",
        addresses: json!([
            { "externalId": "ADDR-001", "line1": "500 Commerce Drive", "line2": "Suite 200", "city": "Austin",
              "state": "TX", "postalCode": "78701", "country": "US", "addressType": "Shipping",
              "phone": "555-800-1000", "isPrimary": true },
            { "externalId": "ADDR-002", "line1": "8800 Burleson Road", "line2": "Warehouse 3, Dock B", "city": "Austin",
              "state": "TX", "postalCode": "78744", "country": "US", "addressType": "Shipping",
              "phone": "555-800-1040", "isPrimary": false },
            { "externalId": "ADDR-003", "line1": "500 Commerce Drive", "line2": "Suite 200, Accounts Payable",
              "city": "Austin", "state": "TX", "postalCode": "78701", "country": "US", "addressType": "Billing",
              "phone": "555-800-1003", "isPrimary": true }
        ]),
        contacts: json!([
            { "externalId": "CON-001", "title": "Ms.", "firstName": "Jane", "lastName": "Smith",
              "email": "jane.smith@acme-industrial.example", "phone": "555-800-1002", "fax": "", "isPrimary": true,
              "contactType": "Purchasing" },
            { "externalId": "CON-002", "title": "Mr.", "firstName": "Luis", "lastName": "Ortega",
              "email": "ap@acme-industrial.example", "phone": "555-800-1003", "isPrimary": false,
              "contactType": "Accounts Payable" },
            { "externalId": "CON-003", "title": "Mr.", "firstName": "Ben", "lastName": "Achterberg",
              "email": "dock@acme-industrial.example", "phone": "555-800-1040", "isPrimary": false,
              "contactType": "Receiving" }
        ]),
        attributes: json!({ "region": "Southwest", "accountTier": "Gold" }),
    }
}

fn riviera() -> Demo {
    Demo {
        org: ACME,
        number: "RIV-002",
        name: "Riviera Outillage SARL",
        email: "achats@riviera-outillage.example",
        phone: "+33 4 93 00 11 22",
        fax: None,
        tier: "Retail",
        currency: "EUR",
        active: true,
        rep: Some("SR-022"),
        terms: None,
        external_id: "ERP-CUST-20117",
        addresses: json!([
            { "externalId": "RIV-S1", "line1": "12 Quai des Docks", "city": "Nice", "postalCode": "06300",
              "country": "FR", "addressType": "Shipping", "phone": "+33 4 93 00 11 22", "isPrimary": true },
            { "externalId": "RIV-B1", "line1": "3 Rue de l’Hôtel des Postes", "line2": "BP 40", "city": "Nice",
              "postalCode": "06000", "country": "FR", "addressType": "Billing", "isPrimary": true }
        ]),
        contacts: json!([
            { "externalId": "RIV-C1", "title": "Mme", "firstName": "Camille", "lastName": "Laurent",
              "email": "camille.laurent@riviera-outillage.example", "phone": "+33 4 93 00 11 23", "isPrimary": true,
              "contactType": "Purchasing" }
        ]),
        attributes: json!({ "vatNumber": "FR40303265045" }),
    }
}

fn tokyo() -> Demo {
    Demo {
        org: ACME,
        number: "TYO-003",
        name: "Tokyo Seimitsu KK 東京精密",
        email: "kobai@tokyo-seimitsu.example",
        phone: "+81 3 5550 0142",
        fax: Some("+81 3 5550 0143"),
        tier: "Premium",
        currency: "JPY",
        active: true,
        rep: Some("SR-019"),
        terms: Some("NET60"),
        external_id: "ERP-CUST-30388",
        addresses: json!([
            { "externalId": "TYO-S1", "line1": "大田区西糀谷 2-14-7", "line2": "第3工場", "city": "東京都",
              "state": "13", "postalCode": "144-0034", "country": "JP", "addressType": "Shipping",
              "phone": "+81 3 5550 0142", "isPrimary": true },
            { "externalId": "TYO-B1", "line1": "Minato-ku Shibaura 3-1-21", "city": "Tokyo", "state": "13",
              "postalCode": "108-0023", "country": "JP", "addressType": "Billing", "isPrimary": true }
        ]),
        contacts: json!([
            { "externalId": "TYO-C1", "firstName": "健司", "lastName": "佐藤", "email": "sato@tokyo-seimitsu.example",
              "phone": "+81 3 5550 0144", "isPrimary": true, "contactType": "Purchasing" }
        ]),
        attributes: json!({ "region": "Kantō" }),
    }
}

fn dormant() -> Demo {
    Demo {
        org: ACME,
        number: "DORM-004",
        name: "Dormant Machine Works",
        email: "office@dormant.example",
        phone: "555-804-4000",
        fax: None,
        tier: "Retail",
        currency: "USD",
        active: false,
        rep: None,
        terms: Some("COD"),
        external_id: "ERP-CUST-09001",
        addresses: json!([
            { "externalId": "DOR-S1", "line1": "77 Foundry Lane", "city": "Gary", "state": "IN",
              "postalCode": "46402", "country": "US", "addressType": "Shipping", "isPrimary": true }
        ]),
        contacts: json!([]),
        attributes: json!({}),
    }
}

fn globex() -> Demo {
    Demo {
        org: GLOBEX,
        number: "GLX-001",
        name: "Globex Field Services",
        email: "purchasing@globex-field.example",
        phone: "555-810-2000",
        fax: None,
        tier: "Wholesale",
        currency: "USD",
        active: true,
        rep: Some("SR-019"),
        terms: Some("NET30"),
        external_id: "GX-1",
        addresses: json!([
            { "externalId": "GLX-S1", "line1": "1 Volcano Road", "city": "Cypress Creek", "state": "OR",
              "postalCode": "97001", "country": "US", "addressType": "Shipping", "isPrimary": true }
        ]),
        contacts: json!([]),
        attributes: json!({}),
    }
}
