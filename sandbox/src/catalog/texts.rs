//! Texts that many products share, descriptions and attributes, each kept once. One that no product uses any more stays:
//! it takes little, and is found again when it comes back.

use rusqlite::{Connection, OptionalExtension};

/// The key of a text, which is kept from now on if it was not.
pub(crate) fn text_key(db: &Connection, text: &str) -> rusqlite::Result<i64> {
    let known = db
        .prepare_cached("SELECT text_key FROM texts WHERE text = ?")?
        .query_row([text], |row| row.get(0))
        .optional()?;
    match known {
        Some(key) => Ok(key),
        None => db
            .prepare_cached("INSERT INTO texts (text) VALUES (?) RETURNING text_key")?
            .query_row([text], |row| row.get(0)),
    }
}
