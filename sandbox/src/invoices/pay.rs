//! `POST /api/invoices/{id}/pay`.

use axum::{extract::State as FromState, http::StatusCode, response::Response};
use nymble_wire::{Invoice, PayInvoice, PaymentKind};
use rusqlite::Connection;

use super::{
    payment::{NewPayment, already, payable, record_payment},
    record::{Standing, seen, show},
};
use crate::{
    auth::{Caller, Tenant},
    clock,
    http::{Body, Segments, json, text},
    payments::{
        Paid,
        tender::{self, Tender},
    },
    problem::{Answer, Problem},
    state::State,
};

const LONGEST_REFERENCE: usize = 200;
const LONGEST_NOTES: usize = 2_000;
const LONGEST_METHOD: usize = 50;

/// Pays an invoice in full or in part.
///
/// Assumption: the path and the body are ours. `paymentProfileId` goes before `payment`, as at checkout; without either
/// an Admin or `SalesRep` token records a payment made elsewhere, which needs a `method` or a `reference`. A Draft,
/// Paid, Voided or Cancelled invoice is 409, more than the balance 400. The same `externalId` again is the same payment
/// and is answered with the invoice as it is; with another amount it is 409.
#[utoipa::path(post, path = "/api/invoices/{id}/pay", tag = "Invoices", request_body = PayInvoice, 
    responses((status = 200, body = Invoice, description = "The invoice as it is now"),
        (status = 504, description = "The payment provider did not answer; nothing was charged.")))]
pub(crate) async fn pay(
    FromState(state): FromState<State>,
    caller: Caller,
    Segments(key): Segments<String>,
    Body(wanted): Body<PayInvoice>,
) -> Answer<Response> {
    let paid: Option<Invoice> = state
        .store
        .write(move |db| {
            let tenant = caller.tenant(db)?;
            let stands = seen(db, &caller, &tenant, &key)?;
            let external_id = text(
                "externalId",
                wanted.external_id.as_deref(),
                LONGEST_REFERENCE,
            )?;
            if already(
                db,
                &stands,
                &PaymentKind::Payment,
                external_id,
                wanted.amount,
            )? {
                return Ok(Some(show(db, &tenant, &stands.invoice_id)?));
            }
            let amount = payable(&stands, wanted.amount)?;
            let mut how = NewPayment {
                external_id,
                notes: text("notes", wanted.notes.as_deref(), LONGEST_NOTES)?,
                ..NewPayment::default()
            };
            if let Some(tender) = means(db, &tenant, &stands, &wanted)? {
                if !tender.charge()? {
                    return Ok(None);
                }
                how.paid = tender.paid;
            } else {
                offline(&caller, &wanted, &mut how)?;
            }
            record_payment(db, &tenant, &stands.invoice_id, amount, &how)?;
            Ok(Some(show(db, &tenant, &stands.invoice_id)?))
        })
        .await?;
    match paid {
        Some(invoice) => Ok(json(StatusCode::OK, &invoice)),
        None => Err(tender::unanswered(
            &state,
            "The payment provider did not answer. Nothing was charged, and the invoice is as it was.",
        )
        .await),
    }
}

/// What is to be charged, if anything.
fn means(
    db: &Connection,
    tenant: &Tenant,
    stands: &Standing,
    wanted: &PayInvoice,
) -> Answer<Option<Tender>> {
    if let Some(id) = &wanted.payment_profile_id {
        return tender::saved(db, tenant, &stands.customer, id).map(Some);
    }
    let Some(payment) = &wanted.payment else {
        return Ok(None);
    };
    match &payment.credit_card {
        Some(card) => tender::typed(card).map(Some),
        None => Err(Problem::field(
            "payment.creditCard",
            "An invoice is paid with a card, not on account.",
        )),
    }
}

/// A payment made elsewhere.
fn offline<'a>(caller: &Caller, wanted: &'a PayInvoice, how: &mut NewPayment<'a>) -> Answer<()> {
    let method = text("method", wanted.method.as_deref(), LONGEST_METHOD)?;
    let reference = text("reference", wanted.reference.as_deref(), LONGEST_REFERENCE)?;
    if method.is_none() && reference.is_none() {
        return Err(Problem::field(
            "payment",
            "Either 'paymentProfileId' or 'payment' must be provided, or the 'method' or 'reference' of a payment made elsewhere.",
        ));
    }
    caller.require_seller()?;
    let future = || {
        Problem::field(
            "paidAt",
            "'paidAt' must be a date and time that has passed.",
        )
    };
    if let Some(at) = &wanted.paid_at {
        let at = clock::instant(at.as_str())
            .filter(|at| *at <= clock::now_utc())
            .ok_or_else(future)?;
        how.at = Some(clock::text(at));
    }
    how.paid = Paid {
        method: method.unwrap_or("Other").to_owned(),
        ..Paid::default()
    };
    how.reference = reference;
    Ok(())
}
