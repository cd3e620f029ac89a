//! The invoice of a new order.

use nymble_wire::{InvoiceStatus, OrderCustomer};
use rusqlite::{Connection, params};
use rust_decimal::Decimal;
use uuid::Uuid;

use super::{
    payment::{NewPayment, record_payment},
    terms,
};
use crate::{
    auth::Tenant, clock, money, orders::NewOrder, payments::Paid, problem::Answer,
    store::next_number,
};

/// An invoice that the merchant still has to issue.
pub(crate) fn draft(db: &Connection, tenant: &Tenant, order: &NewOrder<'_>) -> Answer<()> {
    insert(db, tenant, order, &InvoiceStatus::Draft)?;
    Ok(())
}

/// An invoice that is due by the order's terms.
pub(crate) fn issued(db: &Connection, tenant: &Tenant, order: &NewOrder<'_>) -> Answer<()> {
    insert(db, tenant, order, &InvoiceStatus::Issued)?;
    Ok(())
}

/// An invoice that was paid with the order.
pub(crate) fn paid(
    db: &Connection,
    tenant: &Tenant,
    order: &NewOrder<'_>,
    paid: &Paid,
) -> Answer<()> {
    let invoice = insert(db, tenant, order, &InvoiceStatus::Issued)?;
    let total = order.total();
    if !total.is_zero() {
        record_payment(db, tenant, &invoice, total, &NewPayment::by(paid.clone()))?;
    }
    Ok(())
}

/// Writes an order's invoice, of the order's own date, and answers its id. Nothing to pay means Paid at once.
pub(crate) fn insert(
    db: &Connection,
    tenant: &Tenant,
    order: &NewOrder<'_>,
    status: &InvoiceStatus,
) -> rusqlite::Result<String> {
    let invoice_id = Uuid::new_v4().to_string();
    let number = next_number(db, tenant.org, "invoice", "INV-")?;
    let invoiced = clock::instant(&order.ordered_at).unwrap_or_else(clock::now_utc);
    let nothing = money::to_minor(Decimal::ZERO, order.currency).to_string();
    let total = order.total();
    let status = match status {
        InvoiceStatus::Issued if total.is_zero() => &InvoiceStatus::Paid,
        status => status,
    };
    let then = order.customer;
    let customer = OrderCustomer {
        customer_number: then.customer_number.clone(),
        company_name: then.company_name.clone(),
        company_email: then.company_email.clone(),
        company_phone: then.company_phone.clone(),
        billing_address: order.billing_address.clone(),
        shipping_address: order.shipping_address.clone(),
    };
    db.prepare_cached(
        "INSERT INTO invoices (invoice_id, org, invoice_number, order_id, order_number, customer_number, status,
           invoice_date, due_date, terms, currency, po_number, rep_number, customer, subtotal, discount, tax, shipping,
           total, paid, refunded, balance, created_at, updated_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?16, ?16, ?19,
           ?8, ?8)",
    )?
    .execute(params![
        invoice_id,
        tenant.org,
        number,
        order.order_id,
        order.order_number,
        then.customer_number,
        status.as_str(),
        clock::text(invoiced),
        clock::text(terms::due(order.terms, invoiced)),
        order.terms,
        order.currency,
        order.po_number,
        then.rep_number,
        serde_json::to_string(&customer).unwrap_or_default(),
        order.subtotal().to_string(),
        nothing,
        money::to_minor(order.tax, order.currency).to_string(),
        money::to_minor(order.shipping, order.currency).to_string(),
        total.to_string(),
    ])?;
    db.prepare_cached(
        "INSERT INTO invoice_lines (invoice_id, line, sku, name, quantity, unit_price, line_total)
         SELECT ?, line, sku, name, quantity, unit_price, line_total FROM order_lines WHERE order_id = ?",
    )?
    .execute((&invoice_id, &order.order_id))?;
    Ok(invoice_id)
}
