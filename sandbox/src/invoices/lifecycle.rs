//! An invoice's life but for its payments: issue, void, cancel, discount.
//!
//! Assumption: the paths are ours, and only Admin and `SalesRep` tokens may.

use axum::{extract::State as FromState, http::StatusCode, response::Response};
use nymble_wire::{DiscountInvoice, Invoice, InvoiceStatus};
use rusqlite::Connection;
use rust_decimal::Decimal;

use super::{
    record::{Standing, seen, show},
    terms,
};
use crate::{
    auth::Caller,
    clock,
    http::{Body, Segments, json},
    money,
    problem::{Answer, Problem},
    state::State,
};

/// Has `change` done to the invoice by someone who sells, and answers the invoice as it is then.
async fn changed(
    state: &State,
    caller: Caller,
    key: String,
    change: impl FnOnce(&Connection, &mut Standing) -> Answer<()> + Send + 'static,
) -> Answer<Response> {
    let invoice: Invoice = state
        .store
        .write(move |db| {
            let tenant = caller.tenant(db)?;
            let mut stands = seen(db, &caller, &tenant, &key)?;
            caller.require_seller()?;
            change(db, &mut stands)?;
            stands.keep(db)?;
            Ok(show(db, &tenant, &stands.invoice_id)?)
        })
        .await?;
    Ok(json(StatusCode::OK, &invoice))
}

/// Makes a Draft payable.
///
/// Assumption: it bears the date of its issue and is due by its terms from then on. One of nothing is Paid at once.
#[utoipa::path(post, path = "/api/invoices/{id}/issue", tag = "Invoices", responses((status = 200, body = Invoice, description = "The invoice as it is now")))]
pub(crate) async fn issue(
    FromState(state): FromState<State>,
    caller: Caller,
    Segments(key): Segments<String>,
) -> Answer<Response> {
    changed(&state, caller, key, |db, stands| {
        if stands.status != InvoiceStatus::Draft {
            return stands.refuse("issued");
        }
        stands.status = if stands.total.is_zero() {
            InvoiceStatus::Paid
        } else {
            InvoiceStatus::Issued
        };
        let now = clock::now_utc();
        let due = terms::due(stands.terms.as_deref(), now);
        db.execute(
            "UPDATE invoices SET invoice_date = ?, due_date = ? WHERE invoice_id = ?",
            (clock::text(now), clock::text(due), &stands.invoice_id),
        )?;
        Ok(())
    })
    .await
}

/// Takes an invoice out of receivables for good: "only from Draft or Issued".
#[utoipa::path(post, path = "/api/invoices/{id}/void", tag = "Invoices", responses((status = 200, body = Invoice, description = "The invoice as it is now")))]
pub(crate) async fn void(
    FromState(state): FromState<State>,
    caller: Caller,
    Segments(key): Segments<String>,
) -> Answer<Response> {
    changed(&state, caller, key, |_, stands| {
        close(stands, InvoiceStatus::Voided, "voided")
    })
    .await
}

/// Keeps an invoice for the record only.
///
/// Assumption: only from Draft or Issued; what was paid has to be refunded first, which cancels by itself.
#[utoipa::path(post, path = "/api/invoices/{id}/cancel", tag = "Invoices", responses((status = 200, body = Invoice, description = "The invoice as it is now")))]
pub(crate) async fn cancel(
    FromState(state): FromState<State>,
    caller: Caller,
    Segments(key): Segments<String>,
) -> Answer<Response> {
    changed(&state, caller, key, |_, stands| {
        close(stands, InvoiceStatus::Cancelled, "cancelled")
    })
    .await
}

fn close(stands: &mut Standing, status: InvoiceStatus, verb: &str) -> Answer<()> {
    if !matches!(stands.status, InvoiceStatus::Draft | InvoiceStatus::Issued) {
        return stands.refuse(verb);
    }
    stands.status = status;
    stands.balance = Decimal::ZERO;
    Ok(())
}

/// Takes something off.
///
/// Assumption: on a Draft, Issued or `PartiallyPaid` invoice, at most the balance; one that leaves nothing to pay makes
/// it Paid. The order keeps its total.
#[utoipa::path(post, path = "/api/invoices/{id}/discount", tag = "Invoices", request_body = DiscountInvoice, responses((status = 200, body = Invoice, description = "The invoice as it is now")))]
pub(crate) async fn discount(
    FromState(state): FromState<State>,
    caller: Caller,
    Segments(key): Segments<String>,
    Body(wanted): Body<DiscountInvoice>,
) -> Answer<Response> {
    changed(&state, caller, key, move |_, stands| {
        if !stands.status.is_payable() && stands.status != InvoiceStatus::Draft {
            return stands.refuse("discounted");
        }
        let refused = |reason: String| Problem::field("amount", format!("'amount' {reason}"));
        let amount = money::given(wanted.amount, &stands.currency).map_err(refused)?;
        if amount.is_zero() {
            return Err(refused("must be greater than '0'.".to_owned()));
        }
        if amount > stands.balance {
            return Err(refused(format!(
                "must not be more than the balance of {}.",
                money::formatted(stands.balance, &stands.currency)
            )));
        }
        stands.discount += amount;
        stands.total -= amount;
        stands.balance -= amount;
        if stands.balance.is_zero() && stands.status.is_payable() {
            stands.status = InvoiceStatus::Paid;
        }
        Ok(())
    })
    .await
}
