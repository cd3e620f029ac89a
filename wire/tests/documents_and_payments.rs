//! Company documents, saved methods and hosted payments, in the casings the documents show.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use nymble_wire::{
    AddPaymentMethod, DecodeError, Document, DocumentFolder, FolderAnswer, FolderList,
    PaymentMethodAdded, TransactionSetup, TransactionSetupAnswer, TransactionState,
    TransactionStatus, decode,
};

const FOLDER: &str = r#"{"folder":{"folderId":"fold_1","organizationId":"org_1","name":"Name","parentId":null,
    "path":"/Name","externalId":"E-1","createdAt":"2024-01-15T09:00:00Z","updatedAt":"2024-01-15T09:00:00Z"}}"#;

#[test]
fn a_folder_is_read_in_either_casing() {
    let camel: FolderAnswer = decode(FOLDER).unwrap();
    assert_eq!(camel.folder.path.as_deref(), Some("/Name"));
    assert_eq!(camel.folder.parent_id, None);
    let pascal = FOLDER
        .replace("folderId", "FolderId")
        .replace("\"folder\"", "\"Folder\"")
        .replace("externalId", "ExternalId");
    assert_eq!(decode::<FolderAnswer>(&pascal).unwrap(), camel);
    let list: FolderList = decode(r#"{"folders":[{"folderId":"f","name":"A"}]}"#).unwrap();
    assert_eq!(list.folders.len(), 1);
    assert_eq!(
        decode::<DocumentFolder>(r#"{"name":"A"}"#),
        Err(DecodeError::MissingField("folderId".to_owned()))
    );
    let text = serde_json::to_string(&camel).unwrap();
    assert_eq!(decode::<FolderAnswer>(&text).unwrap(), camel);
}

#[test]
fn a_document_needs_no_more_than_what_is_documented() {
    let bare: Document =
        decode(r#"{"DocumentId":"doc_1","CdnUrl":"https://cdn.example/d"}"#).unwrap();
    assert_eq!(bare.document_id, "doc_1");
    assert_eq!(bare.cdn_url.as_deref(), Some("https://cdn.example/d"));
    assert_eq!((bare.name.as_str(), bare.size), ("", None));
    let whole: Document = decode(r#"{"documentId":"doc_1","size":1024.0}"#).unwrap();
    assert_eq!(whole.size, Some(1_024));
}

#[test]
fn an_added_method_is_saved_or_redirects() {
    let saved: PaymentMethodAdded = decode(r#"{"PaymentProfileId":"pp_1"}"#).unwrap();
    assert_eq!(saved.payment_profile_id.as_deref(), Some("pp_1"));
    assert!(!saved.requires_redirect);
    let redirects: PaymentMethodAdded =
        decode(r#"{"RequiresRedirect":true,"RedirectUrl":"https://pay.example/"}"#).unwrap();
    assert!(redirects.requires_redirect);
    assert_eq!(
        redirects.redirect_url.as_deref(),
        Some("https://pay.example/")
    );
    let text = serde_json::to_string(&redirects).unwrap();
    assert_eq!(
        text,
        r#"{"RequiresRedirect":true,"RedirectUrl":"https://pay.example/"}"#
    );
    let add: AddPaymentMethod = decode(
        r#"{"CustomerNumber":"ACME-001","CreditCard":{"CardNumber":"4111111111111111","ExpiryMonth":"10","ExpiryYear":2028}}"#,
    )
    .unwrap();
    assert!(!format!("{add:?}").contains("4111"));
}

#[test]
fn a_hosted_payment_is_read_in_either_casing() {
    let answer: TransactionSetupAnswer = decode(
        r#"{"TransactionSetupId":"ts_1","HostedPaymentUrl":"https://pay.example/1","ApplicationReturnUrl":"https://shop.example/"}"#,
    )
    .unwrap();
    assert_eq!(answer.hosted_payment_url, "https://pay.example/1");
    let setup: TransactionSetup = decode(
        r#"{"customerNumber":"ACME-001","transactionAmount":0.00,"applicationReturnUrl":"https://shop.example/"}"#,
    )
    .unwrap();
    assert_eq!(setup.transaction_amount.to_string(), "0.00");
    assert_eq!((setup.is_default, setup.market_code), (false, None));
    let state: TransactionState = decode(
        r#"{"transactionSetupId":"ts_1","customerNumber":"A","status":"canceled","transactionAmount":1.5,"currencyCode":"USD"}"#,
    )
    .unwrap();
    assert_eq!(state.status, TransactionStatus::Cancelled);
}
