//! What a cart says beside its lines: order type, instructions, addresses, purchase order number.

use axum::{extract::State as FromState, http::StatusCode, response::Response};
use nymble_wire::{Address, Cart, SetPoNumber, SetShipping};
use rusqlite::Connection;
use serde::Deserialize;

use super::{
    create::check_order_type,
    record::{changed, open, same_customer},
};
use crate::{
    auth::Caller,
    customers::address,
    http::{Body, Segments, json},
    problem::{Answer, Problem},
    state::State,
};

/// The longest purchase order number.
///
/// Assumption: the documents name no limit.
const LONGEST_PO_NUMBER: usize = 50;

/// The longest special instructions.
///
/// Assumption: the documents name no limit.
const LONGEST_INSTRUCTIONS: usize = 2_000;

/// Body of the call.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[schema(as = CartUpdate)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Update {
    customer_number: Option<String>,
    cart: Changes,
}

/// "Include only the fields you want to change"; an empty text clears one.
///
/// Assumption: of the cart's fields, these five can be changed here, and any other is ignored.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[schema(as = CartChanges)]
#[serde(rename_all = "camelCase")]
struct Changes {
    order_type: Option<String>,
    special_instructions: Option<String>,
    po_number: Option<String>,
    shipping_address: Option<Address>,
    billing_address: Option<Address>,
}

impl Changes {
    fn check(&self) -> Answer<()> {
        if let Some(order_type) = &self.order_type {
            check_order_type(order_type)?;
        }
        if self
            .special_instructions
            .as_ref()
            .is_some_and(|text| text.chars().count() > LONGEST_INSTRUCTIONS)
        {
            let reason = format!(
                "'specialInstructions' must not be longer than {LONGEST_INSTRUCTIONS} letters."
            );
            return Err(Problem::field("specialInstructions", reason));
        }
        if let Some(po_number) = &self.po_number {
            check_po_number(po_number)?;
        }
        let mut errors = Vec::new();
        if let Some(given) = &self.shipping_address {
            errors.extend(address::faults(given, "shippingAddress"));
        }
        if let Some(given) = &self.billing_address {
            errors.extend(address::faults(given, "billingAddress"));
        }
        Problem::check(errors)
    }
}

fn check_po_number(po_number: &str) -> Answer<()> {
    if po_number.chars().count() > LONGEST_PO_NUMBER {
        let reason = format!("'poNumber' must not be longer than {LONGEST_PO_NUMBER} letters.");
        return Err(Problem::field("poNumber", reason));
    }
    Ok(())
}

/// An address as the database keeps it.
fn kept(address: &Address) -> Option<String> {
    serde_json::to_string(address).ok()
}

/// Text as the database keeps it; an empty one is none.
fn text(given: &str) -> Option<&str> {
    Some(given.trim()).filter(|text| !text.is_empty())
}

fn write(
    db: &Connection,
    cart_id: &str,
    column: &str,
    value: Option<&str>,
) -> rusqlite::Result<()> {
    db.prepare_cached(&format!("UPDATE carts SET {column} = ? WHERE cart_id = ?"))?
        .execute((value, cart_id))?;
    Ok(())
}

/// Changes what a cart says beside its lines; an empty text clears a field.
#[utoipa::path(
    put,
    path = "/api/carts/{customerNumber}/{shoppingCartId}",
    tag = "Carts",
    request_body = Update,
    responses((status = 200, body = Cart, description = "The cart with its new totals."))
)]
pub(crate) async fn update(
    FromState(state): FromState<State>,
    caller: Caller,
    Segments((customer, cart_id)): Segments<(String, String)>,
    Body(wanted): Body<Update>,
) -> Answer<Response> {
    let cart = state
        .store
        .write(move |db| {
            let tenant = caller.tenant(db)?;
            open(db, &caller, &tenant, &customer, &cart_id)?;
            same_customer(
                &customer,
                wanted.customer_number.as_deref().unwrap_or(&customer),
            )?;
            let changes = &wanted.cart;
            changes.check()?;
            if let Some(order_type) = &changes.order_type {
                write(db, &cart_id, "order_type", Some(order_type))?;
            }
            if let Some(instructions) = &changes.special_instructions {
                write(db, &cart_id, "special_instructions", text(instructions))?;
            }
            if let Some(po_number) = &changes.po_number {
                write(db, &cart_id, "po_number", text(po_number))?;
            }
            if let Some(address) = &changes.shipping_address {
                write(db, &cart_id, "shipping_address", kept(address).as_deref())?;
            }
            if let Some(address) = &changes.billing_address {
                write(db, &cart_id, "billing_address", kept(address).as_deref())?;
            }
            changed(db, &tenant, &cart_id)
        })
        .await?;
    Ok(json(StatusCode::OK, &cart))
}

/// Sets where the goods go.
#[utoipa::path(
    put,
    path = "/api/carts/{customerNumber}/{shoppingCartId}/shipping",
    tag = "Carts",
    request_body = SetShipping,
    responses((status = 200, body = Cart, description = "The cart with its new totals."))
)]
pub(crate) async fn set_shipping(
    FromState(state): FromState<State>,
    caller: Caller,
    Segments((customer, cart_id)): Segments<(String, String)>,
    Body(wanted): Body<SetShipping>,
) -> Answer<Response> {
    let cart = state
        .store
        .write(move |db| {
            let tenant = caller.tenant(db)?;
            open(db, &caller, &tenant, &customer, &cart_id)?;
            same_customer(&customer, &wanted.customer_number)?;
            Problem::check(address::faults(&wanted.shipping_address, "shippingAddress"))?;
            write(
                db,
                &cart_id,
                "shipping_address",
                kept(&wanted.shipping_address).as_deref(),
            )?;
            changed(db, &tenant, &cart_id)
        })
        .await?;
    Ok(json(StatusCode::OK, &cart))
}

/// Sets the purchase order number.
#[utoipa::path(
    put,
    path = "/api/carts/{customerNumber}/{shoppingCartId}/po-number",
    tag = "Carts",
    request_body = SetPoNumber,
    responses((status = 200, body = Cart, description = "The cart with its new totals."))
)]
pub(crate) async fn set_po_number(
    FromState(state): FromState<State>,
    caller: Caller,
    Segments((customer, cart_id)): Segments<(String, String)>,
    Body(wanted): Body<SetPoNumber>,
) -> Answer<Response> {
    let cart = state
        .store
        .write(move |db| {
            let tenant = caller.tenant(db)?;
            open(db, &caller, &tenant, &customer, &cart_id)?;
            same_customer(&customer, &wanted.customer_number)?;
            check_po_number(&wanted.po_number)?;
            let po_number = text(&wanted.po_number)
                .ok_or_else(|| Problem::field("poNumber", "'poNumber' must not be empty."))?;
            write(db, &cart_id, "po_number", Some(po_number))?;
            changed(db, &tenant, &cart_id)
        })
        .await?;
    Ok(json(StatusCode::OK, &cart))
}
