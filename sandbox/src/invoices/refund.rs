//! `POST /api/invoices/{id}/refund`.

use axum::{extract::State as FromState, http::StatusCode, response::Response};
use nymble_wire::{Invoice, InvoiceStatus, PaymentKind, RefundInvoice};
use rusqlite::Connection;
use rust_decimal::Decimal;

use super::{
    payment::{NewPayment, already, write},
    record::{Standing, seen, show, standing},
};
use crate::{
    auth::{Caller, Tenant},
    http::{Body, Segments, json, text},
    money,
    payments::Paid,
    problem::{Answer, Problem},
    state::State,
};

const LONGEST_REFERENCE: usize = 200;
const LONGEST_NOTES: usize = 2_000;

/// Gives money back.
///
/// Assumption: only Admin and `SalesRep` tokens may, on a Paid or `PartiallyPaid` invoice (else 409), up to what was paid
/// and not yet given back (else 400). A refund is a credit: the balance does not grow again and the status stays, until
/// all that was paid is given back; then the invoice is Cancelled and nothing is owed.
#[utoipa::path(post, path = "/api/invoices/{id}/refund", tag = "Invoices", request_body = RefundInvoice, responses((status = 200, body = Invoice, description = "The invoice as it is now")))]
pub(crate) async fn refund(
    FromState(state): FromState<State>,
    caller: Caller,
    Segments(key): Segments<String>,
    Body(wanted): Body<RefundInvoice>,
) -> Answer<Response> {
    let invoice = state
        .store
        .write(move |db| {
            let tenant = caller.tenant(db)?;
            let stands = seen(db, &caller, &tenant, &key)?;
            caller.require_seller()?;
            let how = NewPayment {
                paid: Paid {
                    method: "refund".to_owned(),
                    ..Paid::default()
                },
                external_id: text(
                    "externalId",
                    wanted.external_id.as_deref(),
                    LONGEST_REFERENCE,
                )?,
                reference: text("reference", wanted.reference.as_deref(), LONGEST_REFERENCE)?,
                notes: text("notes", wanted.notes.as_deref(), LONGEST_NOTES)?,
                at: None,
            };
            record_refund(db, &tenant, &stands.invoice_id, wanted.amount, &how)?;
            Ok(show(db, &tenant, &stands.invoice_id)?)
        })
        .await?;
    Ok(json(StatusCode::OK, &invoice))
}

/// Records that money was given back on the tenant's invoice: the given amount in its currency, else all of it.
pub(crate) fn record_refund(
    db: &Connection,
    tenant: &Tenant,
    invoice: &str,
    amount: Option<Decimal>,
    how: &NewPayment<'_>,
) -> Answer<()> {
    let mut stands = standing(db, tenant, invoice)?;
    if already(db, &stands, &PaymentKind::Refund, how.external_id, amount)? {
        return Ok(());
    }
    let amount = refundable(&stands, amount)?;
    write(db, &stands, &PaymentKind::Refund, amount, how)?;
    stands.refunded += amount;
    if stands.refunded == stands.paid {
        stands.status = InvoiceStatus::Cancelled;
        stands.balance = Decimal::ZERO;
    }
    Ok(stands.keep(db)?)
}

fn refundable(stands: &Standing, amount: Option<Decimal>) -> Answer<Decimal> {
    if !matches!(
        stands.status,
        InvoiceStatus::Paid | InvoiceStatus::PartiallyPaid
    ) {
        return stands.refuse("refunded");
    }
    let left = stands.paid - stands.refunded;
    let refused = |reason: String| Problem::field("amount", format!("'amount' {reason}"));
    let amount = money::given(amount.unwrap_or(left), &stands.currency).map_err(refused)?;
    if amount.is_zero() {
        return Err(refused("must be greater than '0'.".to_owned()));
    }
    if amount > left {
        return Err(refused(format!(
            "must not be more than the {} that was paid and not given back.",
            money::formatted(left, &stands.currency)
        )));
    }
    Ok(amount)
}
