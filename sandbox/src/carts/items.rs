//! A cart's lines: add, set the quantity, remove.

use axum::{extract::State as FromState, http::StatusCode, response::Response};
use nymble_wire::{AddItem, Cart, UpdateItem};
use rusqlite::{Connection, OptionalExtension};

use super::record::{changed, open, same_customer};
use crate::{
    auth::{Caller, Tenant},
    catalog::Offers,
    customers::{Account, account, may_order},
    http::{Body, Segments, json},
    problem::{Answer, Problem},
    quantity,
    state::State,
};

/// Adds units of a product, on top of those already in the cart.
#[utoipa::path(
    post,
    path = "/api/carts/{customerNumber}/{shoppingCartId}/items",
    tag = "Carts",
    request_body = AddItem,
    responses((status = 200, body = Cart, description = "The cart with its new totals."))
)]
pub(crate) async fn add(
    FromState(state): FromState<State>,
    caller: Caller,
    Segments((customer, cart_id)): Segments<(String, String)>,
    Body(wanted): Body<AddItem>,
) -> Answer<Response> {
    let cart = state
        .store
        .write(move |db| {
            let tenant = caller.tenant(db)?;
            open(db, &caller, &tenant, &customer, &cart_id)?;
            same_customer(&customer, &wanted.customer_number)?;
            let owner = account(db, &tenant, &customer)?;
            may_order(&owner)?;
            put_line(db, &tenant, &owner, &cart_id, &wanted.sku, wanted.quantity)?;
            changed(db, &tenant, &cart_id)
        })
        .await?;
    Ok(json(StatusCode::OK, &cart))
}

/// Sets a line's quantity; 0 removes the line.
#[utoipa::path(
    put,
    path = "/api/carts/{customerNumber}/{shoppingCartId}/items/{sku}",
    tag = "Carts",
    request_body = UpdateItem,
    responses((status = 200, body = Cart, description = "The cart with its new totals."))
)]
pub(crate) async fn set(
    FromState(state): FromState<State>,
    caller: Caller,
    Segments((customer, cart_id, sku)): Segments<(String, String, String)>,
    Body(wanted): Body<UpdateItem>,
) -> Answer<Response> {
    let cart = state
        .store
        .write(move |db| {
            let tenant = caller.tenant(db)?;
            open(db, &caller, &tenant, &customer, &cart_id)?;
            same_customer(&customer, &wanted.customer_number)?;
            if wanted.quantity == 0 {
                take_line(db, &cart_id, &sku)?;
            } else {
                check(wanted.quantity)?;
                let changed_lines = db
                    .prepare_cached(
                        "UPDATE cart_lines SET quantity = ? WHERE cart_id = ? AND sku = ?",
                    )?
                    .execute((wanted.quantity, &cart_id, &sku))?;
                if changed_lines == 0 {
                    return Err(not_in_cart(&sku));
                }
            }
            changed(db, &tenant, &cart_id)
        })
        .await?;
    Ok(json(StatusCode::OK, &cart))
}

/// Removes a line; without its last one a cart stays open, and empty.
#[utoipa::path(
    delete,
    path = "/api/carts/{customerNumber}/{shoppingCartId}/items/{sku}",
    tag = "Carts",
    responses((status = 200, body = Cart, description = "The cart with its new totals."))
)]
pub(crate) async fn remove(
    FromState(state): FromState<State>,
    caller: Caller,
    Segments((customer, cart_id, sku)): Segments<(String, String, String)>,
) -> Answer<Response> {
    let cart = state
        .store
        .write(move |db| {
            let tenant = caller.tenant(db)?;
            open(db, &caller, &tenant, &customer, &cart_id)?;
            take_line(db, &cart_id, &sku)?;
            changed(db, &tenant, &cart_id)
        })
        .await?;
    Ok(json(StatusCode::OK, &cart))
}

/// Adds units of a SKU to a cart.
///
/// Assumption: a SKU that is not in the catalogue, or inactive, is 404; one without a price in the customer's
/// currency is 400. Minimum and increment are looked at only at checkout, as documented.
pub(super) fn put_line(
    db: &Connection,
    tenant: &Tenant,
    owner: &Account,
    cart_id: &str,
    sku: &str,
    more: i64,
) -> Answer<()> {
    check(more)?;
    let there: i64 = db
        .prepare_cached("SELECT quantity FROM cart_lines WHERE cart_id = ? AND sku = ?")?
        .query_row((cart_id, sku), |row| row.get(0))
        .optional()?
        .unwrap_or(0);
    let quantity = there + more;
    check(quantity)?;
    let found = Offers::new(db, tenant.org, &owner.tier, &owner.currency)?
        .of(sku, quantity)?
        .filter(|offer| offer.active)
        .ok_or_else(|| {
            Problem::not_found(format!("There is no product '{sku}' in the catalog."))
                .and_field("sku", format!("'{sku}' is not in the catalog."))
        })?;
    let Some(unit_price) = found.unit_price else {
        return Err(Problem::field(
            "sku",
            format!("'{sku}' has no price in {}.", owner.currency),
        ));
    };
    if there > 0 {
        db.prepare_cached("UPDATE cart_lines SET quantity = ? WHERE cart_id = ? AND sku = ?")?
            .execute((quantity, cart_id, sku))?;
        return Ok(());
    }
    let item: i64 = db
        .prepare_cached(
            "UPDATE carts SET next_item = next_item + 1 WHERE cart_id = ? RETURNING next_item - 1",
        )?
        .query_row([cart_id], |row| row.get(0))?;
    db.prepare_cached("INSERT INTO cart_lines (cart_id, item, sku, quantity, name, unit_price) VALUES (?, ?, ?, ?, ?, ?)")?
        .execute((cart_id, item, sku, quantity, found.name, unit_price.to_string()))?;
    Ok(())
}

fn take_line(db: &Connection, cart_id: &str, sku: &str) -> Answer<()> {
    let taken = db
        .prepare_cached("DELETE FROM cart_lines WHERE cart_id = ? AND sku = ?")?
        .execute((cart_id, sku))?;
    if taken == 0 {
        Err(not_in_cart(sku))
    } else {
        Ok(())
    }
}

fn check(quantity: i64) -> Answer<()> {
    quantity::refusal(quantity).map_or(Ok(()), |why| Err(Problem::field("quantity", why)))
}

fn not_in_cart(sku: &str) -> Problem {
    Problem::not_found(format!("'{sku}' is not in the cart."))
}
