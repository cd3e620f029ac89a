//! `POST /api/companydocs/documents/upload`: a file by multipart form.

use axum::{
    body::Bytes,
    extract::{
        Multipart, State as FromState,
        multipart::{MultipartError, MultipartRejection},
    },
    http::StatusCode,
    response::Response,
};
use nymble_wire::Document;
use rusqlite::Connection;
use uuid::Uuid;

use super::{documents, folders, media_type, name::file_name, require_writer};
use crate::{
    auth::{Caller, Tenant},
    clock,
    http::{PublicOrigin, json},
    problem::{Answer, Problem},
    state::State,
};

/// The largest file, in bytes.
///
/// Assumption: 10 MB; the documents ask for the limit without naming it.
const LARGEST_FILE: usize = 10 * 1024 * 1024;

/// The largest form: the file and what surrounds it.
pub(super) const LARGEST_FORM: usize = LARGEST_FILE + 64 * 1024;

/// The form's fields.
///
/// Assumption: their names; the documents only say that there are a file and an optional folder.
#[derive(utoipa::ToSchema)]
#[allow(dead_code, reason = "describes the form; it is read field by field")]
pub(crate) struct UploadForm {
    /// The file with its name, at most 10 MB.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
    /// Where it goes; the root when absent.
    #[schema(rename = "folderId")]
    folder_id: Option<String>,
    /// The merchant's own id.
    #[schema(rename = "externalId")]
    external_id: Option<String>,
}

/// A form that was read.
#[derive(Default)]
struct Form {
    file: Option<(String, Bytes)>,
    folder_id: String,
    external_id: Option<String>,
}

/// Uploads a file.
///
/// Assumption: answered with 201; a name that is taken in that folder is a 409.
#[utoipa::path(post, path = "/api/companydocs/documents/upload", tag = "Documents",
    request_body(content = UploadForm, content_type = "multipart/form-data"),
    responses((status = 201, body = Document, description = "The document with a signed address.")))]
pub(crate) async fn upload(
    FromState(state): FromState<State>,
    caller: Caller,
    origin: PublicOrigin,
    form: Result<Multipart, MultipartRejection>,
) -> Answer<Response> {
    require_writer(&caller)?;
    let form = form.map_err(|_| {
        Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE)
            .detail("Send the file as 'multipart/form-data' with a boundary.")
    })?;
    let form = read(form).await?;
    let (org, mut document) = state
        .store
        .write(move |db| {
            let tenant = caller.tenant(db)?;
            keep(db, &tenant, form).map(|document| (tenant.org, document))
        })
        .await?;
    documents::sign(&state, &origin, org, &mut document)?;
    Ok(json(StatusCode::CREATED, &document))
}

async fn read(mut multipart: Multipart) -> Answer<Form> {
    let mut form = Form::default();
    while let Some(field) = multipart
        .next_field()
        .await
        .map_err(|error| unreadable(&error))?
    {
        match field.name().unwrap_or_default() {
            "file" => {
                if form.file.is_some() {
                    return Err(Problem::field("file", "Send one file at a time."));
                }
                let name = field
                    .file_name()
                    .and_then(file_name)
                    .ok_or_else(|| Problem::field("file", "'file' must have a file name."))?;
                form.file = Some((
                    name,
                    field.bytes().await.map_err(|error| unreadable(&error))?,
                ));
            }
            "folderId" => {
                form.folder_id = field.text().await.map_err(|error| unreadable(&error))?;
            }
            "externalId" => {
                let given = field.text().await.map_err(|error| unreadable(&error))?;
                form.external_id = folders::external_id(Some(&given))?;
            }
            // What is not known is passed over, as in JSON bodies.
            _ => {}
        }
    }
    Ok(form)
}

fn keep(db: &Connection, tenant: &Tenant, form: Form) -> Answer<Document> {
    let (name, content) = form
        .file
        .ok_or_else(|| Problem::field("file", "'file' must not be empty."))?;
    if content.is_empty() {
        return Err(Problem::field("file", "'file' must not be empty."));
    }
    if content.len() > LARGEST_FILE {
        return Err(too_large());
    }
    let folder = form.folder_id.trim();
    if !folder.is_empty() && folders::by_id(db, tenant, folder)?.is_none() {
        let reason = format!("There is no folder '{folder}'.");
        return Err(Problem::field("folderId", reason));
    }
    let taken = db
        .prepare_cached("SELECT 1 FROM documents WHERE org = ? AND folder_id = ? AND name = ?")?
        .exists((tenant.org, folder, &name))?;
    if taken {
        return Err(Problem::new(StatusCode::CONFLICT).detail(format!(
            "There is a document '{name}' in that folder already."
        )));
    }
    let id = format!("doc_{}", Uuid::new_v4().simple());
    db.prepare_cached(
        "INSERT INTO documents (org, document_id, folder_id, name, content_type, size, external_id, created_at,
           updated_at, content) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?8, ?9)",
    )?
    .execute((
        tenant.org,
        &id,
        folder,
        &name,
        media_type(&name),
        i64::try_from(content.len()).unwrap_or(i64::MAX),
        form.external_id,
        clock::now(),
        &content[..],
    ))?;
    documents::by_id(db, tenant, &id)?.ok_or_else(|| documents::absent(&id))
}

fn unreadable(error: &MultipartError) -> Problem {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        return too_large();
    }
    Problem::bad_request("The form could not be read.")
}

fn too_large() -> Problem {
    Problem::new(StatusCode::PAYLOAD_TOO_LARGE).detail("The file is larger than 10 MB.")
}
