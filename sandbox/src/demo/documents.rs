//! The demo organization's documents: a price list, the terms of sale and a drawing, in two folders.

use rusqlite::Connection;

use super::organizations::ACME;
use crate::companydocs::media_type;

const CREATED: &str = "2024-02-01T08:00:00Z";

const FOLDERS: [(&str, &str, &str); 2] = [
    ("fold_6b1f0a94", "Price lists", "ERP-FOLD-1"),
    ("fold_d83c57e2", "Terms and drawings", "ERP-FOLD-2"),
];

const DOCUMENTS: [(&str, &str, &str, &[u8]); 3] = [
    (
        "doc_2f7a90c1",
        "fold_6b1f0a94",
        "Price list Wholesale.csv",
        include_bytes!("../../files/price-list-wholesale.csv"),
    ),
    (
        "doc_84e1d6b3",
        "fold_d83c57e2",
        "Terms of sale.pdf",
        include_bytes!("../../files/terms-of-sale.pdf"),
    ),
    (
        "doc_c05b3f7d",
        "fold_d83c57e2",
        "Bolt drawing.png",
        include_bytes!("../../files/bolt-drawing.png"),
    ),
];

/// Writes them.
pub(super) fn seed(db: &Connection) -> rusqlite::Result<()> {
    for (id, name, external_id) in FOLDERS {
        db.execute(
            "INSERT INTO document_folders (org, folder_id, name, path, external_id, created_at, updated_at)
             VALUES (?1, ?2, ?3, '/' || ?3, ?4, ?5, ?5)",
            (ACME, id, name, external_id, CREATED),
        )?;
    }
    for (id, folder, name, content) in DOCUMENTS {
        db.execute(
            "INSERT INTO documents (org, document_id, folder_id, name, content_type, size, created_at, updated_at, content)
             VALUES (?1, ?2, ?3, ?4, ?5, length(?7), ?6, ?6, ?7)",
            (ACME, id, folder, name, media_type(name), CREATED, content),
        )?;
    }
    Ok(())
}
