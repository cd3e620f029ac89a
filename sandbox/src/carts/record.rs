//! A cart as the database keeps it, and as the API shows it.
//!
//! Assumption: an open cart is priced anew whenever it is read, so a price or a break that changes shows at once; at
//! checkout the prices are written down and never change again.

use nymble_wire::{Address, Cart, CartLine, CartStatus, OrderType, Timestamp};
use rusqlite::{Connection, OptionalExtension, Row};
use rust_decimal::Decimal;

use crate::{
    auth::{Caller, Tenant},
    catalog::Offers,
    clock,
    customers::{Account, account},
    money,
    problem::{Answer, Problem},
};

/// Status of a cart that can be changed.
pub(super) const OPEN: &str = "PENDING";
/// Status of a cart that became an order.
pub(super) const CLOSED: &str = "CLOSED";

const COLUMNS: &str =
    "cart_id, customer_number, status, order_type, tier, currency, po_number, special_instructions,
    shipping_address, billing_address, created_at, updated_at";

/// A cart without its lines.
#[derive(Debug, Clone)]
pub(super) struct Record {
    pub(super) cart_id: String,
    pub(super) customer_number: String,
    pub(super) status: String,
    pub(super) order_type: String,
    pub(super) tier: String,
    pub(super) currency: String,
    pub(super) po_number: Option<String>,
    pub(super) special_instructions: Option<String>,
    pub(super) shipping_address: Option<Address>,
    pub(super) billing_address: Option<Address>,
    created_at: String,
    updated_at: String,
}

fn record(row: &Row<'_>) -> rusqlite::Result<Record> {
    let address = |text: Option<String>| text.and_then(|text| serde_json::from_str(&text).ok());
    Ok(Record {
        cart_id: row.get(0)?,
        customer_number: row.get(1)?,
        status: row.get(2)?,
        order_type: row.get(3)?,
        tier: row.get(4)?,
        currency: row.get(5)?,
        po_number: row.get(6)?,
        special_instructions: row.get(7)?,
        shipping_address: address(row.get(8)?),
        billing_address: address(row.get(9)?),
        created_at: row.get(10)?,
        updated_at: row.get(11)?,
    })
}

/// The tenant's cart of that id, if the caller may see it.
pub(super) fn by_id(
    db: &Connection,
    caller: &Caller,
    tenant: &Tenant,
    cart_id: &str,
) -> Answer<Record> {
    let found = db
        .prepare_cached(&format!(
            "SELECT {COLUMNS} FROM carts WHERE cart_id = ? AND org = ?"
        ))?
        .query_row((cart_id, tenant.org), record)
        .optional()?
        .ok_or_else(|| absent(cart_id))?;
    caller.require_customer(db, tenant, &found.customer_number)?;
    Ok(found)
}

/// The active cart of a customer.
pub(super) fn active(
    db: &Connection,
    tenant: &Tenant,
    customer: &str,
) -> rusqlite::Result<Option<Record>> {
    db.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM carts WHERE org = ? AND customer_number = ? AND status = 'PENDING'"
    ))?
    .query_row((tenant.org, customer), record)
    .optional()
}

/// A customer's cart that may be changed.
///
/// Assumption: changing a closed cart is a 400 whose title says so; the documents only say "an error".
pub(super) fn open(
    db: &Connection,
    caller: &Caller,
    tenant: &Tenant,
    customer: &str,
    cart_id: &str,
) -> Answer<Record> {
    caller.require_customer(db, tenant, customer)?;
    let found = by_id(db, caller, tenant, cart_id)?;
    if found.customer_number != customer {
        return Err(absent(cart_id));
    }
    if found.status != OPEN {
        return Err(Problem::field(
            "status",
            "The cart is CLOSED and can no longer be modified.",
        )
        .title("Cart is closed"));
    }
    Ok(found)
}

