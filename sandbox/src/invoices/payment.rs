//! Money that came in on an invoice: checked against the balance, written down once.

use nymble_wire::{InvoiceStatus, PaymentKind};
use rusqlite::{Connection, OptionalExtension, params};
use rust_decimal::Decimal;
use uuid::Uuid;

use super::record::{Standing, seen, standing};
use crate::{
    auth::{Caller, Tenant},
    clock, money,
    payments::Paid,
    problem::{Answer, Problem},
};

/// How an invoice is paid.
#[derive(Clone, Debug, Default)]
pub(crate) struct NewPayment<'a> {
    /// By what.
    pub(crate) paid: Paid,
    /// The payer's own id of this payment.
    pub(crate) external_id: Option<&'a str>,
    /// A check's or transfer's number, or a provider's transaction.
    pub(crate) reference: Option<&'a str>,
    /// Free text.
    pub(crate) notes: Option<&'a str>,
    /// When, as the database keeps instants; now when absent.
    pub(crate) at: Option<String>,
}

impl NewPayment<'_> {
    /// A payment of this moment with nothing more to say.
    pub(crate) fn by(paid: Paid) -> Self {
        Self {
            paid,
            ..Self::default()
        }
    }
}

/// Records that `amount` (in the invoice's currency) was paid on the tenant's invoice of that id or number. Nothing is
/// charged here, and whether the caller may pay it is the caller's own check.
///
/// An `external_id` that this invoice knows is the same payment and changes nothing; with another amount it is 409, as
/// is an invoice that cannot be paid. More than the balance is 400.
pub(crate) fn record_payment(
    db: &Connection,
    tenant: &Tenant,
    invoice: &str,
    amount: Decimal,
    how: &NewPayment<'_>,
) -> Answer<()> {
    let mut stands = standing(db, tenant, invoice)?;
    if already(
        db,
        &stands,
        &PaymentKind::Payment,
        how.external_id,
        Some(amount),
    )? {
        return Ok(());
    }
    let amount = payable(&stands, Some(amount))?;
    write(db, &stands, &PaymentKind::Payment, amount, how)?;
    stands.paid += amount;
    stands.balance -= amount;
    stands.status = if stands.balance.is_zero() {
        InvoiceStatus::Paid
    } else {
        InvoiceStatus::PartiallyPaid
    };
    Ok(stands.keep(db)?)
}

/// The id of a customer's invoice that the caller wants paid with that amount; refused as [`record_payment`] would.
pub(crate) fn may_be_paid(
    db: &Connection,
    caller: &Caller,
    tenant: &Tenant,
    customer: &str,
    invoice: &str,
    amount: Decimal,
) -> Answer<String> {
    let stands = seen(db, caller, tenant, invoice)?;
    if stands.customer != customer {
        return Err(Problem::field(
            "invoiceId",
            "The invoice is another customer's.",
        ));
    }
    payable(&stands, Some(amount))?;
    Ok(stands.invoice_id)
}

/// Whether the invoice can take that payment now.
pub(crate) fn still_payable(
    db: &Connection,
    tenant: &Tenant,
    invoice: &str,
    amount: Decimal,
) -> Answer<bool> {
    let stands = standing(db, tenant, invoice)?;
    Ok(stands.status.is_payable() && amount <= stands.balance)
}

/// How much is to be paid, if that can be paid: the given amount, else the whole balance.
pub(super) fn payable(stands: &Standing, amount: Option<Decimal>) -> Answer<Decimal> {
    if !stands.status.is_payable() {
        return stands.refuse("paid");
    }
    let refused = |reason: String| Problem::field("amount", format!("'amount' {reason}"));
    let amount =
        money::given(amount.unwrap_or(stands.balance), &stands.currency).map_err(refused)?;
    if amount.is_zero() {
        return Err(refused("must be greater than '0'.".to_owned()));
    }
    if amount > stands.balance {
        return Err(refused(format!(
            "must not be more than the balance of {}.",
            money::formatted(stands.balance, &stands.currency)
        )));
    }
    Ok(amount)
}

/// Whether the payment or refund of that external id was made before; 409 when it was of another amount or kind.
pub(super) fn already(
    db: &Connection,
    stands: &Standing,
    kind: &PaymentKind,
    external_id: Option<&str>,
    amount: Option<Decimal>,
) -> Answer<bool> {
    let Some(external_id) = external_id else {
        return Ok(false);
    };
    let there: Option<(String, String)> = db
        .prepare_cached(
            "SELECT kind, amount FROM invoice_payments WHERE invoice_id = ? AND external_id = ?",
        )?
        .query_row((&stands.invoice_id, external_id), |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .optional()?;
    let Some((made, of)) = there else {
        return Ok(false);
    };
    let same = made == kind.as_str() && amount.is_none_or(|amount| of.parse() == Ok(amount));
    if same {
        return Ok(true);
    }
    Err(
        Problem::new(axum::http::StatusCode::CONFLICT).detail(format!(
            "'{external_id}' is a {made} of {of} that was recorded before."
        )),
    )
}

/// Writes a payment or refund down.
pub(super) fn write(
    db: &Connection,
    stands: &Standing,
    kind: &PaymentKind,
    amount: Decimal,
    how: &NewPayment<'_>,
) -> rusqlite::Result<()> {
    db.prepare_cached(
        "INSERT INTO invoice_payments (invoice_id, step, payment_id, external_id, kind, method, amount, brand, last_four,
           profile, reference, notes, paid_at)
         VALUES (?1, (SELECT count(*) + 1 FROM invoice_payments WHERE invoice_id = ?1), ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9,
           ?10, ?11, ?12)",
    )?
    .execute(params![
        stands.invoice_id,
        Uuid::new_v4().to_string(),
        how.external_id,
        kind.as_str(),
        how.paid.method,
        amount.to_string(),
        how.paid.brand,
        how.paid.last_four,
        how.paid.profile,
        how.reference,
        how.notes,
        how.at.clone().unwrap_or_else(clock::now),
    ])?;
    Ok(())
}
