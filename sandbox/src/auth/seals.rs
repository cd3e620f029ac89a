//! Signed statements that are not access tokens, signed addresses and the payment provider's word.
//!
//! Each purpose signs with a key of its own, made from the sandbox's: no seal passes for an access token or for
//! another seal. The library compares signatures in constant time.

use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Serialize, de::DeserializeOwned};

use super::SigningKeys;
use crate::problem::{Answer, Problem};

/// What a seal is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// The address of a document's content.
    DocumentAddress,
    /// What the payment provider reports.
    ProviderResult,
}

impl Purpose {
    fn key(self, keys: &SigningKeys) -> String {
        let name = match self {
            Self::DocumentAddress => "document-address",
            Self::ProviderResult => "provider-result",
        };
        format!("{name}:{}", keys.secret())
    }
}

impl SigningKeys {
    /// Signs `claims`, which hold `exp`, for one purpose.
    pub(crate) fn seal(&self, purpose: Purpose, claims: &impl Serialize) -> Answer<String> {
        let key = EncodingKey::from_secret(purpose.key(self).as_bytes());
        jsonwebtoken::encode(&Header::new(Algorithm::HS256), claims, &key).map_err(|error| {
            tracing::error!(%error, "a seal could not be made");
            Problem::new(axum::http::StatusCode::INTERNAL_SERVER_ERROR)
        })
    }

    /// What was sealed for that purpose; nothing when it was not us, or is too old.
    pub(crate) fn unseal<T: DeserializeOwned + Clone>(
        &self,
        purpose: Purpose,
        sealed: &str,
    ) -> Option<T> {
        let mut validation = Validation::new(Algorithm::HS256);
        validation.leeway = 0;
        let key = DecodingKey::from_secret(purpose.key(self).as_bytes());
        let read = jsonwebtoken::decode::<T>(sealed, &key, &validation).ok()?;
        Some(read.claims)
    }
}
