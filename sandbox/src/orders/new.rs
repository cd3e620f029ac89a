//! Writing a new order, wherever it comes from.

use nymble_wire::{Address, Customer, OrderStatus};
use rusqlite::{Connection, params};
use rust_decimal::Decimal;

use crate::{auth::Tenant, money, payments::Paid, store::next_number};

/// An order to be written. Amounts are in `currency`.
pub(crate) struct NewOrder<'a> {
    pub(crate) order_id: String,
    pub(crate) order_number: String,
    pub(crate) confirmation_id: Option<String>,
    pub(crate) cart_id: Option<&'a str>,
    pub(crate) external_id: Option<&'a str>,
    pub(crate) customer: &'a Customer,
    pub(crate) status: OrderStatus,
    pub(crate) order_type: &'a str,
    pub(crate) channel: &'a str,
    pub(crate) tier: &'a str,
    pub(crate) currency: &'a str,
    pub(crate) terms: Option<&'a str>,
    pub(crate) po_number: Option<&'a str>,
    pub(crate) notes: Option<&'a str>,
    /// Number of the rep who took the order.
    pub(crate) taken_by: Option<&'a str>,
    pub(crate) shipping_address: Option<Address>,
    pub(crate) billing_address: Option<Address>,
    pub(crate) shipping_method: Option<&'a str>,
    pub(crate) carrier: Option<&'a str>,
    pub(crate) tracking_number: Option<&'a str>,
    pub(crate) paid: Paid,
    pub(crate) lines: Vec<NewLine>,
    pub(crate) tax: Decimal,
    /// What shipping costs.
    pub(crate) shipping: Decimal,
    /// When it was placed, as the database keeps instants.
    pub(crate) ordered_at: String,
}

/// A line to be written.
#[derive(Clone, Debug)]
pub(crate) struct NewLine {
    pub(crate) sku: String,
    pub(crate) name: String,
    pub(crate) quantity: i64,
    pub(crate) unit_price: Decimal,
    pub(crate) line_total: Decimal,
}

impl NewLine {
    /// A line whose total is rounded to the currency's minor unit.
    pub(crate) fn priced(
        sku: &str,
        name: &str,
        quantity: i64,
        unit_price: Decimal,
        currency: &str,
    ) -> Self {
        Self {
            sku: sku.to_owned(),
            name: name.to_owned(),
            quantity,
            unit_price: money::unit_price(unit_price, currency),
            line_total: money::line_total(unit_price, quantity, currency),
        }
    }
}

impl NewOrder<'_> {
    /// Sum of the line totals.
    pub(crate) fn subtotal(&self) -> Decimal {
        money::subtotal(self.lines.iter().map(|line| line.line_total), self.currency)
    }

    /// With tax and shipping.
    pub(crate) fn total(&self) -> Decimal {
        money::to_minor(self.subtotal() + self.tax + self.shipping, self.currency)
    }
}

/// Writes an order with its lines and the first step of its history.
pub(crate) fn insert(
    db: &Connection,
    tenant: &Tenant,
    order: &NewOrder<'_>,
) -> rusqlite::Result<()> {
    let kept = |address: &Option<Address>| {
        address
            .as_ref()
            .and_then(|address| serde_json::to_string(address).ok())
    };
    db.prepare_cached(
        "INSERT INTO orders (order_id, org, order_number, confirmation_id, cart_id, external_id, customer_number, status,
           order_type, channel, tier, currency, terms, po_number, notes, rep_number, taken_by, customer, shipping_address,
           billing_address, shipping_method, carrier, tracking_number, payment_method, payment_brand, payment_last_four,
           payment_profile, subtotal, tax, shipping, total, ordered_at, updated_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23,
           ?24, ?25, ?26, ?27, ?28, ?29, ?30, ?31, ?32, ?32)",
    )?
    .execute(params![
        order.order_id,
        tenant.org,
        order.order_number,
        order.confirmation_id,
        order.cart_id,
        order.external_id,
        order.customer.customer_number,
        order.status.as_str(),
        order.order_type,
        order.channel,
        order.tier,
        order.currency,
        order.terms,
        order.po_number,
        order.notes,
        order.customer.rep_number,
        order.taken_by,
        serde_json::to_string(order.customer).unwrap_or_default(),
        kept(&order.shipping_address),
        kept(&order.billing_address),
        order.shipping_method,
        order.carrier,
        order.tracking_number,
        order.paid.method,
        order.paid.brand,
        order.paid.last_four,
        order.paid.profile,
        order.subtotal().to_string(),
        money::to_minor(order.tax, order.currency).to_string(),
        money::to_minor(order.shipping, order.currency).to_string(),
        order.total().to_string(),
        order.ordered_at,
    ])?;
    insert_lines(db, &order.order_id, &order.lines)?;
    note_status(db, &order.order_id, &order.status, &order.ordered_at, None)
}

/// The next order number that no import has taken.
pub(crate) fn free_number(db: &Connection, tenant: &Tenant) -> rusqlite::Result<String> {
    loop {
        let number = next_number(db, tenant.org, "order", "MOM-")?;
        let taken = db
            .prepare_cached("SELECT 1 FROM orders WHERE org = ? AND order_number = ?")?
            .exists((tenant.org, &number))?;
        if !taken {
            return Ok(number);
        }
    }
}

/// Writes the lines of an order that has none.
pub(super) fn insert_lines(
    db: &Connection,
    order_id: &str,
    lines: &[NewLine],
) -> rusqlite::Result<()> {
    let mut insert = db.prepare_cached(
        "INSERT INTO order_lines (order_id, line, sku, name, quantity, unit_price, line_total)
         VALUES (?, ?, ?, ?, ?, ?, ?)",
    )?;
    for (line, place) in lines.iter().zip(1_i64..) {
        insert.execute((
            order_id,
            place,
            &line.sku,
            &line.name,
            line.quantity,
            line.unit_price.to_string(),
            line.line_total.to_string(),
        ))?;
    }
    Ok(())
}

/// Adds a step to an order's history.
pub(crate) fn note_status(
    db: &Connection,
    order_id: &str,
    status: &OrderStatus,
    at: &str,
    note: Option<&str>,
) -> rusqlite::Result<()> {
    db.prepare_cached(
        "INSERT INTO order_history (order_id, step, status, at, note)
         VALUES (?1, (SELECT count(*) + 1 FROM order_history WHERE order_id = ?1), ?2, ?3, ?4)",
    )?
    .execute((order_id, status.as_str(), at, note))?;
    Ok(())
}
