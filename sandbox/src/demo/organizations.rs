//! The two organizations, their sign-ins, sales reps and price lists.

use rusqlite::Connection;

use crate::auth::secret_hash;

/// The first organization: the documents' own.
pub(super) const ACME: i64 = 1;
/// The second one, which proves that neither sees the other.
pub(super) const GLOBEX: i64 = 2;

/// Currencies every demo product has prices in.
pub(super) const CURRENCIES: [&str; 3] = ["USD", "EUR", "JPY"];
/// Price tiers; the empty one is the default base price.
pub(super) const TIERS: [&str; 4] = ["", "Wholesale", "Retail", "Premium"];

const SECRET: &str = "sandbox";

/// The first organization's sign-ins: `ClientId` and who that is.
pub const SIGN_INS: [(&str, &str); 6] = [
    (
        "acme-buyer",
        "buyer of ACME-001 Acme Industrial Supply (Wholesale, USD)",
    ),
    (
        "riviera-buyer",
        "buyer of RIV-002 Riviera Outillage SARL (Retail, EUR)",
    ),
    (
        "tokyo-buyer",
        "buyer of TYO-003 Tokyo Seimitsu KK (Premium, JPY)",
    ),
    ("dormant-buyer", "buyer of DORM-004, deactivated: refused"),
    ("acme-rep", "sales rep SR-019"),
    ("acme-admin", "administrator"),
];

/// The key of a price list.
pub(super) fn list(org: i64, currency: usize, tier: usize) -> i64 {
    let position = (currency * TIERS.len() + tier) as u64;
    org * 100 + i64::try_from(position).unwrap_or_default()
}

/// Writes them.
pub(super) fn seed(db: &Connection) -> rusqlite::Result<()> {
    let organizations = [
        (ACME, "org_4e9b7f22", "acme-dist", "Acme Distribution"),
        (GLOBEX, "org_b81d03ce", "globex", "Globex Trading"),
    ];
    for (org, id, code, name) in organizations {
        db.execute(
            "INSERT INTO organizations (org, organization_id, org_code, name, currency) VALUES (?, ?, ?, ?, 'USD')",
            (org, id, code, name),
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
    seed_reps(db)?;
    seed_sign_ins(db)?;
    // So that the documents' example calls answer with the documents' own ids.
    db.execute_batch(
        "INSERT INTO sequences (org, kind, next) VALUES (1, 'order', 482), (1, 'invoice', 482);
         INSERT INTO reserved_ids (org, kind, value) VALUES
           (1, 'cart:ACME-001', 'cart_8f3a2c1d'), (1, 'confirmation', 'conf_a3f91bc2');",
    )
}

fn seed_reps(db: &Connection) -> rusqlite::Result<()> {
    let reps = [
        (
            ACME,
            "SR-019",
            "kp_rep019",
            "Dana",
            "Whitfield",
            "dana.whitfield@acme-dist.example",
            "555-800-1190",
        ),
        (
            ACME,
            "SR-022",
            "kp_rep022",
            "Marc",
            "Oyelaran",
            "marc.oyelaran@acme-dist.example",
            "555-800-1220",
        ),
        (
            GLOBEX,
            "SR-019",
            "kp_gx_rep",
            "Ines",
            "Falk",
            "ines.falk@globex.example",
            "555-810-0019",
        ),
    ];
    for rep in reps {
        db.execute(
            "INSERT INTO sales_reps (org, rep_number, user_id, first_name, last_name, email, phone)
             VALUES (?, ?, ?, ?, ?, ?, ?)",
            rep,
        )?;
    }
    Ok(())
}

fn seed_sign_ins(db: &Connection) -> rusqlite::Result<()> {
    let sign_ins = [
        (
            ACME,
            "acme-buyer",
            "kp_buyer001",
            "Customer",
            Some("ACME-001"),
        ),
        (
            ACME,
            "riviera-buyer",
            "kp_buyer002",
            "Customer",
            Some("RIV-002"),
        ),
        (
            ACME,
            "tokyo-buyer",
            "kp_buyer003",
            "Customer",
            Some("TYO-003"),
        ),
        (
            ACME,
            "dormant-buyer",
            "kp_buyer004",
            "Customer",
            Some("DORM-004"),
        ),
        (ACME, "acme-rep", "kp_rep019", "SalesRep", None),
        (ACME, "acme-admin", "kp_admin001", "Admin", None),
        (
            GLOBEX,
            "globex-buyer",
            "kp_gx_buyer",
            "Customer",
            Some("GLX-001"),
        ),
        (GLOBEX, "globex-admin", "kp_gx_admin", "Admin", None),
    ];
    for (org, client_id, user_id, role, customer) in sign_ins {
        // A salt that is the same on every machine: demo secrets are public anyway, and demo data is deterministic.
        let salt = format!("demo-{client_id}");
        db.execute(
            "INSERT INTO credentials (client_id, org, salt, secret_hash, user_id, role, customer_number)
             VALUES (?, ?, ?, ?, ?, ?, ?)",
            (client_id, org, &salt, secret_hash(&salt, SECRET), user_id, role, customer),
        )?;
    }
    Ok(())
}
