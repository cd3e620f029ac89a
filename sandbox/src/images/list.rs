//! `GET /api/images`.

use axum::{extract::State as FromState, http::StatusCode, response::Response};
use nymble_wire::{Page, Timestamp};
use serde::Serialize;

use super::record::key;
use crate::{
    auth::Caller,
    http::{ImageBase, Listing, Query, json, page},
    problem::{Answer, Problem},
    state::State,
};

const DEFAULT_SIZE: u64 = 25;

/// An uploaded image.
///
/// Assumption: the documents tell of the list, not of its fields.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct UploadedImage {
    /// What a product's `images` call it.
    name: String,
    /// Its address, to which `/small`, `/medium` or `/large` is added.
    url: String,
    /// Of what is served.
    content_type: String,
    /// Pixels of what was uploaded.
    width: i64,
    /// Pixels of what was uploaded.
    height: i64,
    /// When a file of that name was first uploaded.
    created_at: Option<Timestamp>,
    /// When it was last replaced.
    updated_at: Option<Timestamp>,
}

/// Lists uploaded product images, by name.
///
/// Assumption: path and envelope, and that it is sorted by `Name` only; drawn demo pictures are not uploaded ones.
#[utoipa::path(get, path = "/api/images", tag = "Images",
    responses((status = 200, body = Page<UploadedImage>, description = "One page.")))]
pub(crate) async fn list(
    FromState(state): FromState<State>,
    caller: Caller,
    base: ImageBase,
    query: Query,
) -> Answer<Response> {
    caller.require_admin()?;
    let listing = Listing::read(&query, DEFAULT_SIZE)?;
    let sort_on = listing.sort_on.as_deref().unwrap_or("Name");
    if !sort_on.eq_ignore_ascii_case("name") {
        let reason = format!("'{sort_on}' is not a field that can be sorted on.");
        return Err(Problem::field("sortOn", reason));
    }
    let (listing, images, total) = state
        .store
        .read(move |db| {
            let tenant = caller.tenant(db)?;
            let from_where = "FROM images WHERE org = ? AND name NOT LIKE 'category/%'";
            let total = db.query_row(
                &format!("SELECT count(*) {from_where}"),
                [tenant.org],
                |row| row.get(0),
            )?;
            let images = db
                .prepare(&format!(
                    "SELECT name, content_type, width, height, created_at, updated_at {from_where}
                     ORDER BY name COLLATE NOCASE {direction}, name {direction} LIMIT {} OFFSET {}",
                    listing.size,
                    listing.offset(),
                    direction = listing.direction.sql(),
                ))?
                .query_map([tenant.org], |row| {
                    let name: String = row.get(0)?;
                    let (created, updated): (String, String) = (row.get(4)?, row.get(5)?);
                    Ok(UploadedImage {
                        url: base.url(&key(&tenant, &name)),
                        name,
                        content_type: row.get(1)?,
                        width: row.get(2)?,
                        height: row.get(3)?,
                        created_at: Timestamp::parse(&created),
                        updated_at: Timestamp::parse(&updated),
                    })
                })?
                .collect::<rusqlite::Result<Vec<_>>>()?;
            Ok((listing, images, total))
        })
        .await?;
    Ok(json(StatusCode::OK, &page(&listing, images, total)))
}
