//! Accounts and memberships as the database keeps them.

use nymble_wire::User;
use rusqlite::{Connection, OptionalExtension, Row};
use uuid::Uuid;

use crate::{clock, http::Texts, problem::Answer};

/// A person who may get an account.
pub(crate) struct Person {
    pub(crate) first_name: String,
    pub(crate) last_name: String,
    pub(crate) email: String,
    pub(crate) phone: Option<String>,
    /// Argon2id in PHC form; without one there is no sign-in by password.
    pub(crate) password_hash: Option<String>,
}

impl Person {
    /// From a body's fields: first name, last name, e-mail and telephone number, each with the name it has there.
    pub(crate) fn read(texts: &mut Texts, given: [(&str, Option<String>); 4]) -> Self {
        let [first_name, last_name, email, phone] = given;
        Self {
            first_name: texts.required(first_name.0, first_name.1),
            last_name: texts.required(last_name.0, last_name.1),
            email: texts.required(email.0, email.1),
            phone: texts.optional(phone.0, phone.1),
            password_hash: None,
        }
    }
}

/// An account, and whether it was made just now.
pub(crate) struct Enrolled {
    pub(crate) user_id: String,
    pub(crate) user: User,
    pub(crate) new: bool,
}

const COLUMNS: &str = "user_id, first_name, last_name, email, phone";

fn read(row: &Row<'_>) -> rusqlite::Result<User> {
    Ok(User {
        user_id: Some(row.get(0)?),
        first_name: row.get(1)?,
        last_name: row.get(2)?,
        email: row.get(3)?,
        phone_number: row.get(4)?,
    })
}

/// The account with that id.
pub(crate) fn account(db: &Connection, user_id: &str) -> Answer<Option<User>> {
    Ok(db
        .prepare_cached(&format!("SELECT {COLUMNS} FROM users WHERE user_id = ?"))?
        .query_row([user_id], read)
        .optional()?)
}

/// The account with that e-mail, in any casing.
pub(super) fn by_email(db: &Connection, email: &str) -> Answer<Option<User>> {
    Ok(db
        .prepare_cached(&format!("SELECT {COLUMNS} FROM users WHERE email = ?"))?
        .query_row([email.trim()], read)
        .optional()?)
}

/// The person's account: a known e-mail's is used as it is, otherwise one is made.
pub(crate) fn enrol(db: &Connection, person: Person) -> Answer<Enrolled> {
    if let Some(user) = by_email(db, &person.email)? {
        return Ok(Enrolled {
            user_id: user.user_id.clone().unwrap_or_default(),
            user,
            new: false,
        });
    }
    let user_id = format!("kp_{}", Uuid::new_v4().simple());
    let user = User {
        user_id: Some(user_id.clone()),
        first_name: person.first_name,
        last_name: person.last_name,
        email: person.email.trim().to_owned(),
        phone_number: person.phone,
    };
    db.execute(
        "INSERT INTO users (user_id, email, first_name, last_name, phone, password_hash, created_at)
         VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            &user_id,
            &user.email,
            &user.first_name,
            &user.last_name,
            &user.phone_number,
            person.password_hash,
            clock::now(),
        ),
    )?;
    Ok(Enrolled {
        user_id,
        user,
        new: true,
    })
}

/// What a user is in an organization, if it belongs to it.
pub(crate) fn role(db: &Connection, org: i64, user_id: &str) -> Answer<Option<String>> {
    Ok(db
        .prepare_cached("SELECT role FROM memberships WHERE org = ? AND user_id = ?")?
        .query_row((org, user_id), |row| row.get(0))
        .optional()?)
}

/// Makes a user a member of an organization, or changes what it is there.
pub(crate) fn join(
    db: &Connection,
    org: i64,
    user_id: &str,
    role: &str,
    customer_number: Option<&str>,
) -> Answer<()> {
    db.execute(
        "INSERT INTO memberships (org, user_id, role, customer_number) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (org, user_id) DO UPDATE SET role = ?3, customer_number = ?4",
        (org, user_id, role, customer_number),
    )?;
    Ok(())
}
