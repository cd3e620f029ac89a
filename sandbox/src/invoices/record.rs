//! An invoice as the database keeps it, and as the API shows it.

use axum::http::StatusCode;
use nymble_wire::{Invoice, InvoicePayment, InvoiceStatus, OrderCustomer, PaymentKind, Timestamp};
use rusqlite::{Connection, OptionalExtension, Row};
use rust_decimal::Decimal;

use crate::{
    auth::{Caller, Role, Tenant},
    clock, money,
    orders::{lines, rep},
    problem::{Answer, Problem},
};

/// How an invoice stands: what decides whether it can be paid, voided, refunded. Amounts are in `currency`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Standing {
    pub(super) invoice_id: String,
    pub(super) number: String,
    pub(super) customer: String,
    pub(super) status: InvoiceStatus,
    pub(super) terms: Option<String>,
    pub(super) currency: String,
    pub(super) discount: Decimal,
    pub(super) total: Decimal,
    pub(super) paid: Decimal,
    pub(super) refunded: Decimal,
    pub(super) balance: Decimal,
}

/// An amount as the database keeps it.
fn stored(row: &Row<'_>, column: usize) -> rusqlite::Result<Decimal> {
    let text: String = row.get(column)?;
    Ok(text.parse().unwrap_or_default())
}

/// The tenant's invoice of that id or number. (The plus keeps the database from walking through all of the tenant's.)
pub(super) fn standing(db: &Connection, tenant: &Tenant, key: &str) -> Answer<Standing> {
    db.prepare_cached(
        "SELECT invoice_id, invoice_number, customer_number, status, terms, currency, discount, total, paid, refunded,
                balance
         FROM invoices WHERE +org = ?1
           AND invoice_id IN (?2, (SELECT invoice_id FROM invoices WHERE org = ?1 AND invoice_number = ?2))",
    )?
    .query_row((tenant.org, key), |row| {
        let status: String = row.get(3)?;
        Ok(Standing {
            invoice_id: row.get(0)?,
            number: row.get(1)?,
            customer: row.get(2)?,
            status: InvoiceStatus::from(status.as_str()),
            terms: row.get(4)?,
            currency: row.get(5)?,
            discount: stored(row, 6)?,
            total: stored(row, 7)?,
            paid: stored(row, 8)?,
            refunded: stored(row, 9)?,
            balance: stored(row, 10)?,
        })
    })
    .optional()?
    .ok_or_else(|| absent(key))
}

fn absent(key: &str) -> Problem {
    Problem::not_found(format!("There is no invoice '{key}'."))
}

/// [`standing`], if the caller may see it.
///
/// Assumption: a Draft does not exist for the customer it is for.
pub(super) fn seen(
    db: &Connection,
    caller: &Caller,
    tenant: &Tenant,
    key: &str,
) -> Answer<Standing> {
    let found = standing(db, tenant, key)?;
    caller.require_customer(db, tenant, &found.customer)?;
    if caller.role == Role::Customer && found.status == InvoiceStatus::Draft {
        return Err(absent(key));
    }
    Ok(found)
}

impl Standing {
    /// 409: an invoice that stands like this cannot be `verb`.
    pub(super) fn refuse<T>(&self, verb: &str) -> Answer<T> {
        Err(Problem::new(StatusCode::CONFLICT).detail(format!(
            "The invoice {} is {} and cannot be {verb}.",
            self.number,
            self.status.as_str()
        )))
    }

    /// Writes a changed standing down.
    pub(super) fn keep(&self, db: &Connection) -> rusqlite::Result<()> {
        let text = |amount: Decimal| money::to_minor(amount, &self.currency).to_string();
        db.prepare_cached(
            "UPDATE invoices SET status = ?, discount = ?, total = ?, paid = ?, refunded = ?, balance = ?, updated_at = ?
             WHERE invoice_id = ?",
        )?
        .execute((
            self.status.as_str(),
            text(self.discount),
            text(self.total),
            text(self.paid),
            text(self.refunded),
            text(self.balance),
            clock::now(),
            &self.invoice_id,
        ))?;
        Ok(())
    }
}

/// Voids an order's invoices that nothing was paid on.
pub(crate) fn void_unpaid(db: &Connection, order_id: &str) -> rusqlite::Result<()> {
    // The currency's own zero: what was not paid is nothing in as many places.
    db.prepare_cached(
        "UPDATE invoices SET status = 'Voided', balance = paid, updated_at = ?
         WHERE order_id = ? AND status IN ('Draft', 'Issued')",
    )?
    .execute((clock::now(), order_id))?;
    Ok(())
}

