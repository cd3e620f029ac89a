//! `GET /api/invoices/{id}/pdf`: the invoice on paper.

mod layout;
mod letters;
mod sheet;

use axum::{
    extract::State as FromState,
    http::header,
    response::{IntoResponse, Response},
};

use super::record::{seen, show};
use crate::{auth::Caller, http::Segments, problem::Answer, state::State};

/// Prints an invoice.
///
/// Assumption: the path is ours. The same invoice is the same file, byte for byte.
#[utoipa::path(get, path = "/api/invoices/{id}/pdf", tag = "Invoices", responses((status = 200, content_type = "application/pdf", body = Vec<u8>, description = "The invoice as a PDF")))]
pub(crate) async fn get(
    FromState(state): FromState<State>,
    caller: Caller,
    Segments(key): Segments<String>,
) -> Answer<Response> {
    let (number, file) = state
        .store
        .read(move |db| {
            let tenant = caller.tenant(db)?;
            let stands = seen(db, &caller, &tenant, &key)?;
            let invoice = show(db, &tenant, &stands.invoice_id)?;
            let (name, profile): (String, String) = db.query_row(
                "SELECT name, profile FROM organizations WHERE org = ?",
                [tenant.org],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )?;
            let profile = serde_json::from_str(&profile).unwrap_or_default();
            let seller = layout::Seller { name, profile };
            Ok((stands.number, layout::print(&invoice, &seller)))
        })
        .await?;
    let name = format!("inline; filename=\"{number}.pdf\"");
    Ok((
        [
            (header::CONTENT_TYPE, "application/pdf".to_owned()),
            (header::CONTENT_DISPOSITION, name),
        ],
        file,
    )
        .into_response())
}
