//! `POST …/activate`, `POST …/deactivate` and `DELETE /api/customers/{customerNumber}`.

use axum::{extract::State as FromState, response::Response};

use super::record::account;
use crate::{
    auth::Caller,
    clock,
    http::{Segments, no_content},
    problem::Answer,
    state::State,
};

/// Lets a customer order again.
#[utoipa::path(
    post,
    path = "/api/customers/{customerNumber}/activate",
    tag = "Customers",
    responses((status = 204, description = "The customer is active, as it may have been before."))
)]
pub(crate) async fn activate(
    FromState(state): FromState<State>,
    caller: Caller,
    Segments(number): Segments<String>,
) -> Answer<Response> {
    set_active(&state, caller, number, true).await
}

/// Keeps a customer from signing in and ordering.
///
/// Assumption: the documents only show `active: false` on an update; this is the counterpart of activating.
#[utoipa::path(
    post,
    path = "/api/customers/{customerNumber}/deactivate",
    tag = "Customers",
    responses((status = 204, description = "The customer is deactivated, as it may have been before."))
)]
pub(crate) async fn deactivate(
    FromState(state): FromState<State>,
    caller: Caller,
    Segments(number): Segments<String>,
) -> Answer<Response> {
    set_active(&state, caller, number, false).await
}

async fn set_active(
    state: &State,
    caller: Caller,
    number: String,
    active: bool,
) -> Answer<Response> {
    caller.require_admin()?;
    state
        .store
        .write(move |db| {
            let tenant = caller.tenant(db)?;
            account(db, &tenant, &number)?;
            db.execute(
                "UPDATE customers SET active = ?3, updated_at = ?4
                 WHERE org = ?1 AND customer_number = ?2 AND active <> ?3",
                (tenant.org, &number, active, clock::now()),
            )?;
            Ok(())
        })
        .await?;
    Ok(no_content())
}

/// Removes a customer for good.
///
/// Assumption: its sign-ins, saved payment methods and open cart go with it; orders, their closed carts and invoices
/// stay on file under its number.
#[utoipa::path(
    delete,
    path = "/api/customers/{customerNumber}",
    tag = "Customers",
    responses((status = 204, description = "The customer is gone."))
)]
pub(crate) async fn delete(
    FromState(state): FromState<State>,
    caller: Caller,
    Segments(number): Segments<String>,
) -> Answer<Response> {
    caller.require_admin()?;
    state
        .store
        .write(move |db| {
            let tenant = caller.tenant(db)?;
            account(db, &tenant, &number)?;
            for statement in [
                "DELETE FROM cart_lines WHERE cart_id IN
                   (SELECT cart_id FROM carts WHERE org = ? AND customer_number = ? AND status = 'PENDING')",
                "DELETE FROM carts WHERE org = ? AND customer_number = ? AND status = 'PENDING'",
                "DELETE FROM payment_profiles WHERE org = ? AND customer_number = ?",
                "DELETE FROM credentials WHERE (org, user_id) IN
                   (SELECT org, user_id FROM memberships WHERE org = ? AND customer_number = ?)",
                "DELETE FROM memberships WHERE org = ? AND customer_number = ?",
                "DELETE FROM customers WHERE org = ? AND customer_number = ?",
            ] {
                db.execute(statement, (tenant.org, &number))?;
            }
            Ok(())
        })
        .await?;
    Ok(no_content())
}
