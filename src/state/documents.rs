//! The documents: what there is, and addresses of their contents that work.
//!
//! The address of a content ends after an hour. Whoever asks here gets one that works: an address that has
//! ended, or is about to, by the server's clock, is renewed first, and one that fails all the same is renewed once.

use leptos::prelude::*;
use nymble_wire::{DocumentFolder, DocumentList};
use std::collections::HashMap;
use web_sys::Blob;

use crate::ports::abort::AbortSignal;

use super::{
    session::{Session, use_session},
    shared,
};
use crate::state::app::loading::Loading;
use crate::{
    api::{
        documents::{self, SignedAddress},
        problem::ApiError,
    },
    domain::documents::is_stale,
    ports::time,
};

/// The documents as far as they are known. A copy is a handle.
#[derive(Clone, Copy)]
pub(crate) struct DocumentsState {
    session: Session,
    /// All folders.
    pub(crate) folders: Loading<Vec<DocumentFolder>>,
    /// All documents.
    pub(crate) documents: Loading<DocumentList>,
    /// The addresses that were renewed, by document.
    renewed: StoredValue<HashMap<String, SignedAddress>>,
}

impl DocumentsState {
    fn new() -> Self {
        Self {
            session: use_session(),
            folders: Loading::new(),
            documents: Loading::new(),
            renewed: StoredValue::new(HashMap::new()),
        }
    }

    /// Reads folders and documents; what is known already stays meanwhile.
    pub(crate) fn load(self) {
        let session = self.session;
        self.folders.load(
            session,
            documents::folders(),
            documents::read_folders,
            |_| {},
        );
        let renewed = self.renewed;
        self.documents.load(
            session,
            documents::list(),
            documents::read_list,
            // The list brings a fresh address for each.
            move |_| renewed.set_value(HashMap::new()),
        );
    }

    /// The address of a document's content, if one is known that has not ended.
    pub(crate) fn known_address(self, document_id: &str) -> Option<String> {
        let renewed = self
            .renewed
            .with_value(|renewed| renewed.get(document_id).cloned());
        let (address, ends) = if let Some(renewed) = renewed {
            (Some(renewed.cdn_url), renewed.cdn_url_expires_at)
        } else {
            let list = untrack(|| self.documents.value())?;
            let mut list = list.documents.iter();
            let document = list.find(|document| document.document_id == document_id)?;
            (
                document.cdn_url.clone(),
                document.cdn_url_expires_at.clone(),
            )
        };
        let ends_at = ends.and_then(|ends| time::seconds_of(ends.as_str()));
        address.filter(|_| !is_stale(ends_at, time::now_seconds().cast_signed()))
    }

    /// An address of a document's content that works.
    pub(crate) async fn address(self, document_id: &str) -> Result<String, ApiError> {
        match self.known_address(document_id) {
            Some(address) => Ok(address),
            None => self.renew(document_id).await,
        }
    }

    /// Asks for a new address, whatever is known.
    pub(crate) async fn renew(self, document_id: &str) -> Result<String, ApiError> {
        let answer = self
            .session
            .send(documents::refresh_url(document_id))
            .await?;
        let renewed = documents::read_address(&answer)?;
        let address = renewed.cdn_url.clone();
        self.renewed.try_update_value(|known| {
            known.insert(document_id.to_owned(), renewed);
        });
        Ok(address)
    }

    /// A document's content.
    pub(crate) async fn content(
        self,
        document_id: &str,
        abort: Option<AbortSignal>,
    ) -> Result<Blob, ApiError> {
        let address = self.address(document_id).await?;
        match documents::content(&address, abort.as_ref()).await {
            Err(error) if error != ApiError::Aborted => {
                let address = self.renew(document_id).await?;
                documents::content(&address, abort.as_ref()).await
            }
            outcome => outcome,
        }
    }
}

/// The documents of the running app.
///
/// # Panics
/// Outside the app's component tree.
pub(crate) fn use_documents() -> DocumentsState {
    shared(DocumentsState::new)
}
