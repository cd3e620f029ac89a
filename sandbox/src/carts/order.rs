//! The order a checkout makes: a snapshot of cart, customer and prices, and the cart's end.
//!
//! Assumption: a checkout takes nothing from the stock, and adds neither tax nor shipping: no document says where
//! those would come from.

use nymble_wire::{Address, AddressType, BillingAddress, Cart, CheckoutAnswer, CompleteCheckout};
use rusqlite::{Connection, params};
use rust_decimal::Decimal;
use uuid::Uuid;

use super::{checkout::Paid, record::next_id};
use crate::{auth::Tenant, clock, customers::Account, money, problem::Answer};

/// Writes the order and closes the cart.
pub(super) fn place(
    db: &Connection,
    tenant: &Tenant,
    owner: &Account,
    cart: &Cart,
    wanted: &CompleteCheckout,
    paid: &Paid,
) -> Answer<CheckoutAnswer> {
    let order_id = Uuid::new_v4().to_string();
    let order_number = next_number(db, tenant.org)?;
    let confirmation_id = next_id(db, tenant.org, "confirmation", "conf_")?;
    let now = clock::now();
    let nothing = money::to_minor(Decimal::ZERO, &owner.currency);
    let subtotal = cart.subtotal.unwrap_or(nothing);
    let billing = wanted
        .payment
        .as_ref()
        .and_then(|payment| payment.billing_address.as_ref())
        .map(address)
        .or_else(|| cart.billing_address.clone())
        .or_else(|| primary_billing(owner));
    db.execute(
        "INSERT INTO orders (order_id, org, order_number, confirmation_id, cart_id, customer_number, status, order_type,
           channel, tier, currency, terms, po_number, notes, rep_number, customer, shipping_address, billing_address,
           payment_method, payment_brand, payment_last_four, payment_profile, subtotal, tax, shipping, total,
           ordered_at, updated_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'Pending', ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17,
           ?18, ?19, ?20, ?21, ?22, ?23, ?23, ?22, ?24, ?24)",
        params![
            order_id,
            tenant.org,
            order_number,
            confirmation_id,
            cart.shopping_cart_id,
            cart.customer_number,
            cart.order_type.as_str(),
            wanted.channel.trim(),
            owner.tier,
            owner.currency,
            owner.customer.terms,
            cart.po_number,
            cart.special_instructions,
            owner.customer.rep_number,
            serde_json::to_string(&owner.customer).unwrap_or_default(),
            cart.shipping_address.as_ref().and_then(|address| serde_json::to_string(address).ok()),
            billing.as_ref().and_then(|address| serde_json::to_string(address).ok()),
            paid.method,
            paid.brand,
            paid.last_four,
            paid.profile,
            subtotal.to_string(),
            nothing.to_string(),
            now,
        ],
    )?;
    let mut insert = db.prepare_cached(
        "INSERT INTO order_lines (order_id, line, sku, name, quantity, unit_price, line_total)
         VALUES (?, ?, ?, ?, ?, ?, ?)",
    )?;
    let mut keep = db.prepare_cached(
        "UPDATE cart_lines SET name = ?, unit_price = ? WHERE cart_id = ? AND sku = ?",
    )?;
    for (line, number) in cart.items.iter().zip(1_i64..) {
        let unit_price = line.unit_price.unwrap_or_default().to_string();
        let name = line.name.as_deref().unwrap_or_default();
        let line_total = line.line_total.unwrap_or_default().to_string();
        insert.execute((
            &order_id,
            number,
            &line.sku,
            name,
            line.quantity,
            &unit_price,
            line_total,
        ))?;
        keep.execute((name, &unit_price, &cart.shopping_cart_id, &line.sku))?;
    }
    db.execute(
        "UPDATE carts SET status = 'CLOSED', tier = ?, currency = ?, updated_at = ? WHERE cart_id = ?",
        (&owner.tier, &owner.currency, &now, &cart.shopping_cart_id),
    )?;
    Ok(CheckoutAnswer {
        order_number,
        confirmation_id: Some(confirmation_id),
    })
}

fn next_number(db: &Connection, org: i64) -> rusqlite::Result<String> {
    let number: i64 = db.query_row(
        "INSERT INTO sequences (org, kind, next) VALUES (?, 'order', 2)
         ON CONFLICT (org, kind) DO UPDATE SET next = next + 1 RETURNING next - 1",
        [org],
        |row| row.get(0),
    )?;
    Ok(format!("MOM-{number:05}"))
}

/// A billing address in the spelling that customers and carts use.
fn address(billing: &BillingAddress) -> Address {
    Address {
        line1: billing.address1.clone(),
        line2: billing.address2.clone(),
        city: billing.city.clone(),
        state: billing.state_province.clone(),
        postal_code: billing.zip_postal_code.clone(),
        country: billing.country.clone(),
        address_type: Some(AddressType::Billing),
        ..Address::default()
    }
}

fn primary_billing(owner: &Account) -> Option<Address> {
    let billing = || {
        owner
            .customer
            .addresses
            .iter()
            .filter(|address| !address.is_shipping())
    };
    billing()
        .find(|address| address.is_primary == Some(true))
        .or_else(|| billing().next())
        .cloned()
}
