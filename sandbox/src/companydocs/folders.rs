//! Folders: `/api/companydocs/folders`.

use axum::{extract::State as FromState, http::StatusCode, response::Response};
use nymble_wire::{CreateFolder, DocumentFolder, FolderAnswer, FolderList, Timestamp};
use rusqlite::{Connection, OptionalExtension, Row};
use uuid::Uuid;

use super::{name::folder_name, require_writer};
use crate::{
    auth::{Caller, Tenant},
    clock,
    http::{Body, Segments, json, no_content},
    problem::{Answer, Problem},
    state::State,
};

const LONGEST_PATH: usize = 2_000;
pub(super) const LONGEST_EXTERNAL_ID: usize = 255;

const COLUMNS: &str = "folder_id, name, parent_id, path, external_id, created_at, updated_at";

/// All folders, by path.
#[utoipa::path(get, path = "/api/companydocs/folders", tag = "Documents",
    responses((status = 200, body = FolderList, description = "All folders of the organization.")))]
pub(crate) async fn list(FromState(state): FromState<State>, caller: Caller) -> Answer<Response> {
    let folders = state
        .store
        .read(move |db| {
            let tenant = caller.tenant(db)?;
            let found = db
                .prepare_cached(&format!(
                    "SELECT {COLUMNS} FROM document_folders WHERE org = ? ORDER BY fold(path), folder_id"
                ))?
                .query_map([tenant.org], |row| record(&tenant, row))?
                .collect::<rusqlite::Result<_>>()?;
            Ok(found)
        })
        .await?;
    Ok(json(StatusCode::OK, &FolderList { folders }))
}

/// Makes a folder.
///
/// Assumption: two folders in one place cannot have the same name, whatever the case of its Latin letters (409).
#[utoipa::path(post, path = "/api/companydocs/folders", tag = "Documents", request_body = CreateFolder,
    responses((status = 201, body = FolderAnswer, description = "The new folder.")))]
pub(crate) async fn create(
    FromState(state): FromState<State>,
    caller: Caller,
    Body(wanted): Body<CreateFolder>,
) -> Answer<Response> {
    let folder = state
        .store
        .write(move |db| {
            let tenant = caller.tenant(db)?;
            require_writer(&caller)?;
            make(db, &tenant, &wanted)
        })
        .await?;
    Ok(json(StatusCode::CREATED, &FolderAnswer { folder }))
}

fn make(db: &Connection, tenant: &Tenant, wanted: &CreateFolder) -> Answer<DocumentFolder> {
    let name = folder_name(&wanted.name).map_err(|why| Problem::field("name", why))?;
    let external_id = external_id(wanted.external_id.as_deref())?;
    let parent_id = wanted.parent_id.as_deref().unwrap_or_default();
    let above = match parent_id {
        "" => String::new(),
        id => by_id(db, tenant, id)?
            .ok_or_else(|| Problem::field("parentId", format!("There is no folder '{id}'.")))?
            .path
            .unwrap_or_default(),
    };
    let path = format!("{above}/{name}");
    if path.chars().count() > LONGEST_PATH {
        let reason = format!("The folder's path would be longer than {LONGEST_PATH} letters.");
        return Err(Problem::field("parentId", reason));
    }
    let taken = db
        .prepare_cached(
            "SELECT 1 FROM document_folders WHERE org = ? AND parent_id = ? AND name = ?",
        )?
        .exists((tenant.org, parent_id, &name))?;
    if taken {
        return Err(Problem::new(StatusCode::CONFLICT)
            .detail(format!("There is a folder '{name}' already.")));
    }
    let folder_id = format!("fold_{}", Uuid::new_v4().simple());
    db.prepare_cached(
        "INSERT INTO document_folders (org, folder_id, parent_id, name, path, external_id, created_at, updated_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7)",
    )?
    .execute((
        tenant.org,
        &folder_id,
        parent_id,
        &name,
        &path,
        external_id,
        clock::now(),
    ))?;
    by_id(db, tenant, &folder_id)?.ok_or_else(|| absent(&folder_id))
}

/// One folder.
#[utoipa::path(get, path = "/api/companydocs/folders/{folderId}", tag = "Documents",
    responses((status = 200, body = FolderAnswer, description = "The folder.")))]
pub(crate) async fn get(
    FromState(state): FromState<State>,
    caller: Caller,
    Segments(id): Segments<String>,
) -> Answer<Response> {
    let folder = state
        .store
        .read(move |db| {
            let tenant = caller.tenant(db)?;
            by_id(db, &tenant, &id)?.ok_or_else(|| absent(&id))
        })
        .await?;
    Ok(json(StatusCode::OK, &FolderAnswer { folder }))
}

/// Deletes a folder; 400 when documents or folders are in it.
#[utoipa::path(delete, path = "/api/companydocs/folders/{folderId}", tag = "Documents",
    responses((status = 204, description = "The folder is gone.")))]
pub(crate) async fn delete(
    FromState(state): FromState<State>,
    caller: Caller,
    Segments(id): Segments<String>,
) -> Answer<Response> {
    state
        .store
        .write(move |db| {
            let tenant = caller.tenant(db)?;
            require_writer(&caller)?;
            by_id(db, &tenant, &id)?.ok_or_else(|| absent(&id))?;
            let filled = db
                .prepare_cached(
                    "SELECT 1 FROM document_folders WHERE org = ?1 AND parent_id = ?2
                     UNION ALL SELECT 1 FROM documents WHERE org = ?1 AND folder_id = ?2",
                )?
                .exists((tenant.org, &id))?;
            if filled {
                return Err(Problem::bad_request(
                    "The folder is not empty: delete its documents and folders first.",
                )
                .title("Folder is not empty"));
            }
            db.prepare_cached("DELETE FROM document_folders WHERE org = ? AND folder_id = ?")?
                .execute((tenant.org, &id))?;
            Ok(())
        })
        .await?;
    Ok(no_content())
}

/// The tenant's folder of that id.
pub(super) fn by_id(
    db: &Connection,
    tenant: &Tenant,
    id: &str,
) -> rusqlite::Result<Option<DocumentFolder>> {
    db.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM document_folders WHERE org = ? AND folder_id = ?"
    ))?
    .query_row((tenant.org, id), |row| record(tenant, row))
    .optional()
}

/// 404 for a folder.
pub(super) fn absent(id: &str) -> Problem {
    Problem::not_found(format!("There is no folder '{id}'."))
}

/// The merchant's own id as it is kept; none when empty.
pub(super) fn external_id(given: Option<&str>) -> Answer<Option<String>> {
    let id = given.map(str::trim).filter(|id| !id.is_empty());
    if id.is_some_and(|id| id.chars().count() > LONGEST_EXTERNAL_ID) {
        let reason = format!("'externalId' must be at most {LONGEST_EXTERNAL_ID} letters long.");
        return Err(Problem::field("externalId", reason));
    }
    Ok(id.map(str::to_owned))
}

fn record(tenant: &Tenant, row: &Row<'_>) -> rusqlite::Result<DocumentFolder> {
    let parent_id: String = row.get(2)?;
    let (created_at, updated_at): (String, String) = (row.get(5)?, row.get(6)?);
    Ok(DocumentFolder {
        folder_id: row.get(0)?,
        organization_id: Some(tenant.organization_id.clone()),
        name: row.get(1)?,
        parent_id: Some(parent_id).filter(|id| !id.is_empty()),
        path: row.get(3)?,
        external_id: row.get(4)?,
        created_at: Timestamp::parse(&created_at),
        updated_at: Timestamp::parse(&updated_at),
    })
}
