//! Company documents, shared by all customers of an organisation: `/api/companydocs`.

use serde::{Deserialize, Serialize};

use crate::{Timestamp, decode::whole_option};

/// A folder of documents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct DocumentFolder {
    /// The platform's id.
    pub folder_id: String,
    /// The organisation it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organization_id: Option<String>,
    /// At most 255 letters, none of them a slash or backslash.
    pub name: String,
    /// The folder it lies in; none at the root.
    #[serde(default)]
    pub parent_id: Option<String>,
    /// Names from the root, for example `/Name`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// The merchant's own id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external_id: Option<String>,
    /// When it was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created_at: Option<Timestamp>,
    /// When it was last changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub updated_at: Option<Timestamp>,
}

/// Body of `POST /api/companydocs/folders`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct CreateFolder {
    /// At most 255 letters, none of them a slash or backslash.
    pub name: String,
    /// The folder to make it in; none for the root.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent_id: Option<String>,
    /// The merchant's own id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external_id: Option<String>,
}

/// One folder, as it is answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct FolderAnswer {
    /// The folder.
    pub folder: DocumentFolder,
}

/// All folders: `GET /api/companydocs/folders`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct FolderList {
    /// By path.
    #[serde(default)]
    pub folders: Vec<DocumentFolder>,
}

/// A document.
///
/// Assumption: the documents name only `documentId` and `cdnUrl`; the other fields' names are ours.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct Document {
    /// The platform's id.
    pub document_id: String,
    /// The organisation it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organization_id: Option<String>,
    /// The folder it lies in; none at the root.
    #[serde(default)]
    pub folder_id: Option<String>,
    /// File name with its extension.
    #[serde(default)]
    pub name: String,
    /// Media type, for example `application/pdf`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content_type: Option<String>,
    /// Size in bytes.
    #[serde(
        default,
        deserialize_with = "whole_option",
        skip_serializing_if = "Option::is_none"
    )]
    pub size: Option<i64>,
    /// The merchant's own id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external_id: Option<String>,
    /// Signed address of the content; works without a token, for one hour.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cdn_url: Option<String>,
    /// When `cdn_url` stops working.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cdn_url_expires_at: Option<Timestamp>,
    /// When it was uploaded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created_at: Option<Timestamp>,
    /// When it was last changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub updated_at: Option<Timestamp>,
}

/// Documents: `GET /api/companydocs/documents`.
///
/// Assumption: wrapped as folders are, and not paged.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct DocumentList {
    /// By name.
    #[serde(default)]
    pub documents: Vec<Document>,
}
