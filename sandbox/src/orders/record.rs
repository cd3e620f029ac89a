//! An order as the database keeps it, and as the API shows it.

use nymble_wire::{
    Address, Customer, Order, OrderCustomer, OrderLine, OrderStatus, SalesRep, ShippingDetails,
    StatusChange, Timestamp,
};
use rusqlite::{Connection, OptionalExtension};
use rust_decimal::Decimal;

use crate::{
    auth::{Caller, Tenant},
    money,
    problem::{Answer, Problem},
};

/// The tenant's order of that number, if the caller may see it.
pub(super) fn by_number(
    db: &Connection,
    caller: &Caller,
    tenant: &Tenant,
    order_number: &str,
) -> Answer<Order> {
    let found: Option<(String, String)> = db
        .prepare_cached(
            "SELECT order_id, customer_number FROM orders WHERE org = ? AND order_number = ?",
        )?
        .query_row((tenant.org, order_number), |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .optional()?;
    let (order_id, customer) =
        found.ok_or_else(|| Problem::not_found(format!("There is no order '{order_number}'.")))?;
    caller.require_customer(db, tenant, &customer)?;
    Ok(show(db, tenant, &order_id)?)
}

/// The order with its lines, totals and history.
pub(super) fn show(db: &Connection, tenant: &Tenant, order_id: &str) -> rusqlite::Result<Order> {
    let (mut order, primary, taken_by) = db
        .prepare_cached(
            "SELECT order_id, order_number, confirmation_id, ordered_at, status, order_type, po_number, tier, currency,
                    terms, channel, external_id, notes, cart_id, customer, billing_address, shipping_address,
                    rep_number, taken_by, shipping_method, carrier, tracking_number, payment_method, subtotal, tax,
                    shipping, total, updated_at
             FROM orders WHERE org = ? AND order_id = ?",
        )?
        .query_row((tenant.org, order_id), |row| {
            let currency: String = row.get(8)?;
            let amount = |text: String| text.parse::<Decimal>().ok();
            let shown = |amount: Option<Decimal>| amount.map(|amount| money::formatted(amount, &currency));
            let instant = |text: String| Timestamp::parse(&text);
            let status: String = row.get(4)?;
            let tier: String = row.get(7)?;
            let shipping = amount(row.get(25)?);
            let subtotal = amount(row.get(23)?);
            let tax = amount(row.get(24)?);
            let total = amount(row.get(26)?);
            let primary: Option<String> = row.get(17)?;
            let taken_by: Option<String> = row.get(18)?;
            let order = Order {
                id: row.get(0)?,
                organization_id: Some(tenant.organization_id.clone()),
                order_number: row.get(1)?,
                confirmation_id: row.get(2)?,
                order_date: instant(row.get(3)?),
                order_status: OrderStatus::from(status.as_str()),
                order_type: row.get(5)?,
                po_number: row.get(6)?,
                price_tier: Some(tier).filter(|tier| !tier.is_empty()),
                terms: row.get(9)?,
                channel: row.get(10)?,
                external_id: row.get(11)?,
                notes: row.get(12)?,
                origination_cart_id: row.get(13)?,
                customer: Some(snapshot(&row.get::<_, String>(14)?, row.get(15)?, row.get(16)?)),
                primary_sales_rep: None,
                taken_by_sales_rep: None,
                items: Vec::new(),
                shipping_details: Some(ShippingDetails {
                    shipping_method: row.get(19)?,
                    carrier: row.get(20)?,
                    tracking_number: row.get(21)?,
                    shipped_at: None,
                    total: shipping,
                    total_formatted: shown(shipping),
                }),
                payment_method: row.get(22)?,
                subtotal,
                subtotal_formatted: shown(subtotal),
                tax,
                tax_formatted: shown(tax),
                order_total: total,
                order_total_formatted: shown(total),
                status_history: Vec::new(),
                updated_at: instant(row.get(27)?),
                currency_code: Some(currency),
            };
            Ok((order, primary, taken_by))
        })?;
    let currency = order.currency_code.clone().unwrap_or_default();
    order.items = lines(db, "order_lines", "order_id", order_id, &currency)?;
    order.primary_sales_rep = rep(db, tenant, primary.as_deref())?;
    order.taken_by_sales_rep = rep(db, tenant, taken_by.as_deref())?;
    order.status_history = history(db, order_id)?;
    let left = order
        .status_history
        .iter()
        .find(|step| step.status == OrderStatus::Shipped)
        .and_then(|step| step.at.clone());
    if let Some(details) = &mut order.shipping_details {
        details.shipped_at = left;
    }
    Ok(order)
}

/// The customer as it was: of what was written down, what orders and invoices show.
fn snapshot(customer: &str, billing: Option<String>, shipping: Option<String>) -> OrderCustomer {
    let address = |text: Option<String>| -> Option<Address> {
        text.and_then(|text| serde_json::from_str(&text).ok())
    };
    let then: Option<Customer> = serde_json::from_str(customer).ok();
    let (billing_address, shipping_address) = (address(billing), address(shipping));
    then.map_or_else(OrderCustomer::default, |then| OrderCustomer {
        customer_number: then.customer_number,
        company_name: then.company_name,
        company_email: then.company_email,
        company_phone: then.company_phone,
        billing_address,
        shipping_address,
    })
}

/// The lines of an order or an invoice: those rows of `table` whose `key` is `id`.
pub(crate) fn lines(
    db: &Connection,
    table: &'static str,
    key: &'static str,
    id: &str,
    currency: &str,
) -> rusqlite::Result<Vec<OrderLine>> {
    db.prepare_cached(&format!(
        "SELECT line, sku, name, quantity, unit_price, line_total FROM {table} WHERE {key} = ? ORDER BY line"
    ))?
    .query_map([id], |row| {
        let amount = |text: String| text.parse::<Decimal>().ok();
        let (unit_price, line_total) = (amount(row.get(4)?), amount(row.get(5)?));
        Ok(OrderLine {
            line_number: row.get(0)?,
            sku: row.get(1)?,
            name: row.get(2)?,
            quantity: row.get(3)?,
            unit_price,
            unit_price_formatted: unit_price.map(|price| money::formatted(price, currency)),
            line_total,
            line_total_formatted: line_total.map(|total| money::formatted(total, currency)),
        })
    })?
    .collect()
}

fn history(db: &Connection, order_id: &str) -> rusqlite::Result<Vec<StatusChange>> {
    db.prepare_cached(
        "SELECT status, at, note FROM order_history WHERE order_id = ? ORDER BY step",
    )?
    .query_map([order_id], |row| {
        let status: String = row.get(0)?;
        let at: String = row.get(1)?;
        Ok(StatusChange {
            status: OrderStatus::from(status.as_str()),
            at: Timestamp::parse(&at),
            note: row.get(2)?,
        })
    })?
    .collect()
}

/// The tenant's rep of that number as it is now.
pub(crate) fn rep(
    db: &Connection,
    tenant: &Tenant,
    rep_number: Option<&str>,
) -> rusqlite::Result<Option<SalesRep>> {
    let Some(rep_number) = rep_number else {
        return Ok(None);
    };
    db.prepare_cached(
        "SELECT rep_number, first_name, last_name, email, phone FROM sales_reps WHERE org = ? AND rep_number = ?",
    )?
    .query_row((tenant.org, rep_number), |row| {
        let (first, last): (String, String) = (row.get(1)?, row.get(2)?);
        Ok(SalesRep {
            rep_number: row.get(0)?,
            full_name: Some(format!("{first} {last}").trim().to_owned()),
            first_name: Some(first),
            last_name: Some(last),
            email: row.get(3)?,
            phone_number: row.get(4)?,
        })
    })
    .optional()
}
