//! The demo organizations' people: what they are there, and how they sign in.

use rusqlite::Connection;

use super::organizations::{ACME, GLOBEX};
use crate::auth::secret_hash;

const SECRET: &str = "sandbox";

const CREATED: &str = "2023-11-06T08:00:00Z";

/// The first organization's sign-ins: `ClientId` and who that is.
pub const SIGN_INS: [(&str, &str); 7] = [
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
    ("acme-super", "administrator of every organization"),
];

/// A person in an organization.
struct Demo {
    org: i64,
    user_id: &'static str,
    name: (&'static str, &'static str),
    email: &'static str,
    phone: &'static str,
    role: &'static str,
    customer: Option<&'static str>,
    client_id: Option<&'static str>,
}

const fn buyer(
    org: i64,
    user_id: &'static str,
    name: (&'static str, &'static str),
    email: &'static str,
    phone: &'static str,
    link: (&'static str, &'static str),
) -> Demo {
    Demo {
        org,
        user_id,
        name,
        email,
        phone,
        role: "Customer",
        customer: Some(link.0),
        client_id: Some(link.1),
    }
}

const fn staff(
    org: i64,
    user_id: &'static str,
    name: (&'static str, &'static str),
    email: &'static str,
    phone: &'static str,
    link: (&'static str, Option<&'static str>),
) -> Demo {
    Demo {
        org,
        user_id,
        name,
        email,
        phone,
        role: link.0,
        customer: None,
        client_id: link.1,
    }
}

const PEOPLE: [Demo; 11] = [
    buyer(
        ACME,
        "kp_buyer001",
        ("Jane", "Smith"),
        "jane.smith@acme-industrial.example",
        "555-800-1002",
        ("ACME-001", "acme-buyer"),
    ),
    buyer(
        ACME,
        "kp_buyer002",
        ("Camille", "Laurent"),
        "camille.laurent@riviera-outillage.example",
        "+33 4 93 00 11 23",
        ("RIV-002", "riviera-buyer"),
    ),
    buyer(
        ACME,
        "kp_buyer003",
        ("健司", "佐藤"),
        "sato@tokyo-seimitsu.example",
        "+81 3 5550 0144",
        ("TYO-003", "tokyo-buyer"),
    ),
    buyer(
        ACME,
        "kp_buyer004",
        ("Walter", "Grimm"),
        "office@dormant.example",
        "555-804-4000",
        ("DORM-004", "dormant-buyer"),
    ),
    staff(
        ACME,
        "kp_rep019",
        ("Dana", "Whitfield"),
        "dana.whitfield@acme-dist.example",
        "555-800-1190",
        ("SalesRep", Some("acme-rep")),
    ),
    staff(
        ACME,
        "kp_rep022",
        ("Marc", "Oyelaran"),
        "marc.oyelaran@acme-dist.example",
        "555-800-1220",
        ("SalesRep", None),
    ),
    staff(
        ACME,
        "kp_admin001",
        ("Ruth", "Okafor"),
        "ruth.okafor@acme-dist.example",
        "555-800-1100",
        ("Admin", Some("acme-admin")),
    ),
    staff(
        ACME,
        "kp_super001",
        ("Noor", "Haddad"),
        "noor.haddad@nymble.example",
        "555-890-0001",
        ("Super", Some("acme-super")),
    ),
    buyer(
        GLOBEX,
        "kp_gx_buyer",
        ("Hank", "Scorpio"),
        "purchasing@globex-field.example",
        "555-810-2000",
        ("GLX-001", "globex-buyer"),
    ),
    staff(
        GLOBEX,
        "kp_gx_admin",
        ("Greta", "Lind"),
        "greta.lind@globex.example",
        "555-810-0001",
        ("Admin", Some("globex-admin")),
    ),
    staff(
        GLOBEX,
        "kp_gx_rep",
        ("Ines", "Falk"),
        "ines.falk@globex.example",
        "555-810-0019",
        ("SalesRep", None),
    ),
];

/// The reps among them, by their numbers.
const REPS: [(i64, &str, &str); 3] = [
    (ACME, "SR-019", "kp_rep019"),
    (ACME, "SR-022", "kp_rep022"),
    (GLOBEX, "SR-019", "kp_gx_rep"),
];

/// Writes them.
pub(super) fn seed(db: &Connection) -> rusqlite::Result<()> {
    for person in PEOPLE {
        db.execute(
            "INSERT INTO users (user_id, email, first_name, last_name, phone, created_at) VALUES (?, ?, ?, ?, ?, ?)",
            (
                person.user_id,
                person.email,
                person.name.0,
                person.name.1,
                person.phone,
                CREATED,
            ),
        )?;
        db.execute(
            "INSERT INTO memberships (org, user_id, role, customer_number) VALUES (?, ?, ?, ?)",
            (person.org, person.user_id, person.role, person.customer),
        )?;
        if let Some(client_id) = person.client_id {
            // A salt that is the same on every machine: demo secrets are public anyway, and demo data is
            // deterministic.
            let salt = format!("demo-{client_id}");
            db.execute(
                "INSERT INTO credentials (client_id, org, user_id, salt, secret_hash) VALUES (?, ?, ?, ?, ?)",
                (client_id, person.org, person.user_id, &salt, secret_hash(&salt, SECRET)),
            )?;
        }
    }
    for (org, rep_number, user_id) in REPS {
        db.execute(
            "INSERT INTO sales_reps (org, rep_number, user_id, first_name, last_name, email, phone)
             SELECT ?, ?, user_id, first_name, last_name, email, phone FROM users WHERE user_id = ?",
            (org, rep_number, user_id),
        )?;
    }
    Ok(())
}
