//! Company documents: folders, documents, and the signed addresses of their contents.
//!
//! Assumption: the reference names neither how large these lists get nor any paging; both are read whole.

use nymble_wire::{DocumentFolder, DocumentList, FolderList, Problem, Timestamp};
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsCast;
use web_sys::Blob;

use super::{
    http::{Answer, ApiRequest},
    problem::ApiError,
};
use crate::ports::{
    abort::AbortSignal,
    fetch::{self, Request, Response},
    page::encode,
};

/// The body of a request that has nothing to say.
#[derive(Serialize)]
struct Nothing {}

/// The address of a document's content: who has it needs no token, until it ends.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct SignedAddress {
    /// The address.
    pub(crate) cdn_url: String,
    /// When it ends; an answer may not say.
    #[serde(default)]
    pub(crate) cdn_url_expires_at: Option<Timestamp>,
}

/// `GET /api/companydocs/folders`: all folders.
pub(crate) fn folders() -> ApiRequest {
    ApiRequest::get("/api/companydocs/folders".to_owned())
}

/// `GET /api/companydocs/documents`: all documents, each with a fresh address.
pub(crate) fn list() -> ApiRequest {
    ApiRequest::get("/api/companydocs/documents".to_owned())
}

/// `POST /api/companydocs/documents/{documentId}/refresh-url`: a new address. 404: the document is gone.
pub(crate) fn refresh_url(document_id: &str) -> ApiRequest {
    let path = format!(
        "/api/companydocs/documents/{}/refresh-url",
        encode(document_id)
    );
    ApiRequest::post(path, &Nothing {})
}

/// Reads the answer of [`folders`].
pub(crate) fn read_folders(answer: &Answer) -> Result<Vec<DocumentFolder>, ApiError> {
    answer.decode::<FolderList>().map(|list| list.folders)
}

/// Reads the answer of [`list`].
pub(crate) fn read_list(answer: &Answer) -> Result<DocumentList, ApiError> {
    answer.decode()
}

/// Reads the answer of [`refresh_url`].
///
/// Assumption: it is the document or a part of it; only the address and its end are read.
pub(crate) fn read_address(answer: &Answer) -> Result<SignedAddress, ApiError> {
    answer.decode()
}

/// Fetches what is at a signed address. Sent without a token: the address is all the proof there is.
pub(crate) async fn content(address: &str, abort: Option<&AbortSignal>) -> Result<Blob, ApiError> {
    let given_up = || match abort {
        Some(abort) if abort.aborted() => ApiError::Aborted,
        _ => ApiError::Unreachable,
    };
    let request = Request::get(address).abort_signal(abort);
    let response: Response = request.send().await.map_err(|_| given_up())?;
    if !response.ok() {
        return Err(ApiError::Refused {
            status: response.status(),
            problem: Box::new(Problem::default()),
            retry_after: None,
        });
    }
    let body = fetch::file(response).map_err(|_| given_up())?;
    let blob = body.await.map_err(|_| given_up())?;
    blob.dyn_into().map_err(|_| given_up())
}
