//! Signed addresses: who has one reads that document until it runs out, without a token.
//!
//! Assumption: the signature is a JWT in the query; any look of it will do, as clients only follow the address.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::{
    auth::{Purpose, SigningKeys},
    clock,
    http::PublicOrigin,
    problem::Answer,
};

/// What a signature vouches for.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Grant {
    /// The tenant's key.
    pub(super) org: i64,
    /// The document.
    #[serde(rename = "doc")]
    pub(super) document: String,
    /// Seconds since 1970.
    pub(super) exp: i64,
}

/// What makes addresses for one answer.
pub(super) struct Signer<'a> {
    pub(super) keys: &'a SigningKeys,
    pub(super) origin: &'a PublicOrigin,
    pub(super) life: Duration,
}

impl Signer<'_> {
    /// An address of the document's content, and when it runs out.
    pub(super) fn address(&self, org: i64, document: &str, name: &str) -> Answer<(String, String)> {
        let life = i64::try_from(self.life.as_secs()).unwrap_or(i64::MAX);
        let exp = clock::unix_now().saturating_add(life);
        let grant = Grant {
            org,
            document: document.to_owned(),
            exp,
        };
        let signature = self.keys.seal(Purpose::DocumentAddress, &grant)?;
        let address = self.origin.address(&["documents", document, name]);
        Ok((format!("{address}?signature={signature}"), clock::at(exp)))
    }
}
