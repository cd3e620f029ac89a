//! Every order with its lines, whatever the tenant, for tests to count: `GET /_sandbox/orders`.

use axum::{extract::State as FromState, http::StatusCode, response::Response};
use nymble_wire::{Address, Timestamp};
use rusqlite::Connection;
use rust_decimal::Decimal;
use serde::Serialize;

use crate::{http::json, problem::Answer, state::State};

/// An order as the sandbox shows it to tests.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Placed {
    id: String,
    organization_id: String,
    order_number: String,
    confirmation_id: Option<String>,
    origination_cart_id: Option<String>,
    customer_number: String,
    order_status: String,
    order_type: String,
    channel: String,
    price_tier: String,
    currency_code: String,
    terms: Option<String>,
    po_number: Option<String>,
    notes: Option<String>,
    shipping_address: Option<Address>,
    billing_address: Option<Address>,
    payment_method: String,
    payment_brand: Option<String>,
    payment_last_four: Option<String>,
    payment_profile_id: Option<String>,
    subtotal: Option<Decimal>,
    order_total: Option<Decimal>,
    order_date: Option<Timestamp>,
    items: Vec<Ordered>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Ordered {
    sku: String,
    name: String,
    quantity: i64,
    unit_price: Option<Decimal>,
    line_total: Option<Decimal>,
}

fn orders(db: &Connection) -> rusqlite::Result<Vec<Placed>> {
    let decimal = |text: String| text.parse().ok();
    let address = |text: Option<String>| text.and_then(|text| serde_json::from_str(&text).ok());
    let mut lines = db.prepare_cached(
        "SELECT sku, name, quantity, unit_price, line_total FROM order_lines WHERE order_id = ? ORDER BY line",
    )?;
    db.prepare_cached(
        "SELECT o.order_id, g.organization_id, o.order_number, o.confirmation_id, o.cart_id, o.customer_number,
                o.status, o.order_type, o.channel, o.tier, o.currency, o.terms, o.po_number, o.notes,
                o.shipping_address, o.billing_address, o.payment_method, o.payment_brand, o.payment_last_four,
                o.payment_profile, o.subtotal, o.total, o.ordered_at
         FROM orders o JOIN organizations g USING (org) ORDER BY o.ordered_at, o.org, o.order_number",
    )?
    .query_map([], |row| {
        let id: String = row.get(0)?;
        let ordered_at: String = row.get(22)?;
        let items = lines
            .query_map([&id], |row| {
                Ok(Ordered {
                    sku: row.get(0)?,
                    name: row.get(1)?,
                    quantity: row.get(2)?,
                    unit_price: decimal(row.get(3)?),
                    line_total: decimal(row.get(4)?),
                })
            })?
            .collect::<rusqlite::Result<_>>()?;
        Ok(Placed {
            id,
            organization_id: row.get(1)?,
            order_number: row.get(2)?,
            confirmation_id: row.get(3)?,
            origination_cart_id: row.get(4)?,
            customer_number: row.get(5)?,
            order_status: row.get(6)?,
            order_type: row.get(7)?,
            channel: row.get(8)?,
            price_tier: row.get(9)?,
            currency_code: row.get(10)?,
            terms: row.get(11)?,
            po_number: row.get(12)?,
            notes: row.get(13)?,
            shipping_address: address(row.get(14)?),
            billing_address: address(row.get(15)?),
            payment_method: row.get(16)?,
            payment_brand: row.get(17)?,
            payment_last_four: row.get(18)?,
            payment_profile_id: row.get(19)?,
            subtotal: decimal(row.get(20)?),
            order_total: decimal(row.get(21)?),
            order_date: Timestamp::parse(&ordered_at),
            items,
        })
    })?
    .collect()
}

/// `GET /_sandbox/orders`.
pub(crate) async fn list(FromState(state): FromState<State>) -> Answer<Response> {
    let orders = state.store.read(|db| Ok(orders(db)?)).await?;
    Ok(json(StatusCode::OK, &orders))
}