fn absent(cart_id: &str) -> Problem {
    Problem::not_found(format!("There is no cart '{cart_id}'."))
}

/// A line as the database keeps it.
struct Line {
    item: i64,
    sku: String,
    quantity: i64,
    name: String,
    unit_price: Decimal,
}

/// The cart with its lines and totals.
pub(super) fn show(db: &Connection, tenant: &Tenant, record: Record) -> Answer<Cart> {
    let owner = account(db, tenant, &record.customer_number);
    let owner: Option<Account> = match owner {
        Ok(owner) => Some(owner),
        // A closed cart outlives its customer.
        Err(_) if record.status == CLOSED => None,
        Err(problem) => return Err(problem),
    };
    let is_open = record.status == OPEN;
    let (tier, currency) = match &owner {
        Some(owner) if is_open => (owner.tier.clone(), owner.currency.clone()),
        _ => (record.tier.clone(), record.currency.clone()),
    };
    let lines: Vec<Line> = db
        .prepare_cached("SELECT item, sku, quantity, name, unit_price FROM cart_lines WHERE cart_id = ? ORDER BY item")?
        .query_map([&record.cart_id], |row| {
            let unit_price: String = row.get(4)?;
            Ok(Line {
                item: row.get(0)?,
                sku: row.get(1)?,
                quantity: row.get(2)?,
                name: row.get(3)?,
                unit_price: unit_price.parse().unwrap_or_default(),
            })
        })?
        .collect::<rusqlite::Result<_>>()?;
    // A closed cart keeps its prices.
    let offers = is_open
        .then(|| Offers::new(db, tenant.org, &tier, &currency))
        .transpose()?;
    let mut items = Vec::with_capacity(lines.len());
    for mut line in lines {
        if let Some(offers) = &offers
            && let Some(now) = offers.of(&line.sku, line.quantity)?
        {
            line.name = now.name;
            line.unit_price = now.unit_price.unwrap_or(line.unit_price);
        }
        items.push(CartLine {
            item_id: Some(format!("item_{:03}", line.item)),
            line_total: Some(money::line_total(line.unit_price, line.quantity, &currency)),
            unit_price: Some(line.unit_price),
            name: Some(line.name),
            sku: line.sku,
            quantity: line.quantity,
        });
    }
    Ok(Cart {
        shopping_cart_id: record.cart_id,
        organization_id: Some(tenant.organization_id.clone()),
        company_name: owner.map(|owner| owner.customer.company_name),
        customer_number: record.customer_number,
        status: CartStatus::from(record.status.as_str()),
        pricing_tier: Some(tier),
        order_type: OrderType::from(record.order_type.as_str()),
        po_number: record.po_number,
        special_instructions: record.special_instructions,
        subtotal: Some(money::subtotal(
            items.iter().filter_map(|line| line.line_total),
            &currency,
        )),
        currency_code: Some(currency),
        items,
        shipping_address: record.shipping_address,
        billing_address: record.billing_address,
        created_at: Timestamp::parse(&record.created_at),
        updated_at: Timestamp::parse(&record.updated_at),
    })
}

/// The cart as it is after a change, which is noted.
pub(super) fn changed(db: &Connection, tenant: &Tenant, cart_id: &str) -> Answer<Cart> {
    db.prepare_cached("UPDATE carts SET updated_at = ? WHERE cart_id = ?")?
        .execute((clock::now(), cart_id))?;
    let record = db
        .prepare_cached(&format!(
            "SELECT {COLUMNS} FROM carts WHERE cart_id = ? AND org = ?"
        ))?
        .query_row((cart_id, tenant.org), record)?;
    show(db, tenant, record)
}

/// 400 unless the body names the customer that the path names.
pub(super) fn same_customer(path: &str, body: &str) -> Answer<()> {
    if path == body {
        return Ok(());
    }
    Err(Problem::field(
        "customerNumber",
        "'customerNumber' must match the customer number in the path.",
    ))
}
