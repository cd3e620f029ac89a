//! Ids and numbers of new records: reserved for the documents' examples first, then random ones or the next in line.

use rusqlite::{Connection, OptionalExtension};
use uuid::Uuid;

/// The next id of a kind: one reserved for the documents' examples, else a new one.
pub(crate) fn next_id(
    db: &Connection,
    org: i64,
    kind: &str,
    prefix: &str,
) -> rusqlite::Result<String> {
    let reserved = db
        .prepare_cached(
            "DELETE FROM reserved_ids WHERE org = ?1 AND kind = ?2
               AND value = (SELECT min(value) FROM reserved_ids WHERE org = ?1 AND kind = ?2) RETURNING value",
        )?
        .query_row((org, kind), |row| row.get(0))
        .optional()?;
    Ok(reserved.unwrap_or_else(|| format!("{prefix}{}", Uuid::new_v4().simple())))
}

/// The next number of a kind, five digits at least: `order` and `MOM-` make `MOM-00482`.
pub(crate) fn next_number(
    db: &Connection,
    org: i64,
    kind: &str,
    prefix: &str,
) -> rusqlite::Result<String> {
    let number: i64 = db
        .prepare_cached(
            "INSERT INTO sequences (org, kind, next) VALUES (?, ?, 2)
             ON CONFLICT (org, kind) DO UPDATE SET next = next + 1 RETURNING next - 1",
        )?
        .query_row((org, kind), |row| row.get(0))?;
    Ok(format!("{prefix}{number:05}"))
}
