//! The two organizations and their price lists.

use rusqlite::Connection;

/// The first organization: the documents' own.
pub(super) const ACME: i64 = 1;
/// The second one, which proves that neither sees the other.
pub(super) const GLOBEX: i64 = 2;

/// Currencies every demo product has prices in.
pub(super) const CURRENCIES: [&str; 3] = ["USD", "EUR", "JPY"];
/// Price tiers; the empty one is the default base price.
pub(super) const TIERS: [&str; 4] = ["", "Wholesale", "Retail", "Premium"];

const ACME_PROFILE: &str = r#"{"billingAddress1":"1 Distribution Way","billingCity":"Dallas",
"billingStateProvince":"TX","billingPostalCode":"75201","billingCountry":"US","phoneNumber":"555-800-1100",
"email":"office@acme-dist.example","website":"https://acme-dist.example"}"#;

const GLOBEX_PROFILE: &str = r#"{"billingAddress1":"9 Harbor Plaza","billingCity":"Portland",
"billingStateProvince":"OR","billingPostalCode":"97201","billingCountry":"US","phoneNumber":"555-810-0001",
"email":"office@globex.example","website":"https://globex.example"}"#;

/// The key of a price list.
pub(super) fn list(org: i64, currency: usize, tier: usize) -> i64 {
    let position = (currency * TIERS.len() + tier) as u64;
    org * 100 + i64::try_from(position).unwrap_or_default()
}

/// Writes them.
pub(super) fn seed(db: &Connection) -> rusqlite::Result<()> {
    for (org, id, code, name, profile) in [
        (
            ACME,
            "4e9b7f22",
            "acme-dist",
            "Acme Distribution",
            ACME_PROFILE,
        ),
        (
            GLOBEX,
            "b81d03ce",
            "globex",
            "Globex Trading",
            GLOBEX_PROFILE,
        ),
    ] {
        db.execute(
            "INSERT INTO organizations (org, organization_id, identity_id, org_code, name, currency, profile, created_at)
             VALUES (?1, 'org_' || ?2, 'kinde_org_' || ?2, ?3, ?4, 'USD', ?5, '2023-11-06T08:00:00Z')",
            (org, id, code, name, profile),
        )?;
        for (currency_place, currency) in CURRENCIES.into_iter().enumerate() {
            for (tier_place, tier) in TIERS.into_iter().enumerate() {
                db.execute(
                    "INSERT INTO price_lists (list, org, currency, tier) VALUES (?, ?, ?, ?)",
                    (list(org, currency_place, tier_place), org, currency, tier),
                )?;
            }
        }
    }
    // So that the documents' example calls answer with the documents' own ids.
    db.execute_batch(
        "INSERT INTO sequences (org, kind, next) VALUES (1, 'order', 482), (1, 'invoice', 482);
         INSERT INTO reserved_ids (org, kind, value) VALUES
           (1, 'cart:ACME-001', 'cart_8f3a2c1d'), (1, 'confirmation', 'conf_a3f91bc2');",
    )
}
