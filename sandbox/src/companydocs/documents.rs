//! Documents without their content: `/api/companydocs/documents`.

use axum::{extract::State as FromState, http::StatusCode, response::Response};
use nymble_wire::{Document, DocumentList, Timestamp};
use rusqlite::{Connection, OptionalExtension, Row};

use super::{address::Signer, folders, require_writer};
use crate::{
    auth::{Caller, Tenant},
    http::{PublicOrigin, Query, Segments, json, no_content},
    problem::{Answer, Problem},
    state::State,
};

const COLUMNS: &str =
    "document_id, folder_id, name, content_type, size, external_id, created_at, updated_at";

/// All documents, or one folder's, by name.
#[utoipa::path(get, path = "/api/companydocs/documents", tag = "Documents",
    params(("folderId" = Option<String>, Query, description = "Only what lies directly in this folder.")),
    responses((status = 200, body = DocumentList, description = "The documents, each with a fresh signed address."),
        (status = 404, description = "")))]
pub(crate) async fn list(
    FromState(state): FromState<State>,
    caller: Caller,
    origin: PublicOrigin,
    query: Query,
) -> Answer<Response> {
    let folder = query
        .get("folderId")
        .filter(|id| !id.is_empty())
        .map(str::to_owned);
    let (org, mut documents) = state
        .store
        .read(move |db| {
            let tenant = caller.tenant(db)?;
            if let Some(id) = &folder {
                folders::by_id(db, &tenant, id)?.ok_or_else(|| folders::absent(id))?;
            }
            let found: Vec<Document> = db
                .prepare_cached(&format!(
                    "SELECT {COLUMNS} FROM documents WHERE org = ?1 AND (?2 IS NULL OR folder_id = ?2)
                     ORDER BY fold(name), document_id"
                ))?
                .query_map((tenant.org, folder), |row| record(&tenant, row))?
                .collect::<rusqlite::Result<_>>()?;
            Ok((tenant.org, found))
        })
        .await?;
    for document in &mut documents {
        sign(&state, &origin, org, document)?;
    }
    Ok(json(StatusCode::OK, &DocumentList { documents }))
}

/// One document with a fresh signed address.
#[utoipa::path(get, path = "/api/companydocs/documents/{documentId}", tag = "Documents",
    responses((status = 200, body = Document, description = "The document with a fresh signed address.")))]
pub(crate) async fn get(
    state: FromState<State>,
    caller: Caller,
    origin: PublicOrigin,
    id: Segments<String>,
) -> Answer<Response> {
    one(state, caller, origin, id).await
}

/// Gives a document a new signed address.
///
/// Assumption: the answer is the document, with the new address in `cdnUrl`; the old one works until its own end.
#[utoipa::path(post, path = "/api/companydocs/documents/{documentId}/refresh-url", tag = "Documents",
    responses((status = 200, body = Document, description = "The document with a fresh signed address.")))]
pub(crate) async fn refresh_url(
    state: FromState<State>,
    caller: Caller,
    origin: PublicOrigin,
    id: Segments<String>,
) -> Answer<Response> {
    one(state, caller, origin, id).await
}

async fn one(
    FromState(state): FromState<State>,
    caller: Caller,
    origin: PublicOrigin,
    Segments(id): Segments<String>,
) -> Answer<Response> {
    let (org, mut document) = state
        .store
        .read(move |db| {
            let tenant = caller.tenant(db)?;
            let found = by_id(db, &tenant, &id)?.ok_or_else(|| absent(&id))?;
            Ok((tenant.org, found))
        })
        .await?;
    sign(&state, &origin, org, &mut document)?;
    Ok(json(StatusCode::OK, &document))
}

/// Deletes a document; signed addresses of it end with it.
#[utoipa::path(delete, path = "/api/companydocs/documents/{documentId}", tag = "Documents",
    responses((status = 204, description = "The document is gone.")))]
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
            let gone = db
                .prepare_cached("DELETE FROM documents WHERE org = ? AND document_id = ?")?
                .execute((tenant.org, &id))?;
            if gone == 0 {
                return Err(absent(&id));
            }
            Ok(())
        })
        .await?;
    Ok(no_content())
}

/// The tenant's document of that id, without an address.
pub(super) fn by_id(
    db: &Connection,
    tenant: &Tenant,
    id: &str,
) -> rusqlite::Result<Option<Document>> {
    db.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM documents WHERE org = ? AND document_id = ?"
    ))?
    .query_row((tenant.org, id), |row| record(tenant, row))
    .optional()
}

/// Gives the document a signed address.
pub(super) fn sign(
    state: &State,
    origin: &PublicOrigin,
    org: i64,
    document: &mut Document,
) -> Answer<()> {
    let signer = Signer {
        keys: &state.keys,
        origin,
        life: state.options.document_address_life,
    };
    let (address, expires) = signer.address(org, &document.document_id, &document.name)?;
    document.cdn_url = Some(address);
    document.cdn_url_expires_at = Timestamp::parse(&expires);
    Ok(())
}

/// 404 for a document.
pub(super) fn absent(id: &str) -> Problem {
    Problem::not_found(format!("There is no document '{id}'."))
}

fn record(tenant: &Tenant, row: &Row<'_>) -> rusqlite::Result<Document> {
    let folder_id: String = row.get(1)?;
    let (created_at, updated_at): (String, String) = (row.get(6)?, row.get(7)?);
    Ok(Document {
        document_id: row.get(0)?,
        organization_id: Some(tenant.organization_id.clone()),
        folder_id: Some(folder_id).filter(|id| !id.is_empty()),
        name: row.get(2)?,
        content_type: row.get(3)?,
        size: row.get(4)?,
        external_id: row.get(5)?,
        cdn_url: None,
        cdn_url_expires_at: None,
        created_at: Timestamp::parse(&created_at),
        updated_at: Timestamp::parse(&updated_at),
    })
}