/// Whether an order has been invoiced with another total than this.
pub(crate) fn disagree(db: &Connection, order_id: &str, total: Decimal) -> rusqlite::Result<bool> {
    let invoiced: Vec<String> = db
        .prepare_cached(
            "SELECT o.total FROM invoices i JOIN orders o USING (order_id) WHERE i.order_id = ?",
        )?
        .query_map([order_id], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    Ok(invoiced
        .iter()
        .any(|invoiced| invoiced.parse::<Decimal>() != Ok(total)))
}

/// The invoice with its lines, amounts and payments.
pub(super) fn show(
    db: &Connection,
    tenant: &Tenant,
    invoice_id: &str,
) -> rusqlite::Result<Invoice> {
    let (mut invoice, rep_number) = db
        .prepare_cached(
            "SELECT invoice_id, invoice_number, order_id, order_number, external_id, status, invoice_date, due_date,
                    terms, currency, po_number, notes, rep_number, customer, subtotal, discount, tax, shipping, total,
                    paid, refunded, balance, updated_at
             FROM invoices WHERE org = ? AND invoice_id = ?",
        )?
        .query_row((tenant.org, invoice_id), |row| {
            let currency: String = row.get(9)?;
            let status: String = row.get(5)?;
            let customer: String = row.get(13)?;
            let instant = |text: String| Timestamp::parse(&text);
            let mut amounts = Vec::with_capacity(8);
            for column in 14..22 {
                let amount = stored(row, column)?;
                amounts.push((amount, money::formatted(amount, &currency)));
            }
            let mut amounts = amounts.into_iter();
            let mut next = || match amounts.next() {
                Some((amount, formatted)) => (Some(amount), Some(formatted)),
                None => (None, None),
            };
            let (subtotal, subtotal_formatted) = next();
            let (discount, discount_formatted) = next();
            let (tax, tax_formatted) = next();
            let (shipping, shipping_formatted) = next();
            let (total, total_formatted) = next();
            let (amount_paid, amount_paid_formatted) = next();
            let (amount_refunded, amount_refunded_formatted) = next();
            let (balance, balance_formatted) = next();
            let rep_number: Option<String> = row.get(12)?;
            let invoice = Invoice {
                id: row.get(0)?,
                organization_id: Some(tenant.organization_id.clone()),
                invoice_number: row.get(1)?,
                order_id: row.get(2)?,
                order_number: row.get(3)?,
                external_id: row.get(4)?,
                status: InvoiceStatus::from(status.as_str()),
                invoice_date: instant(row.get(6)?),
                due_date: instant(row.get(7)?),
                terms: row.get(8)?,
                po_number: row.get(10)?,
                notes: row.get(11)?,
                customer: serde_json::from_str::<OrderCustomer>(&customer).ok(),
                sales_rep: None,
                items: Vec::new(),
                subtotal,
                subtotal_formatted,
                discount,
                discount_formatted,
                tax,
                tax_formatted,
                shipping,
                shipping_formatted,
                total,
                total_formatted,
                amount_paid,
                amount_paid_formatted,
                amount_refunded,
                amount_refunded_formatted,
                balance,
                balance_formatted,
                payments: Vec::new(),
                updated_at: instant(row.get(22)?),
                currency_code: Some(currency),
            };
            Ok((invoice, rep_number))
        })?;
    let currency = invoice.currency_code.clone().unwrap_or_default();
    invoice.items = lines(db, "invoice_lines", "invoice_id", invoice_id, &currency)?;
    invoice.sales_rep = rep(db, tenant, rep_number.as_deref())?;
    invoice.payments = payments(db, invoice_id, &currency)?;
    Ok(invoice)
}

fn payments(
    db: &Connection,
    invoice_id: &str,
    currency: &str,
) -> rusqlite::Result<Vec<InvoicePayment>> {
    db.prepare_cached(
        "SELECT payment_id, external_id, kind, method, amount, brand, last_four, profile, reference, notes, paid_at
         FROM invoice_payments WHERE invoice_id = ? ORDER BY step",
    )?
    .query_map([invoice_id], |row| {
        let kind: String = row.get(2)?;
        let paid_at: String = row.get(10)?;
        let amount = stored(row, 4)?;
        Ok(InvoicePayment {
            payment_id: row.get(0)?,
            external_id: row.get(1)?,
            kind: PaymentKind::from(kind.as_str()),
            method: row.get(3)?,
            amount,
            amount_formatted: Some(money::formatted(amount, currency)),
            card_brand: row.get(5)?,
            last_four: row.get(6)?,
            payment_profile_id: row.get(7)?,
            reference: row.get(8)?,
            notes: row.get(9)?,
            paid_at: Timestamp::parse(&paid_at),
        })
    })?
    .collect()
}
