//! Uploaded pictures as the database keeps them.

use rusqlite::{Connection, OptionalExtension, params};

use super::{glyphs::is_drawn, resize::Sizes};
use crate::{auth::Tenant, clock, problem::Answer};

/// What products and categories call an uploaded image.
pub(super) fn key(tenant: &Tenant, name: &str) -> String {
    format!("{}/{name}", tenant.organization_id)
}

/// The image's own name: what follows the organization in its key.
pub(crate) fn image_name(key: &str) -> &str {
    key.split_once('/').map_or(key, |(_, name)| name)
}

/// What a product calls an image that its merchant names; none when there is no such image.
pub(crate) fn named(db: &Connection, tenant: &Tenant, name: &str) -> Answer<Option<String>> {
    let uploaded = db
        .prepare_cached("SELECT 1 FROM images WHERE org = ? AND name = ?")?
        .exists((tenant.org, name))?;
    Ok(if uploaded {
        Some(key(tenant, name))
    } else {
        is_drawn(name).then(|| name.to_owned())
    })
}

/// Keeps an image, in the place of one of the same name.
pub(super) fn keep(db: &Connection, tenant: &Tenant, name: &str, sizes: &Sizes) -> Answer<()> {
    db.prepare_cached(
        "INSERT INTO images (org, name, content_type, width, height, small, medium, large, created_at, updated_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?9)
         ON CONFLICT (org, name) DO UPDATE SET content_type = ?3, width = ?4, height = ?5, small = ?6, medium = ?7,
           large = ?8, updated_at = ?9",
    )?
    .execute(params![
        tenant.org,
        name,
        sizes.content_type,
        sizes.width,
        sizes.height,
        sizes.small,
        sizes.medium,
        sizes.large,
        clock::now(),
    ])?;
    Ok(())
}

/// An uploaded image's file in a size, which is a column's name, with its content type.
pub(super) fn file(
    db: &Connection,
    key: &str,
    size: &'static str,
) -> Answer<Option<(String, Vec<u8>)>> {
    let Some((organization, name)) = key.split_once('/') else {
        return Ok(None);
    };
    Ok(db
        .prepare_cached(&format!(
            "SELECT i.content_type, i.{size} FROM images i JOIN organizations o USING (org)
             WHERE o.organization_id = ? AND i.name = ?"
        ))?
        .query_row((organization, name), |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?)
}
